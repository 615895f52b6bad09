// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.h"
#include "spf/tree.h"

#include <QString>

#include <chrono>
#include <string_view>

/// Numbers and times as people read them, in their locale.
namespace mailoscope::ui
{

QString grouped(quint64 number);
/// Decimal digits of any length with the locale's separators; over 15 digits in powers: "4.7 × 10²⁸".
QString groupedDecimal(std::string_view digits);
QString ipv6Count(const Uint128 &count);
/// "471,552" or "471,552 + 12 × 2⁹⁶ IPv6"; empty where there is none.
QString addressCount(const spf::AddressCount &count);
/// A part of a whole, from 0 to 1, as "12.5 %". It says "100 %" and "0 %" of the whole and of nothing only.
QString percentage(double part);
QString milliseconds(std::chrono::microseconds duration);
/// "2026-11-21 12:31:07 UTC"
QString utcTime(Timestamp time);
/// With milliseconds, without the day.
QString utcClockTime(Timestamp time);
/// The same moment in the user's time zone, for tooltips.
QString localTime(Timestamp time);

} // namespace mailoscope::ui
