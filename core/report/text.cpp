// SPDX-License-Identifier: Apache-2.0
#include "report/text.h"

#include "report/explain.h"
#include "report/fix_text.h"
#include "report/not_known.h"
#include "report/profile_results.h"
#include "report/profile_words.h"
#include "report/rule_table.h"
#include "report/spf_notes.h"
#include "report/spf_sums.h"
#include "report/text_parts.h"
#include "report/verdict_words.h"

#include <algorithm>

namespace mailoscope
{

namespace text
{

using terminal::grouped;
using terminal::Page;
using terminal::Tone;

Tone toneOf(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return Tone::Info;
    case Severity::Low:
        return Tone::Low;
    case Severity::Medium:
        return Tone::Medium;
    case Severity::High:
        return Tone::High;
    case Severity::Critical:
        return Tone::Critical;
    }
    return Tone::Plain;
}

std::string_view wordOf(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return "Info";
    case Severity::Low:
        return "Low";
    case Severity::Medium:
        return "Medium";
    case Severity::High:
        return "High";
    case Severity::Critical:
        return "Critical";
    }
    return {};
}

std::string headlineText(const Page &page, const Headline &headline)
{
    return page.toned(headline.tone, std::string(page.shape(headline.tone)) + ' ' + headline.word);
}

namespace
{

Headline headlineOf(const spf::Evaluation &evaluation)
{
    switch (evaluation.status) {
    case spf::Evaluation::Status::Pending:
        return {Tone::Unknown, "Waiting for answers"};
    case spf::Evaluation::Status::Ok:
        return {Tone::Ok, "Valid"};
    case spf::Evaluation::Status::Missing:
        return {Tone::High, "No record"};
    case spf::Evaluation::Status::Invalid:
        // Terms in front of the fault, or of the limit, still pass.
        return {Tone::Critical, evaluation.addresses.of(spf::CheckResult::Pass).isEmpty()
                                    ? "Broken: receivers get permerror"
                                    : "Broken in part: some clients get permerror"};
    case spf::Evaluation::Status::TempError:
        return {Tone::Unknown, "Could not tell: a look-up failed"};
    case spf::Evaluation::Status::NotChecked:
        return {Tone::Unknown, "Could not tell: an answer is not in the snapshot"};
    }
    return {Tone::Plain, ""};
}

std::string countsBySeverity(const Page &page, const std::vector<Finding> &findings,
                             std::string_view section = {})
{
    std::string text;
    for (const Severity severity :
         {Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info}) {
        const auto count = std::count_if(findings.begin(), findings.end(), [&](const Finding &f) {
            return f.severity == severity && (section.empty() || f.section == section);
        });
        if (count > 0)
            text += (text.empty() ? "" : page.fit(" · ")) + grouped(static_cast<std::uint64_t>(count)) + ' ' +
                    std::string(toString(severity));
    }
    return text;
}

/// A row of boxes: so many spent of so many.
std::string boxes(const Page &page, int spent, int limit)
{
    const Tone tone = spent > limit ? Tone::Critical : spent == limit ? Tone::Medium : Tone::Ok;
    std::string full;
    std::string empty;
    for (int i = 0; i < limit; ++i)
        (i < spent ? full : empty) += i < spent ? page.sign("■", "#") : page.sign("□", ".");
    return page.toned(tone, full) + page.toned(Tone::Faint, empty);
}

std::string allText(const spf::FinalAll &all)
{
    return all ? "everyone else: " + std::string(toString(*all))
               : "everyone else: neutral, nothing is said of them";
}

} // namespace

