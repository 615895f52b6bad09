// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "print/pdf_document.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <vector>

/// PDFs written and read back by the programs of others.
namespace mailoscope::tests
{

struct ToolRun {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
    QString text() const { return QString::fromUtf8(out); }
};
ToolRun runTool(const QString &program, const QStringList &arguments);

/// A document in a file of its own.
class WrittenPdf
{
public:
    WrittenPdf(const std::vector<std::shared_ptr<const Report>> &reports, const print::Options &options);

    bool isWritten() const { return m_problem.isEmpty(); }
    const QString &problem() const { return m_problem; }
    const QByteArray &octets() const { return m_octets; }
    QString fileName() const { return m_folder.filePath(QStringLiteral("report.pdf")); }
    QString folder() const { return m_folder.path(); }

    /// Of pdfinfo, "Pages" for one.
    QString property(const QString &name) const;
    int pages() const { return property(QStringLiteral("Pages")).toInt(); }
    /// What pdftotext reads, in the order of the page's content; page 0 is all of them.
    QString text(int page = 0) const;
    /// The same with nothing between the lines.
    QString joined(int page = 0) const;
    /// The objects in plain sight, as qpdf writes them.
    QByteArray plainObjects() const;

private:
    QTemporaryDir m_folder;
    QByteArray m_octets;
    QString m_problem;
};

} // namespace mailoscope::tests
