// SPDX-License-Identifier: Apache-2.0
// What stands in front of a report, what everybody reads, and what it rests on.
#include "report/document_parts.h"
#include "report/explain.h"
#include "report/fix_words.h"
#include "report/not_known.h"
#include "report/outline_parts.h"
#include "report/profile_results.h"
#include "report/profile_words.h"
#include "report/rule_table.h"
#include "report/rules.h"
#include "report/verdict_words.h"

#include <algorithm>

namespace mailoscope::document
{

namespace
{

using Look = Run::Look;

std::string lookUps(const Report &report)
{
    const auto unrecorded = static_cast<std::size_t>(
        std::count_if(report.facts.begin(), report.facts.end(),
                      [](const FactPointer &fact) { return isNotRecorded(fact->outcome()); }));
    const auto failed = static_cast<std::size_t>(std::count_if(
                            report.facts.begin(), report.facts.end(),
                            [](const FactPointer &fact) { return isTemporaryFailure(fact->outcome()); })) -
                        unrecorded;
    std::string words = withSeparators(std::to_string(report.facts.size() - unrecorded));
    if (failed > 0)
        words += ", of which " + withSeparators(std::to_string(failed)) +
                 (failed == 1 ? " was not answered" : " were not answered");
    if (unrecorded > 0)
        words += ", and " + withSeparators(std::to_string(unrecorded)) + " that are not in the snapshot";
    return words;
}

/// "3 critical, 1 low"
std::string countsOf(const Report &report)
{
    std::string text;
    for (const Severity severity :
         {Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info}) {
        const auto count = std::count_if(report.findings.begin(), report.findings.end(),
                                         [&](const Finding &f) { return f.severity == severity; });
        if (count > 0)
            text += (text.empty() ? "" : ", ") + withSeparators(std::to_string(count)) + ' ' +
                    std::string(toString(severity));
    }
    return text;
}

Table standardsTable(const Report &report)
{
    Table table{"Status by standard", {"Standard", "Status", "In short", "Findings"}, {}};
    for (const Section section : allSections()) {
        const Standing standing = standingOf(report, section);
        table.rows.push_back(
            {{{{std::string(titleOf(section)), Look::Strong, linkTo(sectionId(section))}}},
             {plain(std::string(wordOf(standing.mark))), standing.mark},
             {plain(standing.gist)},
             {plain(standing.findings > 0 ? withSeparators(std::to_string(standing.findings)) : "")}});
    }
    return table;
}

/// A hint, for the whole stands elsewhere.
std::string shortened(std::string text)
{
    constexpr std::size_t Longest = 220;
    if (text.size() <= Longest)
        return text;
    std::size_t end = Longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end) + "…";
}

/// The gravest findings, with what mends them; those that only tell are no work.
void appendFirst(Blocks &blocks, const Report &report)
{
    constexpr std::size_t MostFirst = 5;
    List list;
    list.isOrdered = true;
    for (std::size_t i = 0; i < report.findings.size() && list.items.size() < MostFirst; ++i) {
        const Finding &finding = report.findings[i];
        if (finding.severity == Severity::Info)
            break;
        const Explanation words = explain(finding);
        const Mark mark = markOf(finding.severity);
        Text text{{std::string(wordOf(mark)) + ": ", Look::Strong, {}},
                  {shortened(words.title), Look::Plain, linkTo(findingId(i))},
                  {". ", Look::Plain, {}}};
        if (const fixes::Fix *fix = report.fixOf(i)) {
            text.push_back({fix->isProven() ? "Proven fix: " : "Suggestion: ", Look::Strong, {}});
            text.push_back({shortened(explain(*fix).summary), Look::Plain,
                            linkTo(fixId(static_cast<std::size_t>(fix - report.fixes.data())))});
        } else {
            text.push_back({shortened(words.whatToDo), Look::Plain, {}});
        }
        list.items.push_back({std::move(text), mark});
    }
    blocks.push_back(Heading{3, "Do first", "first"});
    if (list.items.empty())
        blocks.push_back(Paragraph{plain("Nothing that was found asks for work.")});
    else
        blocks.push_back(std::move(list));
}

Table profilesTable(const std::vector<profiles::ProfileResult> &results, std::string_view chosen)
{
    using profiles::Answer;
    Table table{"Profiles", {"Profile", "Met", "Not met", "Not told", "Not testable"}, {}};
    for (const profiles::ProfileResult &result : results) {
        std::vector<Paragraph> &row = table.rows.emplace_back();
        row.push_back({{{result.profile->name, result.profile->id == chosen ? Look::Strong : Look::Plain,
                         linkTo("profile-" + result.profile->id)}},
                       markOf(result)});
        for (const Answer answer : {Answer::Met, Answer::NotMet, Answer::CouldNotTell, Answer::NotTestable})
            row.push_back({plain(std::to_string(result.count(answer)))});
    }
    return table;
}

} // namespace

