// SPDX-License-Identifier: Apache-2.0
#include "map/map_branches.h"

#include "models/budget.h"
#include "spf/sets/shares.h"
#include "text/shown_string.h"
#include "text/spf_row_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

/// Green and vermilion of the branches' colours, which every eye tells apart, with hatches of their own.
constexpr int LookOfWon = 2;
constexpr int LookOfLost = 1;

QString tr(const char *text)
{
    return QCoreApplication::translate("AddressMap", text);
}

bool isNetwork(const spf::Term &term)
{
    const spf::Mechanism *mechanism = spf::mechanismOf(term);
    return mechanism &&
           (std::holds_alternative<spf::Ip4>(*mechanism) || std::holds_alternative<spf::Ip6>(*mechanism));
}

bool isAll(const spf::Term &term)
{
    const spf::Mechanism *mechanism = spf::mechanismOf(term);
    return mechanism && std::holds_alternative<spf::All>(*mechanism);
}

/// The terms that a share is made of, `text` being Share::term; never none for a share of the node.
std::vector<std::size_t> termsOf(const spf::Node &node, const std::string &text)
{
    std::vector<std::size_t> found;
    const std::vector<spf::Term> &terms = node.record->record->terms;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        const auto *directive = std::get_if<spf::Directive>(&terms[i]);
        if (node.terms[i].dead != spf::Dead::No ||
            (directive && directive->qualifier() != spf::Qualifier::Pass))
            continue;
        const bool isOne = text.empty() ? isNetwork(terms[i])
                                        : !isNetwork(terms[i]) && (directive || node.terms[i].child) &&
                                              spf::fixedSpelling(node, node.terms[i]) == text;
        if (isOne)
            found.push_back(i);
    }
    return found;
}

/// A branch without its addresses: the share of `node` that `text` names.
MapBranch branchAt(const spf::Node &node, const TermPath &above, const std::string &text)
{
    MapBranch branch;
    branch.path = above;
    std::vector<std::size_t> terms = termsOf(node, text);
    if (terms.empty())
        return branch;
    const SpfPlace place{&node, &node.terms[terms.front()]};
    branch.path.push_back(terms.front());
    branch.also.assign(terms.begin() + 1, terms.end());
    branch.provider = providerName(place);
    if (text.empty())
        branch.name = above.empty() ? tr("Own networks") : tr("Networks of %1").arg(toQString(node.domain));
    else if (isAll(*parsedTerm(place)))
        branch.name = tr("Everybody else (%1)").arg(shownString(writtenText(place)));
    else
        branch.name = branchName(place);
    return branch;
}

class Divider
{
public:
    explicit Divider(const spf::Evaluation &spf) : m_spf(spf), m_budget(budgetOf(spf)) {}

    std::vector<MapBranch> run()
    {
        divide(m_spf.root, {}, nullptr);
        std::move(m_beyond.begin(), m_beyond.end(), std::back_inserter(m_branches));
        return std::move(m_branches);
    }

private:
    /// Recursion goes no deeper than the budget's branches stand.
    void divide(const spf::Node &node, const TermPath &above, const AddressSet *within)
    {
        for (const spf::Share &share : spf::sharesOf(node)) {
            const AddressSet passes = within ? share.passes.intersected(*within) : share.passes;
            if (passes.isEmpty())
                continue;
            MapBranch branch = branchAt(node, above, share.term);
            const std::optional<SpfPlace> place = placeAt(m_spf, branch.path);
            if (place && place->term && place->term->child && isDividedBelow(branch.path)) {
                divide(*place->term->child, branch.path, &passes);
                continue;
            }
            branch.look = lookOf(branch.path, share.term.empty());
            give(std::move(branch), passes);
        }
    }

    bool isDividedBelow(const TermPath &path) const
    {
        return std::any_of(m_budget.begin(), m_budget.end(), [&path](const BudgetBranch &branch) {
            return branch.path.size() > path.size() && startsWith(branch.path, path);
        });
    }

    int lookOf(const TermPath &path, bool isNetworks) const
    {
        const int holding = branchHolding(m_budget, path);
        return holding >= 0 ? holding : static_cast<int>(m_budget.size()) + (isNetworks ? 0 : 1);
    }

    /// What receivers let pass, and apart from it what they would without the limits.
    void give(MapBranch branch, const AddressSet &passes)
    {
        const AddressSet &counted = m_spf.addresses.of(spf::CheckResult::Pass);
        MapBranch beyond = branch;
        const AddressSet lost = m_spf.limitsMatter ? passes.without(counted) : AddressSet();
        const AddressSet kept = m_spf.limitsMatter ? passes.intersected(counted) : passes;
        add(m_branches, std::move(branch), kept);
        beyond.kind = MapBranch::Kind::BeyondLimits;
        add(m_beyond, std::move(beyond), lost);
    }

    static void add(std::vector<MapBranch> &branches, MapBranch branch, const AddressSet &addresses)
    {
        if (addresses.isEmpty())
            return;
        branch.v4 = addresses.v4;
        branch.v6 = addresses.v6;
        branches.push_back(std::move(branch));
    }

    const spf::Evaluation &m_spf;
    std::vector<BudgetBranch> m_budget;
    std::vector<MapBranch> m_branches;
    std::vector<MapBranch> m_beyond;
};

} // namespace

QString wordFor(MapBranch::Kind kind)
{
    switch (kind) {
    case MapBranch::Kind::Authorised:
        return tr("Authorised");
    case MapBranch::Kind::BeyondLimits:
        return tr("Beyond the limits");
    case MapBranch::Kind::Stays:
        return tr("Stays");
    case MapBranch::Kind::Won:
        return tr("Won");
    case MapBranch::Kind::Lost:
        return tr("Lost");
    }
    return {};
}

std::vector<MapBranch> mapBranchesOf(const spf::Evaluation &spf)
{
    return Divider(spf).run();
}

std::vector<MapBranch> mapBranchesOf(const spf::Evaluation &before, const spf::Evaluation &after,
                                     const spf::Comparison &comparison)
{
    using Kind = MapBranch::Kind;
    std::vector<MapBranch> branches;
    const AddressSet stays =
        before.addresses.of(spf::CheckResult::Pass).intersected(after.addresses.of(spf::CheckResult::Pass));
    if (!stays.isEmpty())
        branches.push_back({Kind::Stays, wordFor(Kind::Stays), {}, {}, {}, -1, stays.v4, stays.v6});
    const auto add = [&branches](Kind kind, int look, const spf::Node &root, const spf::BranchChange &change,
                                 const AddressSet &addresses) {
        if (addresses.isEmpty())
            return;
        MapBranch branch = branchAt(root, {}, change.term);
        branch.kind = kind;
        branch.look = look;
        branch.v4 = addresses.v4;
        branch.v6 = addresses.v6;
        branches.push_back(std::move(branch));
    };
    for (const spf::BranchChange &change : comparison.branches)
        add(Kind::Won, LookOfWon, after.root, change, change.added);
    for (const spf::BranchChange &change : comparison.branches)
        add(Kind::Lost, LookOfLost, before.root, change, change.removed);
    return branches;
}

} // namespace mailoscope::ui
