// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"
#include "report/spf_sets.h"

/// Records compared and flattened, arranged for reading in the window.
namespace mailoscope
{

/// The sentence, and the tables that have rows.
Outline outlineOf(const ComparisonReport &report);
/// The same of evaluations that somebody else holds; names as they are called in front of people.
Outline outlineOfComparison(const std::string &nameBefore, const spf::Evaluation &before,
                            const std::string &nameAfter, const spf::Evaluation &after);
/// What was rewritten and that it is proven, without the records themselves.
Outline outlineOf(const RewritingReport &report);
Outline outlineOf(const DriftReport &report);

} // namespace mailoscope
