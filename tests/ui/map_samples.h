// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/address_map.h"

#include <initializer_list>
#include <random>
#include <string_view>
#include <vector>

namespace mailoscope::tests
{

inline Cidr cidr(std::string_view text)
{
    const std::size_t slash = text.find('/');
    return {*IpAddress::parse(text.substr(0, slash)),
            slash == std::string_view::npos ? 32 : std::stoi(std::string(text.substr(slash + 1)))};
}

inline ui::MapBranch branchOf(const char *name, int look, std::initializer_list<std::string_view> blocks,
                              ui::MapBranch::Kind kind = ui::MapBranch::Kind::Authorised)
{
    std::vector<Cidr> networks;
    for (const std::string_view block : blocks)
        networks.push_back(cidr(block));
    const AddressSet set = AddressSet::of(networks);
    return {kind, QString::fromLatin1(name), {}, {}, {}, look, set.v4, set.v6};
}

/// `count` networks of many sizes in `branches` branches, most of them in clusters as providers have them.
inline std::vector<ui::MapBranch> scatteredBranches(int count, int branches, unsigned seed = 1)
{
    std::mt19937 random(seed);
    const auto below = [&random](std::uint32_t limit) {
        return static_cast<std::uint32_t>(random() % limit);
    };
    std::vector<std::uint32_t> centres;
    for (int i = 0; i < 40; ++i)
        centres.push_back((1 + below(222)) << 24U | below(1U << 24U));
    std::vector<std::vector<Interval<std::uint32_t>>> intervals(static_cast<std::size_t>(branches));
    for (int i = 0; i < count; ++i) {
        const std::uint32_t spread = 1U << (12U + below(13));
        const std::uint32_t near = centres[below(40)] + below(spread);
        const std::uint32_t address = below(8) == 0 ? (1 + below(222)) << 24U | below(1U << 24U) : near;
        const std::uint32_t hostBits = below(10);
        const std::uint32_t first = address >> hostBits << hostBits;
        // A branch keeps to its own clusters, and reaches into others now and then.
        const std::uint32_t at = below(12) == 0 ? below(static_cast<std::uint32_t>(branches))
                                                : (first >> 22U) % static_cast<std::uint32_t>(branches);
        intervals[at].push_back({first, first + ((1U << hostBits) - 1)});
    }
    std::vector<ui::MapBranch> made;
    Ipv4Set decided;
    for (int i = 0; i < branches; ++i) {
        const Ipv4Set own =
            Ipv4Set::fromIntervals(std::move(intervals[static_cast<std::size_t>(i)])).without(decided);
        decided = decided.united(own);
        made.push_back({ui::MapBranch::Kind::Authorised,
                        QStringLiteral("Provider %1").arg(i + 1),
                        {},
                        {static_cast<std::size_t>(i)},
                        {},
                        i,
                        own,
                        {}});
    }
    return made;
}

} // namespace mailoscope::tests
