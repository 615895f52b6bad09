// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <compare>
#include <cstdint>
#include <limits>
#include <string>

namespace mailoscope
{

/// An unsigned integer of 128 bits: IPv6 addresses and counts of them. ISO C++ has none.
struct Uint128 {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    constexpr Uint128() = default;
    constexpr Uint128(std::uint64_t value) : low(value) {}
    constexpr Uint128(std::uint64_t highHalf, std::uint64_t lowHalf) : high(highHalf), low(lowHalf) {}

    friend constexpr bool operator==(const Uint128 &, const Uint128 &) = default;
    friend constexpr std::strong_ordering operator<=>(const Uint128 &, const Uint128 &) = default;

    constexpr Uint128 operator+(const Uint128 &other) const
    {
        Uint128 sum(high + other.high, low + other.low);
        sum.high += sum.low < low ? 1 : 0;
        return sum;
    }
    constexpr Uint128 operator-(const Uint128 &other) const
    {
        return Uint128(high - other.high - (low < other.low ? 1 : 0), low - other.low);
    }
    constexpr Uint128 operator&(const Uint128 &other) const
    {
        return Uint128(high & other.high, low & other.low);
    }
    constexpr Uint128 operator|(const Uint128 &other) const
    {
        return Uint128(high | other.high, low | other.low);
    }
    constexpr Uint128 operator~() const { return Uint128(~high, ~low); }
    constexpr Uint128 operator<<(int bits) const
    {
        if (bits == 0)
            return *this;
        if (bits >= 128)
            return Uint128();
        if (bits >= 64)
            return Uint128(low << (bits - 64), 0);
        return Uint128((high << bits) | (low >> (64 - bits)), low << bits);
    }
    constexpr Uint128 operator>>(int bits) const
    {
        if (bits == 0)
            return *this;
        if (bits >= 128)
            return Uint128();
        if (bits >= 64)
            return Uint128(0, high >> (bits - 64));
        return Uint128(high >> bits, (low >> bits) | (high << (64 - bits)));
    }
    constexpr Uint128 &operator+=(const Uint128 &other) { return *this = *this + other; }

    static constexpr Uint128 max() { return ~Uint128(); }
};

/// Number of zero bits at the low end; 128 for zero.
constexpr int trailingZeros(const Uint128 &value)
{
    return value.low != 0 ? std::countr_zero(value.low) : 64 + std::countr_zero(value.high);
}

/// Number of bits needed to write the value; 0 for zero.
constexpr int bitWidth(const Uint128 &value)
{
    return static_cast<int>(value.high != 0 ? 64 + std::bit_width(value.high) : std::bit_width(value.low));
}

/// The value in decimal digits.
std::string toDecimal(const Uint128 &value);

} // namespace mailoscope
