// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dmarc/evaluate.h"
#include "mx/evaluate.h"
#include "report/finding.h"
#include "spf/evaluate.h"

#include <optional>
#include <vector>

/// What a domain that is used for no mail should say (M3AAWG, UK NCSC).
namespace mailoscope::profiles
{

/// What other parts found out; what is not there is not judged.
struct ParkInput {
    std::optional<bool> dkimWildcardRevoked; ///< `*._domainkey` has an empty key
    std::optional<bool> bimiDeclined;        ///< the BIMI record has empty l and a
};

/// The findings `park.*`, for a domain that is known to be parked: ask only where there is evidence that it
/// sends no mail. Nothing that is pending or could not be looked up is judged.
std::vector<Finding> parkFindings(const DomainName &domain, const spf::Evaluation &spf,
                                  const dmarc::Evaluation &dmarc, const mx::Evaluation &mx,
                                  const ParkInput &input = {});

} // namespace mailoscope::profiles
