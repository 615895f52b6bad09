// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/graph_painter.h"
#include "map/map_picture.h"

#include <QImage>

#include <array>

namespace mailoscope::ui
{

/// How a branch looks: a hue, a hatch that tells apart what colour alone may not, and an edge that keeps 4.5
/// : 1.
class MapLook
{
public:
    MapLook() = default;
    MapLook(const MapBranch &branch, const GraphStyle &style);

    int number = -1; ///< MapBranch::look
    QColor edge;
    QColor colour;                       ///< of marks
    std::array<QRgb, 9> strengths{};     ///< of cells, from nearly nothing to all covered
    std::array<QRgb, 64> hatch{};        ///< of areas: a tile of 8 by 8 pixels
    QRgb strength(double covered) const; ///< `covered` above 0, up to 1
};

constexpr double MarkRadius = 0.26; ///< in lines of text

/// The shape of a branch where there is no room for a hatch, to tell branches apart without colours too.
void paintMark(QPainter &painter, const QPointF &middle, const MapLook &look, const GraphStyle &style,
               bool isBack = false);

/// The ranges that no mail can come from: a tile as well.
std::array<QRgb, 64> specialHatch(const GraphStyle &style);

/// The cells as an image of `pixels` by `pixels`, pixel by pixel: as fast for ten networks as for forty
/// thousand.
QImage imageOf(const AddressMap &map, const MapPicture &picture, const GraphStyle &style, int pixels,
               double pixelRatio, int highlighted);

} // namespace mailoscope::ui
