// SPDX-License-Identifier: Apache-2.0
#include "dmarc/policy.h"

namespace mailoscope::dmarc
{

namespace
{

const std::optional<TagValue<Policy>> &valueOf(const Record &record, PolicyTag tag)
{
    switch (tag) {
    case PolicyTag::P:
        return record.p;
    case PolicyTag::Sp:
        return record.sp;
    case PolicyTag::Np:
        return record.np;
    }
    return record.p;
}

// RFC 9989 sections 4.7 and 4.10.1: np for names that do not exist, else sp, else p; p alone in a record of
// one's own.
PolicyTag tagFor(const Record &record, Discovery discovery, Existence existence)
{
    if (discovery == Discovery::OwnRecord)
        return PolicyTag::P;
    if (existence == Existence::NxDomain && record.np)
        return PolicyTag::Np;
    return record.sp ? PolicyTag::Sp : PolicyTag::P;
}

} // namespace

std::string_view toString(PolicyTag tag)
{
    switch (tag) {
    case PolicyTag::P:
        return "p";
    case PolicyTag::Sp:
        return "sp";
    case PolicyTag::Np:
        return "np";
    }
    return "p";
}

Policy oneLower(Policy policy)
{
    return policy == Policy::Reject ? Policy::Quarantine : Policy::None;
}

Existence existenceOf(const DomainName &domain, FactSource &facts)
{
    const dns::Answer *answer = facts.dns(domain, dns::RrType::A);
    if (!answer)
        return Existence::Pending;
    // A name with a CNAME record exists, though its target may not.
    if (!answer->aliases.empty())
        return Existence::Exists;
    if (dns::isTemporaryFailure(answer->outcome))
        return Existence::Unknown;
    return answer->outcome == dns::Outcome::NxDomain ? Existence::NxDomain : Existence::Exists;
}

PolicyRecord policyRecordOf(const Walk &walk)
{
    PolicyRecord found;
    // The name's own record decides, whatever the look-ups above it give.
    if (!walk.steps.empty() && walk.steps.front().domain == walk.start) {
        const WalkStep &own = walk.steps.front();
        if (own.hasRecord())
            return {Discovery::OwnRecord, 0};
        if (own.status == WalkStep::Status::Pending || own.status == WalkStep::Status::TempError)
            return found;
    }
    if (!walk.organizationalDomain)
        return found;
    found.discovery = Discovery::NotFound;
    for (std::size_t i = 0; i < walk.steps.size(); ++i) {
        if (walk.steps[i].hasRecord() && walk.steps[i].domain == *walk.organizationalDomain)
            return {Discovery::OrganizationalDomain, i};
    }
    // RFC 9989 section 4.10.1: the record of the Public Suffix Domain, where the Organizational Domain has
    // none.
    if (walk.rule == OrganizationRule::BelowSuffix)
        return {Discovery::PublicSuffix, walk.organizationStep};
    return found;
}

AppliedPolicy policyOf(const Walk &walk, Existence existence)
{
    AppliedPolicy policy;
    const PolicyRecord found = policyRecordOf(walk);
    policy.discovery = found.discovery;
    if (found.discovery == Discovery::Unknown) {
        policy.pending = walk.pending;
        policy.tempError = walk.tempError && !walk.pending;
        return policy;
    }
    policy.pending = false;
    if (!found.step)
        return policy;
    const WalkStep &step = walk.steps[*found.step];
    const Record &record = *step.record->record;
    policy.domain = step.domain;
    policy.testing = record.isTesting();
    policy.usability = usabilityOf(record);
    if (found.discovery != Discovery::OwnRecord && record.np) {
        // Which tag applies depends on whether the name exists.
        policy.pending = existence == Existence::Pending;
        policy.tempError = existence == Existence::Unknown;
        if (policy.pending || policy.tempError) {
            policy.discovery = Discovery::Unknown;
            return policy;
        }
    }
    policy.tag = tagFor(record, found.discovery, existence);
    const auto &tag = valueOf(record, policy.tag);
    policy.published = tag ? tag->value : std::nullopt;
    switch (policy.usability) {
    case Usability::Normal:
        policy.effective = policy.testing ? oneLower(*policy.published) : *policy.published;
        break;
    case Usability::AsNone:
        policy.effective = Policy::None;
        break;
    case Usability::NoProcessing:
        break;
    }
    return policy;
}

AppliedPolicy policyFor(const DomainName &name, FactSource &facts)
{
    const Existence existence = existenceOf(name, facts);
    return policyOf(walk(name, facts), existence);
}

} // namespace mailoscope::dmarc
