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
    QString name; ///< who runs it, else its target, else the term
    int lookups = 0;
    bool atLeast = false;
};

/// The branches in the order in which they spend. Where one branch spends everything, as behind a redirect,
/// its own branches are told apart instead.
std::vector<BudgetBranch> budgetOf(const spf::Evaluation &spf);

} // namespace mailoscope::ui
