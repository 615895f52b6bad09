// SPDX-License-Identifier: Apache-2.0
#include "map/map_painter.h"

#include "map/map_cells.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace mailoscope::ui
{

namespace
{

constexpr double MostPixels = 4096; ///< a side of the image of the cells; printers would take any number
constexpr double Small = 0.78;      ///< of labels, to the font

double pixelRatioOf(const QPainter &painter)
{
    const QPaintDevice *device = painter.device();
    const double zoom = std::hypot(painter.worldTransform().m11(), painter.worldTransform().m12());
    return std::max(0.1, zoom * (device ? device->devicePixelRatioF() : 1.0));
}

QFont smallFont(const QFont &font)
{
    QFont small = font;
    small.setPixelSize(std::max(8, static_cast<int>(std::lround(font.pixelSize() * Small))));
    return small;
}

/// A map being drawn: places of the window are turned to pixels of the painter.
class Painting
{
public:
    Painting(QPainter &painter, const QRectF &target, const MapPicture &picture, const GraphStyle &style,
             const AddressMap *map = nullptr, int highlighted = -1)
        : m_painter(painter),
          m_target(target),
          m_picture(picture),
          m_style(style),
          m_highlighted(highlighted),
          m_small(smallFont(style.font)),
          m_metrics(m_small)
    {
        if (map) {
            for (const MapBranch &branch : map->branches())
                m_looks.emplace_back(branch, style);
        }
        m_painter.save();
        m_painter.setClipRect(target, Qt::IntersectClip);
    }
    ~Painting() { m_painter.restore(); }
    Painting(const Painting &) = delete;
    Painting &operator=(const Painting &) = delete;

    void paintCells(const AddressMap &map)
    {
        const double ratio = pixelRatioOf(m_painter);
        const double pixels = std::clamp(std::round(m_target.width() * ratio), 1.0, MostPixels);
        const QImage image = imageOf(map, m_picture, m_style, static_cast<int>(pixels),
                                     pixels / m_target.width(), m_highlighted);
        m_painter.drawImage(m_target, image);
    }

    void paintLines()
    {
        const int step = m_picture.strongLength - m_picture.window.prefixLength();
        QColor thin = m_style.line;
        thin.setAlphaF(0.22F);
        QColor strong = m_style.line;
        strong.setAlphaF(0.6F);
        drawGrid(m_picture.gridLength, thin, m_picture.strongLength);
        if (m_picture.strongLength != m_picture.gridLength && step > 0)
            drawGrid(m_picture.strongLength, strong, -1);
    }

    void paintLabels()
    {
        m_painter.setFont(m_small);
        const double inset = 0.22 * m_style.em;
        for (const MapLabel &label : m_picture.labels) {
            const QRectF block = px(m_picture.placeOf(label.block)).intersected(m_target);
            const QRectF place(block.left() + inset, block.top() + inset / 2,
                               m_metrics.horizontalAdvance(label.text), m_metrics.height());
            if (place.right() + inset > block.right() || place.bottom() > block.bottom())
                continue;
            paintText(place, label.text);
        }
        paintSpecials();
    }

    void paintMarks()
    {
        for (const MapArea &mark : m_picture.marks)
            paintMark(m_painter, placeOf(mark).center(), m_looks[static_cast<std::size_t>(mark.branch)],
                      m_style, isBack(mark.branch));
    }

    /// The names of the branches, each once, where it hides nothing but its own branch.
    void paintNames(const AddressMap &map)
    {
        std::vector<QRectF> taken;
        m_painter.setFont(m_style.bold);
        const QFontMetricsF metrics(m_style.bold);
        const double gap = 0.4 * m_style.em;
        // Among many cells a name would hide others, and nobody would see which it means.
        const bool isCrowded =
            m_picture.marks.size() > 60 || (m_picture.used * 50 > m_picture.side * m_picture.side &&
                                            m_target.width() / m_picture.side < m_style.em / 2);
        for (const MapArea &anchor : m_picture.anchors) {
            const QRectF at = placeOf(anchor);
            if (isBack(anchor.branch) || (anchor.width == 1 && isCrowded))
                continue;
            const MapBranch &branch = map.branch(anchor.branch);
            const QColor &edge = m_looks[static_cast<std::size_t>(anchor.branch)].edge;
            const QString text = metrics.elidedText(nameOf(branch), Qt::ElideMiddle, 14 * m_style.em);
            const QSizeF size(metrics.horizontalAdvance(text) + gap, metrics.height());
            if (size.width() + gap < at.width() && size.height() + gap < at.height()) {
                // Below the middle, where lines cross and labels stand.
                const double down = std::min(1.1 * m_metrics.height(), at.height() / 2 - size.height() - 2);
                const QRectF inside(at.center() + QPointF(-size.width() / 2, down), size);
                take(taken, inside, text, edge, at, true);
                continue;
            }
            const double beside = std::max(at.width() / 2, MarkRadius * m_style.em) + gap;
            const QPointF middle = at.center();
            const std::array<QPointF, 6> corners{
                QPointF(middle.x() + beside, middle.y() - size.height() / 2),
                QPointF(middle.x() - beside - size.width(), middle.y() - size.height() / 2),
                QPointF(middle.x() + gap, middle.y() + beside),
                QPointF(middle.x() + gap, middle.y() - beside - size.height()),
                QPointF(middle.x() - size.width(), middle.y() + beside),
                QPointF(middle.x() - size.width(), middle.y() - beside - size.height())};
            for (const QPointF &corner : corners) {
                if (take(taken, QRectF(corner, size), text, edge, at, false))
                    break;
            }
        }
    }

    void paintFrame()
    {
        const double wide = 1 / pixelRatioOf(m_painter);
        m_painter.setPen(Qt::NoPen);
        const QColor line = m_style.line;
        m_painter.fillRect(QRectF(m_target.topLeft(), QSizeF(m_target.width(), wide)), line);
        m_painter.fillRect(QRectF(m_target.left(), m_target.bottom() - wide, m_target.width(), wide), line);
        m_painter.fillRect(QRectF(m_target.topLeft(), QSizeF(wide, m_target.height())), line);
        m_painter.fillRect(QRectF(m_target.right() - wide, m_target.top(), wide, m_target.height()), line);
    }

    void paintRing(const Cidr &block, const QColor &colour, double width, Qt::PenStyle line)
    {
        QRectF place = px(m_picture.placeOf(block));
        const double least = 0.7 * m_style.em;
        const double wider = std::max(0.0, least - place.width()) / 2;
        const double higher = std::max(0.0, least - place.height()) / 2;
        place = place.adjusted(-wider, -higher, wider, higher);
        // A ring at the rim stays inside.
        place = place.intersected(m_target.adjusted(width / 2, width / 2, -width / 2, -width / 2));
        if (place.isEmpty())
            return;
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(m_style.node, width + 2));
        m_painter.drawRect(place);
        m_painter.setPen(QPen(colour, width, line));
        m_painter.drawRect(place);
    }

    void paintWalked(const IpAddress &address, Meaning meaning)
    {
        const double em = m_style.em;
        const QPointF middle = px(m_picture.placeOf(Cidr{address, 32})).center();
        const QColor colour = m_style.theme.colour(meaning);
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setBrush(Qt::NoBrush);
        for (const bool isHalo : {true, false}) {
            m_painter.setPen(isHalo ? QPen(m_style.node, 0.36 * em, Qt::SolidLine, Qt::FlatCap)
                                    : QPen(colour, 0.18 * em, Qt::SolidLine, Qt::FlatCap));
            m_painter.drawEllipse(middle, 0.75 * em, 0.75 * em);
            for (const QPointF &way : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)})
                m_painter.drawLine(middle + way * 0.45 * em, middle + way * 1.3 * em);
        }
        m_painter.setRenderHint(QPainter::Antialiasing, false);
    }

