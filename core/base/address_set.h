// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/interval_set.h"
#include "base/ip_address.h"
#include "base/uint128.h"

#include <cstdint>
#include <string>
#include <vector>

namespace mailoscope
{

using Ipv4Set = IntervalSet<std::uint32_t>;
using Ipv6Set = IntervalSet<Uint128>;

/// An exact set of IPv4 and IPv6 addresses.
struct AddressSet {
    Ipv4Set v4;
    Ipv6Set v6;

    static AddressSet all() { return {Ipv4Set::all(), Ipv6Set::all()}; }
    static AddressSet of(const std::vector<Cidr> &blocks);

    bool isEmpty() const { return v4.isEmpty() && v6.isEmpty(); }
    bool contains(const IpAddress &address) const;
    void insert(const Cidr &block);

    AddressSet united(const AddressSet &other) const { return {v4.united(other.v4), v6.united(other.v6)}; }
    AddressSet intersected(const AddressSet &other) const
    {
        return {v4.intersected(other.v4), v6.intersected(other.v6)};
    }
    AddressSet without(const AddressSet &other) const { return {v4.without(other.v4), v6.without(other.v6)}; }

    friend bool operator==(const AddressSet &, const AddressSet &) = default;
};

/// The number of addresses: 0 to 2^32.
std::uint64_t countOf(const Ipv4Set &set);
/// The number of addresses; a full set (2^128) is cut to 2^128 - 1, so ask isAll() first where it matters.
Uint128 countOf(const Ipv6Set &set);
/// The number of addresses in decimal digits, exact up to 2^128.
std::string decimalCount(const Ipv6Set &set);

/// The fewest blocks that make up the set, in ascending order (RFC 4632 section 3.1).
std::vector<Cidr> cidrsOf(const Ipv4Set &set);
std::vector<Cidr> cidrsOf(const Ipv6Set &set);
/// IPv4 before IPv6.
std::vector<Cidr> cidrsOf(const AddressSet &set);

Interval<std::uint32_t> v4IntervalOf(const Cidr &block);
Interval<Uint128> v6IntervalOf(const Cidr &block);

} // namespace mailoscope
