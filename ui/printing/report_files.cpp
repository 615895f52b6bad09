// SPDX-License-Identifier: Apache-2.0
#include "printing/report_files.h"

#include "print/pdf_document.h"
#include "report/csv.h"
#include "report/html.h"
#include "report/json.h"
#include "report/markdown.h"
#include "report/sarif.h"
#include "report/text.h"

#include <QCoreApplication>
#include <QSaveFile>

#include <nlohmann/json.hpp>

#include <array>
#include <string>
#include <string_view>

namespace mailoscope::ui
{

namespace
{

constexpr std::array Rows = {
    ReportFormRow{ReportForm::Pdf, "pdf", QT_TRANSLATE_NOOP("ReportFiles", "PDF, with the JSON attached")},
    ReportFormRow{ReportForm::Html, "html", QT_TRANSLATE_NOOP("ReportFiles", "HTML")},
    ReportFormRow{ReportForm::Markdown, "md", QT_TRANSLATE_NOOP("ReportFiles", "Markdown")},
    ReportFormRow{ReportForm::Csv, "csv", QT_TRANSLATE_NOOP("ReportFiles", "CSV, the findings alone")},
    ReportFormRow{ReportForm::Json, "json", QT_TRANSLATE_NOOP("ReportFiles", "JSON")},
    ReportFormRow{ReportForm::Sarif, "sarif",
                  QT_TRANSLATE_NOOP("ReportFiles", "SARIF, for code-scanning tools")},
    ReportFormRow{ReportForm::Text, "txt", QT_TRANSLATE_NOOP("ReportFiles", "Plain text")},
};

std::string textOf(ReportForm form, const Report &report, const print::Options &options)
{
    switch (form) {
    case ReportForm::Html:
        return toHtml(report, options);
    case ReportForm::Markdown:
        return toMarkdown(report, options);
    case ReportForm::Csv:
        return csvHead() + csvRows(report);
    case ReportForm::Json: {
        nlohmann::ordered_json json = toJson(report, options.profile);
        if (options.copyAs)
            addCopies(json, report, *options.copyAs);
        return toText(json, JsonLayout::Indented) + '\n';
    }
    case ReportForm::Sarif:
        return toText(toSarif(std::array<const Report *, 1>{&report}), JsonLayout::Indented) + '\n';
    case ReportForm::Text: {
        TextOptions text;
        text.copyAs = options.copyAs;
        text.profile = options.profile;
        return toText(report, text);
    }
    case ReportForm::Pdf:
        break;
    }
    return {};
}

QString cannotWrite(const QString &why)
{
    return QCoreApplication::translate("ReportFiles", "The file could not be written: %1.").arg(why);
}

} // namespace

std::span<const ReportFormRow> reportForms()
{
    return Rows;
}

QString titleOf(const ReportFormRow &row)
{
    return QCoreApplication::translate("ReportFiles", row.title);
}

std::optional<QString> writeReport(const QString &path, ReportForm form, const Report &report,
                                   const print::Options &options, const ReportWatch &watch)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return cannotWrite(file.errorString());
    const auto put = [&file](std::string_view octets) {
        const auto size = static_cast<qint64>(octets.size());
        return file.write(octets.data(), size) == size;
    };
    if (form == ReportForm::Pdf) {
        print::PdfDocument document(options, false, watch);
        document.add(report);
        if (const std::optional<QString> problem = document.finish(put))
            return problem;
    } else {
        put(textOf(form, report, options));
    }
    if (!watch(1, 1)) // stopped meanwhile: the file is not wanted any more
        return QString();
    if (!file.commit())
        return cannotWrite(file.errorString());
    return std::nullopt;
}

} // namespace mailoscope::ui