void appendFront(Blocks &blocks, const Report &report, const EvidenceFile &evidence)
{
    std::string resolvers;
    for (const std::string &resolver : report.resolvers)
        resolvers += (resolvers.empty() ? "" : ", ") + shown(resolver);
    Facts facts;
    facts.rows.emplace_back("Inspected", plain(toRfc3339(report.inspectedAt) + " (UTC)"));
    facts.rows.emplace_back("Tool", plain(toolLine()));
    if (!resolvers.empty())
        facts.rows.emplace_back("Resolvers", plain(std::move(resolvers)));
    facts.rows.emplace_back("Look-ups", plain(lookUps(report)));
    facts.rows.emplace_back("Evidence",
                            Text{{"SHA-256 of the JSON report: ", Look::Plain, {}}, code(evidence.sha256)});
    blocks.push_back(std::move(facts));
    if (!report.applied.empty())
        blocks.push_back(
            Paragraph{plain("This is what would be with " +
                            outline::counted(report.applied.size(), "change", "changes") +
                            " published, and not what DNS says. The changes stand in the appendix."),
                      Mark::Info});
    if (report.pending)
        blocks.push_back(
            Paragraph{plain("Answers were still to come when this was written."), Mark::Waiting});
}

void appendSummary(Blocks &blocks, const Report &report)
{
    blocks.push_back(headlineOf(report));
    blocks.push_back(tableOf(treatmentTable(report)));
    blocks.push_back(standardsTable(report));
    const std::string counts = countsOf(report);
    blocks.push_back(
        Paragraph{plain(counts.empty() ? "Nothing was found." : "Findings by severity: " + counts + '.')});
    appendFirst(blocks, report);
    if (!report.complete)
        blocks.push_back(
            Paragraph{quiet("Not every look-up was answered. What depends on the missing answers "
                            "is shown as not known, never as missing or wrong.")});
}

void appendVerdict(Blocks &blocks, const Report &report)
{
    blocks.push_back(
        Paragraph{plain("There is no score. The verdict follows from these rules; each can be traced to a "
                        "record and a section of a standard.")});
    OutlineTable table = ruleTable(report);
    table.title = "Rules";
    blocks.push_back(tableOf(table));
    blocks.push_back(Heading{3, "Cannot be seen from outside", "outside"});
    List list;
    for (const std::string_view id : verdict::notTestable())
        list.items.push_back({plain(sentenceOfNotTestable(id))});
    blocks.push_back(std::move(list));
    const NotKnown notKnown = notKnownOf(report);
    if (notKnown.isEmpty())
        return;
    blocks.push_back(Heading{3, "Not known", "not-known", Mark::Unknown, "looked for and not learnt"});
    List open;
    for (const std::string &asking : notKnown.askings)
        open.items.push_back({plain(asking)});
    for (const std::string &kind : notKnown.leftOut)
        open.items.push_back({plain(kind)});
    blocks.push_back(std::move(open));
}

void appendProfiles(Blocks &blocks, const Report &report, std::string_view chosen)
{
    const std::vector<profiles::ProfileResult> results = profilesOf(report, chosen);
    blocks.push_back(profilesTable(results, chosen));
    for (const profiles::ProfileResult &result : results) {
        const profiles::Profile &profile = *result.profile;
        if (!chosen.empty() && profile.id != chosen)
            continue;
        blocks.push_back(
            Heading{3, profile.name, "profile-" + profile.id, Mark::None,
                    profile.date.empty() ? profile.version : profile.version + ", " + profile.date});
        blocks.push_back(Paragraph{plain(sentenceOf(result))});
        blocks.push_back(tableOf(profileTable(report, result)));
    }
}

} // namespace mailoscope::document
