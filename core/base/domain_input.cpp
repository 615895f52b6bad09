// SPDX-License-Identifier: Apache-2.0
#include "base/domain_input.h"

#include "base/ascii.h"
#include "base/idna.h"
#include "base/ip_address.h"
#include "base/text.h"

#include <algorithm>
#include <array>

namespace mailoscope
{

namespace
{

using Kind = DomainInputError::Kind;

/// The longest text that is looked at: a URL somebody pasted, not a file.
constexpr std::size_t MaxTypedOctets = 4096;
constexpr std::size_t MaxQuotedCharacters = 80;

bool isAsciiBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

void replaceAll(std::string &text, std::string_view from, std::string_view to)
{
    std::string replaced;
    std::size_t begin = 0;
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, begin)) {
        replaced.append(text, begin, at - begin).append(to);
        begin = at + from.size();
    }
    text = replaced.append(text, begin);
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isAsciiBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isAsciiBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

/// What was typed, short enough and clean enough to stand inside a message.
std::string inQuotes(std::string_view typed)
{
    const std::string clean = shown(typed.substr(0, MaxTypedOctets));
    std::size_t end = 0;
    std::size_t characters = 0;
    while (end < clean.size() && characters < MaxQuotedCharacters) {
        ++end;
        while (end < clean.size() && (clean[end] & 0xc0) == 0x80)
            ++end;
        ++characters;
    }
    return "“" + clean.substr(0, end) + (end < clean.size() ? "…" : "") + "”";
}

DomainInputError error(Kind kind, std::string_view typed, std::string_view sentence)
{
    return {kind, inQuotes(typed) + ' ' + std::string(sentence)};
}

/// Blanks of every kind become ASCII blanks; characters that cannot be seen go (they come with copied text).
std::string withoutInvisibles(std::string_view typed)
{
    std::string text(typed);
    static constexpr std::array<std::string_view, 8> Invisible = {"\u200b", "\u200c", "\u200d", "\u2060",
                                                                  "\ufeff", "\u00ad", "\u200e", "\u200f"};
    for (const std::string_view character : Invisible)
        replaceAll(text, character, "");
    for (const std::string_view blank : {"\u00a0", "\u2007", "\u202f", "\u3000"})
        replaceAll(text, blank, " ");
    // UTS #46 section 4: the full stops of other scripts divide labels too.
    for (const std::string_view dot : {"\u3002", "\uff0e", "\uff61"})
        replaceAll(text, dot, ".");
    return text;
}

/// Takes away what surrounds the name: mailto:, scheme, user@, path, query, port, brackets and quotes.
std::string_view bareName(std::string_view text)
{
    text = trimmed(text);
    while (!text.empty() && std::string_view("<\"'([").find(text.front()) != std::string_view::npos)
        text.remove_prefix(1);
    while (!text.empty() && std::string_view(">\"')],;").find(text.back()) != std::string_view::npos)
        text.remove_suffix(1);
    if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos)
        text.remove_prefix(scheme + 3);
    else if (text.starts_with("//"))
        text.remove_prefix(2);
    else if (ascii::startsWithIgnoringCase(text, "mailto:"))
        text.remove_prefix(7);
    text = text.substr(0, text.find_first_of("/?#\\"));
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos)
        text.remove_prefix(at + 1);
    text = trimmed(text);
    return text;
}

/// `name:port`, but not an IPv6 address.
std::string_view withoutPort(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos)
        return text;
    const std::string_view port = text.substr(colon + 1);
    return std::all_of(port.begin(), port.end(), ascii::isDigit) ? text.substr(0, colon) : text;
}

bool looksLikeIpAddress(std::string_view text)
{
    if (text.starts_with('[')) { // a port may stand behind the brackets
        text.remove_prefix(1);
        text = text.substr(0, text.find(']'));
    }
    while (!text.empty() && (text.back() == ']' || text.back() == '.'))
        text.remove_suffix(1);
    if (ascii::startsWithIgnoringCase(text, "IPv6:"))
        text.remove_prefix(5);
    if (IpAddress::parse(text.substr(0, text.find('%'))))
        return true;
    return IpAddress::parseV4(withoutPort(text)).has_value();
}

std::string_view firstLabelOf(const DomainName &name)
{
    const std::string_view text = name.text();
    const DomainName parent = name.parent();
    return parent.isRoot() ? text : text.substr(0, text.size() - parent.text().size() - 1);
}

