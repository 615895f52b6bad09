// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <string>
#include <vector>

namespace mailoscope
{

/// What a report does not know, in words that are fit to be shown.
struct NotKnown {
    std::vector<std::string> askings; ///< that failed or are still open, what decides most first
    std::vector<std::string> leftOut; ///< kinds of askings that nobody wanted

    bool isEmpty() const { return askings.empty() && leftOut.empty(); }
};
NotKnown notKnownOf(const Report &report);

} // namespace mailoscope
