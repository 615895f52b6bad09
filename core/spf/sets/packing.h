// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/sets/flatten.h"

namespace mailoscope::spf
{

/// A draft divided into records that fit.
struct Packed {
    std::string text; ///< of the domain's own record
    std::vector<Published> chain;
    bool namesUnchecked = false;
    bool isOverSafeSize = false;
};

/// Divides a draft into as few records as may be. The domain's own record may be as long as is safe, and no
/// longer than it was where that is more already.
Result<Packed, Refusal> pack(const Evaluation &evaluation, const Draft &draft, FactSource &facts,
                             const Limits &limits);

} // namespace mailoscope::spf
