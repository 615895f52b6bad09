// SPDX-License-Identifier: Apache-2.0
#include "graph/graph_export.h"

#include <QBuffer>
#include <QFontInfo>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace mailoscope::ui
{

namespace
{

/// The generator of Qt 6.4 writes a title as it is, markup and all: ours takes the place of this.
constexpr const char *TitleMark = "mailoscope-title";
constexpr double MostPixels = 32e6;   ///< more than 128 MiB of pixels many programs refuse to open
constexpr double LongestSide = 30000; ///< Qt's raster engine counts in 16 bits

} // namespace

QByteArray svgOf(const QString &title, const QSizeF &size, const GraphStyle &style,
                 const std::function<void(QPainter &)> &paint)
{
    QByteArray svg;
    QBuffer buffer(&svg);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setTitle(QString::fromLatin1(TitleMark));
    generator.setDescription(QStringLiteral("Mailoscope"));
    generator.setSize(size.toSize());
    generator.setViewBox(QRectF(QPointF(), size));
    // Pixels of the screen and of the document are the same.
    generator.setResolution(96);
    QPainter painter(&generator);
    painter.fillRect(QRectF(QPointF(), size), style.ground);
    paint(painter);
    painter.end();
    svg.replace(TitleMark, title.toHtmlEscaped().toUtf8());
    // Where the font is missing any other without serifs will do. Texts have their quotes escaped, so that
    // this is an attribute's end.
    const QByteArray family = QFontInfo(style.font).family().toHtmlEscaped().toUtf8();
    svg.replace("font-family=\"" + family + '"', "font-family=\"" + family + ", sans-serif\"");
    return svg;
}

QByteArray pngOf(const QImage &image)
{
    QByteArray png;
    QBuffer buffer(&png);
    return !image.isNull() && buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG") ? png
                                                                                              : QByteArray();
}

bool saveDrawing(const QString &file, const std::function<QByteArray()> &svg,
                 const std::function<QByteArray()> &png)
{
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return false;
    const QByteArray octets = file.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive) ? svg() : png();
    return !octets.isEmpty() && out.write(octets) == octets.size() && out.commit();
}

QByteArray toSvg(const GraphPicture &picture, const GraphStyle &style)
{
    return svgOf(picture.title, sizeOf(picture, style), style,
                 [&](QPainter &painter) { paintGraph(painter, picture, style); });
}

QImage toImage(const GraphPicture &picture, const GraphStyle &style, double scale)
{
    const QSizeF size = sizeOf(picture, style);
    const double fitting = std::min({scale, std::sqrt(MostPixels / (size.width() * size.height())),
                                     LongestSide / std::max(size.width(), size.height())});
    QImage image((size * fitting).toSize().expandedTo(QSize(1, 1)), QImage::Format_RGB32);
    if (image.isNull())
        return image;
    image.fill(style.ground);
    image.setText(QStringLiteral("Title"), picture.title);
    QPainter painter(&image);
    painter.scale(fitting, fitting);
    paintGraph(painter, picture, style);
    return image;
}

QByteArray toPng(const GraphPicture &picture, const GraphStyle &style, double scale)
{
    return pngOf(toImage(picture, style, scale));
}

bool saveGraph(const QString &file, const GraphPicture &picture, const GraphStyle &style)
{
    return !picture.nodes.empty() &&
           saveDrawing(
               file, [&] { return toSvg(picture, style); }, [&] { return toPng(picture, style); });
}

} // namespace mailoscope::ui
