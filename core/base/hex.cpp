// SPDX-License-Identifier: Apache-2.0
#include "base/hex.h"

#include "base/ascii.h"

namespace mailoscope
{

namespace
{

int valueOf(char c)
{
    return ascii::isDigit(c) ? c - '0' : ascii::toLower(c) - 'a' + 10;
}

} // namespace

std::string toHex(std::string_view octets)
{
    static constexpr char Digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(octets.size() * 2);
    for (const char c : octets) {
        text.push_back(Digits[(static_cast<unsigned char>(c) >> 4) & 0xf]);
        text.push_back(Digits[static_cast<unsigned char>(c) & 0xf]);
    }
    return text;
}

std::optional<std::string> fromHex(std::string_view text)
{
    if (text.size() % 2 != 0)
        return std::nullopt;
    std::string octets;
    octets.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        if (!ascii::isHexDigit(text[i]) || !ascii::isHexDigit(text[i + 1]))
            return std::nullopt;
        octets.push_back(static_cast<char>(valueOf(text[i]) * 16 + valueOf(text[i + 1])));
    }
    return octets;
}

} // namespace mailoscope
