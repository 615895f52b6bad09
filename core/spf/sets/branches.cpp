// SPDX-License-Identifier: Apache-2.0
#include "spf/sets/branches.h"

#include "spf/sets/compare.h"
#include "spf/sets/shares.h"

namespace mailoscope::spf
{

namespace
{

struct InTheWay {
    Obstacle obstacle = Obstacle::None;
    std::string term;
    DomainName domain;
};

std::string writtenText(const Node &node, std::size_t index)
{
    const Span span = node.record->spans[index];
    std::string text = node.selection.text.substr(span.begin, span.end - span.begin);
    const auto *directive = std::get_if<Directive>(&node.record->record->terms[index]);
    return directive && directive->written ? text.substr(1) : text;
}

bool endsInError(const Node &node)
{
    return !node.addresses.of(CheckResult::PermError).isEmpty() ||
           !node.addresses.of(CheckResult::None).isEmpty();
}

InTheWay inTheWayOf(const Node &node, const TermNode &term);

/// What keeps the addresses that pass at a record from being listed. Recursion is bounded by
/// TreeBounds::depth.
InTheWay inTheWayBelow(const Node &node)
{
    if (node.status == NodeStatus::Pending || node.status == NodeStatus::TempError)
        return {Obstacle::NotKnown, {}, node.domain};
    if (node.status == NodeStatus::Cut)
        return {Obstacle::TooBig, {}, node.domain};
    if (node.status != NodeStatus::Ok)
        return {Obstacle::Faulty, {}, node.domain};
    for (const TermNode &term : node.terms) {
        if (term.dead != Dead::No)
            continue;
        InTheWay found = inTheWayOf(node, term);
        if (found.obstacle != Obstacle::None)
            return found;
    }
    return {};
}

InTheWay inTheWayOf(const Node &node, const TermNode &term)
{
    const Term &written = node.record->record->terms[term.index];
    const Mechanism *mechanism = mechanismOf(written);
    const auto here = [&](Obstacle obstacle) {
        return InTheWay{obstacle, writtenText(node, term.index), node.domain};
    };
    if (!mechanism && !std::holds_alternative<Redirect>(written))
        return {};
    if (mechanism && std::holds_alternative<Ptr>(*mechanism))
        return here(Obstacle::Ptr);
    // Also where a sample makes the name known: it holds for that sample alone.
    if (term.dependsOnMessage || term.status == TermStatus::Unknown)
        return here(mechanism && std::holds_alternative<Exists>(*mechanism) ? Obstacle::Exists
                                                                            : Obstacle::Macros);
    if (term.child)
        return inTheWayBelow(*term.child);
    switch (term.status) {
    case TermStatus::Pending:
    case TermStatus::TempError:
        return here(Obstacle::NotKnown);
    case TermStatus::TooManyHosts:
    case TermStatus::ChildProblem:
    case TermStatus::Unreadable:
        return here(Obstacle::Faulty);
    case TermStatus::Ok:
    case TermStatus::Void:
    case TermStatus::Unknown:
    case TermStatus::BadName:
        break;
    }
    return term.exact ? InTheWay{} : here(Obstacle::TooBig);
}

/// A macro that stands for the record's own domain would stand for another one elsewhere.
bool isPortable(const Node &node)
{
    for (const TermNode &term : node.terms) {
        const MacroString *spec = domainSpecOf(node.record->record->terms[term.index]);
        if (spec && term.dead == Dead::No && spec->uses('d') && (term.dependsOnMessage || !term.target))
            return false;
    }
    return true;
}

InTheWay inTheWayOfRedirect(const TermNode &term)
{
    const Node *target = term.child.get();
    if (term.dependsOnMessage || term.status == TermStatus::Unknown || !target)
        return {Obstacle::Macros, {}, {}};
    // Its terms take the redirect's place one by one, so only the record itself has to be sound.
    if (target->status != NodeStatus::Ok)
        return inTheWayBelow(*target);
    if (!isPortable(*target))
        return {Obstacle::NotPortable, {}, target->domain};
    return {};
}

Branch branchAt(const Node &node, std::size_t redirects, const TermNode &term)
{
    const Term &written = node.record->record->terms[term.index];
    Branch branch;
    branch.place = {redirects, term.index};
    branch.node = &node;
    branch.text = writtenText(node, term.index);
    branch.spelling = fixedSpelling(node, term);
    branch.target = term.target;
    branch.isRedirect = std::holds_alternative<Redirect>(written);
    branch.lookups = branch.isRedirect ? term.ownLookups : term.subtreeLookups;
    branch.voids = branch.isRedirect ? term.ownVoids : term.subtreeVoids;
    branch.addresses = matchedBy(node, term);
    if (branch.isRedirect && term.child)
        branch.followedRecord = term.child->selection.text;
    branch.decidesNothing = term.exact && term.decides == AddressCount();
    InTheWay found = branch.isRedirect ? inTheWayOfRedirect(term) : inTheWayOf(node, term);
    if (const auto *directive = std::get_if<Directive>(&written)) {
        branch.qualifier = directive->qualifier();
        if (found.obstacle == Obstacle::None && term.child && endsInError(*term.child))
            found.obstacle = Obstacle::Faulty;
        if (found.obstacle == Obstacle::None && (branch.addresses.v4.isAll() || branch.addresses.v6.isAll()))
            found.obstacle = Obstacle::Everybody;
    }
    branch.obstacle = found.obstacle;
    branch.obstacleTerm = std::move(found.term);
    branch.obstacleDomain = std::move(found.domain);
    return branch;
}

} // namespace

std::vector<const Node *> decidingRecords(const Node &root)
{
    std::vector<const Node *> records;
    const Node *node = &root;
    while (node && node->status == NodeStatus::Ok && node->record) {
        records.push_back(node);
        const auto redirect = indexOfRedirect(*node->record->record);
        node = redirect ? node->terms[*redirect].child.get() : nullptr;
    }
    return records;
}

std::vector<Branch> branchesOf(const Evaluation &evaluation)
{
    std::vector<Branch> branches;
    const std::vector<const Node *> records = decidingRecords(evaluation.root);
    for (std::size_t i = 0; i < records.size(); ++i) {
        const Node &node = *records[i];
        for (const TermNode &term : node.terms) {
            if (term.dead == Dead::No && term.ownLookups > 0 &&
                !std::holds_alternative<Exp>(node.record->record->terms[term.index]))
                branches.push_back(branchAt(node, i, term));
        }
    }
    return branches;
}

} // namespace mailoscope::spf
