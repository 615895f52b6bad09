// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ip_address.h"

#include <cstdint>
#include <optional>

/// The IPv4 space on a Hilbert curve, in whole numbers. It lies as in the usual heat maps of IPv4 (and in the
/// "map of the Internet"): 0.0.0.0 at the top left, 1.0.0.0/8 right of 0.0.0.0/8, 255.255.255.255 at the top
/// right; the quarters from the top left against the clock are 0/2, 64/2, 128/2 and 192/2. Addresses that
/// follow each other are neighbours. A block of even prefix length is a square, one of odd length two squares
/// side by side.
namespace mailoscope::ui
{

/// Places on the map: the whole has a side of MapSide, one address is a square of side 1.
constexpr std::uint32_t MapSide = 65536;

struct MapPoint {
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    friend bool operator==(const MapPoint &, const MapPoint &) = default;
};

/// A square has width == height; it holds its left and top sides, not its right and bottom ones.
struct MapRect {
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    std::uint32_t width = 0;
    std::uint32_t height = 0;

    std::uint32_t right() const { return x + width; }
    std::uint32_t bottom() const { return y + height; }
    bool isEmpty() const { return width == 0 || height == 0; }
    bool contains(const MapPoint &point) const
    {
        return point.x >= x && point.x < right() && point.y >= y && point.y < bottom();
    }
    bool contains(const MapRect &other) const
    {
        return other.x >= x && other.right() <= right() && other.y >= y && other.bottom() <= bottom();
    }
    MapRect intersected(const MapRect &other) const;
    friend bool operator==(const MapRect &, const MapRect &) = default;
};

/// The curve of an order: 2^order steps a side, 4^order in all; order 0 to 16. The first step of every order
/// lies at the top left, the last at the top right, and a curve of a higher order keeps to the squares of
/// the lower ones.
MapPoint hilbertPoint(int order, std::uint32_t index);
std::uint32_t hilbertIndex(int order, const MapPoint &point);

/// One of the four quarters of a square of the curve, in the order in which the curve goes through them.
struct HilbertQuarter {
    std::uint8_t right = 0; ///< 1 in the right half
    std::uint8_t down = 0;  ///< 1 in the lower half
    std::uint8_t turn = 0;  ///< how the curve runs in it: the `turn` to ask its own quarters with
};
/// The turn of the whole map.
constexpr std::uint8_t HilbertStart = 0;
const HilbertQuarter &hilbertQuarter(std::uint8_t turn, unsigned number);

/// Of IPv4 addresses and blocks; host bits of a block do not matter.
MapPoint pointOf(const IpAddress &address);
IpAddress addressAt(const MapPoint &point);
MapRect placeOf(const Cidr &block);
Cidr blockAt(const MapPoint &point, int prefixLength);

enum class MapWay { Left, Right, Up, Down };
/// The block of the same length on the other side of the middle of that side; nothing at the edge of the map.
std::optional<Cidr> neighbour(const Cidr &block, MapWay way);

/// The part of the map that is shown: a square whose side is a power of two, from 16 (as large as a /24) to
/// the whole map. It may lie anywhere, so that the map can be moved by hand and zoomed where the pointer is.
struct MapWindow {
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    std::uint32_t side = MapSide;

    static constexpr std::uint32_t LeastSide = 16;

    MapRect rect() const { return {x, y, side, side}; }
    /// 0, 2, 4, … 24: that of a block as large as the window.
    int prefixLength() const;
    bool isWhole() const { return side == MapSide; }
    friend bool operator==(const MapWindow &, const MapWindow &) = default;
};

/// The window that shows this block: of odd length the square that it is the half of, beyond /24 the /24 that
/// holds it.
MapWindow windowOf(const Cidr &block);
/// A window of a prefix length (made even, and held between 0 and 24) with `point` as near its middle as the
/// edges of the map allow.
MapWindow windowAround(const MapPoint &point, int prefixLength);
/// `steps` times half as wide (less than 0: twice as wide), with the place at (`x`, `y`), from 0 to 1 of the
/// window, staying where it is as far as the edges allow.
MapWindow zoomed(const MapWindow &window, int steps, double x = 0.5, double y = 0.5);
/// Moved by parts of its side to the right and down, as far as the edges allow.
MapWindow moved(const MapWindow &window, double right, double down);
/// The same, moved no further than needed for all of `place` to be seen (or its top left part, where it is
/// too large).
MapWindow showing(const MapWindow &window, const MapRect &place);
/// The block that is exactly the window; nothing where the window lies across several.
std::optional<Cidr> blockOf(const MapWindow &window);
/// The point of the map at (`x`, `y`), from 0 to 1 of the window; held inside it.
MapPoint pointIn(const MapWindow &window, double x, double y);

} // namespace mailoscope::ui
