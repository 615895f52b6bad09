// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/map_painter.h"

#include <QImage>

/// The map with its legend.
namespace mailoscope::ui
{

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

/// Title, map and legend, for slides and papers; `side` is the map's. The ground is left as it is.
QSizeF sheetSize(const GraphStyle &style, double side = 900);
void paintSheet(QPainter &painter, const AddressMap &map, const MapWindow &window, const QString &title,
                const GraphStyle &style, double side = 900);
/// The same as an image.
QImage toImage(const AddressMap &map, const MapWindow &window, const QString &title, const GraphStyle &style,
               double side = 900, double scale = 2);

} // namespace mailoscope::ui
