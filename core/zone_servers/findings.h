// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/finding.h"
#include "zone_servers/evaluate.h"

/// What is notable about what the zone's own servers say. What did not reach us is no finding.
namespace mailoscope::zone_servers
{

std::vector<Finding> findings(const Evaluation &evaluation);

} // namespace mailoscope::zone_servers
