// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profiles/profiles.h"
#include "report/outline.h"
#include "report/report.h"

#include <nlohmann/json_fwd.hpp>

namespace mailoscope
{

/// What a report says of each profile: the window, the text and the JSON all read it here. The practice for
/// parked domains is left out for a domain in use, unless it is the chosen one.
std::vector<profiles::ProfileResult> profilesOf(const Report &report, std::string_view chosen = {});

/// Why a requirement is answered as it is, in one sentence without a full stop; empty where it is met.
std::string whyOf(const Report &report, const profiles::RequirementResult &result);
/// How a profile ended as a whole.
Mark markOf(const profiles::ProfileResult &result);
/// The requirements in the order of profileTable(): the broken ones first.
std::vector<const profiles::RequirementResult *> rowsOf(const profiles::ProfileResult &result);
/// What a profile asks and how it is answered; while answers are missing, everything waits.
OutlineTable profileTable(const Report &report, const profiles::ProfileResult &result);

/// The section `profiles` of the JSON.
nlohmann::ordered_json profilesToJson(const Report &report, std::string_view chosen);

} // namespace mailoscope
