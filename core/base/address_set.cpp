// SPDX-License-Identifier: Apache-2.0
#include "base/address_set.h"

#include <algorithm>

namespace mailoscope
{

namespace
{

/// The largest block that begins at `first` and ends no later than `last`, again and again.
void appendBlocks(std::vector<Cidr> &blocks, IpFamily family, Uint128 first, const Uint128 &last)
{
    const int bits = addressBits(family);
    for (;;) {
        int hostBits = std::min(trailingZeros(first), bits);
        // A block of 2^hostBits addresses must not reach past `last`; 2^128 does not fit, so compare ends.
        const auto endOf = [&first](int n) { return n == 0 ? first : first | (Uint128::max() >> (128 - n)); };
        while (hostBits > 0 && endOf(hostBits) > last)
            --hostBits;
        blocks.push_back({IpAddress::fromValue(family, first), bits - hostBits});
        const Uint128 end = endOf(hostBits);
        if (end >= last)
            return;
        first = end + Uint128(1);
    }
}

} // namespace

AddressSet AddressSet::of(const std::vector<Cidr> &blocks)
{
    std::vector<Interval<std::uint32_t>> v4;
    std::vector<Interval<Uint128>> v6;
    for (const Cidr &block : blocks) {
        if (block.address.isV4())
            v4.push_back(v4IntervalOf(block));
        else
            v6.push_back(v6IntervalOf(block));
    }
    return {Ipv4Set::fromIntervals(std::move(v4)), Ipv6Set::fromIntervals(std::move(v6))};
}

bool AddressSet::contains(const IpAddress &address) const
{
    return address.isV4() ? v4.contains(address.v4Value()) : v6.contains(address.value());
}

void AddressSet::insert(const Cidr &block)
{
    if (block.address.isV4())
        v4.insert(v4IntervalOf(block));
    else
        v6.insert(v6IntervalOf(block));
}

std::uint64_t countOf(const Ipv4Set &set)
{
    std::uint64_t count = 0;
    for (const auto &interval : set.intervals())
        count += std::uint64_t(interval.last) - interval.first + 1;
    return count;
}

Uint128 countOf(const Ipv6Set &set)
{
    if (set.isAll())
        return Uint128::max();
    Uint128 count;
    for (const auto &interval : set.intervals())
        count += interval.last - interval.first + Uint128(1);
    return count;
}

std::string decimalCount(const Ipv6Set &set)
{
    if (set.isAll())
        return "340282366920938463463374607431768211456"; // 2^128
    return toDecimal(countOf(set));
}

std::vector<Cidr> cidrsOf(const Ipv4Set &set)
{
    std::vector<Cidr> blocks;
    for (const auto &interval : set.intervals())
        appendBlocks(blocks, IpFamily::V4, interval.first, interval.last);
    return blocks;
}

std::vector<Cidr> cidrsOf(const Ipv6Set &set)
{
    std::vector<Cidr> blocks;
    for (const auto &interval : set.intervals())
        appendBlocks(blocks, IpFamily::V6, interval.first, interval.last);
    return blocks;
}

std::vector<Cidr> cidrsOf(const AddressSet &set)
{
    std::vector<Cidr> blocks = cidrsOf(set.v4);
    const std::vector<Cidr> v6 = cidrsOf(set.v6);
    blocks.insert(blocks.end(), v6.begin(), v6.end());
    return blocks;
}

Interval<std::uint32_t> v4IntervalOf(const Cidr &block)
{
    return {block.first().v4Value(), block.last().v4Value()};
}

Interval<Uint128> v6IntervalOf(const Cidr &block)
{
    return {block.first().value(), block.last().value()};
}

} // namespace mailoscope
