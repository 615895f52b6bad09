// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ip_address.h"
#include "base/parsed.h"
#include "spf/macro.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

/// The SPF record as values (RFC 7208 sections 4.6, 5, 6 and 12), and its text.
namespace mailoscope::spf
{

/// RFC 7208 section 4.6.2.
enum class Qualifier { Pass, Fail, SoftFail, Neutral };
/// '+', '-', '~' or '?'.
char toCharacter(Qualifier qualifier);
/// "pass", "fail", "softfail" or "neutral".
std::string_view toString(Qualifier qualifier);

/// `/24//64` as written; an absent length means the whole address.
struct DualCidr {
    std::optional<int> v4;
    std::optional<int> v6;
    int length(IpFamily family) const { return family == IpFamily::V4 ? v4.value_or(32) : v6.value_or(128); }
    friend bool operator==(const DualCidr &, const DualCidr &) = default;
};

struct All {
    friend bool operator==(const All &, const All &) = default;
};
struct Include {
    MacroString domain;
    friend bool operator==(const Include &, const Include &) = default;
};
struct A {
    std::optional<MacroString> domain;
    DualCidr cidr;
    friend bool operator==(const A &, const A &) = default;
};
struct Mx {
    std::optional<MacroString> domain;
    DualCidr cidr;
    friend bool operator==(const Mx &, const Mx &) = default;
};
struct Ptr {
    std::optional<MacroString> domain;
    friend bool operator==(const Ptr &, const Ptr &) = default;
};
struct Ip4 {
    IpAddress address;
    std::optional<int> prefixLength;
    Cidr network() const { return {address, prefixLength.value_or(32)}; }
    friend bool operator==(const Ip4 &, const Ip4 &) = default;
};
struct Ip6 {
    IpAddress address;
    std::optional<int> prefixLength;
    Cidr network() const { return {address, prefixLength.value_or(128)}; }
    friend bool operator==(const Ip6 &, const Ip6 &) = default;
};
struct Exists {
    MacroString domain;
    friend bool operator==(const Exists &, const Exists &) = default;
};

using Mechanism = std::variant<All, Include, A, Mx, Ptr, Ip4, Ip6, Exists>;
/// "all", "include", "a", "mx", "ptr", "ip4", "ip6" or "exists".
std::string_view mechanismName(const Mechanism &mechanism);
/// The domain-spec of a mechanism that has one.
const MacroString *domainSpecOf(const Mechanism &mechanism);

struct Directive {
    std::optional<Qualifier> written; ///< "+" may be left out: absent and default are different facts
    Mechanism mechanism;
    Qualifier qualifier() const { return written.value_or(Qualifier::Pass); }
    friend bool operator==(const Directive &, const Directive &) = default;
};

struct Redirect {
    MacroString domain;
    friend bool operator==(const Redirect &, const Redirect &) = default;
};
struct Exp {
    MacroString domain;
    friend bool operator==(const Exp &, const Exp &) = default;
};
/// Ignored by receivers (section 6); its value must still be a macro-string.
struct UnknownModifier {
    std::string name; ///< as written
    MacroString value;
    friend bool operator==(const UnknownModifier &, const UnknownModifier &) = default;
};
/// A term with a fault, as it was written.
struct UnreadableTerm {
    std::string text;
    friend bool operator==(const UnreadableTerm &, const UnreadableTerm &) = default;
};

using Term = std::variant<Directive, Redirect, Exp, UnknownModifier, UnreadableTerm>;

/// The mechanism of a term that is a directive.
const Mechanism *mechanismOf(const Term &term);
/// The modifier's or mechanism's domain-spec, where the term has one.
const MacroString *domainSpecOf(const Term &term);

struct Record {
    std::vector<Term> terms; ///< in the order written, modifiers among the directives
    friend bool operator==(const Record &, const Record &) = default;
};

/// Every fault makes the whole record a permerror (section 4.6); the kinds tell its owner what to mend.
enum class IssueKind {
    NonAscii,           ///< an octet outside visible ASCII and blanks
    UnknownMechanism,   ///< `ipv4:`, `foo`
    MissingArgument,    ///< `include`, `ip4:`, `exists`
    UnexpectedArgument, ///< `all:x`, `include:x/24`
    BadIp4,             ///< not an IPv4 address
    BadIp6,             ///< not an IPv6 address
    BadCidr,            ///< prefix length malformed, out of range, or of the wrong kind
    BadDomainSpec,      ///< does not end in a valid top label or macro
    AddressAsDomain,    ///< `a:192.0.2.1`
    MacroSyntax,
    MacroExpLetter, ///< c, r or t outside an explanation
    BadModifierName,
    EmptyModifier, ///< `redirect=`, `exp=`
    RedirectRepeated,
    ExpRepeated,
};

struct Issue {
    IssueKind kind;
    Span span;            ///< octets of the record's text
    std::size_t term = 0; ///< index into Record::terms
    friend bool operator==(const Issue &, const Issue &) = default;
};

/// `spans` has one entry a term.
using ParsedRecord = Parsed<Record, Issue>;

/// True if the text is an SPF record at all: "v=spf1" and then a blank or the end (section 4.5).
bool isSpfRecord(std::string_view text);
/// Reads a text for which isSpfRecord() holds; for any other text `record` is absent.
ParsedRecord parse(std::string_view text);
/// One blank between terms, names in lower case as far as they are known; parse(toText(r)).record == r.
std::string toText(const Record &record);
std::string toText(const Term &term);

/// The index of the `all` that ends the evaluation, if there is one (section 5.1).
std::optional<std::size_t> indexOfAll(const Record &record);
/// The redirect that counts: none where `all` occurs anywhere (section 6.1).
std::optional<std::size_t> indexOfRedirect(const Record &record);

} // namespace mailoscope::spf