private:
    QRectF px(const QRectF &place) const
    {
        return {m_target.left() + place.x() * m_target.width(),
                m_target.top() + place.y() * m_target.height(), place.width() * m_target.width(),
                place.height() * m_target.height()};
    }
    QRectF placeOf(const MapArea &area) const
    {
        const double side = m_picture.side;
        return px({area.x / side, area.y / side, area.width / side, area.height / side});
    }

    static QString nameOf(const MapBranch &branch)
    {
        return branch.kind == MapBranch::Kind::Authorised || branch.kind == MapBranch::Kind::Stays
                   ? branch.name
                   : QStringLiteral("%1: %2").arg(wordFor(branch.kind), branch.name);
    }

    /// Lines between the blocks of a length, without those that are drawn stronger; as thin as the device
    /// can.
    void drawGrid(int length, const QColor &colour, int without)
    {
        const double ratio = pixelRatioOf(m_painter);
        const double wide = std::max(1.0, std::round(ratio)) / ratio;
        const std::uint32_t block = MapSide >> static_cast<unsigned>(length / 2);
        const std::uint32_t strong =
            without >= 0 && without != length ? MapSide >> static_cast<unsigned>(without / 2) : 0;
        const auto forEach = [&](std::uint32_t from, const auto &draw) {
            const std::uint32_t end = from + m_picture.window.side;
            for (std::uint32_t at = (from / block + 1) * block; at < end; at += block) {
                if (strong == 0 || at % strong != 0)
                    draw(double(at - from) / m_picture.window.side);
            }
        };
        const auto snapped = [ratio](double value) { return std::floor(value * ratio) / ratio; };
        forEach(m_picture.window.x, [&](double part) {
            m_painter.fillRect(QRectF(snapped(m_target.left() + part * m_target.width()), m_target.top(),
                                      wide, m_target.height()),
                               colour);
        });
        forEach(m_picture.window.y, [&](double part) {
            m_painter.fillRect(QRectF(m_target.left(), snapped(m_target.top() + part * m_target.height()),
                                      m_target.width(), wide),
                               colour);
        });
    }

    bool isBack(int branch) const { return m_highlighted >= 0 && branch != m_highlighted; }

    /// What a text stands on: the colour of the branch that has all cells below it, else the ground; the
    /// latter as nothing where no cell is used.
    std::optional<QColor> groundOf(const QRectF &place) const
    {
        const auto cellAt = [this](double part) {
            return std::clamp(static_cast<int>(part * m_picture.side), 0, m_picture.side - 1);
        };
        const int left = cellAt((place.left() - m_target.left()) / m_target.width());
        const int right = cellAt((place.right() - m_target.left()) / m_target.width());
        const int top = cellAt((place.top() - m_target.top()) / m_target.height());
        const int bottom = cellAt((place.bottom() - m_target.top()) / m_target.height());
        const MapCell &first = m_picture.cell(left, top);
        bool isUsed = false;
        bool isUniform = first.branch >= 0 && !isBack(first.branch);
        for (int y = top; y <= bottom; ++y) {
            for (int x = left; x <= right; ++x) {
                isUsed = isUsed || m_picture.cell(x, y).branch >= 0;
                isUniform = isUniform && m_picture.cell(x, y) == first;
            }
        }
        if (!isUsed)
            return std::nullopt;
        return isUniform ? QColor(m_looks[static_cast<std::size_t>(first.branch)].strength(
                               m_picture.covered(first)))
                         : m_style.node;
    }

    /// Quiet on the ground, black or white on a branch; with a rim where there are cells, which hides little
    /// of them.
    void paintText(const QRectF &place, const QString &text)
    {
        const QPointF at(place.left(), place.top() + m_metrics.ascent());
        const std::optional<QColor> ground = groundOf(place);
        if (!ground) {
            m_painter.setPen(m_style.quiet);
            m_painter.drawText(at, text);
            return;
        }
        m_painter.setPen(*ground);
        for (const QPointF &way : {QPointF(-1, 0), QPointF(1, 0), QPointF(0, -1), QPointF(0, 1)})
            m_painter.drawText(at + way, text);
        const bool isDark = contrast(*ground, Qt::white) > contrast(*ground, Qt::black);
        m_painter.setPen(*ground == m_style.node ? m_style.quiet : QColor(isDark ? Qt::white : Qt::black));
        m_painter.drawText(at, text);
    }

    /// The names of ranges that no mail can come from, where they fit below the labels.
    void paintSpecials()
    {
        QFont slanted = m_small;
        slanted.setItalic(true);
        m_painter.setFont(slanted);
        const QFontMetricsF metrics(slanted);
        for (const MapSpecial &special : m_picture.specials) {
            const QRectF whole = px(m_picture.placeOf(special.block)).intersected(m_target);
            const QSizeF size(metrics.horizontalAdvance(special.name), metrics.height());
            const double grid =
                m_target.width() /
                (1U << static_cast<unsigned>((m_picture.gridLength - m_picture.window.prefixLength()) / 2));
            // Under the first line of a block, so that it does not meet the labels.
            const double rows = std::floor(whole.height() / 2 / grid);
            const double top = whole.top() + rows * grid + 1.1 * m_metrics.height();
            const QRectF place(QPointF(whole.center().x() - size.width() / 2, top), size);
            if (size.width() + 4 > whole.width() || place.bottom() > whole.bottom())
                continue;
            if (!groundOf(place))
                m_painter.fillRect(place.adjusted(-2, 0, 2, 0), m_style.node);
            paintText(place, special.name);
        }
    }

    bool take(std::vector<QRectF> &taken, const QRectF &place, const QString &text, const QColor &colour,
              const QRectF &anchor, bool isInside)
    {
        if (!m_target.contains(place))
            return false;
        for (const QRectF &other : taken) {
            if (other.intersects(place))
                return false;
        }
        // It does not cover the mark of another branch.
        for (const MapArea &mark : m_picture.marks) {
            if (!isInside && place.contains(placeOf(mark).center()))
                return false;
        }
        taken.push_back(isInside ? place : place.united(anchor));
        QColor plate = m_style.node;
        plate.setAlphaF(0.92F);
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(QPen(colour, std::max(1.0, 0.07 * m_style.em)));
        m_painter.setBrush(plate);
        m_painter.drawRoundedRect(place, 0.2 * m_style.em, 0.2 * m_style.em);
        m_painter.setRenderHint(QPainter::Antialiasing, false);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(m_style.text);
        m_painter.drawText(place, Qt::AlignCenter, text);
        return true;
    }

    QPainter &m_painter;
    QRectF m_target;
    const MapPicture &m_picture;
    const GraphStyle &m_style;
    int m_highlighted;
    std::vector<MapLook> m_looks;
    QFont m_small;
    QFontMetricsF m_metrics;
};

} // namespace

