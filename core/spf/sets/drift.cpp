// SPDX-License-Identifier: Apache-2.0
#include "spf/sets/drift.h"

#include "facts/fact_store.h"
#include "fixes/change.h"
#include "spf/sets/branches.h"

namespace mailoscope::spf
{

namespace
{

/// The term as it stands in a record of its own; empty where it is none that could have been replaced.
std::string recordWith(const std::string &term)
{
    std::string text = "v=spf1 " + term + (term.starts_with("redirect=") ? "" : " ?all");
    const ParsedRecord parsed = parse(text);
    if (!parsed.isFlawless() || parsed.record->terms.empty() || parsed.record->terms.size() > 2)
        return {};
    const Term &first = parsed.record->terms.front();
    if (std::holds_alternative<Redirect>(first))
        return parsed.record->terms.size() == 1 ? text : std::string();
    const Mechanism *mechanism = mechanismOf(first);
    const bool isBranch =
        mechanism && (std::holds_alternative<Include>(*mechanism) || std::holds_alternative<A>(*mechanism) ||
                      std::holds_alternative<Mx>(*mechanism));
    return isBranch ? text : std::string();
}

Drift::Status statusOf(const Branch &branch)
{
    switch (branch.obstacle) {
    case Obstacle::None:
        return Drift::Status::Known;
    case Obstacle::NotKnown:
        return Drift::Status::NotKnown;
    case Obstacle::Exists:
    case Obstacle::Ptr:
    case Obstacle::Macros:
    case Obstacle::Faulty:
    case Obstacle::Everybody:
    case Obstacle::TooBig:
    case Obstacle::NotPortable:
        return Drift::Status::Faulty;
    }
    return Drift::Status::Faulty;
}

Drift driftOf(const DomainName &domain, const FlattenedBranch &then, FactSource &facts, RecordCache &records)
{
    Drift drift;
    drift.term = then.term;
    const std::string text = recordWith(then.term);
    if (text.empty()) {
        drift.status = Drift::Status::Unreadable;
        return drift;
    }
    Overlay overlay(facts);
    dns::Answer answer = dns::emptyAnswer({domain, dns::RrType::TXT}, dns::Outcome::Answered);
    answer.records.push_back({domain, dns::RrType::TXT, fixes::UsualTtl, fixes::txtData(text)});
    overlay.put(std::move(answer));
    Tree tree = buildTree(domain, overlay, records, Options());
    Evaluation now;
    now.domain = domain;
    now.root = std::move(tree.root);
    if (tree.pending) {
        drift.status = Drift::Status::Pending;
        return drift;
    }
    const std::vector<Branch> branches = branchesOf(now);
    if (branches.empty()) {
        drift.status = Drift::Status::Unreadable;
        return drift;
    }
    const Branch &branch = branches.front();
    drift.status = statusOf(branch);
    if (drift.status != Drift::Status::Known)
        return drift;
    if (branch.isRedirect) {
        const std::string &record = branch.term().child->selection.text;
        if (then.record && record != *then.record)
            drift.recordNow = record;
        return drift;
    }
    drift.came = branch.addresses.without(then.addresses);
    drift.gone = then.addresses.without(branch.addresses);
    return drift;
}

} // namespace

std::vector<Drift> driftOf(const DomainName &domain, std::span<const FlattenedBranch> branches,
                           FactSource &facts, RecordCache &records)
{
    std::vector<Drift> drifts;
    for (const FlattenedBranch &branch : branches)
        drifts.push_back(driftOf(domain, branch, facts, records));
    return drifts;
}

} // namespace mailoscope::spf
