// SPDX-License-Identifier: Apache-2.0
#include "map/map_picture.h"

#include "base/public_address.h"
#include "text/shown_string.h"

#include <algorithm>
#include <bit>

namespace mailoscope::ui
{

namespace
{

constexpr double LeastCell = 2.5; ///< pixels of the device
constexpr int FewestCells = 16;
constexpr int MostCells = 1024;
constexpr int WideArea = 4; ///< cells; what is less wide has no room for a hatch
/// More would not be overlooked, and would cover each other.
constexpr std::size_t MostMarks = 400;
constexpr std::size_t SmallGroup = 3;

int cellsFor(const MapWindow &window, const MapRoom &room)
{
    int cells = FewestCells;
    while (cells < MostCells && cells * 2 * LeastCell <= room.side * room.pixelRatio)
        cells *= 2;
    return std::min(cells, static_cast<int>(window.side));
}

QRectF placeIn(const MapWindow &window, const MapRect &rect)
{
    const double side = window.side;
    return {(double(rect.x) - window.x) / side, (double(rect.y) - window.y) / side, rect.width / side,
            rect.height / side};
}

/// "10", "10.32", "10.32.7"; addresses of the only /24 that is shown as ".17".
QString labelOf(const Cidr &block, bool isLastOctetEnough)
{
    const std::uint32_t first = block.first().v4Value();
    const auto octet = [first](unsigned number) {
        return QString::number((first >> (24 - 8 * number)) & 255U);
    };
    if (block.prefixLength > 24 && isLastOctetEnough)
        return QLatin1Char('.') + octet(3);
    QString text = octet(0);
    const auto octets = static_cast<unsigned>(std::max(1, (block.prefixLength + 7) / 8));
    for (unsigned number = 1; number < octets; ++number)
        text += QLatin1Char('.') + octet(number);
    return text;
}

/// Room for the widest label of a length.
double widthOfLabels(int length, bool isLastOctetEnough, double em)
{
    const int octets = std::max(1, (length + 7) / 8);
    const int letters = length > 24 && isLastOctetEnough ? 4 : octets * 4 - 1;
    return (letters * 0.56 + 0.6) * em;
}

/// Goes down the quarters of the curve to the cells that anybody has addresses in.
class Builder
{
public:
    Builder(const AddressMap &map, const MapWindow &window, const MapRoom &room)
        : m_map(map), m_room(room), m_countOf(map.branches().size())
    {
        m_picture.side = cellsFor(window, room);
        m_cell = window.side / static_cast<std::uint32_t>(m_picture.side);
        m_picture.window = {window.x / m_cell * m_cell, window.y / m_cell * m_cell, window.side};
        m_picture.cellSize = std::uint64_t(m_cell) * m_cell;
        m_picture.cellLength = lengthOf(m_cell);
        m_picture.cells.resize(static_cast<std::size_t>(m_picture.side) *
                               static_cast<std::size_t>(m_picture.side));
    }

    MapPicture build()
    {
        visit({0, 0, MapSide, MapSide}, HilbertStart, 0, 0, m_map.spans().size());
        for (const MapCell &cell : m_picture.cells) {
            m_picture.count += cell.count;
            m_picture.used += cell.branch >= 0 ? 1 : 0;
        }
        if (m_room.side / m_picture.side < m_room.em / 2)
            mark();
        anchor();
        chooseLines();
        label();
        for (const SpecialPurposeBlock &special : specialPurposeBlocks()) {
            if (!special.block.address.isV4())
                continue;
            const MapRect place = mailoscope::ui::placeOf(special.block);
            const double pixels = m_room.side * place.width / m_picture.window.side;
            if (pixels >= m_room.em / 2 && !place.intersected(m_picture.window.rect()).isEmpty())
                m_picture.specials.push_back({special.block, toQString(special.name)});
        }
        return std::move(m_picture);
    }

private:
    static int lengthOf(std::uint32_t side) { return 32 - 2 * std::countr_zero(side); }

