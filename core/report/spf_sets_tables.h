// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"
#include "report/spf_sets.h"

#include <optional>
#include <string>

/// Records compared and flattened, arranged for reading: the window and the text lay this out.
namespace mailoscope
{

/// The sentence, and the tables that have rows.
Outline outlineOf(const ComparisonReport &report);
/// The same of evaluations that somebody else holds; names as they are called in front of people.
Outline outlineOfComparison(const std::string &nameBefore, const spf::Evaluation &before,
                            const std::string &nameAfter, const spf::Evaluation &after);
/// "128 IPv4, 2^92 IPv6", "none"
std::string countsOf(const AddressSet &set);
/// A branch as it is written, and who runs it.
std::string namedBranch(const std::string &term, const std::optional<DomainName> &target);
/// What was rewritten and that it is proven, without the records themselves; and how to check it later:
/// CheckByCommand or CheckInWindow.
Outline outlineOf(const RewritingReport &report, std::string_view howToCheck);
Outline outlineOf(const DriftReport &report);

} // namespace mailoscope