MapRoom roomFor(const QPainter &painter, double side, const GraphStyle &style)
{
    return {side, style.em, pixelRatioOf(painter)};
}

void paintMap(QPainter &painter, const QRectF &target, const AddressMap &map, const MapPicture &picture,
              const GraphStyle &style, int highlighted)
{
    if (target.isEmpty() || picture.cells.empty())
        return;
    Painting painting(painter, target, picture, style, &map, highlighted);
    painting.paintCells(map);
    painting.paintLines();
    painting.paintLabels();
    painting.paintMarks();
    painting.paintNames(map);
    painting.paintFrame();
}

void paintMapState(QPainter &painter, const QRectF &target, const MapPicture &picture,
                   const GraphStyle &style, const MapState &state)
{
    if (target.isEmpty() || picture.cells.empty())
        return;
    Painting painting(painter, target, picture, style);
    if (state.hovered)
        painting.paintRing(*state.hovered, style.text, std::max(1.0, 0.07 * style.em), Qt::SolidLine);
    if (state.current)
        painting.paintRing(*state.current, legible(style.highlight, style.node),
                           std::max(2.0, 0.16 * style.em), state.hasFocus ? Qt::SolidLine : Qt::DashLine);
    if (state.walked && state.walked->isV4())
        painting.paintWalked(*state.walked, state.walkedMeaning);
}

} // namespace mailoscope::ui
