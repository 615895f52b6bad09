// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace mailoscope
{

/// The number of the rules that reports follow: the day of the last change to what is found, how severe it is
/// and what profiles ask. Two reports with the same number judge alike.
std::string_view rulesVersion();
/// "Mailoscope 1.2.0, rules of 2026-11-28"
std::string toolLine();

} // namespace mailoscope
