// SPDX-License-Identifier: Apache-2.0
#include "spf/partition.h"

#include <algorithm>
#include <map>

namespace mailoscope::spf
{

namespace
{

/// The two address families behind one set of names, so that each rule stands once.
struct V4 {
    using Value = std::uint32_t;
    using Set = Ipv4Set;
    static constexpr IpFamily Family = IpFamily::V4;
    static const Set &of(const AddressSet &set) { return set.v4; }
    static Set &of(AddressSet &set) { return set.v4; }
    static int of(const FamilyCount &count) { return count.v4; }
    static bool of(const FamilyFlags &flags) { return flags.v4; }
    static Interval<Value> interval(const Cidr &block) { return v4IntervalOf(block); }
    static AddressCount cleared(AddressCount count) { return {0, count.v6}; }
    static void count(AddressCount &into, const Interval<Value> &part)
    {
        into.v4 += std::uint64_t(part.last) - part.first + 1;
    }
};

struct V6 {
    using Value = Uint128;
    using Set = Ipv6Set;
    static constexpr IpFamily Family = IpFamily::V6;
    static const Set &of(const AddressSet &set) { return set.v6; }
    static Set &of(AddressSet &set) { return set.v6; }
    static int of(const FamilyCount &count) { return count.v6; }
    static bool of(const FamilyFlags &flags) { return flags.v6; }
    static Interval<Value> interval(const Cidr &block) { return v6IntervalOf(block); }
    static AddressCount cleared(AddressCount count) { return {count.v4, {}}; }
    static void count(AddressCount &into, const Interval<Value> &part)
    {
        // The whole space is one more than fits; it is shown as "all".
        const Uint128 size = part.last - part.first;
        into.v6 = size == Uint128::max() ? size : into.v6 + size + Uint128(1);
    }
};

/// RFC 7208 section 5.2 and, for redirect, section 6.1: what becomes of an address when the followed record
/// gives it `inner`. Nothing means that the evaluation goes on.
std::optional<CheckResult> afterInclude(CheckResult inner, Qualifier qualifier)
{
    switch (inner) {
    case CheckResult::Pass:
        return resultOf(qualifier);
    case CheckResult::Fail:
    case CheckResult::SoftFail:
    case CheckResult::Neutral:
        return std::nullopt;
    case CheckResult::TempError:
        return CheckResult::TempError;
    case CheckResult::PermError:
    case CheckResult::None:
        return CheckResult::PermError;
    }
    return CheckResult::PermError;
}

CheckResult afterRedirect(CheckResult inner)
{
    return inner == CheckResult::None ? CheckResult::PermError : inner;
}

constexpr std::array<CheckResult, CheckResultCount> AllResults = {
    CheckResult::None,     CheckResult::Neutral,   CheckResult::Pass,     CheckResult::Fail,
    CheckResult::SoftFail, CheckResult::TempError, CheckResult::PermError};

/// The result that a record without readable terms has for everybody.
std::optional<CheckResult> resultOfStatus(NodeStatus status)
{
    switch (status) {
    case NodeStatus::Ok:
        return std::nullopt;
    case NodeStatus::Pending:
    case NodeStatus::Cut:
        return CheckResult::Neutral; // not known; the set is marked as not exact
    case NodeStatus::NoRecord:
    case NodeStatus::NxDomain:
    case NodeStatus::BadName:
        return CheckResult::None;
    case NodeStatus::MultipleRecords:
    case NodeStatus::Invalid:
        return CheckResult::PermError;
    case NodeStatus::Loop:
        return CheckResult::PermError; // the count of look-ups ends it
    case NodeStatus::TempError:
        return CheckResult::TempError;
    }
    return CheckResult::PermError;
}

bool matchesEverybody(const Mechanism &mechanism, const TermNode &term)
{
    return std::holds_alternative<All>(mechanism) ||
           (std::holds_alternative<Exists>(mechanism) && term.target && term.status == TermStatus::Ok &&
            !term.dependsOnClient);
}

/// Calls `gap` for each part of `range` that is not in the set, in ascending order.
template <typename Value, typename Callback>
void forEachGap(const IntervalSet<Value> &set, const Interval<Value> &range, Callback gap)
{
    const std::vector<Interval<Value>> &intervals = set.intervals();
    Value next = range.first;
    auto at = std::lower_bound(intervals.begin(), intervals.end(), range.first,
                               [](const Interval<Value> &i, const Value &v) { return i.last < v; });
    for (; at != intervals.end() && at->first <= range.last; ++at) {
        if (next < at->first)
            gap(Interval<Value>{next, at->first - Value(1)});
        if (at->last >= range.last)
            return;
        next = at->last + Value(1);
    }
    gap(Interval<Value>{next, range.last});
}

/// A set that grows range by range. What came last stays apart until it is worth taking up in one go: to
/// insert into a long list moves all that stands behind.
template <typename Family>
class GrowingSet
{
    using Set = typename Family::Set;
    using Range = Interval<typename Family::Value>;

public:
    /// Calls `fresh` for each part that was not in the set before, in ascending order.
    template <typename Callback>
    void insert(const Range &range, Callback fresh)
    {
        m_recent.insert(range, [&](const Range &part) { forEachGap(m_settled, part, fresh); });
        const std::size_t recent = m_recent.intervals().size();
        if (recent > Few && recent * recent > m_settled.intervals().size())
            settle();
    }
    void unite(const Set &more)
    {
        settle();
        m_settled = m_settled.united(more);
    }
    const Set &all()
    {
        settle();
        return m_settled;
    }
    void clear()
    {
        m_settled.clear();
        m_recent.clear();
    }

private:
    static constexpr std::size_t Few = 16;

