// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"
#include "support/test_dns_server.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

/// The conventions of the command line: exit codes, output, files, signals.
using namespace mailoscope;
using namespace mailoscope::tests;
using Json = nlohmann::json;

namespace
{

QString textOf(const Json &json)
{
    return QString::fromStdString(json.dump());
}

constexpr const char *World = R"(
good.example     TXT "v=spf1 ip4:192.0.2.0/24 include:inner.good.example -all"
inner.good.example TXT "v=spf1 ip4:198.51.100.0/24 ~all"
good.example     MX 10 mail.good.example
_dmarc.good.example TXT "v=DMARC1; p=reject; rua=mailto:d@good.example"
mail.good.example A 192.0.2.25
broken.example   TXT "v=spf1 ipv4:192.0.2.1 -all"
open.example     TXT "v=spf1 +all"
)";

Zone world()
{
    Zone zone;
    zone.addMasterFile(World);
    return zone;
}

QStringList words(const QString &line)
{
    return line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

class TestCli : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyCommandHasHelp_data();
    void everyCommandHasHelp();
    void versionIsOneLine();
    void noCommandIsWrongUsage();
    void failOnDecidesTheExitCode_data();
    void failOnDecidesTheExitCode();
    void oneDomainGivesOneObject();
    void severalDomainsGiveOneObjectALineInOrder();
    void domainsComeFromStandardInput();
    void aBadLineOnStandardInputDoesNotStopTheOthers();
    void aRecordedInspectionGivesTheSameReportAgain();
    void outputReplacesTheFileAsAWhole();
    void aFailedRunLeavesTheOldFile();
    void aFullDiskIsAFailure();
    void coloursOnlyWhereAskedFor();
    void noProgressWhereStandardErrorIsNoTerminal();
    void silentResolversAreToldInTime();
    void theSecondResolverIsAskedWhereTheFirstIsSilent();
    void interruptTellsWhatIsKnown();
    void interruptedJsonIsNotWrittenAtAll();
    void sampleValuesExpandMacros();
    void theSampleNeedsNoNetwork();

private:
    CliRun run(const QString &line, const QByteArray &standardInput = {})
    {
        return runCli(words(line) + QStringList{QStringLiteral("--resolver"), m_server.resolver().toString()},
                      standardInput);
    }

    TestDnsServer m_server{world()};
};

void TestCli::everyCommandHasHelp_data()
{
    QTest::addColumn<QString>("line");
    for (const char *line :
         {"--help", "-h", "help", "inspect --help", "help inspect", "spf-check --help", "spf-tree --help",
          "inspect example.com --help", "make --help", "help make", "make dmarc --help"})
        QTest::newRow(line) << QString::fromLatin1(line);
}

void TestCli::everyCommandHasHelp()
{
    QFETCH(QString, line);
    const CliRun run = runCli(words(line));
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.errText(), QString());
    QVERIFY(run.outText().startsWith(QStringLiteral("mailoscope-cli")));
    for (const QString &text : run.outText().split(QLatin1Char('\n')))
        QVERIFY2(text.size() <= 80, qPrintable(text));
}

void TestCli::versionIsOneLine()
{
    const CliRun run = runCli({QStringLiteral("--version")});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.out.count('\n'), 1);
    QVERIFY(run.out.startsWith("mailoscope"));
}

void TestCli::noCommandIsWrongUsage()
{
    const CliRun run = runCli({});
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out, QByteArray());
    QVERIFY(run.errText().contains(QStringLiteral("spf-check")));
}

void TestCli::failOnDecidesTheExitCode_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("noLimit") << QStringLiteral("inspect broken.example") << 0;
    QTest::newRow("reached") << QStringLiteral("inspect broken.example --fail-on critical") << 1;
    QTest::newRow("lowReached") << QStringLiteral("inspect broken.example --fail-on low") << 1;
    QTest::newRow("notReached") << QStringLiteral("inspect good.example --fail-on critical") << 0;
    QTest::newRow("oneOfSeveral") << QStringLiteral(
                                         "inspect good.example open.example --fail-on critical --json")
                                  << 1;
}

void TestCli::failOnDecidesTheExitCode()
{
    QFETCH(QString, line);
    QFETCH(int, exitCode);
    const CliRun run = this->run(line);
    QVERIFY2(run.exitCode == exitCode, run.err.constData());
    QCOMPARE(run.errText(), QString());
}

