// SPDX-License-Identifier: Apache-2.0
#include "map/map_cells.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace mailoscope::ui
{

namespace
{

constexpr int Tile = 8; ///< the period of Qt's hatches

std::array<QRgb, 64> tileOf(const QColor &ground, const QBrush &hatch)
{
    QImage image(Tile, Tile, QImage::Format_RGB32);
    image.fill(ground);
    QPainter painter(&image);
    painter.fillRect(image.rect(), hatch);
    painter.end();
    std::array<QRgb, 64> tile{};
    for (int y = 0; y < Tile; ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        std::copy_n(line, Tile, tile.begin() + static_cast<std::ptrdiff_t>(y) * Tile);
    }
    return tile;
}

class Composer
{
public:
    Composer(const AddressMap &map, const MapPicture &picture, const GraphStyle &style, int pixels,
             double pixelRatio, int highlighted)
        : m_picture(picture),
          m_image(pixels, pixels, QImage::Format_RGB32),
          m_zoom(std::max(1, static_cast<int>(std::lround(pixelRatio)))),
          m_highlighted(highlighted),
          m_pixels(pixels)
    {
        for (const MapBranch &branch : map.branches())
            m_looks.emplace_back(branch, style);
        m_ground = style.node.rgb();
        m_back = mixed(style.node, style.quiet, 0.25).rgb();
        for (int i = 0; i <= picture.side; ++i)
            m_ends.push_back(i * pixels / picture.side);
        m_isHatched.resize(picture.cells.size());
        for (const MapArea &area : picture.areas) {
            for (int y = area.y; y < area.y + area.height; ++y)
                std::fill_n(m_isHatched.begin() + y * picture.side + area.x, area.width, true);
        }
        m_special = specialHatch(style);
    }

    QImage compose()
    {
        m_image.fill(m_ground);
        for (const MapSpecial &special : m_picture.specials)
            fillSpecial(m_picture.placeOf(special.block));
        for (int y = 0; y < m_picture.side; ++y) {
            for (int x = 0; x < m_picture.side; ++x) {
                if (m_picture.cell(x, y).branch >= 0)
                    paintCell(x, y);
            }
        }
        return m_image;
    }

private:
    QRgb *lineAt(int y) { return reinterpret_cast<QRgb *>(m_image.scanLine(y)); }
    QRgb tileAt(const std::array<QRgb, 64> &tile, int x, int y) const
    {
        return tile[static_cast<std::size_t>((y / m_zoom) % Tile * Tile + (x / m_zoom) % Tile)];
    }

    void fillSpecial(const QRectF &place)
    {
        const auto inPixels = [this](double part) {
            return std::clamp(static_cast<int>(std::lround(part * m_pixels)), 0, m_pixels);
        };
        for (int y = inPixels(place.top()); y < inPixels(place.bottom()); ++y) {
            QRgb *line = lineAt(y);
            for (int x = inPixels(place.left()); x < inPixels(place.right()); ++x)
                line[x] = tileAt(m_special, x, y);
        }
    }

    /// Whether a cell has an edge towards another: none at the edge of the map.
    bool isOther(const MapCell &cell, int x, int y) const
    {
        return x >= 0 && y >= 0 && x < m_picture.side && y < m_picture.side &&
               m_picture.cell(x, y).branch != cell.branch;
    }

    void paintCell(int x, int y)
    {
        const MapCell &cell = m_picture.cell(x, y);
        const int left = m_ends[static_cast<std::size_t>(x)];
        const int right = m_ends[static_cast<std::size_t>(x) + 1];
        const int top = m_ends[static_cast<std::size_t>(y)];
        const int bottom = m_ends[static_cast<std::size_t>(y) + 1];
        const bool isBack =
            m_highlighted >= 0 && cell.branch != m_highlighted && cell.second != m_highlighted;
        const MapLook &look = m_looks[static_cast<std::size_t>(cell.branch)];
        const QRgb fill = isBack ? m_back : look.strength(m_picture.covered(cell));
        const bool isHatched = !isBack && m_isHatched[static_cast<std::size_t>(y * m_picture.side + x)];
        const bool isShared = !isBack && cell.second >= 0;
        const QRgb second = isShared ? m_looks[static_cast<std::size_t>(cell.second)].strengths.back() : 0;
        for (int py = top; py < bottom; ++py) {
            QRgb *line = lineAt(py);
            if (isHatched) {
                for (int px = left; px < right; ++px)
                    line[px] = tileAt(look.hatch, px, py);
            } else {
                std::fill(line + left, line + right, fill);
            }
            if (isShared) {
                // The lower right half belongs to the branch that has less.
                const int from = right - (py - top) * (right - left) / std::max(1, bottom - top);
                std::fill(line + std::max(left, from), line + right, second);
            }
        }
        if (!isBack)
            paintEdges(cell, x, y, QRect(left, top, right - left, bottom - top), look.edge.rgb());
    }

    void paintEdges(const MapCell &cell, int x, int y, const QRect &place, QRgb edge)
    {
        const int wide = std::min(m_zoom, place.width());
        const int high = std::min(m_zoom, place.height());
        const auto fill = [&](int left, int top, int width, int height) {
            for (int py = top; py < top + height; ++py)
                std::fill_n(lineAt(py) + left, width, edge);
        };
        if (isOther(cell, x - 1, y))
            fill(place.left(), place.top(), wide, place.height());
        if (isOther(cell, x + 1, y))
            fill(place.left() + place.width() - wide, place.top(), wide, place.height());
        if (isOther(cell, x, y - 1))
            fill(place.left(), place.top(), place.width(), high);
        if (isOther(cell, x, y + 1))
            fill(place.left(), place.top() + place.height() - high, place.width(), high);
    }

    const MapPicture &m_picture;
    QImage m_image;
    int m_zoom;
    int m_highlighted;
    int m_pixels;
    std::vector<MapLook> m_looks;
    QRgb m_ground = 0;
    QRgb m_back = 0;
    std::vector<int> m_ends; ///< where each column and row begins, and where the last one ends
    std::vector<bool> m_isHatched;
    std::array<QRgb, 64> m_special{};
};

} // namespace

MapLook::MapLook(const MapBranch &branch, const GraphStyle &style) : number(branch.look)
{
    const QColor &ground = style.node;
    const bool isQuiet = branch.look < 0;
    const bool isBeyond = branch.kind == MapBranch::Kind::BeyondLimits;
    colour = isQuiet ? style.quiet : style.theme.branchColour(branch.look);
    edge = isQuiet ? style.quiet : legible(colour, ground);
    const double most = isBeyond ? 0.3 : isQuiet ? 0.45 : 0.85;
    for (std::size_t i = 0; i < strengths.size(); ++i) {
        const double part = static_cast<double>(i) / static_cast<double>(strengths.size() - 1);
        strengths[i] = mixed(ground, colour, most * (0.55 + 0.45 * part)).rgb();
    }
    const Qt::BrushStyle style8 =
        isQuiet || isBeyond ? Qt::NoBrush : style.theme.branchBrush(branch.look).style();
    if (style8 == Qt::SolidPattern || style8 == Qt::NoBrush)
        hatch.fill(strengths.back());
    else
        hatch = tileOf(mixed(ground, colour, 0.5), QBrush(mixed(edge, colour, 0.3), style8));
    if (isBeyond)
        hatch = tileOf(mixed(ground, colour, 0.15), QBrush(edge, Qt::Dense7Pattern));
}

QRgb MapLook::strength(double covered) const
{
    // One address of a /16 is still seen: each step is a quarter of the one before.
    const auto last = static_cast<double>(strengths.size() - 1);
    const double step = covered >= 1 ? last : last - 1 + std::log2(covered) / 2;
    return strengths[static_cast<std::size_t>(std::clamp(std::floor(step), 0.0, last))];
}

void paintMark(QPainter &painter, const QPointF &middle, const MapLook &look, const GraphStyle &style,
               bool isBack)
{
    const double r = MarkRadius * style.em;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto draw = [&](double size) {
        const auto polygon = [&](std::initializer_list<QPointF> corners) {
            QPolygonF shape;
            for (const QPointF &corner : corners)
                shape << middle + corner * size;
            painter.drawPolygon(shape);
        };
        switch (look.number < 0 ? 0 : look.number % 6) {
        case 1:
            polygon({{-0.9, -0.9}, {0.9, -0.9}, {0.9, 0.9}, {-0.9, 0.9}});
            break;
        case 2:
            polygon({{0, -1.3}, {1.3, 0}, {0, 1.3}, {-1.3, 0}});
            break;
        case 3:
            polygon({{0, -1.2}, {1.2, 0.9}, {-1.2, 0.9}});
            break;
        case 4:
            polygon({{0, 1.2}, {1.2, -0.9}, {-1.2, -0.9}});
            break;
        case 5:
            polygon({{-1.1, 0}, {-0.55, -1}, {0.55, -1}, {1.1, 0}, {0.55, 1}, {-0.55, 1}});
            break;
        default:
            painter.drawEllipse(middle, size, size);
        }
    };
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.node);
    draw(r * 1.4);
    // Those that share a colour and a shape: the second turn is hollow.
    const bool isHollow = isBack || look.number >= 6;
    painter.setPen(
        QPen(isBack ? style.quiet : look.edge, std::max(1.0, (isHollow ? 0.13 : 0.09) * style.em)));
    painter.setBrush(isHollow ? QBrush(style.node) : QBrush(look.colour));
    draw(r);
    painter.restore();
}

std::array<QRgb, 64> specialHatch(const GraphStyle &style)
{
    return tileOf(mixed(style.node, style.quiet, 0.06),
                  QBrush(mixed(style.node, style.quiet, 0.22), Qt::FDiagPattern));
}

QImage imageOf(const AddressMap &map, const MapPicture &picture, const GraphStyle &style, int pixels,
               double pixelRatio, int highlighted)
{
    return Composer(map, picture, style, pixels, pixelRatio, highlighted).compose();
}

} // namespace mailoscope::ui
