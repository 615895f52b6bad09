// SPDX-License-Identifier: Apache-2.0
// Reading an SPF record's text (RFC 7208 sections 4.6.1, 5, 6, 7.1 and 12).
#include "spf/record.h"

#include "base/ascii.h"
#include "base/cursor.h"

#include <algorithm>
#include <charconv>

namespace mailoscope::spf
{

namespace
{

constexpr std::size_t VersionOctets = 6; // "v=spf1"

/// Octets of one term with the place where they stand in the record.
struct Piece {
    std::string_view text;
    std::size_t begin = 0;

    Span span() const { return {begin, begin + text.size()}; }
    Piece from(std::size_t offset) const { return {text.substr(offset), begin + offset}; }
    Piece upTo(std::size_t offset) const { return {text.substr(0, offset), begin}; }
};

/// Section 7.1: toplabel = ( *alphanum ALPHA *alphanum ) / ( 1*alphanum "-" *( alphanum / "-" ) alphanum )
bool isTopLabel(std::string_view label)
{
    if (label.empty() || !ascii::isAlnum(label.front()) || !ascii::isAlnum(label.back()))
        return false;
    const bool onlyLdh =
        std::all_of(label.begin(), label.end(), [](char c) { return ascii::isAlnum(c) || c == '-'; });
    const bool allDigits = std::all_of(label.begin(), label.end(), ascii::isDigit);
    return onlyLdh && !allDigits;
}

/// Section 7.1: domain-end = ( "." toplabel [ "." ] ) / macro-expand
bool hasDomainEnd(const MacroString &string)
{
    if (string.parts.empty())
        return false;
    const auto *literal = std::get_if<std::string>(&string.parts.back());
    if (!literal)
        return true; // ends in a macro
    std::string_view text = *literal;
    if (text.ends_with('.'))
        text.remove_suffix(1);
    const std::size_t dot = text.rfind('.');
    return dot != std::string_view::npos && isTopLabel(text.substr(dot + 1));
}

IssueKind issueOf(MacroFault::Kind kind)
{
    switch (kind) {
    case MacroFault::Kind::BadPercent:
    case MacroFault::Kind::BadLetter:
    case MacroFault::Kind::BadTransformer:
    case MacroFault::Kind::Unclosed:
        return IssueKind::MacroSyntax;
    case MacroFault::Kind::ExpLetter:
        return IssueKind::MacroExpLetter;
    case MacroFault::Kind::BadCharacter:
        return IssueKind::NonAscii;
    }
    return IssueKind::MacroSyntax;
}

/// Reads the terms one after another; each term's faults are noted and the reading goes on.
class TermReader
{
public:
    explicit TermReader(std::vector<Issue> &issues) : m_issues(issues) {}

    Term read(const Piece &term, std::size_t index)
    {
        m_index = index;
        const std::size_t issuesBefore = m_issues.size();
        noteNonAscii(term);
        std::optional<Term> value;
        if (m_issues.size() == issuesBefore) {
            // Section 4.6.1: "=" before any ":" or "/" makes a modifier.
            const std::size_t divider = term.text.find_first_of("=:/");
            const bool isModifier = divider != std::string_view::npos && term.text[divider] == '=';
            value = isModifier ? readModifier(term, divider) : readDirective(term);
        }
        if (!value || m_issues.size() != issuesBefore)
            return UnreadableTerm{std::string(term.text)};
        return *std::move(value);
    }

private:
    void note(IssueKind kind, Span span) { m_issues.push_back({kind, span, m_index}); }

    /// One issue for each run of octets that are not visible ASCII.
    void noteNonAscii(const Piece &term)
    {
        Cursor cursor(term.text);
        while (!cursor.atEnd()) {
            cursor.takeWhile(ascii::isVisible);
            const std::size_t begin = cursor.position();
            if (!cursor.takeWhile([](char c) { return !ascii::isVisible(c); }).empty())
                note(IssueKind::NonAscii, {term.begin + begin, term.begin + cursor.position()});
        }
    }

    std::optional<MacroString> readMacros(const Piece &piece, MacroPlace place)
    {
        ParsedMacroString parsed = parseMacroString(piece.text, place);
        for (const MacroFault &fault : parsed.faults)
            note(issueOf(fault.kind), {piece.begin + fault.span.begin, piece.begin + fault.span.end});
        if (!parsed.faults.empty())
            return std::nullopt;
        return std::move(parsed.string);
    }

    /// Section 7.1: domain-spec = macro-string domain-end
    std::optional<MacroString> readDomainSpec(const Piece &piece)
    {
        std::optional<MacroString> string = readMacros(piece, MacroPlace::DomainSpec);
        if (string && !hasDomainEnd(*string)) {
            const std::size_t slash = piece.text.find('/');
            if (IpAddress::parse(piece.text.substr(0, slash)))
                note(IssueKind::AddressAsDomain, piece.span());
            else if (slash != std::string_view::npos && isCidrText(piece.text.substr(slash)))
                note(IssueKind::UnexpectedArgument, piece.from(slash).span());
            else
                note(IssueKind::BadDomainSpec, piece.span());
            return std::nullopt;
        }
        return string;
    }

