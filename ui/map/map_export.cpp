// SPDX-License-Identifier: Apache-2.0
#include "map/map_export.h"

#include "graph/graph_export.h"

namespace mailoscope::ui
{

bool saveMap(const QString &file, const MapExport &shown, const GraphStyle &style)
{
    const auto svg = [&] {
        return svgOf(shown.title, sheetSize(style), style, [&](QPainter &painter) {
            paintSheet(painter, *shown.map, shown.window, shown.title, style);
        });
    };
    const auto png = [&] { return pngOf(toImage(*shown.map, shown.window, shown.title, style)); };
    return saveDrawing(file, svg, png);
}

} // namespace mailoscope::ui
