// SPDX-License-Identifier: Apache-2.0
#include "dmarc/walk.h"

#include <algorithm>

namespace mailoscope::dmarc
{

namespace
{

/// A name of more labels is cut to these.
constexpr std::size_t LabelsAfterCut = MaxQueries - 1;

DomainName withoutLabels(DomainName name, std::size_t count)
{
    while (count-- > 0)
        name = name.parent();
    return name;
}

// RFC 9989 section 4.10, steps 2 and 6: texts that are no DMARC records are dropped; if more than one record
// is left, all are dropped.
void takeTexts(const dns::Answer &answer, WalkStep &step)
{
    for (const dns::TxtData *txt : dns::dataOf<dns::TxtData>(answer)) {
        std::string text = txt->joined();
        const TextKind kind = kindOf(text);
        step.texts.push_back({std::move(text), kind});
    }
    // The order in which servers send records means nothing.
    std::sort(step.texts.begin(), step.texts.end(),
              [](const Text &a, const Text &b) { return a.text < b.text; });
    const auto isOne = [](const Text &text) { return text.kind == TextKind::Record; };
    const auto count = std::count_if(step.texts.begin(), step.texts.end(), isOne);
    step.status = count == 0 ? WalkStep::Status::None : WalkStep::Status::Several;
    if (count == 1) {
        step.status = WalkStep::Status::Record;
        step.recordText = std::find_if(step.texts.begin(), step.texts.end(), isOne)->text;
        step.record = parse(step.recordText);
    }
}

// RFC 9989 section 4.10, steps 3 to 7: what a step's answer means for the walk.
WalkStep::Next nextAfter(const WalkStep &step)
{
    if (step.hasRecord()) {
        switch (step.record->record->publicSuffix()) {
        case Psd::No:
            return WalkStep::Next::StopAtOrganization;
        case Psd::Yes:
            return WalkStep::Next::StopAtSuffix;
        case Psd::Undefined:
            break;
        }
    }
    if (step.status == WalkStep::Status::Pending || step.status == WalkStep::Status::TempError)
        return WalkStep::Next::Unknown;
    return step.domain.labelCount() <= 1 ? WalkStep::Next::LastName : WalkStep::Next::GoOn;
}

// RFC 9989 section 4.10.2: from the longest name to the shortest.
void findOrganization(Walk &walk)
{
    walk.organizationalDomain = walk.start;
    for (std::size_t i = 0; i < walk.steps.size(); ++i) {
        const WalkStep &step = walk.steps[i];
        if (!step.hasRecord())
            continue;
        walk.organizationStep = i;
        const Psd psd = step.record->record->publicSuffix();
        if (psd == Psd::Yes && i > 0) {
            // Rule 2: cut from the start name, also where the walk jumped over that level.
            const std::size_t surplus = walk.start.labelCount() - step.domain.labelCount() - 1;
            walk.organizationalDomain = withoutLabels(walk.start, surplus);
            walk.rule = OrganizationRule::BelowSuffix;
            return;
        }
        walk.organizationalDomain = step.domain;
        walk.rule = psd == Psd::No ? OrganizationRule::DeclaredHere : OrganizationRule::FewestLabels;
    }
}

} // namespace

const WalkStep *Walk::stepAt(const DomainName &domain) const
{
    const auto found =
        std::find_if(steps.begin(), steps.end(), [&](const WalkStep &step) { return step.domain == domain; });
    return found == steps.end() ? nullptr : &*found;
}

std::vector<DomainName> walkNames(const DomainName &start)
{
    // RFC 9989 section 4.10, steps 1, 4 and 5: the name itself; then its parent, or its seven rightmost
    // labels where it has eight or more; then label by label up to the top-level domain. The root is never
    // asked.
    std::vector<DomainName> names;
    if (start.isRoot())
        return names;
    names.push_back(start);
    const std::size_t labels = start.labelCount();
    DomainName name = withoutLabels(start, labels > LabelsAfterCut ? labels - LabelsAfterCut : 1);
    for (; !name.isRoot(); name = name.parent())
        names.push_back(name);
    return names;
}

std::optional<DomainName> recordNameOf(const DomainName &domain)
{
    const auto name = domain.prefixed("_dmarc");
    return name ? std::optional(*name) : std::nullopt;
}

WalkStep stepFor(const DomainName &domain, FactSource &facts)
{
    WalkStep step;
    step.domain = domain;
    const std::optional<DomainName> recordName = recordNameOf(domain);
    if (!recordName) {
        step.status = WalkStep::Status::NoName;
        step.next = nextAfter(step);
        return step;
    }
    step.recordName = *recordName;
    const dns::Answer *answer = facts.dns(*recordName, dns::RrType::TXT);
    if (!answer)
        return step;
    step.outcome = answer->outcome;
    step.authenticated = answer->authenticated;
    for (const dns::ResourceRecord &alias : answer->aliases) {
        if (const auto *target = std::get_if<dns::NameData>(&alias.data))
            step.aliases.push_back(target->name);
    }
    if (dns::isTemporaryFailure(answer->outcome))
        step.status = WalkStep::Status::TempError;
    else
        takeTexts(*answer, step);
    step.next = nextAfter(step);
    return step;
}

Walk walk(const DomainName &start, FactSource &facts, FirstName first)
{
    Walk walk;
    walk.start = start;
    const std::vector<DomainName> names = walkNames(start);
    if (names.size() > 1)
        walk.skippedNames = start.labelCount() - names[1].labelCount() - 1;
    bool stopped = false;
    for (std::size_t i = 0; i < names.size(); ++i) {
        // Asked even behind the record that ends the walk: whether one does is not known before the answers
        // are here.
        WalkStep step;
        if (i == 0 && first == FirstName::WithoutRecord) {
            step.domain = start;
            step.recordName = recordNameOf(start).value_or(start);
            step.status = WalkStep::Status::None;
            step.outcome = dns::Outcome::NoData;
            step.next = nextAfter(step);
        } else {
            step = stepFor(names[i], facts);
        }
        if (stopped)
            continue;
        walk.pending = walk.pending || step.status == WalkStep::Status::Pending;
        // RFC 9989 section 5.3.6: an answer that is not known may hold a record that changes everything.
        walk.tempError = walk.tempError || step.status == WalkStep::Status::TempError;
        stopped =
            step.next == WalkStep::Next::StopAtOrganization || step.next == WalkStep::Next::StopAtSuffix;
        walk.steps.push_back(std::move(step));
    }
    if (!walk.pending && !walk.tempError)
        findOrganization(walk);
    return walk;
}

} // namespace mailoscope::dmarc
