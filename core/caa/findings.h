// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "caa/evaluate.h"
#include "report/finding.h"

/// What is notable about CAA records.
namespace mailoscope::caa
{

/// Whether the domain shows a logo (BIMI), so that mark certificates matter.
enum class Bimi { No, Yes };

/// Hosts outside the domain's organisation are their owner's to mend, and are passed over.
std::vector<Finding> findings(const Evaluation &evaluation, Bimi bimi);

} // namespace mailoscope::caa
