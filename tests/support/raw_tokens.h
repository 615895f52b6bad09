// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/explain.h"
#include "report/token_words.h"

#include <cctype>

namespace mailoscope::tests
{

/// The sentence of a finding that shows a place without its argument, or a word that is meant for programs
/// ("not-recorded"); empty where there is none.
inline std::string rawTokenIn(const Finding &finding)
{
    const Explanation words = explain(finding);
    for (const std::string &sentence : {words.title, words.why, words.whatToDo}) {
        for (std::size_t place = sentence.find('{'); place != std::string::npos;
             place = sentence.find('{', place + 1)) {
            const bool isMacro = place > 0 && sentence[place - 1] == '%'; // of an SPF record
            if (!isMacro && sentence.find('}', place) != std::string::npos)
                return sentence;
        }
        for (const std::string_view token : knownTokens()) {
            const std::size_t at = sentence.find(token);
            if (token.find('-') == std::string_view::npos || at == std::string::npos)
                continue;
            const auto isOutside = [&](std::size_t i) {
                return i >= sentence.size() || (!std::isalnum(static_cast<unsigned char>(sentence[i])) &&
                                                sentence[i] != '-' && sentence[i] != '.');
            };
            if ((at == 0 || isOutside(at - 1)) && isOutside(at + token.size()))
                return sentence;
        }
    }
    for (const std::string_view token : {"nodata", "nxdomain", "servfail", "rcode"}) {
        if (words.title.find(": " + std::string(token)) != std::string::npos)
            return words.title;
    }
    return {};
}

} // namespace mailoscope::tests
