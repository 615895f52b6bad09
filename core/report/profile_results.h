// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profiles/profiles.h"
#include "report/report.h"

namespace mailoscope
{

/// What a report says of each profile.
std::vector<profiles::ProfileResult> profilesOf(const Report &report);

} // namespace mailoscope
