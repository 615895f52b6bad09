// SPDX-License-Identifier: Apache-2.0
#include "print/options.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QImageReader>
#include <QPainter>
#include <QSvgRenderer>

namespace mailoscope::print
{

QString titleOf(Part part)
{
    return QCoreApplication::translate("PaperParts", document::titleOf(part).data());
}

QImage readLogo(const QString &fileName)
{
    constexpr int MostPixels = 1600; // a side; 40 mm at 1000 dots an inch
    constexpr qint64 MostOctets = 16 << 20;
    if (QFileInfo(fileName).size() > MostOctets)
        return {};
    QImageReader reader(fileName);
    if (reader.format() == "svg" || reader.format() == "svgz" ||
        fileName.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive)) {
        QSvgRenderer renderer(fileName);
        if (!renderer.isValid() || renderer.defaultSize().isEmpty())
            return {};
        QImage image(renderer.defaultSize().scaled(MostPixels, MostPixels, Qt::KeepAspectRatio),
                     QImage::Format_ARGB32_Premultiplied);
        if (image.isNull())
            return {};
        image.fill(Qt::transparent);
        QPainter painter(&image);
        renderer.render(&painter);
        return image;
    }
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.width() > MostPixels || size.height() > MostPixels)
        reader.setScaledSize(size.scaled(MostPixels, MostPixels, Qt::KeepAspectRatio));
    return reader.read();
}

} // namespace mailoscope::print
