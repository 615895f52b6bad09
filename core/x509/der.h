// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/cursor.h"

/// The Distinguished Encoding Rules (X.690), as far as extensions need them.
namespace mailoscope::x509
{

struct DerElement {
    std::uint8_t tag = 0; ///< the identifier octet; tags above 30 are not read
    std::string_view contents;
};

/// Takes the next element; nothing where there is none that is whole.
inline std::optional<DerElement> takeDer(Cursor &cursor)
{
    constexpr std::uint8_t LongTag = 0x1f;
    constexpr std::uint8_t LongLength = 0x80;
    constexpr std::uint8_t MostLengthOctets = 4;
    Cursor ahead = cursor;
    const auto tag = ahead.u8();
    const auto first = ahead.u8();
    if (!tag || (*tag & LongTag) == LongTag || !first)
        return std::nullopt;
    std::size_t length = *first;
    if ((*first & LongLength) != 0) {
        const auto octets = static_cast<std::uint8_t>(*first & ~LongLength);
        if (octets == 0 || octets > MostLengthOctets)
            return std::nullopt;
        length = 0;
        for (std::uint8_t i = 0; i < octets; ++i) {
            const auto next = ahead.u8();
            if (!next)
                return std::nullopt;
            length = (length << 8U) | *next;
        }
    }
    const auto contents = ahead.take(length);
    if (!contents)
        return std::nullopt;
    cursor = ahead;
    return DerElement{*tag, *contents};
}

/// The same, where it has this tag.
inline std::optional<std::string_view> takeDer(Cursor &cursor, std::uint8_t tag)
{
    Cursor ahead = cursor;
    const auto element = takeDer(ahead);
    if (!element || element->tag != tag)
        return std::nullopt;
    cursor = ahead;
    return element->contents;
}

namespace der
{
constexpr std::uint8_t OctetString = 0x04;
constexpr std::uint8_t Oid = 0x06;
constexpr std::uint8_t Ia5String = 0x16;
constexpr std::uint8_t Sequence = 0x30;
/// A context-specific tag of a constructed value.
constexpr std::uint8_t constructed(std::uint8_t number)
{
    return static_cast<std::uint8_t>(0xa0 | number);
}
} // namespace der

} // namespace mailoscope::x509
