// SPDX-License-Identifier: Apache-2.0
// mailoscope-cli: no Gui, so that all but drawings is quick and needs neither fonts nor a display.
#include "drawn.h"

#include <QDir>
#include <QFile>

#include <unistd.h>

namespace mailoscope::cli
{

namespace
{

Failure notHere(const std::string &what)
{
    return impossible(
        what + " are drawn by the program mailoscope-cli-print, which is not installed with this one.");
}

} // namespace

void handOver(std::span<const std::string> words, int argc, char **argv)
{
    if (!wantsDrawing(words))
        return;
    QString folder;
    {
        int count = argc;
        const QCoreApplication bare(count, argv);
        folder = QCoreApplication::applicationDirPath();
    }
    const QByteArray program =
        QFile::encodeName(QDir(folder).filePath(QStringLiteral(MAILOSCOPE_PRINT_PROGRAM)));
    execv(program.constData(), argv);
}

std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv)
{
    return std::make_unique<QCoreApplication>(argc, argv);
}

Result<std::unique_ptr<ReportWriter>, Failure> makePdf(const Form &)
{
    return notHere("PDFs");
}

Result<std::unique_ptr<ReportWriter>, Failure> makeGraph(const Form &)
{
    return notHere("Graphs");
}

} // namespace mailoscope::cli
