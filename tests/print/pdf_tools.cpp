// SPDX-License-Identifier: Apache-2.0
#include "pdf_tools.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>

namespace mailoscope::tests
{

ToolRun runTool(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    ToolRun run;
    if (!process.waitForStarted() || !process.waitForFinished(120000)) {
        run.err = process.errorString().toUtf8();
        return run;
    }
    run.exitCode = process.exitCode();
    run.out = process.readAllStandardOutput();
    run.err = process.readAllStandardError();
    return run;
}

WrittenPdf::WrittenPdf(const std::vector<std::shared_ptr<const Report>> &reports,
                       const print::Options &options)
{
    print::PdfDocument document(options, reports.size() > 1);
    for (const std::shared_ptr<const Report> &report : reports) {
        if (!document.add(*report))
            m_problem = QStringLiteral("a report was not taken");
    }
    const std::optional<QString> problem = document.finish([this](std::string_view octets) {
        m_octets.append(octets.data(), static_cast<qsizetype>(octets.size()));
        return true;
    });
    if (problem)
        m_problem = *problem;
    QFile file(fileName());
    if (!file.open(QIODevice::WriteOnly) || file.write(m_octets) != m_octets.size())
        m_problem = file.errorString();
}

QString WrittenPdf::property(const QString &name) const
{
    const QString info = runTool(QStringLiteral("pdfinfo"), {fileName()}).text();
    const QRegularExpression line(QStringLiteral("^%1:\\s*(.*)$").arg(QRegularExpression::escape(name)),
                                  QRegularExpression::MultilineOption);
    return line.match(info).captured(1);
}

QString WrittenPdf::text(int page) const
{
    QStringList arguments{QStringLiteral("-raw"), QStringLiteral("-enc"), QStringLiteral("UTF-8")};
    if (page > 0)
        arguments << QStringLiteral("-f") << QString::number(page) << QStringLiteral("-l")
                  << QString::number(page);
    return runTool(QStringLiteral("pdftotext"), arguments << fileName() << QStringLiteral("-")).text();
}

QString WrittenPdf::joined(int page) const
{
    return text(page).remove(QLatin1Char('\n')).remove(QLatin1Char('\f'));
}

QByteArray WrittenPdf::plainObjects() const
{
    return runTool(QStringLiteral("qpdf"),
                   {QStringLiteral("--qdf"), QStringLiteral("--object-streams=disable"), fileName(),
                    QStringLiteral("-")})
        .out;
}

} // namespace mailoscope::tests
