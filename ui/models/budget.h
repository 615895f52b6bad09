// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/spf_place.h"

#include <QString>

#include <vector>

namespace mailoscope::ui
{

/// A part of the record that spends look-ups.
struct BudgetBranch {
    TermPath path;
    QString name; ///< as branchName() says it
    int lookups = 0;
    bool atLeast = false;
};

/// The branches in the order in which they spend. Where one branch spends everything, as behind a redirect,
/// its own branches are told apart instead.
std::vector<BudgetBranch> budgetOf(const spf::Evaluation &spf);

/// Who runs what a term leads to, else its target, else the term.
QString branchName(const SpfPlace &place);

/// The branch that a place belongs to: the one that leads furthest towards it, or -1. Its number is that of
/// its colour and hatch (Theme), wherever the tree is shown.
int branchHolding(const std::vector<BudgetBranch> &branches, const TermPath &path);

} // namespace mailoscope::ui
