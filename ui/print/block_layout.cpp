// SPDX-License-Identifier: Apache-2.0
#include "print/block_layout.h"

#include "print/say.h"
#include "print/spf_drawing.h"

#include <algorithm>

namespace mailoscope::print
{

namespace
{

/// Of what belongs to a finding or a fix, below its heading.
constexpr qreal Indent = 150;

/// So that a column of them is set to the right.
bool isNumber(const Cell &cell)
{
    return cell.mark == Mark::None && std::all_of(cell.text.begin(), cell.text.end(), [](const Run &run) {
               return std::all_of(run.text.begin(), run.text.end(),
                                  [](QChar c) { return c.isDigit() || QStringLiteral(",.≥ ").contains(c); });
           });
}

void setNumbersRight(Table &table)
{
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        table.columns[i].isRight =
            !table.rows.empty() && std::all_of(table.rows.begin(), table.rows.end(),
                                               [i](const auto &row) { return isNumber(row[i]); });
}

std::vector<Marked> marksOf(const document::RecordText &record)
{
    using Role = document::RecordText::Role;
    const Stroke stroke = record.role == Role::Before  ? Stroke::Gone
                          : record.role == Role::After ? Stroke::Come
                                                       : Stroke::Under;
    std::vector<Marked> marks;
    for (const Span &span : record.marked)
        marks.push_back({span, stroke});
    return marks;
}

/// The include tree as a table, so that numbers stand below each other.
// Recursion is bounded by the depth of include trees.
void appendRows(Table &table, const document::Item &item, int depth)
{
    constexpr int DeepestStep = 12;
    Cell term = cellOf(ui::toQString(item.term), SmallCodeFont);
    term.depth = std::min(depth, DeepestStep);
    if (item.more > 0)
        term.text.push_back(
            {say(QT_TRANSLATE_NOOP("PaperReport", " and %1 more")).arg(item.more), SmallFont, 0, {}});
    Cell means = cellOf(ui::toQString(item.means));
    for (const auto &[mark, words] : item.notes) {
        if (means.mark == Mark::None || means.mark == Mark::Info)
            means.mark = mark;
        const QString lead = means.text.front().text.isEmpty() ? QString() : QString(QChar::LineSeparator);
        means.text.push_back({lead + ui::toQString(words), TableStrongFont, 0, {}});
    }
    table.rows.push_back({std::move(term), std::move(means), cellOf(ui::toQString(item.lookups)),
                          cellOf(ui::toQString(item.soFar)), cellOf(ui::toQString(item.v4)),
                          cellOf(ui::toQString(item.v6)), cellOf(ui::toQString(item.who))});
    for (std::size_t column = 2; column < 6; ++column)
        table.rows.back()[column].isRight = true;
    for (const document::Item &below : item.below)
        appendRows(table, below, depth + 1);
}

} // namespace

Cell cellOf(const QString &text, FontKey font)
{
    Cell cell;
    cell.text.push_back({text, font, 0, {}});
    return cell;
}

BlockLayout::BlockLayout(Flow &flow, const spf::Evaluation &spf, QString name, QString prefix, int level)
    : m_flow(flow), m_spf(spf), m_name(std::move(name)), m_prefix(std::move(prefix)), m_level(level)
{
}

void BlockLayout::lay(const document::Chapter &chapter)
{
    m_part = chapter.part;
    m_indent = chapter.part == Part::Findings || chapter.part == Part::Fixes ? Indent : 0;
    lay(chapter.blocks);
}

void BlockLayout::lay(const std::vector<document::Block> &blocks)
{
    for (const document::Block &block : blocks)
        std::visit([this](const auto &each) { add(each); }, block);
}

Text BlockLayout::textOf(const document::Text &text, FontKey plain, FontKey strong) const
{
    using Look = document::Run::Look;
    Text out;
    for (const document::Run &run : text) {
        Run &made = out.emplace_back();
        made.text = ui::toQString(run.text);
        made.text.replace(QLatin1Char('\n'), QChar(QChar::LineSeparator));
        made.font = run.look == Look::Strong  ? strong
                    : run.look == Look::Quiet ? SmallFont
                    : run.look == Look::Code  ? SmallCodeFont
                                              : plain;
        made.target = ui::toQString(run.target);
        if (made.target.startsWith(QLatin1Char('#')))
            made.target.insert(1, m_prefix);
        if (run.look == Look::Quiet && made.target.isEmpty())
            made.colour = m_flow.palette().quiet();
    }
    return out;
}

Cell BlockLayout::cellOf(const document::Paragraph &paragraph) const
{
    Cell cell;
    cell.text = textOf(paragraph.text, TableFont, TableStrongFont);
    cell.mark = paragraph.mark;
    return cell;
}

/// The summary stands alone, so that it can be handed on; other parts begin where there is room for them.
void BlockLayout::beginPart(const document::Heading &heading)
{
    const QString title = ui::toQString(heading.text);
    const QString anchor = m_prefix + ui::toQString(heading.id);
    m_flow.setHead(QStringLiteral("%1 · %2").arg(m_name, title));
    const bool isApart = m_part == Part::Summary || m_part == Part::Findings || m_part == Part::Appendix;
    m_flow.need(isApart ? m_flow.body().height() : m_flow.body().height() * 0.4);
    m_flow.gap(200);
    m_flow.anchor(anchor);
    m_flow.bookmark(m_level, title, anchor);
    m_flow.title(title);
}

void BlockLayout::add(const document::Heading &heading)
{
    if (heading.level <= 2)
        return beginPart(heading);
    const QString title = ui::toQString(heading.text);
    const QString anchor = m_prefix + ui::toQString(heading.id);
    if (heading.isListed)
        m_flow.setHead(QStringLiteral("%1 · %2").arg(m_name, title));
    m_flow.need(heading.isListed ? 1400 : 750);
    m_flow.gap(heading.isListed ? 160 : 60);
    m_flow.anchor(anchor);
    m_flow.bookmark(m_level + 1, title, heading.isListed ? anchor : QString());
    m_flow.heading(title, heading.mark, ui::toQString(heading.aside));
}

/// The verdict, in a box of its own.
void BlockLayout::add(const Headline &headline)
{
    constexpr qreal Inner = 120;
    constexpr qreal Room = Inner + 260; // of the shape
    const FontKey large{140, true, false};
    const QRgb colour = m_flow.palette().colour(ui::meaningOf(headline.mark));
    std::vector<Line> lines;
    const auto addLines = [&](const std::string &words, FontKey font, QRgb ink) {
        if (words.empty())
            return;
        for (Line &line :
             m_flow.linesOf({{ui::toQString(words), font, ink, {}}}, m_flow.width() - Room - Inner))
            lines.push_back(std::move(line));
    };
    addLines(headline.word, large, colour);
    addLines(headline.sentence, BodyFont, 0);
    addLines(headline.reason, BodyFont, m_flow.palette().quiet());
    const auto faceOf = [this](const Line &line) -> const Fonts::Face & {
        return m_flow.fonts().face(line.pieces.empty() ? BodyFont : line.pieces.front().run.font);
    };
    qreal height = 2 * Inner;
    for (const Line &line : lines)
        height += faceOf(line).leading;
    m_flow.need(height);
    const qreal left = m_flow.body().left();
    m_flow.ink(BoxInk{QRectF(left, m_flow.y(), m_flow.width(), height), m_flow.palette().ground(), 0, 0});
    m_flow.ink(BoxInk{QRectF(left, m_flow.y(), 36, height), colour, 0, 0});
    m_flow.ink(ShapeInk{QRectF(left + Inner, m_flow.y() + Inner, 180, 180), ui::meaningOf(headline.mark)});
    qreal y = m_flow.y() + Inner;
    for (const Line &line : lines) {
        for (const Line::Piece &piece : line.pieces)
            m_flow.put({left + Room + piece.x, y + faceOf(line).ascent}, piece.run);
        y += faceOf(line).leading;
    }
    m_flow.advance(height + 120);
}

void BlockLayout::add(const document::Paragraph &paragraph)
{
    m_flow.item({}, paragraph.mark, textOf(paragraph.text, BodyFont, StrongFont), m_indent);
    m_flow.gap(24);
}

void BlockLayout::add(const document::Facts &facts)
{
    Table table;
    table.columns = {{{}, false}, {{}, false}};
    for (const auto &[name, text] : facts.rows)
        table.rows.push_back(
            {print::cellOf(ui::toQString(name), TableStrongFont), cellOf(document::Paragraph{text})});
    m_flow.gap(40);
    m_flow.table(table);
}

void BlockLayout::add(const document::RecordText &record)
{
    m_flow.need(520);
    m_flow.gap(40);
    m_flow.paragraph(
        {{ui::toQString(labelOf(record)) + QLatin1Char(' '), SmallStrongFont, m_flow.palette().quiet(), {}},
         {ui::shownString(record.owner), SmallCodeFont, 0, {}}},
        m_indent);
    if (!record.octets.empty())
        m_flow.record(record.octets, marksOf(record), m_indent,
                      record.isFile() ? LineEnds::Obeyed : LineEnds::Shown);
}

void BlockLayout::add(const document::Table &table)
{
    Table made;
    for (const std::string &column : table.columns)
        made.columns.push_back({ui::toQString(column), false});
    for (const std::vector<document::Paragraph> &row : table.rows) {
        std::vector<Cell> &cells = made.rows.emplace_back();
        for (const document::Paragraph &cell : row)
            cells.push_back(cellOf(cell));
    }
    setNumbersRight(made);
    m_flow.label(ui::toQString(table.title));
    m_flow.table(made);
}

void BlockLayout::add(const document::List &list)
{
    int number = 0;
    for (const document::Paragraph &item : list.items) {
        const QString bullet = list.isOrdered ? QStringLiteral("%1.").arg(++number) : QString(QChar(0x2013));
        m_flow.item(bullet, item.mark, textOf(item.text, BodyFont, StrongFont), m_indent);
        m_flow.gap(24);
    }
}

void BlockLayout::add(const document::Tree &tree)
{
    drawSpf(m_flow, m_spf);
    Table table;
    table.columns = {{say(QT_TRANSLATE_NOOP("PaperReport", "Term")), false},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "Means")), false},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "Look-ups")), true},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "So far")), true},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "IPv4")), true},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "IPv6")), true},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "Who")), false}};
    appendRows(table, tree.root, 0);
    m_flow.label(ui::toQString(tree.title));
    m_flow.table(table);
    m_flow.note(ui::toQString(noteOf(tree)));
}

void BlockLayout::add(const document::Lines &lines)
{
    m_flow.gap(40);
    m_flow.need(520);
    m_flow.paragraph({{ui::toQString(lines.title), SmallStrongFont, m_flow.palette().quiet(), {}}}, m_indent);
    QStringList all;
    for (const std::string &line : lines.lines)
        all << ui::toQString(line);
    m_flow.lines(all.join(QLatin1Char('\n')), m_indent);
}

} // namespace mailoscope::print
