// SPDX-License-Identifier: Apache-2.0
#include "base/uint128.h"

#include <algorithm>
#include <array>

namespace mailoscope
{

std::string toDecimal(const Uint128 &value)
{
    // Long division by ten over four 32-bit limbs: the remainder times 2^32 still fits 64 bits.
    std::array<std::uint32_t, 4> limbs = {
        static_cast<std::uint32_t>(value.high >> 32), static_cast<std::uint32_t>(value.high),
        static_cast<std::uint32_t>(value.low >> 32), static_cast<std::uint32_t>(value.low)};
    std::string digits;
    do {
        std::uint64_t remainder = 0;
        for (std::uint32_t &limb : limbs) {
            const std::uint64_t part = (remainder << 32) | limb;
            limb = static_cast<std::uint32_t>(part / 10);
            remainder = part % 10;
        }
        digits.push_back(static_cast<char>('0' + remainder));
    } while (std::any_of(limbs.begin(), limbs.end(), [](std::uint32_t limb) { return limb != 0; }));
    std::reverse(digits.begin(), digits.end());
    return digits;
}

} // namespace mailoscope
