// SPDX-License-Identifier: Apache-2.0
#include "print/page_painter.h"

#include "graph/graph_shapes.h"
#include "print/options.h"
#include "print/say.h"

#include <QFontMetricsF>

namespace mailoscope::print
{

void PagePainter::paint(QPainter &painter, const Page &page)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    for (const Ink &ink : page.inks)
        std::visit([&](const auto &each) { put(painter, each); }, ink);
}

void PagePainter::put(QPainter &painter, const TextInk &ink)
{
    painter.setFont(m_fonts.face(ink.font).font);
    painter.setPen(QColor::fromRgb(ink.colour));
    painter.drawText(ink.at, ink.text);
}

void PagePainter::put(QPainter &painter, const BoxInk &ink)
{
    if (qAlpha(ink.fill) > 0)
        painter.fillRect(ink.area, QColor::fromRgba(ink.fill));
    if (ink.width <= 0)
        return;
    painter.setPen(QPen(QColor::fromRgb(ink.line), ink.width));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(ink.area);
}

void PagePainter::put(QPainter &painter, const ShapeInk &ink)
{
    painter.save();
    ui::drawShape(painter, ink.area, ink.meaning, QColor::fromRgb(m_palette.colour(ink.meaning)));
    painter.restore();
}

void PagePainter::put(QPainter &painter, const ImageInk &ink)
{
    painter.drawImage(ink.area, ink.image);
}

void PagePainter::put(QPainter &painter, const DrawingInk &ink)
{
    painter.save();
    ink.paint(painter, ink.area);
    painter.restore();
}

void PagePainter::paintFrame(QPainter &painter, const QString &head, int number, int count,
                             const Options &options)
{
    const Geometry geometry = geometryOf(options.paper);
    const QRectF &body = geometry.body;
    const auto text = [&](const QString &words, qreal y, bool isRight) {
        // One line, however long a name is.
        const QFont &font = m_fonts.face(SmallFont).font;
        const QString cut = QFontMetricsF(font).elidedText(words, Qt::ElideMiddle, body.width() * 0.62);
        const qreal width = m_fonts.widthOf(cut, SmallFont);
        put(painter,
            TextInk{{isRight ? body.right() - width : body.left(), y}, cut, SmallFont, m_palette.quiet()});
    };
    const auto line = [&](qreal y) {
        put(painter, BoxInk{QRectF(body.left(), y, body.width(), 4), m_palette.hairline(), 0, 0});
    };
    if (!head.isEmpty()) {
        const qreal y = body.top() - 270;
        text(head, y, false);
        if (!options.company.isEmpty())
            text(options.company, y, true);
        line(y + 50);
    }
    const qreal foot = body.bottom() + 260;
    line(foot - 130);
    text(options.confidentiality, foot, false);
    text(say(QT_TRANSLATE_NOOP("PaperReport", "Page %1 of %2")).arg(number).arg(count), foot, true);
}

} // namespace mailoscope::print
