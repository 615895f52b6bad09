// SPDX-License-Identifier: Apache-2.0
// What was found, by severity, and what mends it.
#include "fixes/difference.h"
#include "report/document_parts.h"
#include "report/explain.h"
#include "report/fix_words.h"
#include "report/outline_parts.h"
#include "report/reference_url.h"

#include <algorithm>

namespace mailoscope::document
{

namespace
{

using Look = Run::Look;

/// Records that show one finding: beyond these nobody reads on.
constexpr std::size_t MostRecords = 3;
/// Of a longer record only the part around its first mark is shown with a finding; it stands whole in its
/// section.
constexpr std::size_t MostOctets = 1000;

/// The record and all the places in it that show a finding; marks of a whole record say no more than it does.
std::vector<RecordText> recordsOf(const Finding &finding)
{
    std::vector<RecordText> records;
    for (const Evidence &evidence : finding.evidence) {
        const auto same = std::find_if(records.begin(), records.end(), [&](const RecordText &record) {
            return record.owner == evidence.name && record.type == evidence.type &&
                   record.octets == evidence.record;
        });
        RecordText &record =
            same == records.end()
                ? records.emplace_back(RecordText{
                      evidence.name, evidence.type, evidence.record, {}, RecordText::Role::Published})
                : *same;
        const bool isWhole = evidence.span.begin == 0 && evidence.span.end >= evidence.record.size();
        if (!evidence.span.isEmpty() && !isWhole)
            record.marked.push_back(evidence.span);
    }
    return records;
}

/// The part of a long record that is worth showing, and a line that says that it is a part.
std::optional<std::string> cutToMark(RecordText &record)
{
    if (record.octets.size() <= MostOctets)
        return std::nullopt;
    constexpr std::size_t Before = 200;
    std::size_t begin = record.octets.size();
    for (const Span &span : record.marked)
        begin = std::min(begin, span.begin);
    begin = record.marked.empty() || begin < Before ? 0 : begin - Before;
    // UTF-8 is not cut inside a character.
    while (begin > 0 && (static_cast<unsigned char>(record.octets[begin]) & 0xC0U) == 0x80U)
        --begin;
    std::size_t end = std::min(begin + MostOctets, record.octets.size());
    while (end < record.octets.size() && (static_cast<unsigned char>(record.octets[end]) & 0xC0U) == 0x80U)
        ++end;
    const std::size_t size = record.octets.size();
    record.octets = record.octets.substr(begin, end - begin);
    std::vector<Span> marked;
    for (const Span &span : record.marked) {
        if (span.begin >= begin && span.begin < end)
            marked.push_back({span.begin - begin, std::min(span.end, end) - begin});
    }
    record.marked = std::move(marked);
    return "Octets " + withSeparators(std::to_string(begin + 1)) + " to " +
           withSeparators(std::to_string(end)) + " of " + withSeparators(std::to_string(size)) +
           " are shown.";
}

void appendEvidence(Blocks &blocks, const Finding &finding)
{
    std::vector<RecordText> records = recordsOf(finding);
    for (std::size_t i = 0; i < std::min(records.size(), MostRecords); ++i) {
        const std::optional<std::string> part = cutToMark(records[i]);
        blocks.push_back(std::move(records[i]));
        if (part)
            blocks.push_back(Paragraph{quiet(*part)});
    }
    if (records.size() > MostRecords)
        blocks.push_back(Paragraph{quiet(
            "And in " + outline::counted(records.size() - MostRecords, "more record.", "more records."))});
}

void appendFinding(Blocks &blocks, const Report &report, std::size_t index, const Options &options)
{
    const Finding &finding = report.findings[index];
    const Explanation words = explain(finding);
    const Mark mark = markOf(finding.severity);
    blocks.push_back(Heading{3, words.title, findingId(index), mark, std::string(wordOf(mark))});
    if (!words.why.empty())
        blocks.push_back(Paragraph{plain(words.why)});
    if (!words.whatToDo.empty())
        blocks.push_back(
            Paragraph{Text{{"What to do: ", Look::Strong, {}}, {words.whatToDo, Look::Plain, {}}}});
    if (!options.light)
        appendEvidence(blocks, finding);
    Text last{runOf(finding.reference), {" · ", Look::Quiet, {}}, code(finding.id)};
    if (const fixes::Fix *fix = report.fixOf(index)) {
        last.push_back({" · ", Look::Quiet, {}});
        last.push_back({fix->isProven() ? "proven fix" : "suggested fix", Look::Quiet,
                        linkTo(fixId(static_cast<std::size_t>(fix - report.fixes.data())))});
    }
    blocks.push_back(Paragraph{std::move(last)});
}

void appendCopy(Blocks &blocks, const fixes::Fix &fix, fixes::CopyForm form, const FactStore &facts)
{
    const fixes::Copied copied = fixes::copyAs(form, fixes::copyRequest(fix.changes, facts));
    Lines lines{std::string(fixes::infoOf(form).title), {}};
    for (std::size_t begin = 0; begin < copied.text.size();) {
        const std::size_t end = std::min(copied.text.find('\n', begin), copied.text.size());
        lines.lines.push_back(shown(copied.text.substr(begin, end - begin)));
        begin = end + 1;
    }
    if (!lines.lines.empty())
        blocks.push_back(std::move(lines));
    for (const std::string &note : copied.notes)
        blocks.push_back(Paragraph{quiet(note)});
}

} // namespace

std::string findingId(std::size_t finding)
{
    return "finding-" + std::to_string(finding + 1);
}

std::string fixId(std::size_t fix)
{
    return "fix-" + std::to_string(fix + 1);
}

Run runOf(const Reference &reference)
{
    return {toString(reference), Look::Quiet, urlOf(reference)};
}

void appendChange(Blocks &blocks, const fixes::Change &change)
{
    std::string owner;
    std::string type;
    std::optional<std::string> before;
    std::optional<std::string> after;
    if (const auto *record = std::get_if<fixes::RecordChange>(&change)) {
        owner = record->name.text();
        type = dns::toString(record->type);
        if (record->before)
            before = fixes::textOf(record->type, *record->before);
        if (record->after)
            after = fixes::textOf(record->type, *record->after);
    } else {
        const auto &file = std::get<fixes::FileChange>(change);
        owner = file.url.text();
        type = "file";
        before = file.before;
        after = file.after;
    }
    const fixes::Difference difference =
        before && after ? fixes::differenceOf(*before, *after) : fixes::Difference();
    if (before)
        blocks.push_back(RecordText{owner, type, *before, difference.gone, RecordText::Role::Before});
    if (after)
        blocks.push_back(RecordText{owner, type, *after, difference.come, RecordText::Role::After});
    if (!before || !after)
        blocks.push_back(
            Paragraph{quiet(before ? "The record is taken away." : "There is no such record yet.")});
}

void appendFindings(Blocks &blocks, const Report &report, const Options &options)
{
    if (report.findings.empty())
        blocks.push_back(Paragraph{plain("Nothing was found.")});
    for (std::size_t i = 0; i < report.findings.size(); ++i)
        appendFinding(blocks, report, i, options);
}

void appendFixes(Blocks &blocks, const Report &report, const Options &options)
{
    FactStore facts; // what stands beside the records that change
    const bool copies = options.copyAs && !options.light;
    if (copies) {
        for (const FactPointer &fact : report.facts)
            facts.put(*fact);
    }
    blocks.push_back(Paragraph{quiet(
        "A fix is called proven where, with its changes laid over all that was looked up, the finding is "
        "gone, nothing of the same or a higher severity has come, and nobody who passes SPF today is "
        "lost. What goes and what comes is marked.")});
    for (std::size_t i = 0; i < report.fixes.size(); ++i) {
        const fixes::Fix &fix = report.fixes[i];
        const FixText words = explain(fix);
        blocks.push_back(Heading{3, words.summary, fixId(i), fix.isProven() ? Mark::Ok : Mark::Unknown,
                                 fix.isProven() ? "proven" : "suggestion"});
        if (fix.finding < report.findings.size())
            blocks.push_back(Paragraph{Text{
                {"Mends: ", Look::Quiet, {}},
                {explain(report.findings[fix.finding]).title, Look::Plain, linkTo(findingId(fix.finding))}}});
        if (!words.why.empty() && !options.light)
            blocks.push_back(Paragraph{plain(words.why)});
        for (const fixes::Change &change : fix.changes)
            appendChange(blocks, change);
        for (const std::string &obstacle : words.obstacles)
            blocks.push_back(
                Paragraph{Text{{"Not proven: ", Look::Strong, {}}, {obstacle, Look::Plain, {}}}});
        if (!words.risk.empty())
            blocks.push_back(Paragraph{Text{{"Risk: ", Look::Strong, {}}, {words.risk, Look::Plain, {}}}});
        if (copies)
            appendCopy(blocks, fix, *options.copyAs, facts);
    }
}

} // namespace mailoscope::document
