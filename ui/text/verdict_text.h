// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profiles/profiles.h"
#include "report/outline.h"

#include <QString>

#include <string_view>
#include <vector>

/// The verdict's rules and the profiles as tables.
namespace mailoscope::ui
{

/// What becomes of forged mail, by the name that it forges.
OutlineTable treatmentsOf(const Report &report);
/// Each rule, what was seen, and whether it is met.
OutlineTable rulesOf(const Report &report);
/// What bears on forged mail and cannot be seen from outside.
OutlineTable notTestableOf(const Report &report);
/// What was seen that a rule judges, in a few words.
QString seenFor(const Report &report, std::string_view rule);

Mark markOf(const profiles::ProfileResult &result);
/// Each requirement of a profile, its answer, and the findings that break it.
OutlineTable requirementsOf(const profiles::ProfileResult &result, const Report &report);

} // namespace mailoscope::ui
