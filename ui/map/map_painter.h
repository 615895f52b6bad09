// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/graph_painter.h"
#include "map/map_picture.h"

/// Draws the address map with QPainter alone: on screen, on paper, into files. Fonts and colours are those of
/// the graph (screenStyle(), paperStyle()).
namespace mailoscope::ui
{

/// What is drawn over the map.
struct MapState {
    std::optional<Cidr> current; ///< the block at hand
    bool hasFocus = false;
    std::optional<Cidr> hovered;
    std::optional<IpAddress> walked;       ///< an address that is being walked
    Meaning walkedMeaning = Meaning::Info; ///< what became of it
};

/// The room that the picture is to be made for, for a square of this side.
MapRoom roomFor(const QPainter &painter, double side, const GraphStyle &style);

/// Cells, lines and labels, `highlighted` being a branch before which the others stand back, or -1. It does
/// not change while the pointer moves, so keep it.
void paintMap(QPainter &painter, const QRectF &target, const AddressMap &map, const MapPicture &picture,
              const GraphStyle &style, int highlighted = -1);
/// What stands over it: rings around blocks and addresses.
void paintMapState(QPainter &painter, const QRectF &target, const MapPicture &picture,
                   const GraphStyle &style, const MapState &state);

} // namespace mailoscope::ui
