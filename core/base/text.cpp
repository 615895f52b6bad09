// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include "base/ascii.h"

#include <algorithm>
#include <cstdint>

namespace mailoscope
{

namespace
{

struct CodePoint {
    std::uint32_t value = 0;
    std::size_t octets = 0; ///< 0: not valid UTF-8 here
};

/// RFC 3629 section 4: no overlong forms, no surrogates, nothing above U+10FFFF.
CodePoint codePointAt(std::string_view text, std::size_t at)
{
    const auto octet = [&](std::size_t i) { return static_cast<std::uint8_t>(text[at + i]); };
    const std::uint8_t lead = octet(0);
    if (lead < 0x80)
        return {lead, 1};
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() - at < length)
        return {};
    std::uint32_t value = lead & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((octet(i) & 0xc0) != 0x80)
            return {};
        value = (value << 6) | (octet(i) & 0x3fU);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    const bool surrogate = value >= 0xd800 && value <= 0xdfff;
    if (overlong || surrogate || value > 0x10ffff)
        return {};
    return {value, length};
}

/// Controls, what changes how other text is laid out, and what cannot be seen at all: the properties
/// Bidi_Control and Default_Ignorable_Code_Point of Unicode, separators of lines, blanks that are taken for
/// the plain one, private use and noncharacters.
bool isUnfitToShow(std::uint32_t c)
{
    const auto within = [c](std::uint32_t first, std::uint32_t last) { return c >= first && c <= last; };
    if (c < 0x300)
        return c < 0x20 || within(0x7f, 0xa0) || c == 0xad;
    return c == 0x34f || c == 0x61c || within(0x115f, 0x1160) || within(0x17b4, 0x17b5) || c == 0x1680 ||
           within(0x180b, 0x180f) || within(0x2000, 0x200f) || within(0x2028, 0x202f) ||
           within(0x205f, 0x206f) || c == 0x3164 || within(0xe000, 0xf8ff) || within(0xfdd0, 0xfdef) ||
           within(0xfe00, 0xfe0f) || c == 0xfeff || c == 0xffa0 || within(0xfff0, 0xfffb) ||
           within(0x1bca0, 0x1bca3) || within(0x1d173, 0x1d17a) || within(0xe0000, 0xe0fff) || c >= 0xf0000 ||
           (c & 0xfffe) == 0xfffe;
}

std::string escapedOctet(char c)
{
    const auto octet = static_cast<std::uint8_t>(c);
    return {'\\', static_cast<char>('0' + octet / 100), static_cast<char>('0' + octet / 10 % 10),
            static_cast<char>('0' + octet % 10)};
}

void appendLatin1(std::string &utf8, char c)
{
    const auto octet = static_cast<std::uint8_t>(c);
    if (octet < 0x80) {
        utf8.push_back(c);
    } else {
        utf8.push_back(static_cast<char>(0xc0 | (octet >> 6)));
        utf8.push_back(static_cast<char>(0x80 | (octet & 0x3f)));
    }
}

bool isValidUtf8(std::string_view octets)
{
    for (std::size_t i = 0; i < octets.size();) {
        const CodePoint point = codePointAt(octets, i);
        if (point.octets == 0)
            return false;
        i += point.octets;
    }
    return true;
}

} // namespace

Span ShownText::charactersOf(const Span &octets) const
{
    const std::size_t last = characterOf.empty() ? 0 : characterOf.size() - 1;
    const auto at = [&](std::size_t octet) {
        return characterOf.empty() ? 0 : characterOf[std::min(octet, last)];
    };
    return {at(octets.begin), at(octets.end)};
}

ShownText shownText(std::string_view octets)
{
    ShownText shown;
    shown.characterOf.reserve(octets.size() + 1);
    std::size_t characters = 0;
    for (std::size_t i = 0; i < octets.size();) {
        const CodePoint point = codePointAt(octets, i);
        if (point.octets != 0 && !isUnfitToShow(point.value)) {
            shown.utf8.append(octets.substr(i, point.octets));
            shown.characterOf.insert(shown.characterOf.end(), point.octets, characters);
            ++characters;
            i += point.octets;
            continue;
        }
        for (const std::size_t end = i + std::max<std::size_t>(point.octets, 1); i < end; ++i) {
            const std::string escaped = escapedOctet(octets[i]);
            shown.utf8 += escaped;
            shown.characterOf.push_back(characters);
            characters += escaped.size();
        }
    }
    shown.characterOf.push_back(characters);
    return shown;
}

std::string shown(std::string_view octets)
{
    if (std::all_of(octets.begin(), octets.end(), ascii::isPrintable))
        return std::string(octets);
    return shownText(octets).utf8;
}

ShownText losslessText(std::string_view octets)
{
    ShownText text;
    text.characterOf.reserve(octets.size() + 1);
    const bool valid = isValidUtf8(octets);
    std::size_t characters = 0;
    for (std::size_t i = 0; i < octets.size(); ++characters) {
        const std::size_t length = valid ? codePointAt(octets, i).octets : 1;
        if (valid)
            text.utf8.append(octets.substr(i, length));
        else
            appendLatin1(text.utf8, octets[i]);
        text.characterOf.insert(text.characterOf.end(), length, characters);
        i += length;
    }
    text.characterOf.push_back(characters);
    return text;
}

std::string escapedOctets(std::string_view octets)
{
    std::string text;
    text.reserve(octets.size());
    for (const char c : octets) {
        if (c == '\\')
            text += "\\\\";
        else if (ascii::isPrintable(c))
            text.push_back(c);
        else
            text += escapedOctet(c);
    }
    return text;
}

std::string unescapedOctets(std::string_view text)
{
    std::string octets;
    octets.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto digit = [&](std::size_t at) { return ascii::isDigit(text[i + at]); };
        const bool isNumber = text.size() - i > 3 && digit(1) && digit(2) && digit(3);
        const int value =
            isNumber ? (text[i + 1] - '0') * 100 + (text[i + 2] - '0') * 10 + (text[i + 3] - '0') : -1;
        if (text[i] != '\\' || i + 1 == text.size()) {
            octets.push_back(text[i]);
        } else if (value >= 0 && value <= 255) {
            octets.push_back(static_cast<char>(value));
            i += 3;
        } else {
            octets.push_back(text[++i]);
        }
    }
    return octets;
}

std::size_t characterCount(std::string_view utf8)
{
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

} // namespace mailoscope
