// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/graph_painter.h"

#include <QByteArray>
#include <QImage>

#include <functional>

namespace mailoscope::ui
{

/// Whatever is painted, on the style's ground, as one SVG document with a title.
QByteArray svgOf(const QString &title, const QSizeF &size, const GraphStyle &style,
                 const std::function<void(QPainter &)> &paint);
/// A PNG file; empty where there is no memory for it.
QByteArray pngOf(const QImage &image);
/// As SVG where the name of the file ends so, else as PNG; what is not wanted is not called. False where the
/// file cannot be written.
[[nodiscard]] bool saveDrawing(const QString &file, const std::function<QByteArray()> &svg,
                               const std::function<QByteArray()> &png);

/// One SVG document with a title, nothing in it from outside but text.
QByteArray toSvg(const GraphPicture &picture, const GraphStyle &style);

/// An image `scale` times the natural size, on the style's ground; smaller where a tree is so large that the
/// image would pass 32 million pixels.
QImage toImage(const GraphPicture &picture, const GraphStyle &style, double scale = 2);

/// The same as a PNG file; empty where there is no memory for it.
QByteArray toPng(const GraphPicture &picture, const GraphStyle &style, double scale = 2);

/// As SVG where the name of the file ends so, else as PNG. False where the file cannot be written.
[[nodiscard]] bool saveGraph(const QString &file, const GraphPicture &picture, const GraphStyle &style);

} // namespace mailoscope::ui