    /// `begin` to `end` are the spans that reach into the square whose first address is `first`.
    void visit(const MapRect &square, std::uint8_t turn, std::uint32_t first, std::size_t begin,
               std::size_t end)
    {
        const MapRect seen = square.intersected(m_picture.window.rect());
        if (begin == end || seen.isEmpty())
            return;
        const std::uint64_t size = std::uint64_t(square.width) * square.width;
        const auto last = static_cast<std::uint32_t>(first + (size - 1));
        const std::vector<MapSpan> &spans = m_map.spans();
        if (spans[begin].first <= first && spans[begin].last >= last) {
            fill(square, seen, spans[begin].branch);
            return;
        }
        if (square.width == m_cell) {
            fillCell(seen, first, last, begin, end);
            return;
        }
        const std::uint32_t half = square.width / 2;
        const auto quarterSize = static_cast<std::uint32_t>(size / 4);
        for (unsigned number = 0; number < 4; ++number) {
            const HilbertQuarter &quarter = hilbertQuarter(turn, number);
            const std::uint32_t quarterFirst = first + number * quarterSize;
            const std::uint32_t quarterLast = quarterFirst + (quarterSize - 1);
            while (begin < end && spans[begin].last < quarterFirst)
                ++begin;
            const auto behind = std::partition_point(
                spans.begin() + static_cast<std::ptrdiff_t>(begin),
                spans.begin() + static_cast<std::ptrdiff_t>(end),
                [quarterLast](const MapSpan &span) { return span.first <= quarterLast; });
            const auto quarterEnd = static_cast<std::size_t>(behind - spans.begin());
            visit({square.x + quarter.right * half, square.y + quarter.down * half, half, half}, quarter.turn,
                  quarterFirst, begin, quarterEnd);
            // The last one may reach on into the next quarter.
            begin = quarterEnd > begin ? quarterEnd - 1 : begin;
        }
    }

    MapCell &cellAt(std::uint32_t x, std::uint32_t y)
    {
        const std::uint32_t column = (x - m_picture.window.x) / m_cell;
        const std::uint32_t row = (y - m_picture.window.y) / m_cell;
        return m_picture
            .cells[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_picture.side) + column];
    }

    void fill(const MapRect &square, const MapRect &seen, int branch)
    {
        const MapCell whole{static_cast<std::int16_t>(branch), -1,
                            static_cast<std::uint32_t>(m_picture.cellSize)};
        for (std::uint32_t y = seen.y; y < seen.bottom(); y += m_cell)
            std::fill_n(&cellAt(seen.x, y), seen.width / m_cell, whole);
        if (square.width / m_cell < WideArea)
            return;
        m_picture.areas.push_back({static_cast<int>((seen.x - m_picture.window.x) / m_cell),
                                   static_cast<int>((seen.y - m_picture.window.y) / m_cell),
                                   static_cast<int>(seen.width / m_cell),
                                   static_cast<int>(seen.height / m_cell), branch});
    }

    void fillCell(const MapRect &square, std::uint32_t first, std::uint32_t last, std::size_t begin,
                  std::size_t end)
    {
        MapCell &cell = cellAt(square.x, square.y);
        const std::vector<MapSpan> &spans = m_map.spans();
        for (std::size_t i = begin; i < end; ++i) {
            const std::uint32_t count = std::min(spans[i].last, last) - std::max(spans[i].first, first) + 1;
            m_countOf[static_cast<std::size_t>(spans[i].branch)] += count;
            cell.count += count;
        }
        for (std::size_t i = begin; i < end; ++i) {
            std::uint32_t &count = m_countOf[static_cast<std::size_t>(spans[i].branch)];
            if (count > 0)
                rank(cell, spans[i].branch, count);
            count = 0;
        }
        m_most = m_next = 0;
    }

    /// Of equals the earlier branch.
    void rank(MapCell &cell, int branch, std::uint32_t count)
    {
        const auto number = static_cast<std::int16_t>(branch);
        const auto beats = [number](std::uint32_t a, std::uint32_t b, std::int16_t other) {
            return a > b || (a == b && number < other);
        };
        if (beats(count, m_most, cell.branch)) {
            cell.second = cell.branch;
            m_next = m_most;
            cell.branch = number;
            m_most = count;
        } else if (beats(count, m_next, cell.second)) {
            cell.second = number;
            m_next = count;
        }
    }

