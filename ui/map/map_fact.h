// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/map_picture.h"

/// What is said of a block: of the cell under the pointer, or of the block at hand.
namespace mailoscope::ui
{

/// The addresses that a branch has in a block.
struct MapPart {
    int branch = 0;
    std::uint64_t count = 0;
    friend bool operator==(const MapPart &, const MapPart &) = default;
};

/// What is known of a block: of the cell under the pointer, or of any other.
struct MapFact {
    Cidr block;
    std::uint64_t count = 0;
    std::vector<MapPart> parts; ///< those that have most first
    /// The networks that lie in the block or hold it, the first few of them.
    std::vector<MapNetwork> networks;
    bool hasMore = false; ///< there are more networks
    const SpecialPurposeBlock *special = nullptr;

    static constexpr std::size_t MostNetworks = 4;
};

MapFact factOf(const AddressMap &map, const Cidr &block);
/// Of the cell at a point of the window, each from 0 to 1.
MapFact factAt(const AddressMap &map, const MapPicture &picture, const QPointF &point);
/// A line of text: "203.0.113.0/24 · 16 of 256 addresses · Google Workspace · 203.0.113.0/28".
QString lineOf(const AddressMap &map, const MapFact &fact);

} // namespace mailoscope::ui
