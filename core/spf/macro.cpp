// SPDX-License-Identifier: Apache-2.0
#include "spf/macro.h"

#include "base/ascii.h"

#include <algorithm>

namespace mailoscope::spf
{

namespace
{

constexpr std::string_view Letters = "slodiphcrtv";
constexpr std::string_view ExplanationLetters = "crt";
constexpr std::string_view Delimiters = ".-+,/_=";
constexpr int MostParts = 999;

/// The longest name that can be asked (RFC 7208 section 7.3: 253 characters).
constexpr std::size_t MaxTargetCharacters = 253;

void appendLiteral(MacroString &string, std::string_view text)
{
    if (text.empty())
        return;
    if (!string.parts.empty()) {
        if (auto *literal = std::get_if<std::string>(&string.parts.back())) {
            literal->append(text);
            return;
        }
    }
    string.parts.emplace_back(std::string(text));
}

/// What follows "%{" (RFC 7208 section 7.1), or the fault that makes it no macro.
std::variant<MacroExpand, MacroFault::Kind> readExpand(Cursor &cursor)
{
    const std::optional<char> letter = cursor.next();
    if (!letter || Letters.find(ascii::toLower(*letter)) == std::string_view::npos)
        return MacroFault::Kind::BadLetter;
    MacroExpand macro;
    macro.letter = ascii::toLower(*letter);
    macro.urlEscaped = ascii::isUpper(*letter);
    const std::string_view digits = cursor.takeWhile(ascii::isDigit);
    if (!digits.empty()) {
        int value = 0;
        for (const char digit : digits)
            value = std::min(value * 10 + (digit - '0'), MostParts);
        if (value == 0)
            return MacroFault::Kind::BadTransformer;
        macro.rightmost = value;
    }
    macro.reversed = cursor.take('r') || cursor.take('R');
    macro.delimiters = cursor.takeWhile([](char c) { return Delimiters.find(c) != std::string_view::npos; });
    if (cursor.take('}'))
        return macro;
    return cursor.rest().find('}') == std::string_view::npos ? MacroFault::Kind::Unclosed
                                                             : MacroFault::Kind::BadTransformer;
}

bool isLiteral(char c, MacroPlace place)
{
    return ascii::isVisible(c) || (c == ' ' && place == MacroPlace::Explanation);
}

/// One macro or escape, the cursor standing on its '%'.
void readPercent(Cursor &cursor, std::string_view text, MacroPlace place, ParsedMacroString &parsed)
{
    const std::size_t begin = cursor.position();
    cursor.next();
    for (const char escape : {'%', '_', '-'}) {
        if (cursor.take(escape)) {
            parsed.string.parts.emplace_back(MacroEscape{escape});
            return;
        }
    }
    std::variant<MacroExpand, MacroFault::Kind> read = MacroFault::Kind::BadPercent;
    if (cursor.take('{')) {
        read = readExpand(cursor);
        const auto *macro = std::get_if<MacroExpand>(&read);
        if (macro && place != MacroPlace::Explanation && place != MacroPlace::ModifierValue &&
            ExplanationLetters.find(macro->letter) != std::string_view::npos) {
            parsed.faults.push_back({MacroFault::Kind::ExpLetter, {begin, cursor.position()}});
        }
    }
    if (auto *macro = std::get_if<MacroExpand>(&read)) {
        parsed.string.parts.emplace_back(std::move(*macro));
        return;
    }
    // Go on behind the closing brace, or behind the '%' where there is none.
    const std::size_t brace = text.find('}', begin);
    const bool braced = text.substr(begin).starts_with("%{") && brace != std::string_view::npos;
    const std::size_t end = braced ? brace + 1 : begin + 1;
    cursor.seek(end);
    parsed.faults.push_back({std::get<MacroFault::Kind>(read), {begin, end}});
    appendLiteral(parsed.string, text.substr(begin, end - begin));
}

/// RFC 7208 section 7.3: `%{i}` of an IPv6 address is its 32 nibbles with dots between.
std::string dottedAddress(const IpAddress &ip)
{
    if (ip.isV4())
        return ip.toString();
    static constexpr char Hex[] = "0123456789ABCDEF"; // upper case, as the public test suite has it
    std::string text;
    for (int shift = 124; shift >= 0; shift -= 4) {
        text.push_back(Hex[(ip.value() >> shift).low & 0xf]);
        if (shift != 0)
            text.push_back('.');
    }
    return text;
}

std::optional<std::string> valueOf(char letter, const MacroValues &values)
{
    switch (letter) {
    case 's':
        if (!values.localPart || !values.senderDomain)
            return std::nullopt;
        return *values.localPart + '@' + *values.senderDomain;
    case 'l':
        return values.localPart;
    case 'o':
        return values.senderDomain;
    case 'd':
        return values.domain;
    case 'i':
        return values.ip ? std::optional(dottedAddress(*values.ip)) : std::nullopt;
    case 'p':
        return values.validatedName;
    case 'v':
        return values.ip ? std::optional<std::string>(values.ip->isV4() ? "in-addr" : "ip6") : std::nullopt;
    case 'h':
        return values.helo;
    case 'c':
        return values.ip ? std::optional(values.ip->toString()) : std::nullopt;
    case 'r':
        return values.receiver;
    case 't':
        return values.time ? std::optional(std::to_string(*values.time)) : std::nullopt;
    default:
        return std::nullopt;
    }
}

/// RFC 7208 section 7.3: split, reverse, keep the right-hand parts, join with dots.
std::string transformed(const std::string &value, const MacroExpand &macro)
{
    if (!macro.rightmost && !macro.reversed && macro.delimiters.empty())
        return value;
    const std::string_view delimiters = macro.delimiters.empty() ? std::string_view(".") : macro.delimiters;
    std::vector<std::string_view> parts;
    std::string_view rest = value;
    for (;;) {
        const std::size_t at = rest.find_first_of(delimiters);
        parts.push_back(rest.substr(0, at));
        if (at == std::string_view::npos)
            break;
        rest.remove_prefix(at + 1);
    }
    if (macro.reversed)
        std::reverse(parts.begin(), parts.end());
    if (macro.rightmost && static_cast<std::size_t>(*macro.rightmost) < parts.size())
        parts.erase(parts.begin(), parts.end() - *macro.rightmost);
    std::string joined;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i != 0)
            joined.push_back('.');
        joined += parts[i];
    }
    return joined;
}

