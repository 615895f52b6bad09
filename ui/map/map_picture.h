// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/address_map.h"

#include <QRectF>

/// What a window of the map shows, worked out for the room that there is to show it in.
namespace mailoscope::ui
{

/// The room: a square.
struct MapRoom {
    double side = 900;     ///< in the pixels that texts are measured in
    double em = 16;        ///< a line of text
    double pixelRatio = 1; ///< pixels of the device to one of those
};

/// A square of the grid: a block of addresses of one length.
struct MapCell {
    std::int16_t branch = -1; ///< that has most addresses in it; -1: nobody has any
    std::int16_t second = -1; ///< that has the next most; -1: there is one at most
    std::uint32_t count = 0;  ///< addresses of all branches
    friend bool operator==(const MapCell &, const MapCell &) = default;
};

/// A rectangle of cells.
struct MapArea {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    int branch = -1;
    friend bool operator==(const MapArea &, const MapArea &) = default;
};

/// A block with a name written into it.
struct MapLabel {
    Cidr block;
    QString text;
    friend bool operator==(const MapLabel &, const MapLabel &) = default;
};

/// A range that no mail can come from, as far as the window shows it.
struct MapSpecial {
    Cidr block;
    QString name; ///< "private use"
    friend bool operator==(const MapSpecial &, const MapSpecial &) = default;
};

struct MapPicture {
    MapWindow window;           ///< what was asked for, laid on the grid of cells
    int side = 0;               ///< cells a side
    int cellLength = 0;         ///< the prefix length of a cell
    int gridLength = 0;         ///< of the blocks that lines divide
    int strongLength = 0;       ///< of those that stronger lines divide; gridLength where there are none
    std::uint64_t cellSize = 1; ///< addresses in a cell
    std::vector<MapCell> cells; ///< row by row
    std::vector<MapArea> areas; ///< whole squares that belong to one branch, four cells wide at least
    std::vector<MapArea> marks; ///< cells that would be overlooked, with no more than two others beside them
    std::vector<MapArea> anchors; ///< where the name of a branch belongs: one of each that is seen
    std::vector<MapLabel> labels; ///< of the blocks between the lines
    std::vector<MapSpecial> specials;
    std::uint64_t count = 0; ///< addresses in the window, of all branches
    int used = 0;            ///< cells that anybody has addresses in

    const MapCell &cell(int x, int y) const { return cells[static_cast<std::size_t>(y * side + x)]; }
    /// The part of a cell that is covered, from 0 to 1.
    double covered(const MapCell &cell) const
    {
        return static_cast<double>(cell.count) / static_cast<double>(cellSize);
    }
    /// Where a block is, the window being the square from (0, 0) to (1, 1); it may reach beyond.
    QRectF placeOf(const Cidr &block) const;
    /// The block of a length at a point of that square.
    Cidr blockAt(const QPointF &point, int prefixLength) const;
};

MapPicture pictureOf(const AddressMap &map, const MapWindow &window, const MapRoom &room = {});

/// For tests and eyes: figures, labels and areas, and the cells as letters.
QString toText(const AddressMap &map, const MapPicture &picture);

} // namespace mailoscope::ui