    static bool isCidrText(std::string_view text)
    {
        return text.starts_with('/') &&
               std::all_of(text.begin(), text.end(), [](char c) { return c == '/' || ascii::isDigit(c); });
    }

    /// Section 5.3: the digits of a prefix length, without leading zeros, at most `most`.
    std::optional<int> readLength(const Piece &digits, int most)
    {
        int value = 0;
        const char *end = digits.text.data() + digits.text.size();
        const auto [stop, error] = std::from_chars(digits.text.data(), end, value);
        const bool leadingZero = digits.text.size() > 1 && digits.text.front() == '0';
        const bool onlyDigits = std::all_of(digits.text.begin(), digits.text.end(), ascii::isDigit);
        if (error != std::errc() || stop != end || leadingZero || !onlyDigits || value > most) {
            note(IssueKind::BadCidr, {digits.begin - 1, digits.begin + digits.text.size()});
            return std::nullopt;
        }
        return value;
    }

    /// Section 5.3: dual-cidr-length = [ "/" ip4-cidr ] [ "//" ip6-cidr ], `piece` beginning at the first
    /// slash.
    std::optional<DualCidr> readDualCidr(const Piece &piece)
    {
        DualCidr cidr;
        Piece rest = piece;
        if (!rest.text.starts_with("//")) {
            const std::size_t end = std::min(rest.text.find('/', 1), rest.text.size());
            cidr.v4 = readLength(rest.upTo(end).from(1), 32);
            if (!cidr.v4)
                return std::nullopt;
            rest = rest.from(end);
        }
        if (rest.text.empty())
            return cidr;
        if (!rest.text.starts_with("//")) {
            note(IssueKind::BadCidr, rest.span());
            return std::nullopt;
        }
        cidr.v6 = readLength(rest.from(2), 128);
        return cidr.v6 ? std::optional(cidr) : std::nullopt;
    }

    std::optional<Term> readDirective(const Piece &term)
    {
        Directive directive;
        Piece rest = term;
        static constexpr std::string_view Qualifiers = "+-~?";
        const std::size_t qualifier = Qualifiers.find(rest.text.front());
        if (qualifier != std::string_view::npos) {
            directive.written = static_cast<Qualifier>(qualifier);
            rest = rest.from(1);
        }
        const std::size_t nameEnd = std::min(rest.text.find_first_of(":/"), rest.text.size());
        const std::string name = ascii::lowered(rest.text.substr(0, nameEnd));
        const Piece argument = rest.from(nameEnd);
        std::optional<Mechanism> mechanism = readMechanism(name, rest.upTo(nameEnd), argument);
        if (!mechanism)
            return std::nullopt;
        directive.mechanism = *std::move(mechanism);
        return directive;
    }

    /// `argument` is what follows the name, its ':' or '/' included.
    std::optional<Mechanism> readMechanism(const std::string &name, const Piece &written,
                                           const Piece &argument)
    {
        if (name == "all")
            return readAll(argument);
        if (name == "include")
            return readWithDomain<Include>(written, argument);
        if (name == "exists")
            return readWithDomain<Exists>(written, argument);
        if (name == "a")
            return readHost<A>(argument);
        if (name == "mx")
            return readHost<Mx>(argument);
        if (name == "ptr")
            return readPtr(argument);
        if (name == "ip4")
            return readNetwork<Ip4>(written, argument, IssueKind::BadIp4, IpAddress::parseV4, 32);
        if (name == "ip6")
            return readNetwork<Ip6>(written, argument, IssueKind::BadIp6, IpAddress::parseV6, 128);
        note(IssueKind::UnknownMechanism, written.text.empty() ? argument.span() : written.span());
        return std::nullopt;
    }

    std::optional<Mechanism> readAll(const Piece &argument)
    {
        if (!argument.text.empty())
            note(IssueKind::UnexpectedArgument, argument.span());
        return All();
    }

    /// Sections 5.2 and 5.7: a domain-spec and nothing else.
    template <typename Kind>
    std::optional<Mechanism> readWithDomain(const Piece &written, const Piece &argument)
    {
        if (argument.text.size() < 2 || argument.text.front() != ':') {
            note(IssueKind::MissingArgument, {written.begin, argument.span().end});
            return std::nullopt;
        }
        auto domain = readDomainSpec(argument.from(1));
        return domain ? std::optional<Mechanism>(Kind{*std::move(domain)}) : std::nullopt;
    }

