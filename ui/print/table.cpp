// SPDX-License-Identifier: Apache-2.0
// Tables: columns as wide as they need and the page allows, rows that may go on on the next page below a
// repeated head.
#include "print/flow.h"

#include <algorithm>
#include <numeric>

namespace mailoscope::print
{

namespace
{

constexpr qreal Gap = 110;   // between columns
constexpr qreal Step = 120;  // of depth
constexpr qreal Shape = 105; // room of a mark's shape
constexpr qreal RowSpace = 40;

qreal leadOf(const Cell &cell)
{
    return cell.depth * Step + (cell.mark == Mark::None ? 0 : Shape);
}

} // namespace

class TableLayout
{
public:
    TableLayout(Flow &flow, const Table &table) : m_flow(flow), m_table(table)
    {
        m_leading = flow.fonts().face(TableFont).leading;
        m_ascent = flow.fonts().face(TableFont).ascent;
        measure();
    }

    void lay()
    {
        const bool hasHead = std::any_of(m_table.columns.begin(), m_table.columns.end(),
                                         [](const Column &column) { return !column.title.isEmpty(); });
        m_flow.need((hasHead ? m_leading + 70 : 0) + 2 * m_leading);
        if (hasHead)
            head();
        for (const std::vector<Cell> &row : m_table.rows)
            layRow(row, hasHead);
        rule();
        m_flow.gap(70);
    }

private:
    /// What a cell would need: for its longest line, and for its longest word.
    struct Wish {
        qreal line = 0;
        qreal word = 0;
    };

    Wish wishOf(const Cell &cell) const
    {
        constexpr qsizetype Longest = 160; // units; longer texts are not measured: they get what is left
        Wish wish;
        const qreal lead = leadOf(cell);
        qreal line = lead;
        for (const Run &run : cell.text) {
            bool isFirst = true;
            for (const QString &piece : run.text.left(4 * Longest).split(QChar(QChar::LineSeparator))) {
                if (!isFirst)
                    line = lead;
                isFirst = false;
                line += piece.size() > Longest ? static_cast<qreal>(piece.size()) * run.font.size * 0.6
                                               : m_flow.fonts().widthOf(piece, run.font);
                wish.line = std::max(wish.line, line);
                for (const QStringView word : QStringView(piece).left(Longest).split(QLatin1Char(' '))) {
                    const qreal atMost = static_cast<qreal>(word.size()) * run.font.size;
                    if (lead + atMost > wish.word)
                        wish.word =
                            std::max(wish.word, lead + m_flow.fonts().widthOf(word.toString(), run.font));
                }
            }
        }
        return wish;
    }

