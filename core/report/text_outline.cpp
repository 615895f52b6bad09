// SPDX-License-Identifier: Apache-2.0
// Sections of a report in a terminal, as their outlines have them.
#include "report/text_parts.h"

#include <algorithm>
#include <numeric>

namespace mailoscope::text
{

using terminal::columnsOf;
using terminal::filled;
using terminal::Page;
using terminal::Tone;

namespace
{

constexpr int Indent = 6;
constexpr int Gap = 2; // columns between columns

std::string cellText(const Page &page, const OutlineCell &cell)
{
    const std::string text = page.fit(cell.text);
    return cell.mark == Mark::None ? text : std::string(page.shape(toneOf(cell.mark))) + ' ' + text;
}

/// The widest piece of a cell that should not be broken: a word of a sentence, or of a name what stands
/// between two points.
int widestPiece(std::string_view text, bool isCode)
{
    int widest = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const bool isEnd = i == text.size();
        if (!isEnd && text[i] != ' ' && !(isCode && terminal::isJoint(text[i])))
            continue;
        const std::size_t end = isEnd || text[i] == ' ' ? i : i + 1;
        widest = std::max(widest, columnsOf(text.substr(begin, end - begin)));
        begin = end;
    }
    return widest;
}

/// What a column wants, and what it can do with before its cells break in bad places.
struct Column {
    int wanted = 0;
    int least = 0;
    bool isCode = false;
};

std::vector<Column> columnsFor(const Page &page, const OutlineTable &table)
{
    std::vector<Column> columns(table.columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        Column &column = columns[i];
        column.wanted = columnsOf(table.columns[i]);
        column.least = column.wanted; // heads are not broken
        for (const std::vector<OutlineCell> &row : table.rows) {
            const std::string text = cellText(page, row[i]);
            column.isCode = column.isCode || row[i].isCode;
            column.wanted = std::max(column.wanted, columnsOf(text));
            column.least = std::max(column.least, widestPiece(text, row[i].isCode));
        }
    }
    return columns;
}

/// As wide as their contents; where that is too wide sentences give way before names do, the widest first.
/// Empty where the columns do not fit side by side.
std::vector<int> widthsFor(const Page &page, const OutlineTable &table)
{
    const std::vector<Column> columns = columnsFor(page, table);
    std::vector<int> widths;
    for (const Column &column : columns)
        widths.push_back(column.wanted);
    const int room = page.columns() - Indent - Gap * (static_cast<int>(widths.size()) - 1);
    const auto leastOf = [&columns](std::size_t i) {
        // A sentence of a few columns is a tower nobody reads.
        constexpr int LeastSentence = 16;
        const Column &column = columns[i];
        return column.isCode ? column.least : std::min(column.wanted, std::max(column.least, LeastSentence));
    };
    for (const bool takesNames : {false, true}) {
        while (std::accumulate(widths.begin(), widths.end(), 0) > room) {
            std::size_t widest = widths.size();
            for (std::size_t i = 0; i < widths.size(); ++i) {
                if ((takesNames || !columns[i].isCode) && widths[i] > leastOf(i) &&
                    (widest == widths.size() || widths[i] > widths[widest]))
                    widest = i;
            }
            if (widest == widths.size())
                break;
            --widths[widest];
        }
    }
    if (std::accumulate(widths.begin(), widths.end(), 0) > room)
        return {};
    return widths;
}

/// One row, each cell broken to its width.
void appendRow(Page &page, const std::vector<OutlineCell> &row, const std::vector<int> &widths)
{
    std::vector<std::vector<terminal::Line>> cells;
    std::size_t lines = 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
        cells.push_back(
            terminal::brokenLines(cellText(page, row[i]), widths[i],
                                  row[i].isCode ? terminal::Breaks::AtJoints : terminal::Breaks::AtBlanks));
        lines = std::max(lines, cells.back().size());
    }
    for (std::size_t n = 0; n < lines; ++n) {
        std::string line(Indent, ' ');
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string text = n < cells[i].size() ? cells[i][n].text : std::string();
            std::string padded = i + 1 < cells.size() ? filled(text, widths[i] + Gap) : text;
            line += row[i].mark == Mark::None ? padded : page.toned(toneOf(row[i].mark), padded);
        }
        page.line(line);
    }
}

