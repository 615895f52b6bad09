// SPDX-License-Identifier: Apache-2.0
#include "spf/sets/flatten.h"

#include "base/public_suffix.h"
#include "providers/providers.h"
#include "spf/sets/packing.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace mailoscope::spf
{

namespace
{

/// Branches of which every choice is weighed; of more, one after another is taken.
constexpr std::size_t MaxWeighed = 14;
/// Choices that are written out and looked at.
constexpr std::size_t MaxTried = 400;

std::vector<Branch> detached(std::vector<Branch> branches)
{
    for (Branch &branch : branches)
        branch.node = nullptr;
    return branches;
}

std::vector<Branch> withObstacle(const std::vector<Branch> &branches)
{
    std::vector<Branch> found;
    for (const Branch &branch : branches) {
        if (!branch.canBeReplaced())
            found.push_back(branch);
    }
    return detached(std::move(found));
}

Refusal refusalOf(Refusal::Why why, const std::vector<Branch> &branches)
{
    Refusal refusal;
    refusal.why = why;
    refusal.branches = withObstacle(branches);
    return refusal;
}

/// What stands in the way of rewriting the record at all.
std::optional<Refusal::Why> whyNotRewritten(const Evaluation &evaluation)
{
    if (evaluation.pending)
        return Refusal::Why::Pending;
    switch (evaluation.root.status) {
    case NodeStatus::Ok:
        break;
    case NodeStatus::Pending:
        return Refusal::Why::Pending;
    case NodeStatus::NoRecord:
    case NodeStatus::NxDomain:
    case NodeStatus::BadName:
        return Refusal::Why::NoRecord;
    case NodeStatus::TempError:
        return Refusal::Why::NotKnown;
    case NodeStatus::MultipleRecords:
    case NodeStatus::Invalid:
    case NodeStatus::Loop:
        return Refusal::Why::Faulty;
    case NodeStatus::Cut:
        return Refusal::Why::TooBig;
    }
    if (evaluation.cut)
        return Refusal::Why::TooBig;
    if (!evaluation.asWritten.of(CheckResult::TempError).isEmpty())
        return Refusal::Why::NotKnown;
    if (!evaluation.asWritten.of(CheckResult::PermError).isEmpty() ||
        !evaluation.asWritten.of(CheckResult::None).isEmpty())
        return Refusal::Why::Faulty;
    return std::nullopt;
}

/// The record as it is published, the division into strings included.
std::optional<dns::ResourceRecord> publishedRecord(const Evaluation &evaluation, FactSource &facts)
{
    const dns::Answer *answer = facts.dns(evaluation.domain, dns::RrType::TXT);
    if (!answer)
        return std::nullopt;
    for (const dns::ResourceRecord &record : answer->records) {
        const auto *txt = std::get_if<dns::TxtData>(&record.data);
        if (txt && txt->joined() == evaluation.root.selection.text)
            return record;
    }
    return std::nullopt;
}

std::vector<fixes::Change> changesOf(const Evaluation &evaluation, const Rewriting &rewriting,
                                     FactSource &facts)
{
    std::vector<fixes::Change> changes;
    // New records first: the domain's own refers to them.
    for (const Published &record : rewriting.chain)
        changes.push_back(fixes::RecordChange{record.name, dns::RrType::TXT, std::nullopt,
                                              fixes::txtData(record.text), fixes::UsualTtl});
    const std::optional<dns::ResourceRecord> now = publishedRecord(evaluation, facts);
    const std::vector<DomainName> &aliases = evaluation.root.aliases;
    changes.push_back(fixes::RecordChange{aliases.empty() ? evaluation.domain : aliases.back(),
                                          dns::RrType::TXT,
                                          now ? now->data : fixes::txtData(rewriting.before),
                                          fixes::txtData(rewriting.after), now ? now->ttl : fixes::UsualTtl});
    return changes;
}

class Rewriter
{
public:
    Rewriter(const Evaluation &evaluation, FactSource &facts, RecordCache &records, const Limits &limits)
        : m_evaluation(evaluation),
          m_facts(facts),
          m_records(records),
          m_limits(limits),
          m_branches(branchesOf(evaluation))
    {
    }

    const std::vector<Branch> &branches() const { return m_branches; }
    Refusal refuse(Refusal::Why why) const { return refusalOf(why, m_branches); }

    Result<Packed, Refusal> packed(const DraftOptions &options) const
    {
        return pack(m_evaluation, draftOf(m_evaluation, options), m_facts, m_limits);
    }

    /// With networks brought together over other terms, or, where that changes something, side by side only.
    Result<Rewriting, Refusal> flattened(DraftOptions options) const
    {
        Refusal refusal;
        for (const Merging merging : {Merging::AcrossTerms, Merging::SideBySide}) {
            options.merging = merging;
            const Draft draft = draftOf(m_evaluation, options);
            Result<Packed, Refusal> fit = pack(m_evaluation, draft, m_facts, m_limits);
            if (!fit) {
                refusal = fit.error();
                refusal.branches = withObstacle(m_branches);
                continue;
            }
            std::optional<Rewriting> proven = prove(draft, *std::move(fit), options);
            if (proven)
                return *std::move(proven);
            refusal = refuse(Refusal::Why::NotProven);
        }
        return refusal;
    }

    /// Only what is needless goes; the record may be over its limits before and after.
    Result<Rewriting, Refusal> cleaned(CoveredToday covered) const
    {
        DraftOptions options;
        options.covered = covered;
        bool isNeedless = false;
        for (const Merging merging : {Merging::AcrossTerms, Merging::SideBySide}) {
            options.merging = merging;
            const Draft draft = draftOf(m_evaluation, options);
            if (draft.removed.empty())
                continue;
            isNeedless = true;
            std::optional<Rewriting> proven =
                prove(draft, {toText(draft.record()), {}, false, false}, options);
            if (proven)
                return *std::move(proven);
        }
        return refuse(isNeedless ? Refusal::Why::NotProven : Refusal::Why::NothingToDo);
    }

private:
    std::optional<Rewriting> prove(const Draft &draft, Packed packed, const DraftOptions &options) const
    {
        std::vector<Published> after = {{m_evaluation.domain, packed.text}};
        after.insert(after.end(), packed.chain.begin(), packed.chain.end());
        Rewriting rewriting;
        // Cleaning asks for no more than that nothing gets worse.
        Limits limits = m_limits;
        if (options.replaced.empty()) {
            limits.lookups = std::max(limits.lookups, m_evaluation.lookups);
            limits.voidLookups = std::max(limits.voidLookups, m_evaluation.voidLookups);
        }
        rewriting.proof = spf::prove(m_evaluation, after, m_facts, m_records, limits);
        if (!rewriting.proof.holds())
            return std::nullopt;
        rewriting.domain = m_evaluation.domain;
        rewriting.before = m_evaluation.root.selection.text;
        rewriting.after = std::move(packed.text);
        rewriting.chain = std::move(packed.chain);
        rewriting.chainNamesUnchecked = packed.namesUnchecked && !rewriting.chain.empty();
        rewriting.isOverSafeSize = packed.isOverSafeSize;
        for (const Branch &branch : m_branches)
            (options.replaced.contains(branch.place) ? rewriting.replaced : rewriting.kept).push_back(branch);
        rewriting.replaced = detached(std::move(rewriting.replaced));
        rewriting.kept = detached(std::move(rewriting.kept));
        rewriting.removed = draft.removed;
        rewriting.coveredToday = draft.coveredToday;
        rewriting.lookupsBefore = m_evaluation.lookups;
        rewriting.voidsBefore = m_evaluation.voidLookups;
        rewriting.networksBefore = draft.networksBefore;
        rewriting.networksAfter = draft.blockCount();
        rewriting.changes = changesOf(m_evaluation, rewriting, m_facts);
        return rewriting;
    }

    const Evaluation &m_evaluation;
    FactSource &m_facts;
    RecordCache &m_records;
    const Limits m_limits;
    const std::vector<Branch> m_branches;
};

const Branch *branchIn(const std::vector<Branch> &branches, const BranchPlace &place)
{
    const auto found = std::find_if(branches.begin(), branches.end(),
                                    [&](const Branch &branch) { return branch.place == place; });
    return found == branches.end() ? nullptr : &*found;
}

/// The redirects that have to be taken up so that a term behind them can be replaced.
std::vector<const Branch *> redirectsBefore(const std::vector<Branch> &branches, const BranchPlace &place)
{
    std::vector<const Branch *> redirects;
    for (const Branch &branch : branches) {
        if (branch.isRedirect && branch.place.redirects < place.redirects)
            redirects.push_back(&branch);
    }
    return redirects;
}

bool isReachable(const std::vector<Branch> &branches, const BranchPlace &place)
{
    const std::vector<const Branch *> redirects = redirectsBefore(branches, place);
    return std::all_of(redirects.begin(), redirects.end(),
                       [](const Branch *redirect) { return redirect->canBeReplaced(); });
}

/// `places` and the redirects in front of them.
std::set<BranchPlace> withRedirects(const std::vector<Branch> &branches, std::set<BranchPlace> places)
{
    if (places.empty())
        return places;
    for (const Branch *redirect : redirectsBefore(branches, *places.rbegin()))
        places.insert(redirect->place);
    return places;
}

/// A choice of branches and what speaks against it, the gravest first.
struct Choice {
    std::set<BranchPlace> places;
    int knownProviders = 0;
    std::size_t networks = 0;
    int saved = 0; ///< look-ups

    auto rank() const { return std::tuple(knownProviders, places.size(), networks, -saved); }
};

class Chooser
{
public:
    Chooser(const Evaluation &evaluation, const std::vector<Branch> &branches, const Limits &limits)
        : m_evaluation(evaluation), m_branches(branches), m_limits(limits)
    {
        std::set<std::string> seen;
        for (const Branch &branch : branches) {
            if (!seen.insert(branch.spelling).second)
                continue; // cleaning takes it away
            m_lookups += branch.lookups;
            m_voids += branch.voids;
            if (branch.canBeReplaced() && isReachable(branches, branch.place))
                m_candidates.push_back(&branch);
        }
        for (const Branch &branch : branches)
            m_networks.emplace(branch.place, cidrsOf(branch.addresses).size());
    }

    /// The choices that may do, the best first.
    std::vector<Choice> choices() const
    {
        std::vector<Choice> found = m_candidates.size() <= MaxWeighed ? allChoices() : growingChoices();
        std::stable_sort(found.begin(), found.end(),
                         [](const Choice &a, const Choice &b) { return a.rank() < b.rank(); });
        if (found.size() > MaxTried)
            found.resize(MaxTried);
        return found;
    }

private:
    bool isKnownProvider(const Branch &branch) const
    {
        return branch.term().child && branch.target &&
               !sameOrganization(*branch.target, m_evaluation.domain) &&
               providers::forSpfTarget(*branch.target).has_value();
    }

    Choice choiceOf(std::set<BranchPlace> places) const
    {
        Choice choice{withRedirects(m_branches, std::move(places)), 0, 0, 0};
        for (const BranchPlace &place : choice.places) {
            const Branch &branch = *branchIn(m_branches, place);
            choice.knownProviders += !branch.isRedirect && isKnownProvider(branch) ? 1 : 0;
            choice.saved += branch.lookups;
            choice.networks += branch.isRedirect ? 0 : m_networks.at(place);
        }
        return choice;
    }

    bool mayDo(const Choice &choice) const
    {
        int lookups = m_lookups;
        FamilyCount voids = m_voids;
        for (const BranchPlace &place : choice.places) {
            const Branch &branch = *branchIn(m_branches, place);
            lookups -= branch.lookups;
            voids.v4 -= branch.voids.v4;
            voids.v6 -= branch.voids.v6;
        }
        return lookups <= m_limits.lookups && voids.worst() <= m_limits.voidLookups;
    }

    std::vector<Choice> allChoices() const
    {
        std::vector<Choice> found;
        for (std::size_t mask = 0; mask < (std::size_t(1) << m_candidates.size()); ++mask) {
            std::set<BranchPlace> places;
            for (std::size_t i = 0; i < m_candidates.size(); ++i) {
                if ((mask >> i & 1) != 0)
                    places.insert(m_candidates[i]->place);
            }
            const std::size_t chosen = places.size();
            Choice choice = choiceOf(std::move(places));
            if (choice.places.size() == chosen && mayDo(choice))
                found.push_back(std::move(choice));
        }
        return found;
    }

    /// Branches of unknown providers first, those that save most for each network they bring.
    std::vector<Choice> growingChoices() const
    {
        std::vector<const Branch *> order = m_candidates;
        const auto rank = [&](const Branch *branch) {
            const std::size_t networks = m_networks.at(branch->place) + 1;
            return std::tuple(isKnownProvider(*branch),
                              networks / static_cast<std::size_t>(std::max(branch->lookups, 1)),
                              branch->place);
        };
        std::sort(order.begin(), order.end(),
                  [&](const Branch *a, const Branch *b) { return rank(a) < rank(b); });
        std::vector<Choice> found;
        std::set<BranchPlace> places;
        for (const Branch *branch : order) {
            places.insert(branch->place);
            Choice choice = choiceOf(places);
            if (mayDo(choice))
                found.push_back(std::move(choice));
        }
        return found;
    }

    const Evaluation &m_evaluation;
    const std::vector<Branch> &m_branches;
    const Limits &m_limits;
    std::vector<const Branch *> m_candidates;
    std::map<BranchPlace, std::size_t> m_networks;
    int m_lookups = 0;
    FamilyCount m_voids;
};

} // namespace

std::set<BranchPlace> replaceableIncludes(const Evaluation &evaluation)
{
    const std::vector<Branch> branches = branchesOf(evaluation);
    std::set<BranchPlace> places;
    for (const Branch &branch : branches) {
        if (!branch.isRedirect && branch.term().child && branch.canBeReplaced() &&
            isReachable(branches, branch.place))
            places.insert(branch.place);
    }
    return places;
}

Result<Rewriting, Refusal> flatten(const Evaluation &evaluation, FactSource &facts, RecordCache &records,
                                   const FlattenOptions &options)
{
    const Rewriter rewriter(evaluation, facts, records, options.limits);
    if (const auto why = whyNotRewritten(evaluation))
        return rewriter.refuse(*why);
    if (options.replaced.empty())
        return rewriter.refuse(Refusal::Why::NothingToDo);
    Refusal refusal;
    refusal.why = Refusal::Why::CannotReplace;
    const std::set<BranchPlace> places = withRedirects(rewriter.branches(), options.replaced);
    for (const BranchPlace &place : places) {
        const Branch *branch = branchIn(rewriter.branches(), place);
        if (branch && !branch->canBeReplaced())
            refusal.branches.push_back(*branch);
        if (!branch)
            return rewriter.refuse(Refusal::Why::NothingToDo);
    }
    if (!refusal.branches.empty()) {
        refusal.branches = detached(std::move(refusal.branches));
        return refusal;
    }
    return rewriter.flattened({places, options.covered, Merging::AcrossTerms});
}

Result<Rewriting, Refusal> bringUnderLimit(const Evaluation &evaluation, FactSource &facts,
                                           RecordCache &records, const Limits &limits)
{
    const Rewriter rewriter(evaluation, facts, records, limits);
    if (const auto why = whyNotRewritten(evaluation))
        return rewriter.refuse(*why);
    if (evaluation.lookups <= limits.lookups && evaluation.voidLookups <= limits.voidLookups)
        return rewriter.refuse(Refusal::Why::NothingToDo);
    Refusal best = rewriter.refuse(Refusal::Why::OverLimits);
    best.needed = evaluation.lookups;
    for (const Choice &choice : Chooser(evaluation, rewriter.branches(), limits).choices()) {
        DraftOptions options;
        options.replaced = choice.places;
        const Result<Packed, Refusal> fits = rewriter.packed(options);
        if (!fits) {
            best.why = fits.error().why;
            best.needed = fits.error().needed;
            best.left = fits.error().left;
            best.networks = fits.error().networks;
            if (best.why == Refusal::Why::Pending)
                return best;
            continue;
        }
        return rewriter.flattened(options);
    }
    return best;
}

Result<Rewriting, Refusal> clean(const Evaluation &evaluation, FactSource &facts, RecordCache &records,
                                 CoveredToday covered)
{
    const Rewriter rewriter(evaluation, facts, records, Limits());
    if (const auto why = whyNotRewritten(evaluation))
        return rewriter.refuse(*why);
    return rewriter.cleaned(covered);
}

std::optional<Rewriting> cleaned(const Evaluation &evaluation, FactSource &facts, RecordCache &records)
{
    Result<Rewriting, Refusal> result = clean(evaluation, facts, records);
    return result ? std::optional(*std::move(result)) : std::nullopt;
}

} // namespace mailoscope::spf
