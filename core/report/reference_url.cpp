// SPDX-License-Identifier: Apache-2.0
#include "report/reference_url.h"

#include "base/ascii.h"

#include <algorithm>

namespace mailoscope
{

std::string urlOf(const Reference &reference)
{
    constexpr std::string_view Rfc = "RFC ";
    constexpr std::string_view Draft = "draft-";
    const auto isNumber = [](char c) { return ascii::isDigit(c); };
    const std::string &document = reference.document;
    std::string url;
    if (document.starts_with(Rfc) && document.size() > Rfc.size() &&
        std::all_of(document.begin() + Rfc.size(), document.end(), isNumber))
        url = "https://www.rfc-editor.org/rfc/rfc" + document.substr(Rfc.size());
    else if (document.starts_with(Draft) && std::all_of(document.begin(), document.end(),
                                                        [](char c) { return ascii::isAlnum(c) || c == '-'; }))
        url = "https://datatracker.ietf.org/doc/html/" + document;
    else
        return {};
    // "4.6.4", and of "3.4 and 4.1" the first.
    const auto end = std::find_if_not(reference.section.begin(), reference.section.end(),
                                      [&](char c) { return isNumber(c) || c == '.'; });
    std::string section(reference.section.begin(), end);
    while (section.ends_with('.'))
        section.pop_back();
    return section.empty() ? url : url + "#section-" + section;
}

} // namespace mailoscope