void TestCli::oneDomainGivesOneObject()
{
    const CliRun run = this->run(QStringLiteral("inspect good.example --format json"));
    QCOMPARE(run.exitCode, 0);
    const Json report = Json::parse(run.out.toStdString());
    QCOMPARE(textOf(report.at("domain")), textOf(Json("good.example")));
    QCOMPARE(textOf(report.at("complete")), textOf(Json(true)));
    QCOMPARE(textOf(report.at("spf").at("status")), textOf(Json("ok")));
    QCOMPARE(textOf(report.at("spf").at("lookups")), textOf(Json(1)));
    QCOMPARE(textOf(report.at("spf").at("addresses").at("ipv4_count")), textOf(Json(512)));
    QCOMPARE(textOf(report.at("spf").at("addresses").at("ranges")),
             textOf(Json({"192.0.2.0/24", "198.51.100.0/24"})));
    QCOMPARE(textOf(report.at("dmarc").at("status")), textOf(Json("ok")));
    QCOMPARE(textOf(report.at("verdict").at("exact_domain_spoofing")), textOf(Json("protected")));
    QCOMPARE(textOf(report.at("mx").at("hosts").at(0).at("addresses")), textOf(Json({"192.0.2.25"})));
}

void TestCli::severalDomainsGiveOneObjectALineInOrder()
{
    const CliRun run =
        this->run(QStringLiteral("inspect open.example good.example broken.example good.example --json"));
    const QList<QByteArray> lines = run.out.split('\n');
    QCOMPARE(lines.size(), qsizetype(5));
    const std::vector<std::string> expected = {"open.example", "good.example", "broken.example",
                                               "good.example"};
    for (std::size_t i = 0; i < expected.size(); ++i)
        QCOMPARE(textOf(Json::parse(lines[static_cast<qsizetype>(i)].toStdString()).at("domain")),
                 textOf(Json(expected[i])));
}

void TestCli::domainsComeFromStandardInput()
{
    const CliRun run =
        this->run(QStringLiteral("inspect - --json"), "# ours\ngood.example, open.example\r\n\n");
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.out.count('\n'), 2);
}

void TestCli::aBadLineOnStandardInputDoesNotStopTheOthers()
{
    const CliRun run =
        this->run(QStringLiteral("inspect - --json"), "good.example\nnot_a..domain\nopen.example\n");
    QCOMPARE(run.exitCode, 3);
    QCOMPARE(run.out.count('\n'), 2);
    QVERIFY(run.errText().contains(QStringLiteral("not_a..domain")));
}

void TestCli::aRecordedInspectionGivesTheSameReportAgain()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("facts.mailoscope"));
    const CliRun live = run(QStringLiteral("inspect good.example --json --record ") + file);
    QCOMPARE(live.exitCode, 0);
    const CliRun replayed =
        runCli({QStringLiteral("inspect"), QStringLiteral("--json"), QStringLiteral("--snapshot"), file});
    QCOMPARE(replayed.exitCode, 0);
    Json first = Json::parse(live.out.toStdString());
    Json second = Json::parse(replayed.out.toStdString());
    first.erase("inspected_at");
    second.erase("inspected_at");
    QCOMPARE(QString::fromStdString(second.dump()), QString::fromStdString(first.dump()));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden),
             QStringList(QStringLiteral("facts.mailoscope")));
}

void TestCli::outputReplacesTheFileAsAWhole()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("report.txt"));
    writeFile(file, QByteArray(100000, 'x'));
    const CliRun run = this->run(QStringLiteral("inspect good.example --output ") + file);
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.out, QByteArray());
    QVERIFY(readFile(file).startsWith("good.example\n"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden),
             QStringList(QStringLiteral("report.txt")));
}

void TestCli::aFailedRunLeavesTheOldFile()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("report.txt"));
    writeFile(file, "old");
    const CliRun run =
        runCli({QStringLiteral("inspect"), QStringLiteral("good.example"), QStringLiteral("--output"), file,
                QStringLiteral("--timeout"), QStringLiteral("100"), QStringLiteral("--resolver"),
                TestDnsServer::nobody().toString()});
    QCOMPARE(run.exitCode, 3);
    QCOMPARE(readFile(file), QByteArray("old"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden),
             QStringList(QStringLiteral("report.txt")));
}

void TestCli::aFullDiskIsAFailure()
{
    const CliRun run = this->run(QStringLiteral("inspect good.example --output /dev/full"));
    QCOMPARE(run.exitCode, 3);
    QVERIFY2(run.errText().contains(QStringLiteral("No space left")), qPrintable(run.errText()));
}

void TestCli::coloursOnlyWhereAskedFor()
{
    QVERIFY(!run(QStringLiteral("inspect good.example")).out.contains('\033'));
    QVERIFY(run(QStringLiteral("inspect good.example --color always")).out.contains('\033'));
    QVERIFY(!run(QStringLiteral("inspect good.example --color never")).out.contains('\033'));
}

void TestCli::noProgressWhereStandardErrorIsNoTerminal()
{
    QCOMPARE(run(QStringLiteral("inspect good.example open.example")).err, QByteArray());
}

