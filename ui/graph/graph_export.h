// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/graph_painter.h"

#include <QByteArray>
#include <QImage>

namespace mailoscope::ui
{

/// One SVG document with a title, nothing in it from outside but text.
QByteArray toSvg(const GraphPicture &picture, const GraphStyle &style);

/// An image `scale` times the natural size, on the style's ground; smaller where a tree is so large that the
/// image would pass 64 million pixels.
QImage toImage(const GraphPicture &picture, const GraphStyle &style, double scale = 2);

/// The same as a PNG file; empty where there is no memory for it.
QByteArray toPng(const GraphPicture &picture, const GraphStyle &style, double scale = 2);

/// As SVG where the name of the file ends so, else as PNG. False where the file cannot be written.
[[nodiscard]] bool saveGraph(const QString &file, const GraphPicture &picture, const GraphStyle &style);

} // namespace mailoscope::ui