/// Where the columns do not fit: each row as its first cell and, below, a list of the others.
void appendStacked(Page &page, const OutlineTable &table)
{
    for (const std::vector<OutlineCell> &row : table.rows) {
        page.paragraph(std::string(Indent, ' ') + "- ", cellText(page, row.front()),
                       toneOf(row.front().mark));
        std::string rest;
        for (std::size_t i = 1; i < row.size(); ++i) {
            if (row[i].text.empty())
                continue;
            rest += (rest.empty() ? "" : page.fit(" · ")) +
                    (table.columns[i].empty() ? std::string() : table.columns[i] + ": ") +
                    cellText(page, row[i]);
        }
        if (!rest.empty())
            page.paragraph(std::string(Indent + 2, ' '), rest);
    }
}

} // namespace

Tone toneOf(Mark mark)
{
    switch (mark) {
    case Mark::None:
        return Tone::Plain;
    case Mark::Ok:
        return Tone::Ok;
    case Mark::Critical:
        return Tone::Critical;
    case Mark::High:
        return Tone::High;
    case Mark::Medium:
        return Tone::Medium;
    case Mark::Low:
        return Tone::Low;
    case Mark::Info:
        return Tone::Info;
    case Mark::NotTested:
    case Mark::Unknown:
    case Mark::Waiting:
        return Tone::Unknown;
    }
    return Tone::Plain;
}

void appendTable(Page &page, const OutlineTable &table)
{
    page.paragraph(std::string(Indent - 2, ' '), table.title, Tone::Strong);
    const std::vector<int> widths = widthsFor(page, table);
    if (widths.empty()) {
        appendStacked(page, table);
        return;
    }
    std::string head(Indent, ' ');
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        head += i + 1 < widths.size() ? filled(table.columns[i], widths[i] + Gap) : table.columns[i];
    page.line(page.toned(Tone::Faint, head));
    for (const std::vector<OutlineCell> &row : table.rows)
        appendRow(page, row, widths);
}

void appendVerdict(Page &page, const Report &report)
{
    const mailoscope::Headline headline = mailoscope::headlineOf(report);
    std::string first = page.toned(toneOf(headline.mark),
                                   std::string(page.shape(toneOf(headline.mark))) + ' ' + headline.word);
    if (!headline.word.empty())
        first += page.fit(".  ");
    page.paragraph(first, headline.sentence);
    if (!headline.reason.empty())
        page.paragraph("  ", headline.reason);
}

void appendSection(Page &page, const Report &report, Section section)
{
    constexpr int TitleColumns = 9;
    const Standing standing = standingOf(report, section);
    const Tone tone = toneOf(standing.mark);
    page.paragraph(page.toned(Tone::Strong, filled(shortTitleOf(section), TitleColumns)) +
                       page.toned(tone, page.shape(tone)) + ' ',
                   standing.gist + (standing.findings > 0
                                        ? " · " + std::to_string(standing.findings) +
                                              (standing.findings == 1 ? " finding" : " findings")
                                        : std::string()));
    const Outline outline = outlineOf(report, section);
    if (!outline.sentence.empty())
        page.paragraph(std::string(Indent, ' '), outline.sentence);
    for (const OutlineRecord &record : outline.records) {
        page.paragraph(std::string(Indent - 2, ' '), shown(record.type) + ' ' + shown(record.owner));
        page.record(record.text, {}, Indent, Tone::Plain);
    }
    for (const OutlineTable &table : outline.tables)
        appendTable(page, table);
    for (const std::string &note : outline.notes)
        page.paragraph(std::string(Indent, ' '), note, Tone::Faint);
}

} // namespace mailoscope::text
