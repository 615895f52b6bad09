// SPDX-License-Identifier: Apache-2.0
#include "models/budget.h"

#include "text/shown_string.h"
#include "text/spf_row_text.h"

namespace mailoscope::ui
{

namespace
{

std::vector<BudgetBranch> branchesOf(const spf::Node &node, const TermPath &above)
{
    std::vector<BudgetBranch> branches;
    for (std::size_t i = 0; i < node.terms.size(); ++i) {
        const spf::TermNode &term = node.terms[i];
        if (term.subtreeLookups == 0)
            continue;
        TermPath path = above;
        path.push_back(i);
        branches.push_back({std::move(path), branchName({&node, &term}), term.subtreeLookups,
                            term.child && term.child->atLeast});
    }
    return branches;
}

} // namespace

std::vector<BudgetBranch> budgetOf(const spf::Evaluation &spf)
{
    std::vector<BudgetBranch> spentOnTheWay;
    const spf::Node *node = &spf.root;
    TermPath above;
    for (;;) {
        std::vector<BudgetBranch> branches = branchesOf(*node, above);
        const spf::Node *only =
            branches.size() == 1 ? node->terms[branches.front().path.back()].child.get() : nullptr;
        if (!only || only->lookups == 0) {
            branches.insert(branches.begin(), spentOnTheWay.begin(), spentOnTheWay.end());
            return branches;
        }
        above = branches.front().path;
        branches.front().lookups = node->terms[above.back()].ownLookups;
        if (branches.front().lookups > 0)
            spentOnTheWay.push_back(branches.front());
        node = only;
    }
}

QString branchName(const SpfPlace &place)
{
    if (const QString provider = providerName(place); !provider.isEmpty())
        return provider;
    if (place.term->target && *place.term->target != place.record->domain)
        return toQString(*place.term->target);
    return shownString(writtenText(place));
}

int branchHolding(const std::vector<BudgetBranch> &branches, const TermPath &path)
{
    int holding = -1;
    std::size_t longest = 0;
    for (std::size_t i = 0; i < branches.size(); ++i) {
        const TermPath &above = branches[i].path;
        if (above.size() > longest && startsWith(path, above)) {
            longest = above.size();
            holding = static_cast<int>(i);
        }
    }
    return holding;
}

} // namespace mailoscope::ui
