// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/finding.h"
#include "ses/evaluate.h"

#include <vector>

/// What is notable about a domain's use of Amazon SES, as far as DNS alone can tell.
namespace mailoscope::ses
{

/// In no particular order, and nothing where there are no signs of SES. Nothing that is still pending is
/// judged.
std::vector<Finding> findings(const Evaluation &evaluation);

} // namespace mailoscope::ses
