// SPDX-License-Identifier: Apache-2.0
#include "report/spf_notes.h"
#include "report/spf_sums.h"
#include "report/text_parts.h"

#include "providers/providers.h"
#include "report/explain.h"
#include "spf/partition.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace mailoscope::text
{

namespace
{

using terminal::columnsOf;
using terminal::filled;
using terminal::filledLeft;
using terminal::grouped;
using terminal::Page;
using terminal::Tone;

/// One line of the tree, before the widths of the columns are known.
struct Row {
    std::string branch;       ///< the lines of the tree in front of the term
    std::string continuation; ///< the same for further lines of this row
    std::string term;
    std::string lookups;
    std::string sum;
    std::string v4;
    std::string v6;
    std::string who;
    std::vector<SpfNote> notes;
    Tone tone = Tone::Plain;
};

enum Column { Lookups, Sum, V4, V6, Who, ColumnCount };
constexpr std::array<std::string_view, ColumnCount> Titles = {"Look-ups", "Sum", "IPv4", "IPv6", "Who"};
constexpr std::string_view NarrowLookups = "Cost";
constexpr int Gap = 2;

const std::string &cellOf(const Row &row, int column)
{
    switch (column) {
    case Lookups:
        return row.lookups;
    case Sum:
        return row.sum;
    case V4:
        return row.v4;
    case V6:
        return row.v6;
    default:
        return row.who;
    }
}

std::string numberOrNothing(const Page &page, const Uint128 &count)
{
    return count == Uint128() ? std::string() : countText(page, count);
}

/// Walks the tree into rows.
class RowBuilder
{
public:
    RowBuilder(const Page &page, AddressTerms addressTerms) : m_page(page), m_addressTerms(addressTerms) {}

    std::vector<Row> rowsOf(const spf::Evaluation &evaluation)
    {
        const spf::Node &root = evaluation.root;
        Row row;
        row.term = m_page.fit(shown(evaluation.domain.text()));
        row.lookups = std::to_string(evaluation.lookups);
        row.v4 = numberOrNothing(m_page, root.passes.v4);
        row.v6 = numberOrNothing(m_page, root.passes.v6);
        row.tone = Tone::Strong;
        row.notes = notesOf(root);
        m_rows.push_back(std::move(row));
        appendTerms(root, "", true);
        return std::move(m_rows);
    }

private:
    /// The terms from `first` on that share a row: more than one only for ip4 and ip6.
    std::size_t runLength(const spf::Node &node, std::size_t first) const
    {
        if (m_addressTerms == AddressTerms::Each || !isPlainBlock(node, first))
            return 1;
        const auto qualifier = [&](std::size_t i) {
            return std::get<spf::Directive>(node.record->record->terms[i]).qualifier();
        };
        std::size_t end = first + 1;
        while (end < node.terms.size() && isPlainBlock(node, end) && qualifier(end) == qualifier(first))
            ++end;
        return end - first;
    }

    static bool isRedirect(const spf::Node &node, std::size_t i)
    {
        return std::holds_alternative<spf::Redirect>(node.record->record->terms[i]);
    }

    static bool isPlainBlock(const spf::Node &node, std::size_t i)
    {
        const auto *directive = std::get_if<spf::Directive>(&node.record->record->terms[i]);
        return directive && node.terms[i].status == spf::TermStatus::Ok &&
               node.terms[i].dead == spf::Dead::No &&
               (std::holds_alternative<spf::Ip4>(directive->mechanism) ||
                std::holds_alternative<spf::Ip6>(directive->mechanism));
    }

    // Recursion is bounded by TreeBounds::depth.
    void appendTerms(const spf::Node &node, const std::string &margin, bool decidesForAll)
    {
        if (!node.record || !node.record->record)
            return;
        for (std::size_t i = 0; i < node.terms.size();) {
            const std::size_t length = runLength(node, i);
            const bool isLast = i + length == node.terms.size();
            Row row;
            row.branch = margin + std::string(isLast ? m_page.sign("└─ ", "`- ") : m_page.sign("├─ ", "|- "));
            const std::string below = margin + std::string(isLast ? "   " : m_page.sign("│  ", "|  "));
            const spf::Node *child = node.terms[i].child.get();
            row.continuation = below;
            row.branch += qualifierOf(node, i);
            if (length > 1)
                fillRun(row, node, i, length);
            else
                fillTerm(row, node, node.terms[i], decidesForAll);
            m_rows.push_back(std::move(row));
            if (child)
                appendTerms(*child, below, decidesForAll && isRedirect(node, i));
            i += length;
        }
    }

    /// Stands with the lines of the tree, so that a long term is not broken behind it.
    static std::string qualifierOf(const spf::Node &node, std::size_t i)
    {
        const auto *directive = std::get_if<spf::Directive>(&node.record->record->terms[i]);
        return directive ? std::string{spf::toCharacter(directive->qualifier()), ' '} : std::string();
    }

    void fillRun(Row &row, const spf::Node &node, std::size_t first, std::size_t length) const
    {
        std::size_t v4Terms = 0;
        std::vector<Cidr> blocks;
        for (std::size_t i = first; i < first + length; ++i) {
            const spf::Term &term = node.record->record->terms[i];
            const auto &directive = std::get<spf::Directive>(term);
            v4Terms += std::holds_alternative<spf::Ip4>(directive.mechanism) ? 1 : 0;
            spf::forEachBlock(term, node.terms[i], [&](const Cidr &block) { blocks.push_back(block); });
        }
        const AddressSet matches = AddressSet::of(blocks); // networks may overlap
        const std::string times(m_page.sign("×", "x"));
        if (v4Terms > 0)
            row.term += std::to_string(v4Terms) + ' ' + times + " ip4";
        if (v4Terms > 0 && v4Terms < length)
            row.term += ", ";
        if (v4Terms < length)
            row.term += std::to_string(length - v4Terms) + ' ' + times + " ip6";
        row.v4 = numberOrNothing(m_page, countOf(matches.v4));
        row.v6 = numberOrNothing(m_page, countOf(matches.v6));
    }

    void fillTerm(Row &row, const spf::Node &node, const spf::TermNode &term, bool decidesForAll) const
    {
        const spf::Term &parsed = node.record->record->terms[term.index];
        const Span span = node.record->spans[term.index];
        std::string_view written =
            std::string_view(node.selection.text).substr(span.begin, span.end - span.begin);
        if (const auto *directive = std::get_if<spf::Directive>(&parsed))
            written.remove_prefix(directive->written && !written.empty() ? 1 : 0);
        row.term = m_page.fit(shown(written));
        if (term.subtreeLookups > 0) {
            row.lookups =
                std::to_string(term.subtreeLookups) + (term.child && term.child->atLeast ? "+" : "");
            row.sum = std::to_string(term.runningLookups);
        }
        row.v4 = numberOrNothing(m_page, term.matches.v4);
        row.v6 = numberOrNothing(m_page, term.matches.v6);
        fillWho(row, parsed, term, decidesForAll);
        row.notes = notesOf(node, term);
    }

    /// Inside an include, `all` decides nothing unless it passes everyone (section 5.2): then no words stand
    /// there.
    void fillWho(Row &row, const spf::Term &parsed, const spf::TermNode &term, bool decidesForAll) const
    {
        const auto *directive = std::get_if<spf::Directive>(&parsed);
        if (directive && std::holds_alternative<spf::All>(directive->mechanism)) {
            if (decidesForAll || directive->qualifier() == spf::Qualifier::Pass)
                row.who = m_page.fit(meaningOf(parsed));
            row.v4.clear(); // everyone: no number says more
            row.v6.clear();
            return;
        }
        const bool takesIn = std::holds_alternative<spf::Redirect>(parsed) ||
                             (directive && std::holds_alternative<spf::Include>(directive->mechanism));
        const auto provider = takesIn && term.target ? providers::forSpfTarget(*term.target) : std::nullopt;
        row.who = m_page.fit(nameOf(provider));
    }

    const Page &m_page;
    AddressTerms m_addressTerms;
    std::vector<Row> m_rows;
};

/// Which columns there is room for, and how wide they are.
struct Layout {
    int term = 0;
    std::array<std::string_view, ColumnCount> titles = Titles;
    std::array<int, ColumnCount> width{}; ///< 0: left out
};

int widthNeeded(const std::vector<Row> &rows, int column, std::string_view title)
{
    int width = 0;
    for (const Row &row : rows)
        width = std::max(width, columnsOf(cellOf(row, column)));
    return width == 0 ? 0 : std::max(width, columnsOf(title));
}

int termWidthNeeded(const std::vector<Row> &rows)
{
    int width = 0;
    for (const Row &row : rows)
        width = std::max(width, columnsOf(row.branch) + columnsOf(row.term));
    return width;
}

/// Where the terms would get too narrow, columns go: the least needed first, the cost of branches never. Who
/// runs a name then stands behind the term.
Layout layoutFor(std::vector<Row> &rows, int columns)
{
    constexpr int EnoughForTerms = 52;
    constexpr int LeastForTerms = 18;
    constexpr int Narrow = 80;
    Layout layout;
    if (columns < Narrow)
        layout.titles[Lookups] = NarrowLookups;
    int others = 0;
    for (int column = 0; column < ColumnCount; ++column) {
        const auto at = static_cast<std::size_t>(column);
        layout.width[at] = widthNeeded(rows, column, layout.titles[at]);
        others += layout.width[at] == 0 ? 0 : layout.width[at] + Gap;
    }
    for (const Column column : {V6, Who, V4}) {
        if (columns - others >= std::min(EnoughForTerms, termWidthNeeded(rows)) || layout.width[column] == 0)
            continue;
        others -= layout.width[column] + Gap;
        layout.width[column] = 0;
        for (Row &row : rows) {
            if (column == Who && !row.who.empty())
                row.term += " (" + row.who + ')';
        }
    }
    layout.term =
        std::clamp(termWidthNeeded(rows), columnsOf("Term"), std::max(columns - others, LeastForTerms));
    return layout;
}

void appendCells(std::string &line, const Page &page, const Layout &layout, const Row *row)
{
    for (int column = 0; column < ColumnCount; ++column) {
        const auto at = static_cast<std::size_t>(column);
        if (layout.width[at] == 0)
            continue;
        const std::string_view cell = row ? std::string_view(cellOf(*row, column)) : layout.titles[at];
        const std::string text = column == Who ? std::string(cell) : filledLeft(cell, layout.width[at]);
        line += std::string(Gap, ' ') + page.toned(row ? Tone::Plain : Tone::Faint, text);
    }
}

void appendRow(Page &page, const Layout &layout, const Row &row)
{
    const int room = std::max(layout.term - columnsOf(row.branch), 8);
    bool isFirst = true;
    for (const terminal::Line &part : terminal::brokenLines(row.term, room)) {
        const std::string branch = isFirst ? row.branch : row.continuation;
        const std::string_view text =
            std::string_view(part.text).substr(0, part.text.find_last_not_of(' ') + 1);
        std::string line = page.toned(Tone::Faint, branch) + page.toned(row.tone, filled(text, room));
        if (isFirst)
            appendCells(line, page, layout, &row);
        page.line(line);
        isFirst = false;
    }
    for (const SpfNote &note : row.notes) {
        const Tone tone = toneOf(note.mark);
        page.paragraph(row.continuation + "  " + std::string(page.shape(tone)) + ' ', note.words, tone);
    }
}

} // namespace

std::string countText(const Page &page, const Uint128 &count)
{
    return page.fit(shortCount(count));
}

void appendTree(Page &page, const spf::Evaluation &evaluation, AddressTerms addressTerms)
{
    std::vector<Row> rows = RowBuilder(page, addressTerms).rowsOf(evaluation);
    const Layout layout = layoutFor(rows, page.columns());
    std::string title = page.toned(Tone::Faint, filled("Term", layout.term));
    appendCells(title, page, layout, nullptr);
    page.line(title);
    for (const Row &row : rows)
        appendRow(page, layout, row);
}

} // namespace mailoscope::text
