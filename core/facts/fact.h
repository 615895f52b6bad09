// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/answer.h"

#include <chrono>
#include <string>

namespace mailoscope
{

/// Wall-clock time in UTC, to the millisecond.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

/// RFC 3339 in UTC: `2026-11-21T12:31:07Z`; milliseconds only where there are any.
std::string toRfc3339(Timestamp time);

/// What is asked of the outside world.
using FactKey = dns::Question;

/// Something learnt from the outside world, with where it came from. It judges nothing.
struct Fact {
    dns::Answer answer;
    std::string from; ///< who said it: `192.0.2.53:53`, or a file's name; empty where unknown
    Timestamp at{};   ///< when the answer came
    std::chrono::microseconds took{0}; ///< from the first sending to the answer

    const FactKey &key() const { return answer.question; }
    friend bool operator==(const Fact &, const Fact &) = default;
};

} // namespace mailoscope
