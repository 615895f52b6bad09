// SPDX-License-Identifier: Apache-2.0
#include "map/map_sheet.h"

#include "map/map_cells.h"
#include "text/figures.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace mailoscope::ui
{

namespace
{

constexpr double MostPixels = 32e6; ///< more than 128 MiB of pixels many programs refuse to open
constexpr double MarginLines = 1.5;

double columnWidth(const GraphStyle &style, double side)
{
    return std::max(20 * style.em, side * 0.42);
}

QString tr(const char *text)
{
    return QCoreApplication::translate("AddressMap", text);
}

void fillTile(QPainter &painter, const QRectF &place, const std::array<QRgb, 64> &tile)
{
    QImage image(8, 8, QImage::Format_RGB32);
    for (int y = 0; y < 8; ++y)
        std::copy_n(tile.begin() + static_cast<std::ptrdiff_t>(y) * 8, 8,
                    reinterpret_cast<QRgb *>(image.scanLine(y)));
    painter.fillRect(place, QBrush(image));
}

/// Paragraphs one below the other.
class Column
{
public:
    Column(QPainter &painter, const QRectF &place, const GraphStyle &style)
        : m_painter(painter), m_place(place), m_style(style), m_top(place.top())
    {
    }

    void text(const QString &text, const QFont &font, const QColor &colour, double indent = 0)
    {
        const QRectF room(m_place.left() + indent, m_top, m_place.width() - indent, m_place.bottom() - m_top);
        m_painter.setFont(font);
        m_painter.setPen(colour);
        QRectF used;
        m_painter.drawText(room, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, text, &used);
        m_top = used.bottom();
    }
    void toTheRight(const QString &text)
    {
        const QFontMetricsF metrics(m_style.font);
        m_painter.setFont(m_style.font);
        m_painter.setPen(m_style.quiet);
        m_painter.drawText(
            QPointF(m_place.right() - metrics.horizontalAdvance(text), m_top + metrics.ascent()), text);
        m_top += 1.45 * m_style.em;
    }
    void gap(double lines) { m_top += lines * m_style.em; }
    bool isFull(double lines) const { return m_top + lines * m_style.em > m_place.bottom(); }

    void key(const AddressMap &map, const MapKey &key)
    {
        const double em = m_style.em;
        const QRectF swatch(m_place.left(), m_top + 0.05 * em, 2.4 * em, em);
        paintSwatch(m_painter, swatch, map, key.branch, m_style);
        const QFontMetricsF metrics(m_style.font);
        const double width = metrics.horizontalAdvance(key.figures);
        m_painter.setFont(m_style.font);
        m_painter.setPen(m_style.text);
        const double base = m_top + metrics.ascent();
        m_painter.drawText(QPointF(m_place.right() - width, base), key.figures);
        m_painter.drawText(QPointF(m_place.left() + 3 * em, base),
                           metrics.elidedText(key.text, Qt::ElideMiddle, m_place.width() - width - 4 * em));
        m_top += 1.45 * em;
    }

private:
    QPainter &m_painter;
    QRectF m_place;
    const GraphStyle &m_style;
    double m_top;
};

} // namespace

std::vector<MapKey> legendOf(const AddressMap &map)
{
    using Kind = MapBranch::Kind;
    struct Entry {
        int branch;
        std::uint64_t count;
        QString text;
    };
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < map.branches().size(); ++i) {
        const MapBranch &branch = map.branches()[i];
        const std::uint64_t count = countOf(branch.v4);
        const bool isTogether = branch.kind != Kind::Authorised;
        if (isTogether && !entries.empty() && map.branch(entries.back().branch).kind == branch.kind)
            entries.back().count += count;
        else
            entries.push_back({static_cast<int>(i), count, isTogether ? wordFor(branch.kind) : branch.name});
    }
    std::vector<MapKey> keys;
    for (Entry &entry : entries)
        keys.push_back({entry.branch, std::move(entry.text), grouped(entry.count)});
    keys.push_back({-1, tr("No mail comes from here"), {}});
    return keys;
}

void paintSwatch(QPainter &painter, const QRectF &place, const AddressMap &map, int branch,
                 const GraphStyle &style)
{
    painter.save();
    painter.setBrush(Qt::NoBrush);
    if (branch < 0) {
        fillTile(painter, place, specialHatch(style));
        painter.setPen(QPen(style.line, 1));
        painter.drawRect(place);
    } else {
        const MapLook look(map.branch(branch), style);
        fillTile(painter, place, look.hatch);
        painter.setPen(QPen(look.edge, 1));
        painter.drawRect(place);
        // What is seen of it from afar stands at the right end.
        if (place.width() >= 2.2 * style.em)
            paintMark(painter, QPointF(place.right() - 0.5 * style.em, place.center().y()), look, style);
    }
    painter.restore();
}

QSizeF sheetSize(const GraphStyle &style, double side)
{
    const double margin = MarginLines * style.em;
    return {side + columnWidth(style, side) + 3 * margin, side + 2 * margin};
}

void paintSheet(QPainter &painter, const AddressMap &map, const MapWindow &window, const QString &title,
                const GraphStyle &style, double side)
{
    const double margin = MarginLines * style.em;
    const double column = columnWidth(style, side);
    const QRectF square(margin, margin, side, side);
    const MapPicture picture = pictureOf(map, window, roomFor(painter, side, style));
    paintMap(painter, square, map, picture, style);

    Column words(painter, QRectF(side + 2 * margin, margin, column, side), style);
    QFont large = style.bold;
    large.setPixelSize(static_cast<int>(std::lround(style.bold.pixelSize() * 1.5)));
    words.text(title, large, style.text);
    words.gap(0.4);
    words.text(map.summary(), style.font, style.text);
    words.gap(1);
    if (!map.isEmpty())
        words.toTheRight(tr("IPv4 addresses"));
    for (const MapKey &key : legendOf(map)) {
        if (!words.isFull(2))
            words.key(map, key);
    }
    words.gap(0.6);
    const std::optional<Cidr> block = blockOf(picture.window);
    if (block && !picture.window.isWhole())
        words.text(tr("The map shows %1.").arg(QString::fromStdString(block->toString())), style.font,
                   style.quiet);
    for (const QString &caveat : map.caveats()) {
        if (words.isFull(4))
            break;
        words.text(caveat, style.font, style.quiet);
        words.gap(0.3);
    }
}

QImage toImage(const AddressMap &map, const MapWindow &window, const QString &title, const GraphStyle &style,
               double side, double scale)
{
    const QSizeF size = sheetSize(style, side);
    const double fitting = std::min(scale, std::sqrt(MostPixels / (size.width() * size.height())));
    QImage image((size * fitting).toSize().expandedTo(QSize(1, 1)), QImage::Format_RGB32);
    if (image.isNull())
        return image;
    image.fill(style.ground);
    image.setText(QStringLiteral("Title"), title);
    QPainter painter(&image);
    painter.scale(fitting, fitting);
    paintSheet(painter, map, window, title, style, side);
    return image;
}

} // namespace mailoscope::ui
