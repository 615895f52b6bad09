// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bimi/evaluate.h"
#include "report/finding.h"

namespace mailoscope::bimi
{

/// What is notable about a domain's BIMI. Nothing is found where facts are missing or failed.
std::vector<Finding> findings(const Evaluation &evaluation);

/// Those of a logo (`svg.*`) and of a mark certificate (`vmc.*`); `evidence` is the record that names the
/// file.
std::vector<Finding> logoFindings(const Evaluation &evaluation, const Evidence &evidence);
std::vector<Finding> markFindings(const Evaluation &evaluation, const Evidence &evidence);

} // namespace mailoscope::bimi
