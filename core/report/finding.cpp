// SPDX-License-Identifier: Apache-2.0
#include "report/finding.h"

#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array<std::string_view, 5> SeverityNames = {"info", "low", "medium", "high", "critical"};

} // namespace

std::string_view toString(Severity severity)
{
    return SeverityNames[static_cast<std::size_t>(severity)];
}

std::optional<Severity> severityFromString(std::string_view text)
{
    for (std::size_t i = 0; i < SeverityNames.size(); ++i) {
        if (SeverityNames[i] == text)
            return static_cast<Severity>(i);
    }
    return std::nullopt;
}

std::string toString(const Reference &reference)
{
    return reference.section.empty() ? reference.document
                                     : reference.document + " section " + reference.section;
}

} // namespace mailoscope
