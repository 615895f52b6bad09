// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/cursor.h"
#include "base/ip_address.h"
#include "base/text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Macro strings of SPF (RFC 7208 section 7).
namespace mailoscope::spf
{

/// `%{l1r-}`: RFC 7208 section 7.1 `macro-expand`.
struct MacroExpand {
    char letter = 'd';            ///< in lower case: s l o d i p h c r t v
    bool urlEscaped = false;      ///< written in upper case (section 7.3)
    std::optional<int> rightmost; ///< the digits: how many parts to keep; over 999 reads as 999
    bool reversed = false;        ///< `r`
    std::string delimiters;       ///< as written; none means "."

    friend bool operator==(const MacroExpand &, const MacroExpand &) = default;
};

/// `%%`, `%_` and `%-`.
struct MacroEscape {
    char character = '%'; ///< '%', '_' or '-'
    friend bool operator==(const MacroEscape &, const MacroEscape &) = default;
};

using MacroPart = std::variant<std::string, MacroExpand, MacroEscape>;

/// A macro-string in parts; literals that stand side by side are one part.
struct MacroString {
    std::vector<MacroPart> parts;

    bool hasMacros() const;
    /// True if `letter` (lower case) occurs.
    bool uses(char letter) const;
    /// How many times `letter` (lower case) occurs.
    int count(char letter) const;
    /// True if the expansion needs something of the message or the client: anything but `%{d}`.
    bool dependsOnMessage() const;
    /// True if the expansion differs by the client's address: `i`, `c`, `p` and `v`.
    bool dependsOnClient() const;

    friend bool operator==(const MacroString &, const MacroString &) = default;
};

/// As it is written in a record; the inverse of parsing.
std::string toText(const MacroString &string);

/// Where a macro-string may stand decides which letters it may use (section 7.2).
enum class MacroPlace { DomainSpec, ModifierValue, Explanation };

struct MacroFault {
    enum class Kind {
        BadPercent,     ///< '%' not followed by '{', '%', '_' or '-'
        BadLetter,      ///< no such macro letter
        BadTransformer, ///< digits, `r` or delimiters wrong, or zero parts to keep
        Unclosed,       ///< no closing brace
        ExpLetter,      ///< c, r or t outside an explanation
        BadCharacter,   ///< not a visible ASCII character
    };
    Kind kind;
    Span span; ///< offsets in the text given
};

struct ParsedMacroString {
    MacroString string;
    std::vector<MacroFault> faults;
};

/// Reads a whole text as a macro-string; a faulty macro is kept as literal text so that the reading goes on.
/// In an explanation blanks are allowed too (section 6.2).
ParsedMacroString parseMacroString(std::string_view text, MacroPlace place);

/// The values that macros stand for; what is absent is not known.
struct MacroValues {
    std::optional<IpAddress> ip;              ///< i c v: after unmapping IPv4-mapped addresses
    std::optional<std::string> localPart;     ///< l
    std::optional<std::string> senderDomain;  ///< o
    std::optional<std::string> helo;          ///< h
    std::optional<std::string> domain;        ///< d: the domain whose record is evaluated
    std::optional<std::string> validatedName; ///< p: "unknown" where there is none
    std::optional<std::string> receiver;      ///< r
    std::optional<std::int64_t> time;         ///< t: seconds since 1970
};

/// The expansion (section 7.3), or nothing where a value that it needs is not known.
std::optional<std::string> expand(const MacroString &string, const MacroValues &values);

/// A domain-spec's expansion fit to be asked: over 253 characters, labels are dropped from the left
/// (section 7.3). The trailing dot, if any, is removed.
std::string trimmedTarget(std::string name);

} // namespace mailoscope::spf
