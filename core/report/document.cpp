// SPDX-License-Identifier: Apache-2.0
#include "report/document.h"

#include "report/document_parts.h"
#include "report/evidence.h"
#include "report/explain.h"
#include "report/fact_words.h"
#include "report/fix_words.h"
#include "report/not_known.h"
#include "report/outline_parts.h"
#include "report/profile_results.h"
#include "report/profile_words.h"
#include "report/rule_table.h"
#include "report/spf_sums.h"
#include "report/verdict_words.h"

#include <algorithm>
#include <array>

namespace mailoscope::document
{

namespace
{

std::string nameOf(const Report &report)
{
    const std::string name = shown(report.domain.text());
    return report.domainUnicode == name || report.domainUnicode.empty()
               ? name
               : report.domainUnicode + " (" + name + ')';
}

std::string sectionId(Section section)
{
    constexpr std::array<std::string_view, SectionCount> Ids = {"spf",     "dmarc", "dkim", "bimi",
                                                                "mta-sts", "mx",    "dns"};
    return std::string(Ids[static_cast<std::size_t>(section)]);
}

void appendHead(Document &document, const Report &report, const Options &options)
{
    document.blocks.push_back(Heading{1, nameOf(report), "report", Mark::None});
    const auto unrecorded = static_cast<std::size_t>(
        std::count_if(report.facts.begin(), report.facts.end(),
                      [](const FactPointer &fact) { return isNotRecorded(fact->outcome()); }));
    std::string lookups = withSeparators(std::to_string(report.facts.size() - unrecorded));
    if (unrecorded > 0)
        lookups += ", and " + withSeparators(std::to_string(unrecorded)) + " that are not in the snapshot";
    std::string resolvers;
    for (const std::string &resolver : report.resolvers)
        resolvers += (resolvers.empty() ? "" : ", ") + shown(resolver);
    Facts facts;
    facts.rows.emplace_back("Inspected", plain(toRfc3339(report.inspectedAt) + " (UTC)"));
    facts.rows.emplace_back(
        "Tool", plain(std::string(toolName()) + ' ' + std::string(toolVersion()) + ", with its own rules"));
    if (!resolvers.empty())
        facts.rows.emplace_back("Resolvers", plain(std::move(resolvers)));
    facts.rows.emplace_back("Look-ups", plain(std::move(lookups)));
    facts.rows.emplace_back("Evidence",
                            Text{{"SHA-256 of the JSON report: ", Run::Look::Plain, {}},
                                 {sha256Of(evidenceJson(report, options.profile)), Run::Look::Code, {}}});
    document.blocks.push_back(std::move(facts));
    if (report.pending)
        document.blocks.push_back(
            Paragraph{plain("Answers were still to come when this was written."), Mark::Waiting});
}

OutlineTable standardsTable(const Report &report)
{
    OutlineTable table{"standards", "Status by standard", {"Standard", "Status", "In short", "Findings"}, {}};
    for (const Section section : allSections()) {
        const Standing standing = standingOf(report, section);
        table.rows.push_back({outline::plain(std::string(titleOf(section))),
                              outline::marked(standing.mark, std::string(wordOf(standing.mark))),
                              outline::plain(standing.gist),
                              outline::plain(std::to_string(standing.findings))});
    }
    return table;
}

/// The gravest findings, with what mends them; those that only tell are no work.
void appendFirst(Document &document, const Report &report)
{
    constexpr std::size_t MostFirst = 5;
    List list;
    list.isOrdered = true;
    for (std::size_t i = 0; i < report.findings.size() && list.items.size() < MostFirst; ++i) {
        const Finding &finding = report.findings[i];
        if (finding.severity == Severity::Info)
            break;
        const Explanation words = explain(finding);
        const auto *fix = report.fixOf(i);
        Text text{{std::string(wordOf(markOf(finding.severity))) + ": ", Run::Look::Strong, {}},
                  {words.title, Run::Look::Plain, findingId(i)},
                  {". ", Run::Look::Plain, {}}};
        if (fix) {
            text.push_back({fix->isProven() ? "Proven fix: " : "Suggestion: ", Run::Look::Strong, {}});
            text.push_back({explain(*fix).summary, Run::Look::Plain,
                            fixId(static_cast<std::size_t>(fix - report.fixes.data()))});
        } else {
            text.push_back({words.whatToDo, Run::Look::Plain, {}});
        }
        list.items.push_back(std::move(text));
    }
    document.blocks.push_back(Heading{3, "Do first", "first", Mark::None});
    if (list.items.empty())
        document.blocks.push_back(Paragraph{plain("Nothing that was found asks for work."), Mark::None});
    else
        document.blocks.push_back(std::move(list));
}

void appendSummary(Document &document, const Report &report)
{
    document.blocks.push_back(Heading{2, "Summary", "summary", Mark::None});
    const Headline headline = headlineOf(report);
    Text text;
    if (!headline.word.empty())
        text.push_back({headline.word + ". ", Run::Look::Strong, {}});
    text.push_back({headline.sentence, Run::Look::Plain, {}});
    document.blocks.push_back(Paragraph{std::move(text), headline.mark});
    if (!headline.reason.empty())
        document.blocks.push_back(Paragraph{plain("Why: " + headline.reason), Mark::None});
    document.blocks.push_back(treatmentTable(report));
    document.blocks.push_back(standardsTable(report));
    appendFirst(document, report);
}

void appendSpf(Document &document, const spf::Evaluation &spf)
{
    if (!spf.root.record || !spf.root.record->record)
        return;
    const std::string least = spf.root.atLeast ? "at least " : "";
    Facts facts;
    facts.rows.emplace_back("Look-ups", plain(least + std::to_string(spf.lookups) + " of 10"));
    facts.rows.emplace_back("Void look-ups", plain(least + std::to_string(spf.voidLookups) + " of 2"));
    facts.rows.emplace_back("Addresses", plain(authorisedWords(spf, spf.addresses)));
    if (spf.limitsMatter)
        facts.rows.emplace_back("Without the limits", plain(authorisedWords(spf, spf.asWritten)));
    document.blocks.push_back(std::move(facts));
    document.blocks.push_back(treeOf(spf));
}

void appendSection(Document &document, const Report &report, Section section)
{
    const Outline outline = outlineOf(report, section);
    const Standing standing = standingOf(report, section);
    const std::string id = sectionId(section);
    document.blocks.push_back(Heading{2, std::string(titleOf(section)), id, standing.mark});
    document.blocks.push_back(Paragraph{plain(outline.sentence), Mark::None});
    for (const OutlineRecord &record : outline.records)
        document.blocks.push_back(
            RecordText{record.owner, record.type, record.text, {}, RecordText::Role::Published});
    if (section == Section::Spf)
        appendSpf(document, report.spf);
    for (const OutlineTable &table : outline.tables)
        document.blocks.push_back(table);
    for (const std::string &note : outline.notes)
        document.blocks.push_back(Paragraph{quiet(note), Mark::Unknown});
}

void appendVerdict(Document &document, const Report &report)
{
    document.blocks.push_back(Heading{2, "What the verdict rests on", "verdict", Mark::None});
    OutlineTable table = ruleTable(report);
    table.title = "Rules";
    document.blocks.push_back(std::move(table));
    document.blocks.push_back(Heading{3, "Cannot be seen from outside", "outside", Mark::None});
    List list;
    for (const std::string_view id : verdict::notTestable())
        list.items.push_back(plain(sentenceOfNotTestable(id)));
    document.blocks.push_back(std::move(list));
}

void appendProfiles(Document &document, const Report &report, std::string_view chosen)
{
    document.blocks.push_back(Heading{2, "What receivers and authorities ask", "profiles", Mark::None});
    for (const profiles::ProfileResult &result : profilesOf(report, chosen)) {
        const profiles::Profile &profile = *result.profile;
        if (!chosen.empty() && profile.id != chosen)
            continue;
        document.blocks.push_back(Heading{3, profile.name, "profile-" + profile.id, Mark::None});
        document.blocks.push_back(
            Paragraph{quiet(profile.date.empty() ? profile.version : profile.version + ", " + profile.date),
                      Mark::None});
        document.blocks.push_back(Paragraph{plain(sentenceOf(result)), Mark::None});
        document.blocks.push_back(profileTable(report, result));
    }
}

void appendNotKnown(Document &document, const Report &report)
{
    const NotKnown notKnown = notKnownOf(report);
    if (notKnown.isEmpty())
        return;
    document.blocks.push_back(Heading{2, "Not known", "not-known", Mark::Unknown});
    List list;
    for (const std::string &asking : notKnown.askings)
        list.items.push_back(plain(asking));
    for (const std::string &kind : notKnown.leftOut)
        list.items.push_back(plain(kind));
    document.blocks.push_back(std::move(list));
}

std::string milliseconds(std::chrono::microseconds took)
{
    const auto tenths = took.count() / 100;
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}

void appendAnswers(Document &document, const Report &report)
{
    document.blocks.push_back(Heading{2, "Appendix: answers", "answers", Mark::None});
    OutlineTable table{
        "answers", "All that was asked", {"Asked", "Outcome", "Answer", "From", "At (UTC)", "ms"}, {}};
    for (const FactPointer &pointer : report.facts) {
        const Fact &fact = *pointer;
        table.rows.push_back({outline::code(toString(fact.key())),
                              outline::plain(std::string(wordsOf(fact.outcome()))),
                              OutlineCell{gistOf(fact), Mark::None, true}, outline::code(fact.from),
                              outline::plain(toRfc3339(fact.at)),
                              outline::plain(fact.took.count() > 0 ? milliseconds(fact.took) : "")});
    }
    if (table.rows.empty())
        document.blocks.push_back(Paragraph{plain("Nothing was asked."), Mark::None});
    else
        document.blocks.push_back(std::move(table));
}

} // namespace

std::string_view wordOf(Mark mark)
{
    switch (mark) {
    case Mark::None:
        return {};
    case Mark::Ok:
        return "OK";
    case Mark::Critical:
        return "Critical";
    case Mark::High:
        return "High";
    case Mark::Medium:
        return "Medium";
    case Mark::Low:
        return "Low";
    case Mark::Info:
        return "Info";
    case Mark::NotTested:
        return "Not tested";
    case Mark::Unknown:
        return "Could not tell";
    case Mark::Waiting:
        return "Waiting";
    }
    return {};
}

std::string_view shapeOf(Mark mark)
{
    switch (mark) {
    case Mark::None:
        return {};
    case Mark::Ok:
        return "✔";
    case Mark::Critical:
        return "✖";
    case Mark::High:
        return "▲";
    case Mark::Medium:
        return "◆";
    case Mark::Low:
        return "●";
    case Mark::Info:
        return "i";
    case Mark::NotTested:
        return "○";
    case Mark::Unknown:
        return "?";
    case Mark::Waiting:
        return "…";
    }
    return {};
}

std::vector<Piece> piecesOf(const RecordText &record)
{
    const ShownText text = shownText(record.octets);
    std::vector<bool> isMarked(characterCount(text.utf8), false);
    for (const Span &span : record.marked) {
        const Span characters = text.charactersOf(span);
        for (std::size_t i = characters.begin; i < std::min(characters.end, isMarked.size()); ++i)
            isMarked[i] = true;
    }
    std::vector<Piece> pieces;
    std::size_t character = 0;
    for (std::size_t i = 0; i < text.utf8.size(); ++character) {
        std::size_t end = i + 1;
        while (end < text.utf8.size() && (static_cast<unsigned char>(text.utf8[end]) & 0xC0U) == 0x80U)
            ++end;
        if (pieces.empty() || pieces.back().isMarked != isMarked[character])
            pieces.push_back({{}, isMarked[character]});
        pieces.back().text.append(text.utf8, i, end - i);
        i = end;
    }
    return pieces;
}

Document documentOf(const Report &report, const Options &options)
{
    Document document;
    document.title = nameOf(report);
    appendHead(document, report, options);
    appendSummary(document, report);
    appendFindings(document, report);
    appendFixes(document, report, options);
    for (const Section section : allSections())
        appendSection(document, report, section);
    appendVerdict(document, report);
    appendProfiles(document, report, options.profile);
    appendNotKnown(document, report);
    appendAnswers(document, report);
    return document;
}

} // namespace mailoscope::document
