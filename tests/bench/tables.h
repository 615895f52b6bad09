// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

namespace mailoscope::bench
{

/// Seconds of processor time that this thread has used.
inline double cpuSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

inline double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

/// Columns padded to their widest cell, numbers to the right.
class Table
{
public:
    explicit Table(std::vector<std::string> header) { m_rows.push_back(std::move(header)); }
    void add(std::vector<std::string> row) { m_rows.push_back(std::move(row)); }
    void print() const
    {
        std::vector<std::size_t> widths(m_rows.front().size());
        for (const auto &row : m_rows) {
            for (std::size_t i = 0; i < row.size(); ++i)
                widths[i] = std::max(widths[i], row[i].size());
        }
        for (const auto &row : m_rows) {
            for (std::size_t i = 0; i < row.size(); ++i)
                std::printf("%s%*s", i == 0 ? "" : "  ", static_cast<int>(widths[i]), row[i].c_str());
            std::printf("\n");
        }
        std::printf("\n");
    }

private:
    std::vector<std::vector<std::string>> m_rows;
};

inline std::string fixed(double value, int digits = 2)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

} // namespace mailoscope::bench
