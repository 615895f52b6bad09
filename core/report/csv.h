// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <string>

/// Findings as CSV (RFC 4180): UTF-8, every cell quoted, lines that end in CR LF.
namespace mailoscope
{

/// The line of names; once, in front of all reports.
std::string csvHead();
/// A line a finding; the last cell tells whether changes were laid over the answers first.
std::string csvRows(const Report &report);

/// A cell that no spreadsheet takes for a formula, quoted.
std::string csvCell(std::string_view text);

} // namespace mailoscope