    void settle()
    {
        if (m_recent.isEmpty())
            return;
        m_settled = m_settled.isEmpty() ? m_recent : m_settled.united(m_recent);
        m_recent.clear();
    }

    Set m_settled;
    Set m_recent;
};

/// Goes through the terms once and gives every address to the first term that decides it.
template <typename Family>
class Decider
{
    using Value = typename Family::Value;
    using Set = typename Family::Set;
    using Range = Interval<Value>;

public:
    /// Of a nested record only the results that change something above are kept: all but the three that mean
    /// "no match" to an include, and those too where it is redirected to.
    void run(Node &node, Partition &partition)
    {
        m_node = &node;
        m_keepsAll = node.depth == 0 || node.isRedirected;
        m_inError = false;
        m_decided.clear();
        const std::vector<Term> &terms = node.record->record->terms;
        for (TermNode &term : m_node->terms) {
            const auto *directive = std::get_if<Directive>(&terms[term.index]);
            if (directive && term.dead == Dead::No) {
                term.behindError = term.behindError || m_inError;
                tryDirective(*directive, term);
            }
        }
        const auto redirect = indexOfRedirect(*m_node->record->record);
        if (redirect && m_node->terms[*redirect].child)
            takeRedirect(m_node->terms[*redirect]);
        else if (redirect && m_node->terms[*redirect].status == TermStatus::BadName)
            give(everybody(), CheckResult::PermError, nullptr);
        else
            give(everybody(), CheckResult::Neutral, nullptr); // section 4.7
        for (const CheckResult result : AllResults) {
            if (rangesOf(result).empty())
                continue;
            Family::of(partition.of(result)) = Set::fromIntervals(rangesOf(result));
            rangesOf(result).clear();
        }
    }

private:
    static Range everybody() { return {Value(0), Set::highest()}; }
    std::vector<Range> &rangesOf(CheckResult result) { return m_ranges[static_cast<std::size_t>(result)]; }

    /// Gives what is still open of a range to a result, and counts it for the term.
    void give(const Range &range, CheckResult result, TermNode *term)
    {
        if (!keeps(result) && range == everybody()) {
            giveRest(term);
            return;
        }
        m_inError = m_inError || isError(result);
        m_decided.insert(range, [&](const Range &fresh) {
            rangesOf(result).push_back(fresh);
            if (term)
                Family::count(term->decides, fresh);
        });
    }

    /// Gives a sorted list of ranges to a result. Many at once are merged in one go.
    void giveAll(const Set &ranges, CheckResult result, TermNode *term)
    {
        constexpr std::size_t Few = 8;
        if (ranges.intervals().size() <= Few) {
            for (const Range &range : ranges.intervals())
                give(range, result, term);
            return;
        }
        m_inError = m_inError || isError(result);
        const Set fresh = ranges.without(m_decided.all());
        rangesOf(result).reserve(rangesOf(result).size() + fresh.intervals().size());
        for (const Range &range : fresh.intervals()) {
            rangesOf(result).push_back(range);
            if (term)
                Family::count(term->decides, range);
        }
        m_decided.unite(fresh);
    }

    bool keeps(CheckResult result) const
    {
        return m_keepsAll || result == CheckResult::Pass || result == CheckResult::None || isError(result);
    }

    /// Everything that is still open goes to a result that nobody asks for: it is only counted.
    void giveRest(TermNode *term)
    {
        m_decided.insert(everybody(), [term](const Range &fresh) {
            if (term)
                Family::count(term->decides, fresh);
        });
    }

