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

/// As wide as their contents; where that is too wide the widest give way.
std::vector<int> widthsFor(const Page &page, const OutlineTable &table)
{
    constexpr int Least = 12;
    std::vector<int> widths(table.columns.size());
    for (std::size_t i = 0; i < widths.size(); ++i) {
        widths[i] = columnsOf(table.columns[i]);
        for (const std::vector<OutlineCell> &row : table.rows)
            widths[i] = std::max(widths[i], columnsOf(cellText(page, row[i])));
    }
    const int room = page.columns() - Indent - Gap * (static_cast<int>(widths.size()) - 1);
    while (std::accumulate(widths.begin(), widths.end(), 0) > room) {
        const auto widest = std::max_element(widths.begin(), widths.end());
        if (*widest <= Least)
            break;
        --*widest;
    }
    return widths;
}

/// One row, each cell broken to its width.
void appendRow(Page &page, const std::vector<OutlineCell> &row, const std::vector<int> &widths)
{
    std::vector<std::vector<terminal::Line>> cells;
    std::size_t lines = 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
        cells.push_back(terminal::brokenLines(cellText(page, row[i]), widths[i]));
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

/// Where the columns do not fit: each row as a list of what it holds.
void appendStacked(Page &page, const OutlineTable &table)
{
    for (const std::vector<OutlineCell> &row : table.rows) {
        bool isFirst = true;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (row[i].text.empty())
                continue;
            const std::string lead = std::string(Indent, ' ') + (isFirst ? "- " : "  ");
            const std::string label = table.columns[i].empty() ? std::string() : table.columns[i] + ": ";
            page.paragraph(lead, label + cellText(page, row[i]), toneOf(row[i].mark));
            isFirst = false;
        }
    }
}

void appendTable(Page &page, const OutlineTable &table)
{
    page.paragraph(std::string(Indent - 2, ' '), table.title, Tone::Strong);
    const std::vector<int> widths = widthsFor(page, table);
    const int whole = Indent + std::accumulate(widths.begin(), widths.end(), 0) +
                      Gap * (static_cast<int>(widths.size()) - 1);
    if (whole > page.columns()) {
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