    /// Brings the columns nearer to these widths with what is left of the room, those first that want little
    /// more: a wide one never takes from a narrow one.
    void widen(const std::vector<qreal> &wanted, qreal &left)
    {
        const auto open = [&](std::size_t i) { return std::max(wanted[i] - m_widths[i], 0.0); };
        std::vector<std::size_t> order(wanted.size());
        std::iota(order.begin(), order.end(), 0U);
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return open(a) < open(b); });
        for (std::size_t i = 0; i < order.size(); ++i) {
            const qreal more = std::min(open(order[i]), left / static_cast<qreal>(order.size() - i));
            m_widths[order[i]] += more;
            left -= more;
        }
    }

    /// What nine cells in ten of a column are content with; all of them where they are few.
    static qreal usual(std::vector<qreal> &wishes)
    {
        const auto at = wishes.begin() + static_cast<std::ptrdiff_t>((wishes.size() * 9 - 1) / 10);
        std::nth_element(wishes.begin(), at, wishes.end());
        return *at;
    }

    /// Each column gets what its longest line needs. Where that is too much, the words of its cells come
    /// first, then their lines, and one long text does not make its column wide.
    void measure()
    {
        const std::size_t count = m_table.columns.size();
        qreal left = m_flow.width() - Gap * static_cast<qreal>(count - 1);
        const qreal widestWord = left * 0.36;
        const qreal fewCells = left * 0.26; // what a few cells of a column can claim
        std::vector<qreal> leastWidths;
        std::vector<qreal> usualLines;
        std::vector<qreal> longestLines;
        for (std::size_t i = 0; i < count; ++i) {
            const qreal title = m_flow.fonts().widthOf(m_table.columns[i].title, SmallStrongFont);
            std::vector<qreal> words{title};
            std::vector<qreal> lines{title};
            for (const std::vector<Cell> &row : m_table.rows) {
                const Wish wish = wishOf(row[i]);
                // A line is broken a hair late where nothing needs to be.
                words.push_back(std::min({wish.word + 4, wish.line + 4, widestWord}));
                lines.push_back(wish.line + 4);
            }
            longestLines.push_back(*std::max_element(lines.begin(), lines.end()));
            const qreal longestWord = *std::max_element(words.begin(), words.end());
            leastWidths.push_back(std::max({usual(words), title, std::min(longestWord, fewCells)}));
            usualLines.push_back(usual(lines));
        }
        m_widths.assign(count, 0);
        for (const std::vector<qreal> *wanted : {&leastWidths, &usualLines, &longestLines})
            widen(*wanted, left);
        qreal x = m_flow.body().left();
        for (const qreal width : m_widths) {
            m_lefts.push_back(x);
            x += width + Gap;
        }
    }

    void head()
    {
        const QRectF &body = m_flow.body();
        m_flow.ink(BoxInk{QRectF(body.left(), m_flow.y(), body.width(), m_leading + 40),
                          m_flow.palette().ground(), 0, 0});
        for (std::size_t i = 0; i < m_lefts.size(); ++i) {
            const Column &column = m_table.columns[i];
            const qreal width = m_flow.fonts().widthOf(column.title, SmallStrongFont);
            const qreal x = column.isRight ? m_lefts[i] + m_widths[i] - width : m_lefts[i];
            m_flow.put({x, m_flow.y() + 20 + m_ascent},
                       {column.title, SmallStrongFont, m_flow.palette().quiet(), {}});
        }
        m_flow.advance(m_leading + 40);
    }

    void rule()
    {
        const QRectF &body = m_flow.body();
        m_flow.ink(
            BoxInk{QRectF(body.left(), m_flow.y(), body.width(), 4), m_flow.palette().hairline(), 0, 0});
    }

    void layRow(const std::vector<Cell> &row, bool hasHead)
    {
        std::vector<std::vector<Line>> cells;
        std::size_t height = 1;
        for (std::size_t i = 0; i < row.size(); ++i) {
            cells.push_back(m_flow.linesOf(row[i].text, m_widths[i] - leadOf(row[i])));
            height = std::max(height, cells.back().size());
        }
        const qreal whole = static_cast<qreal>(height) * m_leading + RowSpace;
        const bool isTall = whole > m_flow.body().height() / 2;
        if (m_flow.left() < (isTall ? 3 * m_leading : whole))
            goOn(hasHead);
        rule();
        m_flow.advance(RowSpace / 2);
        for (std::size_t line = 0; line < height; ++line) {
            if (m_flow.left() < m_leading)
                goOn(hasHead);
            const qreal baseLine = m_flow.y() + m_ascent;
            for (std::size_t i = 0; i < row.size(); ++i) {
                if (line == 0 && row[i].mark != Mark::None)
                    m_flow.putShape(row[i].mark, m_lefts[i] + row[i].depth * Step, baseLine, TableFont.size);
                if (line >= cells[i].size())
                    continue;
                const bool isRight = row[i].isRight || m_table.columns[i].isRight;
                const qreal x =
                    isRight ? m_lefts[i] + m_widths[i] - cells[i][line].width : m_lefts[i] + leadOf(row[i]);
                m_flow.putLine(cells[i][line], x, baseLine);
            }
            m_flow.advance(m_leading);
        }
        m_flow.advance(RowSpace / 2);
    }

    void goOn(bool hasHead)
    {
        m_flow.newPage();
        if (hasHead)
            head();
    }

    Flow &m_flow;
    const Table &m_table;
    qreal m_leading = 0;
    qreal m_ascent = 0;
    std::vector<qreal> m_widths;
    std::vector<qreal> m_lefts;
};

void Flow::table(const Table &table)
{
    if (table.rows.empty() || table.columns.empty())
        return;
    TableLayout(*this, table).lay();
}

} // namespace mailoscope::print
