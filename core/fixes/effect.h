// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <cstdint>
#include <vector>

namespace mailoscope::fixes
{

/// What changes between two reports of the same domain: as it is, and as it would be. The findings are those
/// of the reports, which must outlive it.
struct Effect {
    std::vector<const Finding *> gone;
    std::vector<const Finding *> come;
    int lookupsBefore = 0;
    int lookupsAfter = 0;
    AddressSet lost; ///< pass SPF before, and no more
    AddressSet won;  ///< pass SPF after, and not before
    verdict::Level levelBefore = verdict::Level::Unknown;
    verdict::Level levelAfter = verdict::Level::Unknown;
    bool isKnown = true; ///< false while answers are missing in either
};

Effect effectOf(const Report &before, const Report &after);

} // namespace mailoscope::fixes
