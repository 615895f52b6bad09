// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

namespace mailoscope
{

/// Every name outside itself that a domain's mail depends on, with where it is written: includes, mail hosts,
/// name servers, report destinations, aliases and the hosts of a logo.
std::vector<takeover::Dependency> dependenciesOf(const Report &report);

} // namespace mailoscope