void appendSpfSummary(Page &page, const spf::Evaluation &evaluation, const std::vector<Finding> &findings)
{
    const spf::Limits limits;
    const std::string indent(6, ' ');
    Headline headline = headlineOf(evaluation);
    const std::string counts = countsBySeverity(page, findings, "spf");
    const auto worst =
        std::find_if(findings.begin(), findings.end(), [](const Finding &f) { return f.section == "spf"; });
    if (evaluation.status == spf::Evaluation::Status::Ok && worst != findings.end() &&
        worst->severity > Severity::Low)
        headline.tone = toneOf(worst->severity);
    page.line(page.toned(Tone::Strong, "SPF") + "   " + headlineText(page, headline) +
              (counts.empty() ? "" : page.fit(" · ") + counts));
    const bool hasRecord = evaluation.root.record && evaluation.root.record->record;
    if (!hasRecord) {
        const std::string words = statusOf(evaluation.root).words;
        // The headline has said these already.
        if (!words.empty() && evaluation.root.status != spf::NodeStatus::NoRecord &&
            evaluation.root.status != spf::NodeStatus::TempError)
            page.paragraph(indent, words);
        return;
    }
    const auto budget = [&](std::string_view what, int spent, int limit) {
        const std::string lead = indent + terminal::filled(what, 16);
        const std::string words = std::to_string(spent) + (evaluation.root.atLeast ? "+" : "") + " of " +
                                  std::to_string(limit) + (spent > limit ? ": over the limit" : "");
        const bool hasRoom = terminal::columnsOf(lead + words) + limit + 1 <= page.columns();
        page.line(lead + (hasRoom ? boxes(page, spent, limit) + ' ' : std::string()) + words);
    };
    budget("Look-ups", evaluation.lookups, limits.lookups);
    budget("Void look-ups", evaluation.voidLookups, limits.voidLookups);
    page.paragraph(indent + terminal::filled("Addresses", 16),
                   authorisedWords(evaluation, evaluation.addresses) + "; " + allText(evaluation.finalAll));
    if (evaluation.limitsMatter) {
        page.paragraph(indent + std::string(16, ' '), "as written, without the limits: " +
                                                          authorisedWords(evaluation, evaluation.asWritten));
    }
}

namespace
{

void appendHead(Page &page, const Report &report)
{
    std::string name = shown(report.domain.text());
    if (report.domainUnicode != name)
        name = report.domainUnicode + " (" + name + ')';
    page.line(page.toned(Tone::Strong, page.fit(name)));
    const auto unrecorded =
        std::count_if(report.facts.begin(), report.facts.end(),
                      [](const FactPointer &fact) { return isNotRecorded(fact->outcome()); });
    std::string line = toRfc3339(report.inspectedAt) + " · " +
                       grouped(report.facts.size() - static_cast<std::size_t>(unrecorded)) + " look-ups";
    if (unrecorded > 0)
        line += ", " + grouped(static_cast<std::size_t>(unrecorded)) + " more not in the snapshot";
    for (std::size_t i = 0; i < report.resolvers.size(); ++i)
        line += (i == 0 ? " · asked " : ", ") + shown(report.resolvers[i]);
    page.paragraph("", line, Tone::Faint);
    if (!report.applied.empty())
        page.paragraph("", "As it would be with " + grouped(report.applied.size()) +
                               (report.applied.size() == 1 ? " change" : " changes") + " published:");
    for (const fixes::Change &change : report.applied)
        appendChange(page, "  ", change);
}

void appendSpf(Page &page, const spf::Evaluation &spf, const std::vector<Finding> &findings,
               AddressTerms addressTerms)
{
    appendSpfSummary(page, spf, findings);
    const std::vector<std::string> &several = spf.root.selection.records;
    if (several.size() > 1) {
        for (const std::string &record : several)
            page.record(record, {}, 6, Tone::Critical);
    }
    if (!spf.root.record || !spf.root.record->record)
        return;
    std::vector<Span> faults;
    for (const spf::Issue &issue : spf.root.record->issues)
        faults.push_back(issue.span);
    page.line();
    page.record(spf.root.selection.text, faults, 6, Tone::Critical);
    page.line();
    appendTree(page, spf, addressTerms);
}

/// One record and all the places in it that show a finding.
struct Place {
    const Evidence *first;
    std::vector<Span> marked;
};

/// Marks of a whole record say no more than the record does: they are left out.
std::vector<Place> placesOf(const Finding &finding)
{
    std::vector<Place> places;
    for (const Evidence &evidence : finding.evidence) {
        const auto same = std::find_if(places.begin(), places.end(), [&](const Place &place) {
            return place.first->name == evidence.name && place.first->type == evidence.type &&
                   place.first->record == evidence.record;
        });
        Place &place = same == places.end() ? places.emplace_back(Place{&evidence, {}}) : *same;
        const bool isWhole = evidence.span.begin == 0 && evidence.span.end >= evidence.record.size();
        if (!evidence.span.isEmpty() && !isWhole)
            place.marked.push_back(evidence.span);
    }
    return places;
}

/// A record up to the beginning of the long DKIM key that it ends in, and the marks in that part.
struct KeyText {
    std::string record;
    std::vector<Span> marked;
    std::size_t leftOut = 0;
};

/// Nobody reads a key: of a long one the beginning tells enough, unless a mark begins behind it.
KeyText shortened(const std::string &record, const std::vector<Span> &marked)
{
    constexpr std::size_t Kept = 24;
    constexpr std::size_t LongKey = 64;
    const auto isBase64 = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
               c == '/' || c == '=';
    };
    KeyText text{record, marked, 0};
    const std::size_t tag = record.find("p=");
    if (tag == std::string::npos)
        return text;
    const auto begin = record.begin() + static_cast<std::ptrdiff_t>(tag + 2);
    const auto end = std::find_if_not(begin, record.end(), isBase64);
    const std::size_t keep = tag + 2 + Kept;
    const bool isMarkedBehind =
        std::any_of(marked.begin(), marked.end(), [keep](const Span &span) { return span.begin >= keep; });
    if (isMarkedBehind || static_cast<std::size_t>(end - begin) < LongKey)
        return text;
    text.record.resize(keep);
    text.leftOut = record.size() - keep;
    for (Span &span : text.marked)
        span.end = std::min(span.end, keep);
    return text;
}

