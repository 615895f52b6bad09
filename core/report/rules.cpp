// SPDX-License-Identifier: Apache-2.0
#include "report/rules.h"

#include "report/report.h"

namespace mailoscope
{

std::string_view rulesVersion()
{
    return "2026-11-28";
}

std::string toolLine()
{
    return std::string(toolName()) + ' ' + std::string(toolVersion()) + ", rules of " +
           std::string(rulesVersion());
}

} // namespace mailoscope
