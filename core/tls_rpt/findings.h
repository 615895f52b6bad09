// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/finding.h"
#include "tls_rpt/evaluate.h"

#include <vector>

namespace mailoscope::tls_rpt
{

/// What other sections have found out.
struct Surroundings {
    bool hasTlsPolicy = false; ///< MTA-STS or DANE: failures then keep mail back
};

/// In no particular order. Nothing that is still pending is judged.
std::vector<Finding> findings(const Evaluation &evaluation, const mx::Evaluation &mx,
                              const Surroundings &surroundings);

} // namespace mailoscope::tls_rpt