/// Of a very long record the part around the marks is laid out, with more lines on both sides than are shown.
void cutAround(KeyText &text, int columns)
{
    constexpr std::size_t VeryLong = 8192;
    constexpr std::size_t LinesAround = 10;
    if (text.record.size() <= VeryLong || text.marked.empty())
        return;
    const auto byBegin = [](const Span &a, const Span &b) { return a.begin < b.begin; };
    const auto byEnd = [](const Span &a, const Span &b) { return a.end < b.end; };
    const std::size_t around = LinesAround * static_cast<std::size_t>(std::max(columns, 1));
    const std::size_t first = std::min_element(text.marked.begin(), text.marked.end(), byBegin)->begin;
    const std::size_t last = std::max_element(text.marked.begin(), text.marked.end(), byEnd)->end;
    const std::size_t begin = first > around ? first - around : 0;
    text.record = text.record.substr(begin, last + around - begin);
    for (Span &span : text.marked)
        span = {span.begin - begin, span.end - begin};
}

void appendPlace(Page &page, const Place &place, const std::string &indent, Tone tone,
                 const std::string &ownRecord)
{
    const Evidence &evidence = *place.first;
    // The domain's own record stands above; it is shown again only where something in it is marked.
    const bool isAbove = place.marked.empty() && evidence.record == ownRecord;
    page.paragraph(indent, evidence.type + ' ' + shown(evidence.name), Tone::Faint);
    if (evidence.record.empty() || isAbove)
        return;
    KeyText key = shortened(evidence.record, place.marked);
    cutAround(key, page.columns());
    page.record(key.record, key.marked, static_cast<int>(indent.size()), tone, Page::Extent::Around);
    if (key.leftOut > 0)
        page.paragraph(indent, page.fit("… ") + grouped(key.leftOut) + " more characters", Tone::Faint);
}

void appendFinding(Page &page, const Finding &finding, const std::string &ownRecord)
{
    const Explanation words = explain(finding);
    const Tone tone = toneOf(finding.severity);
    const std::string label = std::string(page.shape(tone)) + ' ' + std::string(wordOf(finding.severity));
    const std::string indent(11, ' ');
    // The label is toned after the layout: escape sequences have no width.
    Page title({page.columns() - 11, page.style().colour, page.style().unicode});
    title.paragraph("", words.title, Tone::Strong);
    std::string lines = title.take();
    for (std::size_t begin = 0, number = 0; begin < lines.size(); ++number) {
        const std::size_t end = lines.find('\n', begin);
        const std::string lead = number == 0 ? page.toned(tone, terminal::filled(label, 11)) : indent;
        page.line(lead + lines.substr(begin, end - begin));
        begin = end + 1;
    }
    if (!words.why.empty())
        page.paragraph(indent, words.why);
    if (!words.whatToDo.empty())
        page.paragraph(indent + page.fit("→ "), words.whatToDo);
    constexpr std::size_t MostShown = 3;
    const std::vector<Place> places = placesOf(finding);
    for (std::size_t i = 0; i < std::min(places.size(), MostShown); ++i)
        appendPlace(page, places[i], indent, tone, ownRecord);
    if (places.size() > MostShown) {
        page.paragraph(indent, "and in " + grouped(places.size() - MostShown) + " more records", Tone::Faint);
    }
    page.paragraph(indent, toString(finding.reference) + " · " + finding.id, Tone::Faint);
}

