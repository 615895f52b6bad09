// SPDX-License-Identifier: Apache-2.0
#include "base/timestamp.h"

#include "base/ascii.h"
#include "base/cursor.h"

#include <algorithm>
#include <cstdio>

namespace mailoscope
{

std::string toRfc3339(Timestamp time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    char text[48];
    int length = std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", int(date.year()),
                               unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()),
                               int(clock.minutes().count()), int(clock.seconds().count()));
    std::string result(text, static_cast<std::size_t>(std::max(length, 0)));
    if (clock.subseconds().count() != 0) {
        length = std::snprintf(text, sizeof text, ".%03d", int(clock.subseconds().count()));
        result.append(text, static_cast<std::size_t>(std::max(length, 0)));
    }
    return result + 'Z';
}

std::optional<Timestamp> timestampFromRfc3339(std::string_view text)
{
    using namespace std::chrono;
    Cursor cursor(text);
    const auto digits = [&cursor](std::size_t count) -> std::optional<int> {
        const auto taken = cursor.take(count);
        if (!taken)
            return std::nullopt;
        int value = 0;
        for (const char c : *taken) {
            if (!ascii::isDigit(c))
                return std::nullopt;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    const auto divided = [&](char divider, std::size_t count) {
        return cursor.take(divider) ? digits(count) : std::nullopt;
    };
    const auto y = digits(4);
    const auto m = divided('-', 2);
    const auto d = divided('-', 2);
    const auto hour = divided('T', 2);
    const auto minute = divided(':', 2);
    const auto second = divided(':', 2);
    if (!y || !m || !d || !hour || !minute || !second)
        return std::nullopt;
    int fraction = 0;
    if (cursor.take('.')) {
        const std::string_view written = cursor.takeWhile(ascii::isDigit);
        for (std::size_t i = 0; i < 3; ++i)
            fraction = fraction * 10 + (i < written.size() ? written[i] - '0' : 0);
    }
    const year_month_day date{year(*y), month(unsigned(*m)), day(unsigned(*d))};
    if (!cursor.take('Z') || !cursor.atEnd() || !date.ok() || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    const Timestamp time =
        sys_days(date) + hours(*hour) + minutes(*minute) + seconds(*second) + milliseconds(fraction);
    // A leap second at the very end would be in the year 10000, which RFC 3339 cannot write.
    return time < sys_days(year(10000) / January / 1) ? std::optional(time) : std::nullopt;
}

} // namespace mailoscope