/// RFC 7208 section 7.3: everything but the unreserved characters of RFC 3986 section 2.3.
std::string urlEscaped(const std::string &text)
{
    static constexpr char Hex[] = "0123456789ABCDEF";
    std::string escaped;
    for (const char c : text) {
        if (ascii::isAlnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
            escaped.push_back(c);
        } else {
            escaped.push_back('%');
            escaped.push_back(Hex[(static_cast<unsigned char>(c) >> 4) & 0xf]);
            escaped.push_back(Hex[static_cast<unsigned char>(c) & 0xf]);
        }
    }
    return escaped;
}

} // namespace

bool MacroString::hasMacros() const
{
    return std::any_of(parts.begin(), parts.end(),
                       [](const MacroPart &part) { return std::holds_alternative<MacroExpand>(part); });
}

int MacroString::count(char letter) const
{
    return static_cast<int>(std::count_if(parts.begin(), parts.end(), [letter](const MacroPart &part) {
        const auto *macro = std::get_if<MacroExpand>(&part);
        return macro && macro->letter == letter;
    }));
}

bool MacroString::uses(char letter) const
{
    return count(letter) > 0;
}

bool MacroString::dependsOnMessage() const
{
    return std::any_of(parts.begin(), parts.end(), [](const MacroPart &part) {
        const auto *macro = std::get_if<MacroExpand>(&part);
        return macro && macro->letter != 'd';
    });
}

bool MacroString::dependsOnClient() const
{
    return uses('i') || uses('c') || uses('p') || uses('v');
}

std::string toText(const MacroString &string)
{
    struct Writer {
        std::string &text;
        void operator()(const std::string &literal) { text += literal; }
        void operator()(const MacroEscape &escape)
        {
            text.push_back('%');
            text.push_back(escape.character);
        }
        void operator()(const MacroExpand &macro)
        {
            text += "%{";
            text.push_back(macro.urlEscaped ? static_cast<char>(macro.letter - 'a' + 'A') : macro.letter);
            if (macro.rightmost)
                text += std::to_string(*macro.rightmost);
            if (macro.reversed)
                text.push_back('r');
            text += macro.delimiters;
            text.push_back('}');
        }
    };
    std::string text;
    for (const MacroPart &part : string.parts)
        std::visit(Writer{text}, part);
    return text;
}

ParsedMacroString parseMacroString(std::string_view text, MacroPlace place)
{
    ParsedMacroString parsed;
    Cursor cursor(text);
    while (!cursor.atEnd()) {
        appendLiteral(parsed.string,
                      cursor.takeWhile([place](char c) { return c != '%' && isLiteral(c, place); }));
        if (cursor.atEnd())
            break;
        if (cursor.peek() == '%') {
            readPercent(cursor, text, place, parsed);
        } else {
            const std::size_t at = cursor.position();
            cursor.next();
            parsed.faults.push_back({MacroFault::Kind::BadCharacter, {at, at + 1}});
            appendLiteral(parsed.string, text.substr(at, 1));
        }
    }
    return parsed;
}

std::optional<std::string> expand(const MacroString &string, const MacroValues &values)
{
    std::string text;
    for (const MacroPart &part : string.parts) {
        if (const auto *literal = std::get_if<std::string>(&part)) {
            text += *literal;
        } else if (const auto *escape = std::get_if<MacroEscape>(&part)) {
            // RFC 7208 section 7.1: "%%" is a percent sign, "%_" a blank, "%-" a URL-encoded blank.
            text += escape->character == '%' ? "%" : escape->character == '_' ? " " : "%20";
        } else {
            const auto &macro = std::get<MacroExpand>(part);
            const std::optional<std::string> value = valueOf(macro.letter, values);
            if (!value)
                return std::nullopt;
            const std::string result = transformed(*value, macro);
            text += macro.urlEscaped ? urlEscaped(result) : result;
        }
    }
    return text;
}

std::string trimmedTarget(std::string name)
{
    if (name.ends_with('.'))
        name.pop_back();
    while (name.size() > MaxTargetCharacters) {
        const std::size_t dot = name.find('.');
        if (dot == std::string::npos)
            break;
        name.erase(0, dot + 1);
    }
    return name;
}

} // namespace mailoscope::spf
