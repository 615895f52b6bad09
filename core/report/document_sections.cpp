// SPDX-License-Identifier: Apache-2.0
// The standards one by one.
#include "report/document_parts.h"
#include "report/spf_sums.h"
#include "report/words.h"
#include "spf/check_host.h"

#include <array>

namespace mailoscope::document
{

namespace
{

void appendSpf(Blocks &blocks, const spf::Evaluation &spf)
{
    if (!spf.root.record || !spf.root.record->record)
        return;
    const spf::Limits limits;
    const std::string least = spf.root.atLeast ? "at least " : "";
    const auto of = [&least](int spent, int limit) {
        return plain(least + withSeparators(std::to_string(spent)) + " of " + std::to_string(limit));
    };
    Facts facts;
    facts.rows.emplace_back("Look-ups", of(spf.lookups, limits.lookups));
    facts.rows.emplace_back("Void look-ups", of(spf.voidLookups, limits.voidLookups));
    facts.rows.emplace_back("Addresses", plain(authorisedWords(spf, spf.addresses)));
    if (spf.limitsMatter)
        facts.rows.emplace_back("Without the limits", plain(authorisedWords(spf, spf.asWritten)));
    blocks.push_back(std::move(facts));
    blocks.push_back(treeOf(spf));
}

/// The ids of what was found, each leading to it.
void appendTold(Blocks &blocks, const Report &report, Section section)
{
    constexpr std::size_t Most = 30;
    Text told;
    std::size_t count = 0;
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
        if (sectionOf(report.findings[i].section) != section || count++ >= Most)
            continue;
        told.push_back({told.empty() ? "Findings: " : " · ", Run::Look::Quiet, {}});
        told.push_back({report.findings[i].id, Run::Look::Code, linkTo(findingId(i))});
    }
    if (count > Most)
        told.push_back(
            {" and " + withSeparators(std::to_string(count - Most)) + " more", Run::Look::Quiet, {}});
    if (!told.empty())
        blocks.push_back(Paragraph{std::move(told)});
}

void appendSection(Blocks &blocks, const Report &report, Section section)
{
    const Outline outline = outlineOf(report, section);
    const Standing standing = standingOf(report, section);
    std::string aside(wordOf(standing.mark));
    if (!standing.gist.empty())
        aside += " · " + standing.gist;
    blocks.push_back(
        Heading{3, std::string(titleOf(section)), sectionId(section), standing.mark, std::move(aside), true});
    blocks.push_back(Paragraph{plain(outline.sentence)});
    for (const OutlineRecord &record : outline.records)
        blocks.push_back(RecordText{record.owner, record.type, record.text, {}, RecordText::Role::Published});
    if (section == Section::Spf)
        appendSpf(blocks, report.spf);
    for (const OutlineTable &table : outline.tables) {
        if (!table.rows.empty())
            blocks.push_back(tableOf(table));
    }
    for (const std::string &note : outline.notes)
        blocks.push_back(Paragraph{quiet(note), Mark::Unknown});
    appendTold(blocks, report, section);
}

} // namespace

std::string sectionId(Section section)
{
    constexpr std::array<std::string_view, SectionCount> Ids = {"spf",     "dmarc", "dkim", "bimi",
                                                                "mta-sts", "mx",    "dns"};
    return std::string(Ids[static_cast<std::size_t>(section)]);
}

void appendSections(Blocks &blocks, const Report &report)
{
    for (const Section section : allSections())
        appendSection(blocks, report, section);
}

} // namespace mailoscope::document