    static bool isError(CheckResult result)
    {
        return result == CheckResult::PermError || result == CheckResult::TempError;
    }

    void giveBlocks(const Term &written, CheckResult result, TermNode &term)
    {
        std::size_t blocks = 0;
        forEachBlock(written, term, [&](const Cidr &block) {
            if (block.address.family() != Family::Family)
                return;
            const Range range = Family::interval(block);
            give(range, result, &term);
            if (++blocks == 1)
                Family::count(term.matches, range);
        });
        if (blocks < 2)
            return;
        std::vector<Range> own;
        own.reserve(blocks);
        forEachBlock(written, term, [&](const Cidr &block) {
            if (block.address.family() == Family::Family)
                own.push_back(Family::interval(block));
        });
        term.matches = Family::cleared(term.matches);
        const Set joined = Set::fromIntervals(std::move(own));
        for (const Range &range : joined.intervals())
            Family::count(term.matches, range);
    }

    void tryDirective(const Directive &directive, TermNode &term)
    {
        const CheckResult result = resultOf(directive.qualifier());
        if (matchesEverybody(directive.mechanism, term)) {
            Family::count(term.matches, everybody());
            give(everybody(), result, &term);
        } else if (term.child) {
            takeInclude(directive, term);
        } else if (term.status == TermStatus::TooManyHosts) {
            give(everybody(), CheckResult::PermError, nullptr);
        } else {
            giveBlocks(m_node->record->record->terms[term.index], result, term);
            if (Family::of(term.failed))
                give(everybody(), CheckResult::TempError, nullptr);
        }
    }

    void takeInclude(const Directive &directive, TermNode &term)
    {
        for (const CheckResult inner : AllResults) {
            const auto result = afterInclude(inner, directive.qualifier());
            if (!result)
                continue;
            takeInner(inner, *result, term);
        }
    }

    void takeRedirect(TermNode &term)
    {
        for (const CheckResult inner : AllResults)
            takeInner(inner, afterRedirect(inner), term);
    }

    /// The addresses to which the followed record gives `inner` come to `result`.
    void takeInner(CheckResult inner, CheckResult result, TermNode &term)
    {
        const Set &addresses = Family::of(term.child->addresses.of(inner));
        const bool passes = inner == CheckResult::Pass;
        if (passes) {
            for (const Range &range : addresses.intervals())
                Family::count(term.matches, range);
        }
        giveAll(addresses, result, passes ? &term : nullptr);
    }

    Node *m_node = nullptr;
    /// Of a nested record only the results that change something above are kept: all but the three that mean
    /// "no match" to an include, and those too where it is redirected to.
    bool m_keepsAll = false;
    GrowingSet<Family> m_decided;
    bool m_inError = false;
    std::array<std::vector<Range>, CheckResultCount> m_ranges;
};

bool isExact(const Node &node)
{
    if (node.status == NodeStatus::Pending || node.status == NodeStatus::Cut)
        return false;
    return std::all_of(node.terms.begin(), node.terms.end(),
                       [](const TermNode &term) { return term.exact || term.dead != Dead::No; });
}

/// Addresses that have come to the same place with the same counts.
template <typename Family>
class LimitedDecider
{
    using Set = typename Family::Set;
    /// (look-ups, void look-ups) spent → the addresses that have spent them
    using Flows = std::map<std::pair<int, int>, Set>;
    using Results = std::array<Flows, CheckResultCount>;

public:
    explicit LimitedDecider(const Limits &limits) : m_limits(limits) {}

    void run(const Node &root, Partition &partition) const
    {
        Flows start;
        start[{0, 0}] = Set::all();
        const Results results = evaluate(root, std::move(start));
        for (const CheckResult result : AllResults) {
            Set &set = Family::of(partition.of(result));
            for (const auto &[spent, addresses] : results[static_cast<std::size_t>(result)])
                set = set.united(addresses);
        }
    }

private:
    static void add(Flows &flows, const std::pair<int, int> &spent, const Set &addresses)
    {
        if (addresses.isEmpty())
            return;
        Set &there = flows[spent];
        there = there.isEmpty() ? addresses : there.united(addresses);
    }
    static void addAll(Flows &into, const Flows &from)
    {
        for (const auto &[spent, addresses] : from)
            add(into, spent, addresses);
    }
    static Flows &of(Results &results, CheckResult result)
    {
        return results[static_cast<std::size_t>(result)];
    }

