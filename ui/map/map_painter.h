// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/graph_painter.h"
#include "map/map_fact.h"

#include <QImage>

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

/// A row of the legend: those of one kind of a comparison are together.
struct MapKey {
    int branch = -1; ///< whose look it is; -1: of the ranges that no mail can come from
    QString text;    ///< "Google Workspace", "Won"
    QString figures; ///< "328,960"
    friend bool operator==(const MapKey &, const MapKey &) = default;
};
std::vector<MapKey> legendOf(const AddressMap &map);
/// The look of a branch in a small rectangle, as the map shows it where all is covered.
void paintSwatch(QPainter &painter, const QRectF &place, const AddressMap &map, int branch,
                 const GraphStyle &style);

/// Title, map and legend as one image for slides and papers.
QImage toImage(const AddressMap &map, const MapWindow &window, const QString &title, const GraphStyle &style,
               double side = 900, double scale = 2);

} // namespace mailoscope::ui
