// SPDX-License-Identifier: Apache-2.0
#include "base/base64.h"

#include <cstdint>

namespace mailoscope
{

namespace
{

constexpr std::string_view Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

} // namespace

std::string toBase64(std::string_view octets)
{
    std::string text;
    text.reserve((octets.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < octets.size(); i += 3) {
        const std::size_t count = octets.size() - i < 3 ? octets.size() - i : 3;
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = (group << 8) | (j < count ? static_cast<std::uint8_t>(octets[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            text.push_back(j <= count ? Alphabet[(group >> (18 - 6 * j)) & 63U] : '=');
    }
    return text;
}

std::optional<std::string> fromBase64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return std::nullopt;
    std::size_t padding = 0;
    while (padding < 2 && text.ends_with('=')) {
        text.remove_suffix(1);
        ++padding;
    }
    std::string octets;
    octets.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const std::size_t value = Alphabet.find(c);
        if (value == std::string_view::npos)
            return std::nullopt;
        bits = ((bits << 6) | static_cast<std::uint32_t>(value)) & 0xffffffU;
        count += 6;
        if (count >= 8) {
            count -= 8;
            octets.push_back(static_cast<char>((bits >> count) & 0xffU));
        }
    }
    if ((bits & ((1U << count) - 1)) != 0)
        return std::nullopt;
    return octets;
}

} // namespace mailoscope
