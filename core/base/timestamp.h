// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mailoscope
{

/// Wall-clock time in UTC, to the millisecond.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

/// RFC 3339 in UTC: `2026-11-21T12:31:07Z`; milliseconds only where there are any.
std::string toRfc3339(Timestamp time);
/// Reads `2026-11-21T12:31:07Z`, with or without a fraction of a second.
std::optional<Timestamp> timestampFromRfc3339(std::string_view text);

} // namespace mailoscope
