// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "print/options.h"
#include "report/report.h"

#include <QString>

#include <functional>
#include <optional>
#include <span>

/// Reports as files, in each of the forms that a report can take.
namespace mailoscope::ui
{

enum class ReportForm { Pdf, Html, Markdown, Csv, Json, Sarif, Text };

struct ReportFormRow {
    ReportForm form;
    const char *suffix; ///< of file names, and what the settings call it; never renamed
    const char *title;  ///< for people, yet to be translated
};
/// In the order in which they are offered.
std::span<const ReportFormRow> reportForms();
QString titleOf(const ReportFormRow &row);

/// Told how many pages there are and how many are done; false stops the work.
using ReportWatch = std::function<bool(int done, int known)>;

/// Writes the file; one that was there before stays as it was until the new one is complete. Says what went
/// wrong, as a sentence. Meant for a thread of its own.
std::optional<QString> writeReport(const QString &path, ReportForm form, const Report &report,
                                   const print::Options &options, const ReportWatch &watch);

} // namespace mailoscope::ui
