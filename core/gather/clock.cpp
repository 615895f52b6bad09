// SPDX-License-Identifier: Apache-2.0
#include "gather/clock.h"

namespace mailoscope::gather
{

Clock Clock::system()
{
    using namespace std::chrono;
    return {[] { return floor<milliseconds>(system_clock::now()); },
            [] { return duration_cast<microseconds>(steady_clock::now().time_since_epoch()); }};
}

} // namespace mailoscope::gather
