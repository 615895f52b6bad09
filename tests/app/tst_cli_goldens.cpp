// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"
#include "support/golden.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

/// Texts as people see them: each zone in tests/data/cli/goldens is inspected, and its texts are compared
/// with the files beside it. The first line of a zone names the domain and further options: `; example.com
/// --sample-sender a@b.example`. MAILOSCOPE_REWRITE_GOLDENS=1 writes the files anew; look at the difference
/// before you commit it.
using namespace mailoscope;
using namespace mailoscope::tests;

namespace
{

/// The sample options again as the evaluators take them, for the facts that they need.
InspectOptions sampleOf(const QStringList &options)
{
    const auto value = [&options](const char *name) {
        const qsizetype at = options.indexOf(QLatin1String(name));
        return at < 0 ? std::string() : options.value(at + 1).toStdString();
    };
    InspectOptions inspectOptions;
    if (!options.isEmpty()) {
        inspectOptions.spf.sample = spf::Sample{IpAddress::parse(value("--sample-ip")),
                                                value("--sample-sender"), value("--sample-helo")};
    }
    return inspectOptions;
}

} // namespace

class TestCliGoldens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void text_data();
    void text();
    void sampleText();
    void make();
    void everyKindThatIsMadeHasHelp();

private:
    static void compare(const QString &golden, QStringList arguments, int columns, const QString &locale);
};

void TestCliGoldens::text_data()
{
    QTest::addColumn<QString>("name");
    const QDir folder(dataFile(QStringLiteral("cli/goldens")));
    for (const QString &file : folder.entryList({QStringLiteral("*.zone")}))
        QTest::newRow(qPrintable(file)) << file.chopped(5);
}

/// Runs the program at a width, checks that no line is wider, and compares.
void TestCliGoldens::compare(const QString &golden, QStringList arguments, int columns, const QString &locale)
{
    QProcessEnvironment environment = plainEnvironment();
    environment.insert(QStringLiteral("COLUMNS"), QString::number(columns));
    environment.insert(QStringLiteral("LC_ALL"), locale);
    const CliRun run = runCli(arguments, {}, environment);
    QCOMPARE(run.errText(), QString());
    QCOMPARE(run.exitCode, 0);
    QVERIFY(!run.out.contains('\033'));
    QVERIFY(locale != QStringLiteral("C") ||
            std::all_of(run.out.begin(), run.out.end(), [](char c) { return c > 0; }));
    for (QString line : run.outText().split(QLatin1Char('\n'))) {
        // The blank at which a record is broken may stand over the edge.
        if (line.endsWith(QLatin1Char(' ')))
            line.chop(1);
        QVERIFY2(line.size() <= columns, qPrintable(line));
    }
    QCOMPARE(differenceToGolden(QStringLiteral("cli/goldens/") + golden, run.out), QString());
}

void TestCliGoldens::text()
{
    QFETCH(QString, name);
    const QByteArray master = readFile(dataFile(QStringLiteral("cli/goldens/%1.zone").arg(name)));
    QStringList options = QString::fromUtf8(master.left(master.indexOf('\n')).mid(2)).split(QLatin1Char(' '));
    const QString domain = options.takeFirst();
    Zone zone;
    zone.addMasterFile(master.toStdString());
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("facts.mailoscope"));
    const Snapshot snapshot = snapshotOf(zone, tests::name(domain.toStdString()), sampleOf(options));
    writeFile(file, QByteArray::fromStdString(writeSnapshot(snapshot, Compression::None)));

    options << QStringLiteral("--snapshot") << file;
    const QStringList inspect = QStringList(QStringLiteral("inspect")) + options;
    const QStringList tree = QStringList(QStringLiteral("spf-tree")) + options;
    compare(name + QStringLiteral(".inspect.txt"), inspect, 100, QStringLiteral("C.UTF-8"));
    compare(name + QStringLiteral(".tree.txt"), tree, 80, QStringLiteral("C.UTF-8"));
    compare(name + QStringLiteral(".narrow.txt"), tree, 50, QStringLiteral("C"));
    const CliRun json = runCli(inspect + QStringList(QStringLiteral("--json")));
    QCOMPARE(json.exitCode, 0);
    writeFile(QStringLiteral(MAILOSCOPE_REPORTS "/golden-%1.json").arg(name), json.out);
    const CliRun sarif = runCli(inspect + QStringList{QStringLiteral("--format"), QStringLiteral("sarif")});
    QCOMPARE(sarif.exitCode, 0);
    writeFile(QStringLiteral(MAILOSCOPE_REPORTS "/golden-%1.sarif").arg(name), sarif.out);
}

void TestCliGoldens::sampleText()
{
    const QStringList sample = {QStringLiteral("inspect"), QStringLiteral("--sample")};
    compare(QStringLiteral("sample.inspect.txt"), sample, 100, QStringLiteral("C.UTF-8"));
    compare(QStringLiteral("sample.wide.txt"), sample + QStringList(QStringLiteral("--each-address")), 200,
            QStringLiteral("C.UTF-8"));
    compare(QStringLiteral("sample.narrow.txt"), sample, 60, QStringLiteral("C"));
    const CliRun json = runCli(sample + QStringList(QStringLiteral("--json")));
    writeFile(QStringLiteral(MAILOSCOPE_REPORTS "/golden-sample.json"), json.out);
    const CliRun sarif = runCli(sample + QStringList{QStringLiteral("--format"), QStringLiteral("sarif")});
    writeFile(QStringLiteral(MAILOSCOPE_REPORTS "/golden-sample.sarif"), sarif.out);
}

/// All calls of make.json, each with what it printed and, behind "!", what it told on standard error.
void TestCliGoldens::make()
{
    QByteArray all;
    const QJsonArray calls =
        QJsonDocument::fromJson(readFile(dataFile(QStringLiteral("cli/make.json")))).array();
    QVERIFY(!calls.isEmpty());
    for (const QJsonValue &call : calls) {
        const QStringList words = call.toVariant().toStringList();
        const CliRun run = runCli(QStringList(QStringLiteral("make")) + words);
        all += "$ mailoscope-cli make " + words.join(QLatin1Char(' ')).toUtf8() + '\n' + run.out;
        for (const QByteArray &line : run.err.trimmed().split('\n'))
            all += "! " + line + '\n';
        all += "exit " + QByteArray::number(run.exitCode) + "\n\n";
        QVERIFY(!run.crashed);
    }
    QCOMPARE(differenceToGolden(QStringLiteral("cli/goldens/make.txt"), all), QString());
}

void TestCliGoldens::everyKindThatIsMadeHasHelp()
{
    const CliRun overview = runCli({QStringLiteral("make"), QStringLiteral("--help")});
    QCOMPARE(overview.exitCode, 0);
    for (const char *kind : {"spf", "dmarc", "mta-sts", "tls-rpt", "bimi", "dkim", "null-mx", "parked"}) {
        QVERIFY2(overview.out.contains(QByteArray("mailoscope-cli make ") + kind), kind);
        const CliRun run =
            runCli({QStringLiteral("make"), QString::fromLatin1(kind), QStringLiteral("--help")});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.out.startsWith(QByteArray("mailoscope-cli make ") + kind), kind);
        for (const QString &line : (overview.outText() + run.outText()).split(QLatin1Char('\n')))
            QVERIFY2(line.size() <= 80, qPrintable(line));
    }
}

QTEST_GUILESS_MAIN(TestCliGoldens)
#include "tst_cli_goldens.moc"