    Results evaluate(const Node &node, Flows flows) const
    {
        Results results;
        if (const auto result = resultOfStatus(node.status)) {
            addAll(of(results, *result), flows);
            return results;
        }
        const std::vector<Term> &terms = node.record->record->terms;
        for (const TermNode &term : node.terms) {
            if (flows.empty())
                return results;
            const auto *directive = std::get_if<Directive>(&terms[term.index]);
            if (directive && term.dead == Dead::No)
                flows = tryDirective(*directive, terms[term.index], term, std::move(flows), results);
        }
        const auto redirect = indexOfRedirect(*node.record->record);
        if (!redirect) {
            addAll(of(results, CheckResult::Neutral), flows);
            return results;
        }
        takeRedirect(node.terms[*redirect], spend(node.terms[*redirect], flows, results), results);
        return results;
    }

    /// RFC 7208 section 4.6.4: who passes a limit ends in permerror; the others go on with what is spent.
    Flows spend(const TermNode &term, const Flows &flows, Results &results) const
    {
        if (term.ownLookups == 0)
            return flows;
        Flows left;
        for (const auto &[spent, addresses] : flows) {
            const std::pair<int, int> now{spent.first + term.ownLookups,
                                          spent.second + Family::of(term.ownVoids)};
            const bool over = now.first > m_limits.lookups || now.second > m_limits.voidLookups;
            add(over ? of(results, CheckResult::PermError) : left, now, addresses);
        }
        return left;
    }

    Flows tryDirective(const Directive &directive, const Term &written, const TermNode &term, Flows flows,
                       Results &results) const
    {
        flows = spend(term, flows, results);
        if (term.child)
            return takeInclude(directive, term, std::move(flows), results);
        if (term.status == TermStatus::TooManyHosts) {
            addAll(of(results, CheckResult::PermError), flows);
            return {};
        }
        const Set matching =
            matchesEverybody(directive.mechanism, term) ? Set::all() : matchedBy(written, term);
        const CheckResult result = resultOf(directive.qualifier());
        Flows left;
        for (const auto &[spent, addresses] : flows) {
            add(of(results, result), spent, addresses.intersected(matching));
            const Set rest = addresses.without(matching);
            add(Family::of(term.failed) ? of(results, CheckResult::TempError) : left, spent, rest);
        }
        return left;
    }

    static Set matchedBy(const Term &written, const TermNode &term)
    {
        std::vector<Interval<typename Family::Value>> ranges;
        forEachBlock(written, term, [&](const Cidr &block) {
            if (block.address.family() == Family::Family)
                ranges.push_back(Family::interval(block));
        });
        return Set::fromIntervals(std::move(ranges));
    }

    Flows takeInclude(const Directive &directive, const TermNode &term, Flows flows, Results &results) const
    {
        Results inner = evaluate(*term.child, std::move(flows));
        Flows left;
        for (const CheckResult innerResult : AllResults) {
            const auto result = afterInclude(innerResult, directive.qualifier());
            addAll(result ? of(results, *result) : left, of(inner, innerResult));
        }
        return left;
    }

    void takeRedirect(const TermNode &term, Flows flows, Results &results) const
    {
        if (!term.child) {
            addAll(of(results,
                      term.status == TermStatus::BadName ? CheckResult::PermError : CheckResult::Neutral),
                   flows);
            return;
        }
        Results inner = evaluate(*term.child, std::move(flows));
        for (const CheckResult innerResult : AllResults)
            addAll(of(results, afterRedirect(innerResult)), of(inner, innerResult));
    }

    const Limits &m_limits;
};

} // namespace

class Partitioner::Private
{
public:
    Decider<V4> v4;
    Decider<V6> v6;
};

Partitioner::Partitioner() : d(std::make_unique<Private>()) {}

Partitioner::~Partitioner() = default;

Partition Partitioner::partitionOf(Node &node)
{
    Partition partition;
    partition.exact = isExact(node);
    if (const auto result = resultOfStatus(node.status)) {
        // A record with faults says permerror to everybody; what its terms would match is still worth
        // showing.
        if (node.record) {
            Partition asIfMended;
            d->v4.run(node, asIfMended);
            d->v6.run(node, asIfMended);
        }
        partition.of(*result) = AddressSet::all();
        return partition;
    }
    d->v4.run(node, partition);
    d->v6.run(node, partition);
    return partition;
}

Partition partitionWithLimits(const Node &root, const Limits &limits)
{
    Partition partition;
    partition.exact = root.addresses.exact;
    LimitedDecider<V4>(limits).run(root, partition);
    LimitedDecider<V6>(limits).run(root, partition);
    return partition;
}

} // namespace mailoscope::spf
