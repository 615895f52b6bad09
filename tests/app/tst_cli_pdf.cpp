// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"

#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/// PDFs from the command line.
using namespace mailoscope;
using namespace mailoscope::tests;

class TestCliPdf : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void thePdfNeedsNoDisplay();
    void severalDomainsMakeOneDocument();
    void aPdfGoesToStandardOutputToo();
    void optionsReachThePages();
    void theProgramItselfKnowsNoGui();

private:
    QString textOf(const QString &file) const
    {
        QProcess process;
        process.start(QStringLiteral("pdftotext"), {file, QStringLiteral("-")});
        return process.waitForFinished() ? QString::fromUtf8(process.readAllStandardOutput()) : QString();
    }
    QTemporaryDir m_folder;
};

void TestCliPdf::thePdfNeedsNoDisplay()
{
    const QString file = m_folder.filePath(QStringLiteral("sample.pdf"));
    QProcessEnvironment environment = plainEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QString::fromLatin1(name));
    const CliRun run =
        runCli({QStringLiteral("inspect"), QStringLiteral("--sample"), QStringLiteral("--format"),
                QStringLiteral("pdf"), QStringLiteral("--output"), file},
               {}, environment);
    QCOMPARE(run.exitCode, 0);
    QVERIFY2(run.err.isEmpty(), run.err.constData());
    QVERIFY(run.out.isEmpty());
    QVERIFY(textOf(file).contains(QStringLiteral("Page 1 of ")));
}

void TestCliPdf::severalDomainsMakeOneDocument()
{
    Zone zone;
    zone.addMasterFile("a.example TXT \"v=spf1 -all\"\nb.example TXT \"v=spf1 +all\"\n");
    Snapshot snapshot = snapshotOf(zone, *DomainName::parse("a.example"));
    const Snapshot other = snapshotOf(zone, *DomainName::parse("b.example"));
    snapshot.domains.push_back(other.domains.front());
    for (const Fact *fact : other.facts.sorted())
        snapshot.facts.put(*fact);
    const QString recorded = m_folder.filePath(QStringLiteral("two.mailoscope"));
    writeFile(recorded, QByteArray::fromStdString(writeSnapshot(snapshot, Compression::None)));
    const QString file = m_folder.filePath(QStringLiteral("two.pdf"));
    const CliRun run = runCli({QStringLiteral("inspect"), QStringLiteral("--snapshot"), recorded,
                               QStringLiteral("--format=pdf"), QStringLiteral("--output"), file});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    const QString text = textOf(file);
    QVERIFY(text.contains(QStringLiteral("2 domains")));
    QVERIFY(text.contains(QStringLiteral("a.example · Summary")) &&
            text.contains(QStringLiteral("b.example · Summary")));
}

void TestCliPdf::aPdfGoesToStandardOutputToo()
{
    const CliRun run = runCli({QStringLiteral("inspect"), QStringLiteral("--sample"),
                               QStringLiteral("--format"), QStringLiteral("pdf"), QStringLiteral("--light")});
    QCOMPARE(run.exitCode, 0);
    QVERIFY(run.out.startsWith("%PDF-"));
}

void TestCliPdf::optionsReachThePages()
{
    const QString file = m_folder.filePath(QStringLiteral("options.pdf"));
    const CliRun run =
        runCli({QStringLiteral("inspect"), QStringLiteral("--sample"), QStringLiteral("--format"),
                QStringLiteral("pdf"), QStringLiteral("--output"), file, QStringLiteral("--parts"),
                QStringLiteral("summary,appendix"), QStringLiteral("--company"),
                QStringLiteral("Postmasters Ltd"), QStringLiteral("--confidentiality"),
                QStringLiteral("Not for others"), QStringLiteral("--paper"), QStringLiteral("letter")});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    const QString text = textOf(file);
    QVERIFY(text.contains(QStringLiteral("Postmasters Ltd")) &&
            text.contains(QStringLiteral("Not for others")));
    QVERIFY(text.contains(QStringLiteral("Look-ups and answers")));
    QVERIFY(!text.contains(QStringLiteral("What the verdict rests on")));
}

void TestCliPdf::theProgramItselfKnowsNoGui()
{
    QProcess process;
    process.start(QStringLiteral("ldd"), {cliPath()});
    if (!process.waitForFinished())
        QSKIP("no ldd here");
    const QByteArray libraries = process.readAllStandardOutput();
    QVERIFY(libraries.contains("Qt6Core"));
    QVERIFY2(!libraries.contains("Qt6Gui"), libraries.constData());
}

QTEST_GUILESS_MAIN(TestCliPdf)
#include "tst_cli_pdf.moc"
