// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dane/evaluate.h"
#include "report/finding.h"

#include <span>

/// What is notable about a domain's TLSA records.
namespace mailoscope::dane
{

/// What MTA-STS says of a mail host (RFC 8461 section 4.2): its certificate and name satisfy the policy, or
/// not. Only for hosts where that is known.
struct StsVerdict {
    DomainName host;
    bool passes = false;
};

std::vector<Finding> findings(const Evaluation &evaluation, std::span<const StsVerdict> sts = {});

} // namespace mailoscope::dane
