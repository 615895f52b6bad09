// SPDX-License-Identifier: Apache-2.0
#include "spf/sets/compare.h"

#include "spf/sets/shares.h"

#include <map>
#include <set>
#include <tuple>

namespace mailoscope::spf
{

namespace
{

constexpr std::array<CheckResult, CheckResultCount> InOrder = {
    CheckResult::Pass, CheckResult::SoftFail,  CheckResult::Neutral,  CheckResult::Fail,
    CheckResult::None, CheckResult::TempError, CheckResult::PermError};

void addMoves(const Partition &before, const Partition &after, Comparison &comparison)
{
    for (const CheckResult from : InOrder) {
        if (before.of(from).isEmpty() || before.of(from) == after.of(from))
            continue;
        for (const CheckResult to : InOrder) {
            if (from == to || after.of(to).isEmpty())
                continue;
            AddressSet addresses = before.of(from).intersected(after.of(to));
            if (!addresses.isEmpty())
                comparison.moves.push_back({from, to, std::move(addresses)});
        }
    }
}

void addBranches(const Evaluation &before, const Evaluation &after, Comparison &comparison)
{
    std::map<std::string, std::size_t> placeOf;
    for (Share &share : sharesOf(after.root)) {
        placeOf.emplace(share.term, comparison.branches.size());
        comparison.branches.push_back({std::move(share.term),
                                       std::move(share.target),
                                       Side::New,
                                       share.passes.intersected(comparison.added),
                                       {}});
    }
    for (Share &share : sharesOf(before.root)) {
        AddressSet removed = share.passes.intersected(comparison.removed);
        const auto known = placeOf.find(share.term);
        if (known == placeOf.end()) {
            comparison.branches.push_back(
                {std::move(share.term), std::move(share.target), Side::Old, {}, std::move(removed)});
        } else {
            comparison.branches[known->second].side = Side::Both;
            comparison.branches[known->second].removed = std::move(removed);
        }
    }
}

/// Orders dependences without regard to their side.
struct ByPlace {
    bool operator()(const Dependence &a, const Dependence &b) const
    {
        return std::tie(a.domain, a.term, a.why) < std::tie(b.domain, b.term, b.why);
    }
};

/// Both lists, those that stand on both sides once.
std::vector<Dependence> joined(std::vector<Dependence> before, std::vector<Dependence> after)
{
    std::set<Dependence, ByPlace> old(before.begin(), before.end());
    std::vector<Dependence> all;
    for (Dependence &dependence : after) {
        dependence.side = old.erase(dependence) > 0 ? Side::Both : Side::New;
        all.push_back(std::move(dependence));
    }
    for (Dependence &dependence : before) {
        if (old.contains(dependence)) {
            dependence.side = Side::Old;
            all.push_back(std::move(dependence));
        }
    }
    return all;
}

class DependenceCollector
{
public:
    explicit DependenceCollector(std::size_t most) : m_most(most) {}

    /// Recursion is bounded by TreeBounds::depth.
    void walk(const Node &node)
    {
        if (!node.record || !node.record->record)
            return;
        for (const TermNode &term : node.terms) {
            if (term.dead != Dead::No || m_found.size() >= m_most)
                continue;
            if (const auto why = whyNot(node, term))
                note({*why, node.domain, textOf(node, term), Side::Both});
            if (term.child)
                walk(*term.child);
        }
    }
    std::vector<Dependence> take() { return std::move(m_found); }

private:
    static std::string textOf(const Node &node, const TermNode &term)
    {
        const Span span = node.record->spans[term.index];
        return node.selection.text.substr(span.begin, span.end - span.begin);
    }

    static std::optional<Dependence::Why> whyNot(const Node &node, const TermNode &term)
    {
        using Why = Dependence::Why;
        const Term &written = node.record->record->terms[term.index];
        const Mechanism *mechanism = mechanismOf(written);
        if (!mechanism && !std::holds_alternative<Redirect>(written))
            return std::nullopt;
        if (mechanism && std::holds_alternative<Ptr>(*mechanism))
            return Why::Ptr;
        if (term.child) {
            const NodeStatus below = term.child->status;
            if (below == NodeStatus::Cut)
                return Why::Cut;
            if (below == NodeStatus::Pending || below == NodeStatus::TempError)
                return Why::NotKnown;
            return term.dependsOnClient ? std::optional(Why::Macros) : std::nullopt;
        }
        if (term.status == TermStatus::Unknown || term.dependsOnClient)
            return mechanism && std::holds_alternative<Exists>(*mechanism) ? Why::Exists : Why::Macros;
        if (term.status == TermStatus::Pending || term.failed.any())
            return Why::NotKnown;
        return term.exact ? std::nullopt : std::optional(Why::Cut);
    }

    void note(Dependence dependence)
    {
        if (m_known.insert(dependence).second)
            m_found.push_back(std::move(dependence));
    }

    std::size_t m_most;
    std::set<Dependence, ByPlace> m_known;
    std::vector<Dependence> m_found;
};

bool isUnknown(const Evaluation &evaluation)
{
    return evaluation.pending || evaluation.root.status == NodeStatus::TempError ||
           evaluation.root.status == NodeStatus::Cut;
}

} // namespace

std::vector<Dependence> dependencesOf(const Evaluation &evaluation, std::size_t most)
{
    DependenceCollector collector(most);
    collector.walk(evaluation.root);
    return collector.take();
}

Comparison compare(const Evaluation &before, const Evaluation &after)
{
    Comparison comparison;
    comparison.limitsMatter = before.limitsMatter || after.limitsMatter;
    comparison.dependences = joined(dependencesOf(before), dependencesOf(after));
    comparison.exact = comparison.dependences.empty() && before.addresses.exact && after.addresses.exact &&
                       !isUnknown(before) && !isUnknown(after);
    addMoves(before.addresses, after.addresses, comparison);
    const AddressSet &passed = before.addresses.of(CheckResult::Pass);
    const AddressSet &pass = after.addresses.of(CheckResult::Pass);
    comparison.added = pass.without(passed);
    comparison.removed = passed.without(pass);
    addBranches(before, after, comparison);
    return comparison;
}

} // namespace mailoscope::spf
