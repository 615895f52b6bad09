// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/finding.h"

namespace mailoscope
{

/// What a shape, a colour and a word say together, in the window, on paper and in a terminal.
enum class Mark { None, Ok, Critical, High, Medium, Low, Info, NotTested, Unknown, Waiting };

constexpr Mark markOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return Mark::Critical;
    case Severity::High:
        return Mark::High;
    case Severity::Medium:
        return Mark::Medium;
    case Severity::Low:
        return Mark::Low;
    case Severity::Info:
        return Mark::Info;
    }
    return Mark::Info;
}

} // namespace mailoscope