void appendFindings(Page &page, const Report &report, const std::optional<fixes::CopyForm> &copyAs)
{
    FactStore facts; // what stands beside the records that change
    if (copyAs) {
        for (const FactPointer &fact : report.facts)
            facts.put(*fact);
    }
    const std::vector<Finding> &findings = report.findings;
    if (findings.empty()) {
        page.line(page.toned(Tone::Strong, "Findings") + "  none");
        return;
    }
    page.line(page.toned(Tone::Strong, "Findings") + "  " + countsBySeverity(page, findings));
    for (std::size_t i = 0; i < findings.size(); ++i) {
        page.line();
        appendFinding(page, findings[i], report.spf.root.selection.text);
        if (const fixes::Fix *fix = report.fixOf(i))
            appendFix(page, *fix, std::string(11, ' '), copyAs, facts);
    }
}

/// What is not known: failed look-ups, answers still to come, and what this version does not look at.
void appendUnknown(Page &page, const Report &report)
{
    constexpr std::size_t MostShown = 12;
    const NotKnown notKnown = notKnownOf(report);
    if (notKnown.isEmpty())
        return;
    page.line(page.toned(Tone::Strong, "Not known"));
    const std::string lead = "  " + std::string(page.shape(Tone::Unknown)) + ' ';
    const std::vector<std::string> &askings = notKnown.askings;
    for (std::size_t i = 0; i < std::min(askings.size(), MostShown); ++i)
        page.paragraph(lead, askings[i]);
    if (askings.size() > MostShown)
        page.paragraph(lead, "and " + grouped(askings.size() - MostShown) + " more");
    for (const std::string &kind : notKnown.leftOut)
        page.paragraph(lead, kind);
    page.line();
}

void appendNotTestable(Page &page)
{
    page.line(page.toned(Tone::Strong, "Cannot be seen from outside"));
    for (const std::string_view id : verdict::notTestable())
        page.paragraph("  - ", sentenceOfNotTestable(id));
}

void appendProfile(Page &page, const Report &report, std::string_view chosen)
{
    for (const profiles::ProfileResult &result : profilesOf(report, chosen)) {
        const profiles::Profile &profile = *result.profile;
        if (profile.id != chosen)
            continue;
        std::string version = profile.version;
        if (!profile.date.empty())
            version += ", " + profile.date;
        page.line(page.toned(Tone::Strong, "Profile") + "  " + page.fit(profile.name));
        page.paragraph(std::string(6, ' '), version, Tone::Faint);
        page.paragraph(std::string(6, ' '), sentenceOf(result));
        appendTable(page, profileTable(report, result));
        page.line();
    }
}

} // namespace
} // namespace text

std::string toText(const Report &report, const TextOptions &options)
{
    terminal::Page page(options.style);
    text::appendHead(page, report);
    page.line();
    text::appendVerdict(page, report);
    text::appendTable(page, treatmentTable(report));
    text::appendTable(page, ruleTable(report));
    page.line();
    if (!options.profile.empty())
        text::appendProfile(page, report, options.profile);
    text::appendSpf(page, report.spf, report.findings, options.addressTerms);
    page.line();
    for (const Section section : allSections()) {
        if (section == Section::Spf)
            continue;
        text::appendSection(page, report, section);
        page.line();
    }
    text::appendFindings(page, report, options.copyAs);
    page.line();
    text::appendUnknown(page, report);
    text::appendNotTestable(page);
    return page.take();
}

std::string treeToText(const spf::Evaluation &evaluation, const TextOptions &options)
{
    terminal::Page page(options.style);
    text::appendSpf(page, evaluation, {}, options.addressTerms);
    return page.take();
}

} // namespace mailoscope
