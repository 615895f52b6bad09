// SPDX-License-Identifier: Apache-2.0
#include "map/hilbert.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace mailoscope::ui
{

namespace
{

/// Each turn is the first one as it is, mirrored at the falling diagonal, turned round by half, and mirrored
/// at the rising diagonal.
constexpr std::array<std::array<HilbertQuarter, 4>, 4> Turns{{
    {{{0, 0, 1}, {0, 1, 0}, {1, 1, 0}, {1, 0, 3}}},
    {{{0, 0, 0}, {1, 0, 1}, {1, 1, 1}, {0, 1, 2}}},
    {{{1, 1, 3}, {1, 0, 2}, {0, 0, 2}, {0, 1, 1}}},
    {{{1, 1, 2}, {0, 1, 3}, {0, 0, 3}, {1, 0, 0}}},
}};

constexpr int MostOrder = 16;

/// Held inside the map.
MapWindow windowAt(double x, double y, std::uint32_t side)
{
    const double most = MapSide - side;
    return {static_cast<std::uint32_t>(std::clamp(std::round(x), 0.0, most)),
            static_cast<std::uint32_t>(std::clamp(std::round(y), 0.0, most)), side};
}

std::uint32_t sideOf(int prefixLength)
{
    return MapSide >> static_cast<unsigned>(std::clamp(prefixLength, 0, 24) / 2);
}

} // namespace

MapRect MapRect::intersected(const MapRect &other) const
{
    const std::uint32_t left = std::max(x, other.x);
    const std::uint32_t top = std::max(y, other.y);
    const std::uint32_t rightmost = std::min(right(), other.right());
    const std::uint32_t lowest = std::min(bottom(), other.bottom());
    if (left >= rightmost || top >= lowest)
        return {};
    return {left, top, rightmost - left, lowest - top};
}

const HilbertQuarter &hilbertQuarter(std::uint8_t turn, unsigned number)
{
    return Turns[turn][number];
}

MapPoint hilbertPoint(int order, std::uint32_t index)
{
    MapPoint point;
    std::uint8_t turn = HilbertStart;
    for (int level = order - 1; level >= 0; --level) {
        const HilbertQuarter &quarter = Turns[turn][(index >> static_cast<unsigned>(2 * level)) & 3U];
        point = {point.x << 1U | quarter.right, point.y << 1U | quarter.down};
        turn = quarter.turn;
    }
    return point;
}

std::uint32_t hilbertIndex(int order, const MapPoint &point)
{
    std::uint32_t index = 0;
    std::uint8_t turn = HilbertStart;
    for (int level = order - 1; level >= 0; --level) {
        const auto right = (point.x >> static_cast<unsigned>(level)) & 1U;
        const auto down = (point.y >> static_cast<unsigned>(level)) & 1U;
        unsigned number = 0;
        while (Turns[turn][number].right != right || Turns[turn][number].down != down)
            ++number;
        index = index << 2U | number;
        turn = Turns[turn][number].turn;
    }
    return index;
}

MapPoint pointOf(const IpAddress &address)
{
    return hilbertPoint(MostOrder, address.v4Value());
}

IpAddress addressAt(const MapPoint &point)
{
    return IpAddress::fromV4(hilbertIndex(MostOrder, point));
}

MapRect placeOf(const Cidr &block)
{
    const int order = (block.prefixLength + 1) / 2;
    const std::uint32_t side = MapSide >> static_cast<unsigned>(order);
    const std::uint32_t first = block.first().v4Value();
    const auto squareOf = [&](std::uint32_t address) {
        const MapPoint corner =
            order == 0 ? MapPoint()
                       : hilbertPoint(order, address >> static_cast<unsigned>(2 * (MostOrder - order)));
        return MapRect{corner.x * side, corner.y * side, side, side};
    };
    const MapRect square = squareOf(first);
    if (block.prefixLength % 2 == 0)
        return square;
    const MapRect other = squareOf(block.last().v4Value());
    const std::uint32_t x = std::min(square.x, other.x);
    const std::uint32_t y = std::min(square.y, other.y);
    return {x, y, std::max(square.right(), other.right()) - x, std::max(square.bottom(), other.bottom()) - y};
}

Cidr blockAt(const MapPoint &point, int prefixLength)
{
    const Cidr block{addressAt(point), prefixLength};
    return {block.first(), prefixLength};
}

std::optional<Cidr> neighbour(const Cidr &block, MapWay way)
{
    const MapRect place = placeOf(block);
    MapPoint beyond{place.x + (place.width - 1) / 2, place.y + (place.height - 1) / 2};
    switch (way) {
    case MapWay::Left:
        beyond.x = place.x - 1;
        break;
    case MapWay::Right:
        beyond.x = place.right();
        break;
    case MapWay::Up:
        beyond.y = place.y - 1;
        break;
    case MapWay::Down:
        beyond.y = place.bottom();
        break;
    }
    // Left of 0 the number wraps round to a large one.
    if (beyond.x >= MapSide || beyond.y >= MapSide)
        return std::nullopt;
    return blockAt(beyond, block.prefixLength);
}

int MapWindow::prefixLength() const
{
    return 2 * (MostOrder - std::countr_zero(side));
}

MapWindow windowOf(const Cidr &block)
{
    const int even = std::min(block.prefixLength, 24) / 2 * 2;
    const MapRect place = placeOf({block.address, even});
    return {place.x, place.y, place.width};
}

MapWindow windowAround(const MapPoint &point, int prefixLength)
{
    const std::uint32_t side = sideOf(prefixLength);
    return windowAt(static_cast<double>(point.x) - side / 2.0, static_cast<double>(point.y) - side / 2.0,
                    side);
}

MapWindow zoomed(const MapWindow &window, int steps, double x, double y)
{
    const std::uint32_t side = sideOf(std::clamp(window.prefixLength() + 2 * steps, 0, 24));
    const double fixedX = window.x + x * window.side;
    const double fixedY = window.y + y * window.side;
    return windowAt(fixedX - x * side, fixedY - y * side, side);
}

MapWindow moved(const MapWindow &window, double right, double down)
{
    return windowAt(window.x + right * window.side, window.y + down * window.side, window.side);
}

MapWindow showing(const MapWindow &window, const MapRect &place)
{
    const auto along = [&window](double at, double first, double end) {
        const double side = window.side;
        return std::min(std::max(at, end - side), first);
    };
    return windowAt(along(window.x, place.x, place.right()), along(window.y, place.y, place.bottom()),
                    window.side);
}

std::optional<Cidr> blockOf(const MapWindow &window)
{
    if (window.x % window.side != 0 || window.y % window.side != 0)
        return std::nullopt;
    return blockAt({window.x, window.y}, window.prefixLength());
}

MapPoint pointIn(const MapWindow &window, double x, double y)
{
    const auto along = [&window](std::uint32_t from, double part) {
        return from +
               static_cast<std::uint32_t>(std::clamp(std::floor(part * window.side), 0.0, window.side - 1.0));
    };
    return {along(window.x, x), along(window.y, y)};
}

} // namespace mailoscope::ui