/// RFC 6761 and 7686: names that DNS never answers for the public Internet.
bool isSpecialUse(const DomainName &domain)
{
    static constexpr std::array<std::string_view, 3> Suffixes = {"localhost", "local", "onion"};
    const std::vector<std::string> labels = domain.labels();
    return std::find(Suffixes.begin(), Suffixes.end(), labels.back()) != Suffixes.end();
}

} // namespace

Result<DomainName, DomainInputError> readDomain(std::string_view typed)
{
    if (typed.size() > MaxTypedOctets)
        return error(Kind::NameTooLong, typed, "is far too long: a domain name has at most 253 characters.");
    const std::string visible = withoutInvisibles(typed);
    if (looksLikeIpAddress(trimmed(visible)))
        return error(Kind::IpAddress, typed, "is an IP address; type the mail domain, such as example.com.");
    std::string_view text = bareName(visible);
    if (looksLikeIpAddress(text))
        return error(Kind::IpAddress, typed, "is an IP address; type the mail domain, such as example.com.");
    text = withoutPort(text);
    if (text.empty())
        return error(Kind::Empty, typed, "holds no domain name; type one, such as example.com.");
    if (text.ends_with('.'))
        text.remove_suffix(1);
    if (text.empty() || text.front() == '.' || text.find("..") != std::string_view::npos ||
        text.back() == '.')
        return error(Kind::EmptyLabel, typed,
                     "has an empty label: two dots with nothing between them, or a dot in front.");

    std::string ascii;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t dot = std::min(text.find('.', begin), text.size());
        const std::string label(text.substr(begin, dot - begin));
        const auto aLabel = idna::toALabel(label);
        if (!aLabel && aLabel.error() == idna::Error::NotAllowed)
            return error(Kind::BadIdn, typed,
                         "has a label that IDNA does not allow: " + inQuotes(label) + '.');
        if (!aLabel || aLabel->size() > DomainName::MaxLabelOctets)
            return error(Kind::LabelTooLong, typed, "has a label of more than 63 octets.");
        for (const char c : *aLabel) {
            if (!ascii::isAlnum(c) && c != '-' && c != '_')
                return error(Kind::BadCharacter, typed,
                             "has a character that no mail domain can hold: " +
                                 inQuotes(std::string_view(&c, 1)) + '.');
        }
        if (aLabel->front() == '-' || aLabel->back() == '-')
            return error(Kind::BadHyphen, typed, "has a label that begins or ends with a hyphen.");
        ascii += (begin == 0 ? "" : ".") + *aLabel;
        begin = dot + 1;
    }
    const Result<DomainName, DomainNameError> domain = DomainName::parse(ascii);
    if (!domain)
        return error(Kind::NameTooLong, typed, "is too long: a domain name has at most 253 characters.");
    const std::vector<std::string> labels = domain->labels();
    if (labels.size() < 2)
        return error(Kind::SingleLabel, typed,
                     "is a single label; a mail domain has at least two, such as example.com.");
    if (std::all_of(labels.back().begin(), labels.back().end(), ascii::isDigit))
        return error(Kind::NumericTopLevel, typed, "ends in a number; no top-level domain does.");
    if (isSpecialUse(*domain))
        return error(Kind::SpecialUse, typed,
                     "is a name for local use, which public DNS never answers (RFC 6761).");
    return *domain;
}

std::vector<std::string> splitDomainList(std::string_view pasted)
{
    std::vector<std::string> parts;
    std::string part;
    bool inComment = false;
    const auto finish = [&] {
        if (!part.empty())
            parts.push_back(std::move(part));
        part.clear();
    };
    for (const char c : pasted) {
        if (c == '\n' || c == '\r')
            inComment = false;
        if (c == '#' && part.empty())
            inComment = true;
        if (inComment)
            continue;
        if (isAsciiBlank(c) || c == ',' || c == ';')
            finish();
        else
            part.push_back(c);
    }
    finish();
    return parts;
}

std::string unicodeForm(const DomainName &domain)
{
    std::string text;
    for (DomainName rest = domain; !rest.isRoot(); rest = rest.parent()) {
        // The presentation form of the label: what is no A-label stays as it is, escapes and all.
        const std::string_view label = firstLabelOf(rest);
        text += (text.empty() ? "" : ".") + idna::toULabel(std::string(label));
    }
    return text.empty() ? "." : text;
}

} // namespace mailoscope