    /// Sections 5.3 and 5.4: [":" domain-spec] [dual-cidr-length]. A domain-spec may hold slashes itself, so
    /// the lengths are what stands at the end and is made of slashes and digits alone.
    template <typename Kind>
    std::optional<Mechanism> readHost(const Piece &argument)
    {
        Kind kind;
        std::size_t cidrBegin = argument.text.size();
        while (cidrBegin > 0 &&
               (ascii::isDigit(argument.text[cidrBegin - 1]) || argument.text[cidrBegin - 1] == '/')) {
            --cidrBegin;
        }
        cidrBegin = std::min(argument.text.find('/', cidrBegin), argument.text.size());
        if (argument.text.starts_with(':')) {
            const Piece domain = argument.upTo(cidrBegin).from(1);
            if (domain.text.empty()) {
                note(IssueKind::MissingArgument, argument.span());
                return std::nullopt;
            }
            kind.domain = readDomainSpec(domain);
            if (!kind.domain)
                return std::nullopt;
        } else {
            cidrBegin = 0; // the whole argument is a length, or is wrong
        }
        if (cidrBegin < argument.text.size()) {
            const auto cidr = readDualCidr(argument.from(cidrBegin));
            if (!cidr)
                return std::nullopt;
            kind.cidr = *cidr;
        }
        return kind;
    }

    std::optional<Mechanism> readPtr(const Piece &argument)
    {
        if (argument.text.empty())
            return Ptr();
        if (argument.text.front() != ':') {
            note(IssueKind::UnexpectedArgument, argument.span());
            return std::nullopt;
        }
        if (argument.text.size() == 1) {
            note(IssueKind::MissingArgument, argument.span());
            return std::nullopt;
        }
        auto domain = readDomainSpec(argument.from(1));
        return domain ? std::optional<Mechanism>(Ptr{std::move(domain)}) : std::nullopt;
    }

    /// Section 5.6: an address and one length.
    template <typename Kind, typename Read>
    std::optional<Mechanism> readNetwork(const Piece &written, const Piece &argument, IssueKind bad,
                                         Read readAddress, int bits)
    {
        if (argument.text.size() < 2 || argument.text.front() != ':') {
            note(IssueKind::MissingArgument, {written.begin, argument.span().end});
            return std::nullopt;
        }
        const Piece value = argument.from(1);
        const std::size_t slash = std::min(value.text.find('/'), value.text.size());
        const std::optional<IpAddress> address = readAddress(value.text.substr(0, slash));
        if (!address)
            note(bad, value.upTo(slash).span());
        std::optional<int> length;
        if (slash < value.text.size())
            length = readLength(value.from(slash + 1), bits);
        return address ? std::optional<Mechanism>(Kind{*address, length}) : std::nullopt;
    }

    /// Section 6: name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." )
    static bool isModifierName(std::string_view name)
    {
        return !name.empty() && ascii::isAlpha(name.front()) &&
               std::all_of(name.begin(), name.end(),
                           [](char c) { return ascii::isAlnum(c) || c == '-' || c == '_' || c == '.'; });
    }

    std::optional<Term> readModifier(const Piece &term, std::size_t equals)
    {
        const Piece name = term.upTo(equals);
        const Piece value = term.from(equals + 1);
        if (!isModifierName(name.text)) {
            note(IssueKind::BadModifierName, equals == 0 ? term.span() : name.span());
            return std::nullopt;
        }
        if (ascii::equalIgnoringCase(name.text, "redirect"))
            return readKnownModifier<Redirect>(term, value, m_redirectSeen, IssueKind::RedirectRepeated);
        if (ascii::equalIgnoringCase(name.text, "exp"))
            return readKnownModifier<Exp>(term, value, m_expSeen, IssueKind::ExpRepeated);
        auto string = readMacros(value, MacroPlace::ModifierValue);
        return string ? std::optional<Term>(UnknownModifier{std::string(name.text), *std::move(string)})
                      : std::nullopt;
    }

    /// Sections 6.1 and 6.2: a domain-spec; each modifier at most once (section 6).
    template <typename Kind>
    std::optional<Term> readKnownModifier(const Piece &term, const Piece &value, bool &seen,
                                          IssueKind repeated)
    {
        if (seen)
            note(repeated, term.span());
        seen = true;
        if (value.text.empty()) {
            note(IssueKind::EmptyModifier, term.span());
            return std::nullopt;
        }
        auto domain = readDomainSpec(value);
        return domain ? std::optional<Term>(Kind{*std::move(domain)}) : std::nullopt;
    }

    std::vector<Issue> &m_issues;
    std::size_t m_index = 0;
    bool m_redirectSeen = false;
    bool m_expSeen = false;
};

} // namespace

ParsedRecord parse(std::string_view text)
{
    ParsedRecord parsed;
    if (!isSpfRecord(text))
        return parsed;
    Record record;
    TermReader reader(parsed.issues);
    Cursor cursor(text, VersionOctets);
    for (;;) {
        cursor.takeWhile([](char c) { return c == ' '; }); // section 4.6.1: only blanks divide terms
        const std::size_t begin = cursor.position();
        const std::string_view term = cursor.takeWhile([](char c) { return c != ' '; });
        if (term.empty())
            break;
        record.terms.push_back(reader.read({term, begin}, record.terms.size()));
        parsed.spans.push_back({begin, begin + term.size()});
    }
    parsed.record = std::move(record);
    return parsed;
}

} // namespace mailoscope::spf
