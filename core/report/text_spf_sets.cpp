// SPDX-License-Identifier: Apache-2.0
// Records compared and flattened in a terminal, as their outlines have them.
#include "report/spf_sets_tables.h"
#include "report/text_parts.h"

namespace mailoscope
{

namespace
{

using terminal::Page;
using terminal::Tone;

void heading(Page &page, std::string_view text)
{
    page.line();
    page.line(page.toned(Tone::Strong, page.fit(text)));
}

/// A list of networks takes as few lines as there are.
void appendTable(Page &page, const OutlineTable &table)
{
    if (table.columns.size() > 1) {
        page.line();
        text::appendTable(page, table);
        return;
    }
    heading(page, "    " + table.title);
    std::string networks;
    for (const std::vector<OutlineCell> &row : table.rows)
        networks += (networks.empty() ? "" : " ") + row.front().text;
    page.paragraph("      ", networks);
}

std::string withOutline(const Outline &outline, const terminal::Style &style)
{
    Page page(style);
    page.paragraph("", outline.sentence);
    for (const std::string &note : outline.notes)
        page.paragraph("", note, Tone::Faint);
    for (const OutlineTable &table : outline.tables)
        appendTable(page, table);
    return page.take();
}

void appendChanges(Page &page, const spf::Rewriting &rewriting)
{
    heading(page, "Publish");
    for (const fixes::Change &change : rewriting.changes) {
        const auto *record = std::get_if<fixes::RecordChange>(&change);
        if (!record || !record->after)
            continue;
        page.line("  " + page.fit(shown(record->name.text())) + " TXT, " +
                  (record->before ? "instead of the SPF record there" : "a new record"));
        page.record(fixes::textOf(record->type, *record->after), {}, 4, Tone::Plain);
    }
}

void appendReplaced(Page &page, const spf::Rewriting &rewriting)
{
    if (rewriting.replaced.empty())
        return;
    heading(page, "Replaced by their addresses");
    for (const spf::Branch &branch : rewriting.replaced)
        page.paragraph("  " + page.fit(namedBranch(branch.text, branch.target)) + ": ",
                       (branch.isRedirect ? "its terms are taken up" : countsOf(branch.addresses)) +
                           ", saves " + std::to_string(branch.lookups) +
                           (branch.lookups == 1 ? " look-up" : " look-ups"));
    if (rewriting.kept.empty())
        return;
    heading(page, "Kept");
    for (const spf::Branch &branch : rewriting.kept) {
        const std::string why = sentenceOf(branch);
        page.paragraph("  " + page.fit(namedBranch(branch.text, branch.target)) + ": ",
                       why.empty() ? "as it is" : why);
    }
}

} // namespace

std::string toText(const ComparisonReport &report, const terminal::Style &style)
{
    return withOutline(outlineOf(report), style);
}

std::string toText(const RewritingReport &report, const terminal::Style &style)
{
    Page page(style);
    const spf::Rewriting &rewriting = report.rewriting;
    const Outline outline = outlineOf(report, CheckByCommand);
    page.line(page.toned(Tone::Strong, page.fit(shown(rewriting.domain.text()))));
    for (const OutlineTable &table : outline.tables)
        appendTable(page, table);
    appendReplaced(page, rewriting);
    for (const std::string &term : rewriting.coveredToday)
        page.paragraph("  " + std::string(page.shape(Tone::Info)) + ' ',
                       shown(term) + ' ' + std::string(wordsOf(spf::Needless::CoveredToday)) +
                           ". It is kept, because that may change; --remove-covered takes it away.",
                       Tone::Info);
    appendChanges(page, rewriting);
    page.line();
    page.paragraph(std::string(page.shape(Tone::Ok)) + ' ', outline.sentence, Tone::Ok);
    for (const std::string &note : outline.notes)
        page.paragraph(std::string(page.shape(Tone::Medium)) + ' ', note, Tone::Medium);
    return page.take();
}

std::string toText(const DriftReport &report, const terminal::Style &style)
{
    return withOutline(outlineOf(report), style);
}

} // namespace mailoscope
