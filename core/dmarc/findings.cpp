// SPDX-License-Identifier: Apache-2.0
#include "dmarc/findings.h"

#include "dmarc/finding_list.h"

#include <algorithm>

namespace mailoscope::dmarc
{

namespace
{

/// Other texts at a `_dmarc` name are told so often and no oftener.
constexpr std::size_t MaxTextFindings = 10;

// RFC 9989 sections 4.7, 4.8 and 4.10: texts at the name that were meant as a record, or have no business
// there.
void addText(FindingList &list, const WalkStep &step, const Text &text)
{
    // Beside a sound record they change nothing.
    const bool harmless = step.hasRecord();
    Finding *finding = nullptr;
    switch (text.kind) {
    case TextKind::Record:
        return;
    case TextKind::SomethingBefore:
        finding = &list.add("dmarc.leading-space", harmless ? Severity::Low : Severity::High, "4.8");
        break;
    case TextKind::WrongCase:
    case TextKind::NoSeparator:
    case TextKind::WrongVersion:
    case TextKind::VersionNotFirst:
        finding = &list.add("dmarc.version", harmless ? Severity::Low : Severity::Critical, "4.7");
        break;
    case TextKind::Spf:
    case TextKind::Other:
        finding = &list.add("dmarc.spf-at-dmarc", Severity::Medium, "4.10");
        break;
    }
    finding->arguments["name"] = step.recordName.text();
    finding->arguments["record"] = text.text.empty() ? "(empty)" : shown(text.text);
    finding->evidence.push_back(textAt(step.recordName, text.text));
}

void addSeveral(FindingList &list, const WalkStep &step)
{
    Finding &finding = list.add("dmarc.multiple", Severity::Critical, "4.10");
    std::int64_t count = 0;
    for (const Text &text : step.texts) {
        if (text.kind != TextKind::Record)
            continue;
        if (++count <= static_cast<std::int64_t>(MaxTextFindings))
            finding.evidence.push_back(textAt(step.recordName, text.text));
    }
    finding.arguments["count"] = count;
    finding.arguments["name"] = step.recordName.text();
}

void addTexts(FindingList &list)
{
    const Evaluation &evaluation = list.evaluation();
    for (const WalkStep &step : evaluation.walk.steps) {
        const bool ownOrUsed = &step == evaluation.own() || &step == evaluation.step();
        // Without any record, what stands above is where one may have been meant.
        const bool instead =
            evaluation.found.discovery == Discovery::NotFound && step.domain.labelCount() > 1;
        if (!ownOrUsed && !instead)
            continue;
        if (step.status == WalkStep::Status::Several)
            addSeveral(list, step);
        for (std::size_t i = 0; i < std::min(step.texts.size(), MaxTextFindings); ++i)
            addText(list, step, step.texts[i]);
    }
}

void addStrays(FindingList &list)
{
    const Evaluation &evaluation = list.evaluation();
    const bool harmless = evaluation.own() && evaluation.own()->hasRecord();
    for (std::size_t i = 0; i < std::min(evaluation.strays.size(), MaxTextFindings); ++i) {
        const StrayRecord &stray = evaluation.strays[i];
        Finding &finding = list.add("dmarc.wrong-name", harmless ? Severity::Low : Severity::High, "4.5");
        finding.arguments["name"] = stray.name.text();
        finding.arguments["record"] = shown(stray.text);
        finding.evidence.push_back(textAt(stray.name, stray.text));
    }
}

void addAlias(FindingList &list)
{
    const Evaluation &evaluation = list.evaluation();
    const WalkStep *own = evaluation.own();
    if (evaluation.aliasAndText) {
        Finding &finding = list.add("dmarc.cname-and-txt", Severity::High, Reference{"RFC 1034", "3.6.2"});
        finding.arguments["name"] = own->recordName.text();
        finding.evidence.push_back({own->recordName.text(), "CNAME", {}, {}, {}});
    }
    if (!evaluation.alias || (!evaluation.alias->external && !evaluation.alias->dangling))
        return;
    const Alias &alias = *evaluation.alias;
    Finding &finding =
        alias.dangling ? list.add("dmarc.cname.dangling", Severity::Critical, Reference{"RFC 1034", "3.6.2"})
                       : list.add("dmarc.cname.external", Severity::Info, Reference{"RFC 1034", "3.6.2"});
    finding.arguments["name"] = own->recordName.text();
    finding.arguments["target"] = alias.target.text();
    if (alias.missingDomain)
        finding.arguments["missing"] = alias.missingDomain->text();
    const std::string target = alias.target.text() + '.';
    finding.evidence.push_back({own->recordName.text(), "CNAME", target, {0, target.size()}, {}});
}

void addMissing(FindingList &list)
{
    const Evaluation &evaluation = list.evaluation();
    if (evaluation.status != Evaluation::Status::Missing)
        return;
    Finding &finding = list.add("dmarc.missing", Severity::Critical, "4.10.1");
    for (const WalkStep &step : evaluation.walk.steps)
        finding.evidence.push_back({step.recordName.text(), "TXT", {}, {}, {}});
}

void addTempError(FindingList &list)
{
    const Evaluation &evaluation = list.evaluation();
    if (evaluation.walk.pending || !evaluation.walk.tempError)
        return;
    for (const WalkStep &step : evaluation.walk.steps) {
        if (step.status != WalkStep::Status::TempError || step.outcome == dns::Outcome::NotRecorded)
            continue;
        Finding &finding = list.add("dmarc.temperror", Severity::Info, "5.3.6");
        finding.arguments["name"] = step.recordName.text();
        finding.arguments["outcome"] = std::string(dns::toString(step.outcome));
        finding.evidence.push_back({step.recordName.text(), "TXT", {}, {}, {}});
        return;
    }
}

void addDeep(FindingList &list)
{
    const Evaluation &evaluation = list.evaluation();
    if (evaluation.walk.skippedNames == 0)
        return;
    Finding &finding = list.add("dmarc.walk.deep", Severity::Info, "4.10");
    finding.arguments["labels"] = static_cast<std::int64_t>(evaluation.domain.labelCount());
    finding.arguments["skipped"] = static_cast<std::int64_t>(evaluation.walk.skippedNames);
    finding.evidence.push_back({evaluation.own()->recordName.text(), "TXT", {}, {}, {}});
}

// A domain that sends no mail loses nothing by the strictest policy.
void addNoSending(FindingList &list, const Surroundings &surroundings)
{
    const AppliedPolicy &policy = list.evaluation().policy;
    if (!policy.isKnown() || surroundings.sendsNoMail != true || policy.effective == Policy::Reject)
        return;
    Finding &finding =
        list.add("dmarc.nosend.weak", Severity::High, Reference{"M3AAWG, Protecting Parked Domains", ""});
    finding.arguments["effective"] =
        policy.effective ? std::string(toString(*policy.effective)) : "no policy";
    const WalkStep *step = list.evaluation().step();
    finding.evidence.push_back(
        step ? recordOf(*step) : Evidence{list.evaluation().own()->recordName.text(), "TXT", {}, {}, {}});
}

} // namespace

std::vector<Finding> findings(const Evaluation &evaluation, const Surroundings &surroundings)
{
    FindingList list(evaluation);
    if (evaluation.walk.steps.empty())
        return list.take();
    addTexts(list);
    addStrays(list);
    addAlias(list);
    addMissing(list);
    addTempError(list);
    addDeep(list);
    addNoSending(list, surroundings);
    if (const WalkStep *step = evaluation.step()) {
        addRecordFindings(list, *step);
        addPolicyFindings(list, surroundings);
        addReportFindings(list, *step);
    }
    return list.take();
}

} // namespace mailoscope::dmarc