    /// Groups of few cells with nothing around them.
    void mark()
    {
        const int side = m_picture.side;
        std::vector<bool> seen(m_picture.cells.size());
        std::vector<int> group;
        for (int start = 0; start < side * side; ++start) {
            if (m_picture.cells[static_cast<std::size_t>(start)].branch < 0 ||
                seen[static_cast<std::size_t>(start)])
                continue;
            group.assign(1, start);
            seen[static_cast<std::size_t>(start)] = true;
            for (std::size_t i = 0; i < group.size(); ++i) {
                const int row = group[i] / side;
                const int column = group[i] % side;
                for (int y = std::max(0, row - 1); y <= std::min(side - 1, row + 1); ++y) {
                    for (int x = std::max(0, column - 1); x <= std::min(side - 1, column + 1); ++x) {
                        const auto at = static_cast<std::size_t>(y * side + x);
                        if (seen[at] || m_picture.cells[at].branch < 0)
                            continue;
                        seen[at] = true;
                        group.push_back(y * side + x);
                    }
                }
            }
            if (group.size() > SmallGroup)
                continue;
            const int most = *std::max_element(group.begin(), group.end(), [this](int a, int b) {
                return m_picture.cells[static_cast<std::size_t>(a)].count <
                       m_picture.cells[static_cast<std::size_t>(b)].count;
            });
            m_picture.marks.push_back(
                {most % side, most / side, 1, 1, m_picture.cells[static_cast<std::size_t>(most)].branch});
        }
        if (m_picture.marks.size() > MostMarks)
            m_picture.marks.clear();
    }

    /// The largest area of each branch, else the first of its fullest cells.
    void anchor()
    {
        std::vector<MapArea> best(m_map.branches().size());
        std::vector<std::uint32_t> counts(best.size());
        for (const MapArea &area : m_picture.areas) {
            MapArea &known = best[static_cast<std::size_t>(area.branch)];
            if (area.width * area.height > known.width * known.height)
                known = area;
        }
        for (int y = 0; y < m_picture.side; ++y) {
            for (int x = 0; x < m_picture.side; ++x) {
                const MapCell &cell = m_picture.cell(x, y);
                const auto branch = static_cast<std::size_t>(cell.branch);
                if (cell.branch < 0 || best[branch].width > 1 || cell.count <= counts[branch])
                    continue;
                best[branch] = {x, y, 1, 1, cell.branch};
                counts[branch] = cell.count;
            }
        }
        std::copy_if(best.begin(), best.end(), std::back_inserter(m_picture.anchors),
                     [](const MapArea &area) { return area.width > 0; });
    }

    bool isLastOctetEnough() const { return m_picture.window.prefixLength() >= 24; }

    /// The finest lines whose blocks have room for their labels.
    void chooseLines()
    {
        const int own = m_picture.window.prefixLength();
        m_picture.gridLength = own + 2;
        for (int length = own + 2; length <= m_picture.cellLength; length += 2) {
            const double pixels =
                m_room.side / static_cast<double>(1U << static_cast<unsigned>((length - own) / 2));
            if (pixels >= widthOfLabels(length, isLastOctetEnough(), m_room.em))
                m_picture.gridLength = length;
        }
        // /8, /16 and /24 stand out, where finer lines divide them.
        m_picture.strongLength = (m_picture.gridLength - 1) / 8 * 8;
        if (m_picture.strongLength <= own)
            m_picture.strongLength = m_picture.gridLength;
    }

    void label()
    {
        const std::uint32_t side = MapSide >> static_cast<unsigned>(m_picture.gridLength / 2);
        const MapRect seen = m_picture.window.rect();
        for (std::uint32_t y = seen.y / side * side; y < seen.bottom(); y += side) {
            for (std::uint32_t x = seen.x / side * side; x < seen.right(); x += side) {
                const Cidr block = mailoscope::ui::blockAt({x, y}, m_picture.gridLength);
                m_picture.labels.push_back({block, labelOf(block, isLastOctetEnough())});
            }
        }
    }

    const AddressMap &m_map;
    MapRoom m_room;
    MapPicture m_picture;
    std::uint32_t m_cell = 1; ///< the side of a cell on the map
    std::vector<std::uint32_t> m_countOf;
    std::uint32_t m_most = 0;
    std::uint32_t m_next = 0;
};

} // namespace

QRectF MapPicture::placeOf(const Cidr &block) const
{
    return placeIn(window, mailoscope::ui::placeOf(block));
}

Cidr MapPicture::blockAt(const QPointF &point, int prefixLength) const
{
    return mailoscope::ui::blockAt(pointIn(window, point.x(), point.y()), prefixLength);
}

MapPicture pictureOf(const AddressMap &map, const MapWindow &window, const MapRoom &room)
{
    return Builder(map, window, room).build();
}

} // namespace mailoscope::ui
