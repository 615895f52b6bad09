// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.h"

#include <chrono>
#include <functional>

namespace mailoscope::gather
{

/// Tells the time. Replaced in tests.
struct Clock {
    std::function<Timestamp()> now;                     ///< wall clock, for the report
    std::function<std::chrono::microseconds()> elapsed; ///< monotonic, for TTLs and durations
    static Clock system();
};

} // namespace mailoscope::gather
