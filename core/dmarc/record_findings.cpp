// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.h"
#include "dmarc/finding_list.h"

#include <algorithm>
#include <array>

namespace mailoscope::dmarc
{

namespace
{

bool isPolicyTag(std::string_view name)
{
    return name == "p" || name == "sp" || name == "np";
}

// A fault is ignored by receivers, so what it costs is the tag it spoils.
Severity syntaxSeverity(const WalkStep &step)
{
    return usabilityOf(*step.record->record) == Usability::Normal ? Severity::High : Severity::Critical;
}

void addSyntax(FindingList &list, const WalkStep &step, const Issue &issue, Severity severity)
{
    Finding &finding = list.add("dmarc.syntax", severity, "4.8");
    finding.arguments["part"] = partOf(step, issue.span);
    finding.evidence.push_back(recordOf(step, issue.span));
}

void addTag(FindingList &list, const WalkStep &step, const Issue &issue, const char *id, Severity severity,
            const char *section)
{
    Finding &finding = list.add(id, severity, section);
    finding.arguments["part"] = partOf(step, issue.span);
    finding.arguments["tag"] = shown(issue.tag);
    finding.evidence.push_back(recordOf(step, issue.span));
}

void addInvalidValue(FindingList &list, const WalkStep &step, const Issue &issue)
{
    if (isPolicyTag(issue.tag))
        addTag(list, step, issue, "dmarc.p.invalid", Severity::High, "4.10.1");
    else if (issue.tag == "fo")
        addTag(list, step, issue, "dmarc.fo.invalid", Severity::Low, "4.7");
    else if (issue.tag != "pct" && issue.tag != "ri") // those are obsolete, and told as such
        addTag(list, step, issue, "dmarc.tag.invalid", Severity::Medium, "4.7");
}

void addIssue(FindingList &list, const WalkStep &step, const Issue &issue)
{
    switch (issue.kind) {
    case Issue::Kind::NoEquals:
    case Issue::Kind::BadTagName:
    case Issue::Kind::MissingSeparator:
    case Issue::Kind::BadOctet:
        addSyntax(list, step, issue, syntaxSeverity(step));
        break;
    case Issue::Kind::EmptyPart:
        addSyntax(list, step, issue, Severity::Low);
        break;
    case Issue::Kind::Duplicate:
        addTag(list, step, issue, "dmarc.tag.duplicate", Severity::High, "4.8");
        break;
    case Issue::Kind::TagCase: {
        const bool decides = isPolicyTag(ascii::lowered(issue.tag)) || ascii::lowered(issue.tag) == "v";
        addTag(list, step, issue, "dmarc.tag.case", decides ? Severity::High : Severity::Low, "4.8");
        break;
    }
    case Issue::Kind::ValueCase:
        addTag(list, step, issue, "dmarc.value.case", Severity::Low, "4.8");
        break;
    case Issue::Kind::InvalidValue:
        addInvalidValue(list, step, issue);
        break;
    case Issue::Kind::UriEmpty:
    case Issue::Kind::UriNoScheme:
    case Issue::Kind::UriSyntax:
    case Issue::Kind::UriAddress:
    case Issue::Kind::UriScheme:
        addTag(list, step, issue, "dmarc.rua.uri", issue.tag == "rua" ? Severity::High : Severity::Medium,
               "4.7");
        break;
    case Issue::Kind::UriSize:
        addTag(list, step, issue, "dmarc.rua.size", Severity::Low, "4.7");
        break;
    case Issue::Kind::UriDuplicate:
        addTag(list, step, issue, "dmarc.rua.duplicate", Severity::Low, "4.7");
        break;
    }
}

void addUnknown(FindingList &list, const WalkStep &step)
{
    const ParsedRecord &parsed = *step.record;
    std::size_t left = MaxPartFindings;
    for (const Record::Unknown &unknown : parsed.record->unknown) {
        const Tag *tag = parsed.tags.find(unknown.name);
        const bool isCase = std::any_of(parsed.issues.begin(), parsed.issues.end(), [&](const Issue &issue) {
            return issue.kind == Issue::Kind::TagCase && issue.tag == unknown.name;
        });
        if (!tag || isCase)
            continue;
        if (left-- == 0)
            return;
        Finding &finding = list.add("dmarc.tag.unknown", Severity::Low, "4.7");
        finding.arguments["tag"] = shown(unknown.name);
        finding.arguments["part"] = partOf(step, tag->span);
        finding.evidence.push_back(recordOf(step, tag->span));
    }
}

// RFC 9989 appendices A.6 and C: given up, though old receivers still heed them.
void addObsolete(FindingList &list, const WalkStep &step)
{
    const ParsedRecord &parsed = *step.record;
    if (parsed.record->pct) {
        const int share = parsed.record->pct->value.value_or(100);
        Finding &finding =
            share == 0
                ? list.add("dmarc.pct.0", Severity::Medium, Reference{"RFC 7489", "6.3"})
                : list.add("dmarc.pct.obsolete", share < 100 ? Severity::Medium : Severity::Low, "A.6");
        finding.arguments["part"] = partOf(step, parsed.spanOf("pct"));
        finding.arguments["percent"] = std::int64_t{share};
        finding.evidence.push_back(recordOf(step, parsed.spanOf("pct")));
    }
    for (const std::string_view tag : {"rf", "ri"}) {
        const Span span = parsed.spanOf(tag);
        if (span.isEmpty())
            continue;
        Finding &finding = list.add("dmarc.rf-ri.obsolete", Severity::Low, "C");
        finding.arguments["tag"] = std::string(tag);
        finding.arguments["part"] = partOf(step, span);
        finding.evidence.push_back(recordOf(step, span));
    }
    // RFC 7489 section 6.4: "p" is the second tag.
    if (parsed.record->p && parsed.tags.tags.size() > 1 && parsed.tags.tags[1].name != "p") {
        Finding &finding = list.add("dmarc.p.not-second", Severity::Info, Reference{"RFC 7489", "6.4"});
        finding.evidence.push_back(recordOf(step, parsed.spanOf("p")));
    }
}

} // namespace

void addRecordFindings(FindingList &list, const WalkStep &step)
{
    const ParsedRecord &parsed = *step.record;
    const Record &record = *parsed.record;
    const std::size_t count = std::min(parsed.issues.size(), MaxPartFindings);
    for (std::size_t i = 0; i < count; ++i)
        addIssue(list, step, parsed.issues[i]);
    addUnknown(list, step);
    addObsolete(list, step);
    if (!record.p) {
        Finding &finding = list.add("dmarc.p.missing", Severity::High, "4.10.1");
        finding.arguments["record"] = shown(step.recordText);
        finding.evidence.push_back(recordOf(step));
    }
    if (record.fo && !record.ruf) {
        Finding &finding = list.add("dmarc.fo.no-ruf", Severity::Low, "4.7");
        finding.arguments["part"] = partOf(step, parsed.spanOf("fo"));
        finding.evidence.push_back(recordOf(step, parsed.spanOf("fo")));
    }
    if (step.recordText.size() > LongRecord) {
        Finding &finding = list.add("dmarc.size", Severity::Low, Reference{"UK NCSC, Email security", ""});
        finding.arguments["octets"] = static_cast<std::int64_t>(step.recordText.size());
        finding.evidence.push_back(recordOf(step));
    }
}

} // namespace mailoscope::dmarc
