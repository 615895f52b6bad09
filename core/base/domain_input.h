// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/domain_name.h"
#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

/// Mail domains as people type and paste them.
namespace mailoscope
{

/// Why what was typed cannot be a mail domain; `message` is one sentence for the user, fit to be shown.
struct DomainInputError {
    enum class Kind {
        Empty,
        IpAddress,
        EmptyLabel,
        LabelTooLong,
        NameTooLong,
        SingleLabel,
        BadCharacter,
        BadHyphen,
        BadIdn,
        NumericTopLevel,
        SpecialUse,
    };
    Kind kind;
    std::string message;
};

/// Reads one domain out of what was typed: an address, a URL, a name with a port, a trailing dot, capitals,
/// surrounding blanks and brackets, an internationalised name (UTS #46, non-transitional).
Result<DomainName, DomainInputError> readDomain(std::string_view typed);

/// Splits a pasted list at line ends, blanks, commas and semicolons; `#` begins a comment that ends with its
/// line. Empty parts are left out; nothing is judged here.
std::vector<std::string> splitDomainList(std::string_view pasted);

/// The U-label form for people to read: labels that do not decode, or would decode to something unfit to be
/// shown, stay as they are.
std::string unicodeForm(const DomainName &domain);

} // namespace mailoscope
