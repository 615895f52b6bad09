// SPDX-License-Identifier: Apache-2.0
#include "base/public_suffix.h"
#include "dmarc/finding_list.h"

#include <algorithm>

namespace mailoscope::dmarc
{

namespace
{

int strength(const std::optional<Policy> &policy)
{
    return policy ? static_cast<int>(*policy) : -1;
}

std::string wordOf(const std::optional<Policy> &policy)
{
    return policy ? std::string(toString(*policy)) : "none";
}

/// The place of the tag that gave a policy, or of what stands in for it.
Evidence tagOf(const WalkStep &step, PolicyTag tag)
{
    return recordOf(step, step.record->spanOf(toString(tag)));
}

// What the record says for the inspected name itself; t=y is told apart.
void addOwnPolicy(FindingList &list, const WalkStep &step, const Surroundings &surroundings)
{
    const AppliedPolicy &policy = list.evaluation().policy;
    if (!policy.isKnown() || policy.usability != Usability::Normal || !policy.published)
        return;
    if (*policy.published == Policy::None && step.record->record->p->value == Policy::None) {
        Finding &finding =
            list.add("dmarc.p.none", surroundings.hasBimi ? Severity::High : Severity::Medium, "5.1");
        finding.evidence.push_back(tagOf(step, PolicyTag::P));
    } else if (*policy.published == Policy::Quarantine) {
        Finding &finding = list.add("dmarc.p.quarantine", Severity::Low, "5.4");
        finding.arguments["tag"] = std::string(toString(policy.tag));
        finding.evidence.push_back(tagOf(step, policy.tag));
    }
    if (policy.testing) {
        Finding &finding = list.add(
            "dmarc.t.y", *policy.published == Policy::None ? Severity::Low : Severity::Medium, "4.7");
        finding.arguments["published"] = wordOf(policy.published);
        finding.arguments["effective"] = wordOf(policy.effective);
        finding.evidence.push_back(recordOf(step, step.record->spanOf("t")));
    }
}

// RFC 9989 section 4.7: what the names below an Organizational Domain get.
void addBelow(FindingList &list, const WalkStep &step)
{
    const Record &record = *step.record->record;
    if (usabilityOf(record) != Usability::Normal)
        return;
    const Policy p = *record.p->value;
    const Policy sp = record.sp ? *record.sp->value : p;
    const Policy np = record.np ? *record.np->value : sp;
    const auto tell = [&](const char *id, Severity severity, PolicyTag tag, Policy below) {
        Finding &finding = list.add(id, severity, "4.7");
        finding.arguments["policy"] = std::string(toString(p));
        finding.arguments["below"] = std::string(toString(below));
        finding.arguments["owner"] = step.domain.text();
        finding.evidence.push_back(tagOf(step, tag));
    };
    if (sp == Policy::None && p != Policy::None)
        tell("dmarc.sp.none", Severity::High, PolicyTag::Sp, sp);
    else if (sp < p)
        tell("dmarc.sp.weaker", Severity::Medium, PolicyTag::Sp, sp);
    if (np < p)
        tell("dmarc.np.weaker", Severity::Medium, record.np ? PolicyTag::Np : PolicyTag::Sp, np);
}

// RFC 9989 section 4.10: sp and np count in the record of an Organizational Domain or a public suffix alone.
void addIneffective(FindingList &list, const WalkStep &step)
{
    const Evaluation &evaluation = list.evaluation();
    const Record &record = *step.record->record;
    const bool isHere = evaluation.found.discovery == Discovery::OwnRecord;
    if (!isHere || !evaluation.organizationalDomain ||
        *evaluation.organizationalDomain == evaluation.domain || (!record.sp && !record.np)) {
        return;
    }
    Finding &finding = list.add("dmarc.sp.ineffective", Severity::Low, "4.10");
    finding.arguments["organization"] = evaluation.organizationalDomain->text();
    finding.evidence.push_back(tagOf(step, record.sp ? PolicyTag::Sp : PolicyTag::Np));
}

// RFC 9989 sections 4.7 and 4.10.2.
void addPsd(FindingList &list, const WalkStep &step)
{
    const Evaluation &evaluation = list.evaluation();
    const Psd psd = step.record->record->publicSuffix();
    const std::optional<DomainName> registrable = registrableDomain(step.domain);
    Severity severity = Severity::High;
    switch (psd) {
    case Psd::Undefined:
        return;
    case Psd::Yes:
        if (!registrable || step.domain.labelCount() < 2)
            return; // a public suffix as the list has it
        break;
    case Psd::No:
        if (!registrable || *registrable == step.domain || step.domain != evaluation.domain)
            return;
        // A unit run apart may mean it; it is grave where a stricter policy from above is lost.
        if (strength(evaluation.inherited.effective) <= strength(evaluation.policy.effective))
            severity = Severity::Medium;
        break;
    }
    Finding &finding = list.add("dmarc.psd.misuse", severity, "4.10.2");
    finding.arguments["part"] = partOf(step, step.record->spanOf("psd"));
    finding.arguments["owner"] = step.domain.text();
    finding.evidence.push_back(recordOf(step, step.record->spanOf("psd")));
}

// RFC 9989 section 4.10.1: records between the name and the one that applies are not used.
void addIntermediate(FindingList &list)
{
    const Evaluation &evaluation = list.evaluation();
    if (!evaluation.found.step || evaluation.found.discovery == Discovery::OwnRecord)
        return;
    for (std::size_t i = 1; i < *evaluation.found.step; ++i) {
        const WalkStep &between = evaluation.walk.steps[i];
        if (!between.hasRecord())
            continue;
        Finding &finding = list.add("dmarc.walk.intermediate", Severity::Medium, "4.10.1");
        finding.arguments["between"] = between.domain.text();
        finding.arguments["owner"] = evaluation.walk.steps[*evaluation.found.step].domain.text();
        finding.evidence.push_back(recordOf(between));
    }
}

void addSubdomainRecord(FindingList &list, const WalkStep &step)
{
    const Evaluation &evaluation = list.evaluation();
    const AppliedPolicy &above = evaluation.inherited;
    if (evaluation.found.discovery != Discovery::OwnRecord || !above.isKnown() || !above.domain ||
        strength(evaluation.policy.effective) >= strength(above.effective)) {
        return;
    }
    Finding &finding = list.add("dmarc.subdomain.own-record", Severity::Medium, "4.10.1");
    finding.arguments["own"] = wordOf(evaluation.policy.effective);
    finding.arguments["above"] = wordOf(above.effective);
    finding.arguments["owner"] = above.domain->text();
    finding.evidence.push_back(tagOf(step, PolicyTag::P));
}

void addOldView(FindingList &list, const WalkStep &step)
{
    const Evaluation &evaluation = list.evaluation();
    const OldView &old = evaluation.rfc7489;
    if (!evaluation.rfc7489Differs)
        return;
    if (old.organizationalDomain != *evaluation.organizationalDomain) {
        Finding &finding = list.add("dmarc.walk.psl-differs", Severity::Medium, "4.10");
        finding.arguments["walk"] = evaluation.organizationalDomain->text();
        finding.arguments["list"] = old.organizationalDomain.text();
        finding.evidence.push_back(recordOf(step));
    }
    if (old.effective != evaluation.policy.effective || old.subdomains != evaluation.subdomains.effective ||
        old.subdomains != evaluation.nonexistent.effective) {
        Finding &finding = list.add("dmarc.rfc7489.differs", Severity::Info, Reference{"RFC 7489", "6.6.3"});
        const auto word = [](const std::optional<Policy> &policy) {
            return policy ? std::string(toString(*policy)) : std::string("no policy");
        };
        finding.arguments["old"] = word(old.effective);
        finding.arguments["new"] = word(evaluation.policy.effective);
        finding.arguments["old_below"] = word(old.subdomains);
        finding.arguments["new_below"] = word(evaluation.subdomains.effective);
        finding.arguments["new_nonexistent"] = word(evaluation.nonexistent.effective);
        finding.evidence.push_back(recordOf(step));
    }
}

// RFC 9989 section 4.4: strict alignment wants equal names.
void addStrictRisk(FindingList &list, const WalkStep &step, const Surroundings &surroundings)
{
    const Evaluation &evaluation = list.evaluation();
    const Record &record = *step.record->record;
    const auto tell = [&](Alignment mode, const std::vector<DomainName> &seen, std::string_view tag) {
        if (mode != Alignment::Strict)
            return;
        for (const DomainName &domain : seen) {
            if (domain == evaluation.domain || !evaluation.organizationalDomain ||
                !domain.isAtOrBelow(*evaluation.organizationalDomain)) {
                continue;
            }
            Finding &finding = list.add("dmarc.align.strict-risk", Severity::Medium, "4.4");
            finding.arguments["tag"] = std::string(tag);
            finding.arguments["seen"] = domain.text();
            finding.evidence.push_back(recordOf(step, step.record->spanOf(tag)));
            return;
        }
    };
    tell(record.spfAlignment(), surroundings.spfDomainsSeen, "aspf");
    tell(record.dkimAlignment(), surroundings.dkimDomainsSeen, "adkim");
}

} // namespace

void addPolicyFindings(FindingList &list, const Surroundings &surroundings)
{
    const Evaluation &evaluation = list.evaluation();
    const WalkStep *step = evaluation.step();
    if (!step)
        return;
    addOwnPolicy(list, *step, surroundings);
    const bool atOrganization =
        evaluation.organizationalDomain && step->domain == *evaluation.organizationalDomain;
    if (atOrganization || evaluation.found.discovery == Discovery::OrganizationalDomain)
        addBelow(list, *step);
    addIneffective(list, *step);
    addPsd(list, *step);
    addIntermediate(list);
    addSubdomainRecord(list, *step);
    addOldView(list, *step);
    addStrictRisk(list, *step, surroundings);
    if (surroundings.validatingResolver.value_or(false) && !step->authenticated) {
        Finding &finding = list.add("dmarc.dnssec", Severity::Info, "11.3");
        finding.evidence.push_back(recordOf(*step));
    }
    if (evaluation.policy.isKnown() && surroundings.anyDkimKey == false &&
        surroundings.spfAuthorisesSomeone == false && surroundings.sendsNoMail != true) {
        Finding &finding = list.add("dmarc.align.none-possible", Severity::High, "4.4");
        finding.evidence.push_back(recordOf(*step));
    }
}

} // namespace mailoscope::dmarc