void TestCli::silentResolversAreToldInTime()
{
    TestDnsServer silent(Zone(), [](const Received &, int) { return Treatment{Treatment::Kind::Silence}; });
    QElapsedTimer timer;
    timer.start();
    const CliRun run =
        runCli({QStringLiteral("inspect"), QStringLiteral("good.example"), QStringLiteral("--timeout"),
                QStringLiteral("300"), QStringLiteral("--resolver"), silent.resolver().toString()});
    QCOMPARE(run.exitCode, 3);
    QVERIFY2(run.errText().contains(QStringLiteral("No resolver gave an answer")), qPrintable(run.errText()));
    QVERIFY(timer.elapsed() < 5000);
}

void TestCli::theSecondResolverIsAskedWhereTheFirstIsSilent()
{
    const CliRun run =
        runCli({QStringLiteral("inspect"), QStringLiteral("good.example"), QStringLiteral("--json"),
                QStringLiteral("--resolver"), TestDnsServer::nobody().toString(),
                QStringLiteral("--resolver"), m_server.resolver().toString()});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(textOf(Json::parse(run.out.toStdString()).at("complete")), textOf(Json(true)));
}

namespace
{

/// Starts an inspection of which one answer never comes, and interrupts it.
CliRun interrupted(const QStringList &options)
{
    TestDnsServer server(world(), [](const Received &received, int) {
        const bool isStuck = received.question.name.text() == "inner.good.example";
        return Treatment{isStuck ? Treatment::Kind::Silence : Treatment::Kind::Answer};
    });
    QProcess process;
    process.setProcessEnvironment(plainEnvironment());
    process.start(cliPath(), QStringList{QStringLiteral("inspect"), QStringLiteral("good.example"),
                                         QStringLiteral("--timeout"), QStringLiteral("60000"),
                                         QStringLiteral("--resolver"), server.resolver().toString()} +
                                 options);
    const auto isAsked = [&] {
        return server.timesAsked({name("inner.good.example"), dns::RrType::TXT}) > 0;
    };
    if (!QTest::qWaitFor(isAsked, 20000))
        qFatal("the question never came");
    kill(static_cast<pid_t>(process.processId()), SIGINT);
    process.waitForFinished(20000);
    CliRun run;
    run.exitCode = process.exitCode();
    run.crashed = process.exitStatus() == QProcess::CrashExit;
    run.out = process.readAllStandardOutput();
    run.err = process.readAllStandardError();
    return run;
}

} // namespace

void TestCli::interruptTellsWhatIsKnown()
{
    const CliRun run = interrupted({});
    QVERIFY(!run.crashed);
    QCOMPARE(run.exitCode, 3);
    QVERIFY2(run.outText().contains(QStringLiteral("TXT inner.good.example: not asked or not answered yet")),
             qPrintable(run.outText()));
    QVERIFY(run.errText().contains(QStringLiteral("Stopped before all answers had come.")));
}

void TestCli::interruptedJsonIsNotWrittenAtAll()
{
    const CliRun run = interrupted({QStringLiteral("--json")});
    QCOMPARE(run.exitCode, 3);
    QCOMPARE(run.out, QByteArray());
}

void TestCli::sampleValuesExpandMacros()
{
    Zone zone;
    zone.addMasterFile(R"(macro.example TXT "v=spf1 include:%{l}._spf.macro.example -all"
joe._spf.macro.example TXT "v=spf1 ip4:192.0.2.1 -all")");
    TestDnsServer server(zone);
    const QStringList arguments = {QStringLiteral("spf-tree"), QStringLiteral("macro.example"),
                                   QStringLiteral("--json"), QStringLiteral("--resolver"),
                                   server.resolver().toString()};
    const Json without = Json::parse(runCli(arguments).out.toStdString());
    QVERIFY(without.at("tree").at("terms").at(0).at("domain").is_null());
    const QStringList sample = {QStringLiteral("--sample-sender"), QStringLiteral("joe@macro.example")};
    const Json with = Json::parse(runCli(arguments + sample).out.toStdString());
    QCOMPARE(textOf(with.at("tree").at("terms").at(0).at("child").at("domain")),
             textOf(Json("joe._spf.macro.example")));
}

void TestCli::theSampleNeedsNoNetwork()
{
    const CliRun run =
        runCli({QStringLiteral("inspect"), QStringLiteral("--sample"), QStringLiteral("--json")});
    QCOMPARE(run.exitCode, 0);
    const Json report = Json::parse(run.out.toStdString());
    QCOMPARE(textOf(report.at("spf").at("lookups")), textOf(Json(2)));
    QCOMPARE(textOf(report.at("spf").at("status")), textOf(Json("ok")));
    QCOMPARE(textOf(report.at("dmarc").at("policy")), textOf(Json("reject")));
    QCOMPARE(textOf(report.at("verdict").at("exact_domain_spoofing")), textOf(Json("protected")));
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
