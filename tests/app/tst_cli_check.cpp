// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"
#include "support/golden.h"
#include "support/test_dns_server.h"

#include <nlohmann/json.hpp>

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/// `spf-check`: one client with its walk, and the JSON Lines protocol.
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
example.com      TXT "v=spf1 ip4:192.0.2.0/24 include:inner.example.com -all exp=why.example.com"
inner.example.com TXT "v=spf1 a:host.example.com ~all"
host.example.com A 198.51.100.7
why.example.com  TXT "%{i} is not one of the servers of %{d}"
slow.example     TXT "v=spf1 -all"
quick.example    TXT "v=spf1 +all"
hostile.example  TXT "v=spf1 -all exp=why.hostile.example"
why.hostile.example TXT "a %{l} and a backslash and %_blank"
)";

Zone world()
{
    Zone zone;
    zone.addMasterFile(World);
    return zone;
}

std::vector<Json> linesOf(const CliRun &run)
{
    std::vector<Json> lines;
    for (const QByteArray &line : run.out.split('\n')) {
        if (!line.isEmpty())
            lines.push_back(Json::parse(line.toStdString()));
    }
    return lines;
}

} // namespace

class TestCliCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachLineGetsItsAnswerInTheOrderOfInput();
    void anUnreadableLineGetsAnErrorAndTheNextIsRead_data();
    void anUnreadableLineGetsAnErrorAndTheNextIsRead();
    void aLineIsAnsweredBeforeTheInputEnds();
    void theLastLineNeedsNoLineEnd();
    void emptyInputGivesEmptyOutput();
    void answersAreAskedForOnceOnly();
    void withoutAnyAnswerTheProgramSaysSo();
    void manyLinesNeedOneLookUp();
    void oneCheckShowsTheWalk();
    void oneCheckAsJsonHasTheSteps();
    void explanationsAreValidJson();
    void checksCanBeRecordedAndReplayed();

private:
    CliRun check(const QByteArray &lines)
    {
        return runCli({QStringLiteral("spf-check"), QStringLiteral("--stdin"), QStringLiteral("--resolver"),
                       m_server.resolver().toString()},
                      lines);
    }

    TestDnsServer m_server{world()};
};

void TestCliCheck::eachLineGetsItsAnswerInTheOrderOfInput()
{
    // The first answer takes longest.
    TestDnsServer server(world(), [](const Received &received, int) {
        Treatment treatment;
        if (received.question.name.text() == "slow.example")
            treatment.delay = std::chrono::milliseconds(300);
        return treatment;
    });
    const CliRun run = runCli({QStringLiteral("spf-check"), QStringLiteral("--stdin"),
                               QStringLiteral("--resolver"), server.resolver().toString()},
                              R"({"ip":"192.0.2.1","sender":"a@slow.example"}
{"ip":"192.0.2.1","sender":"a@quick.example"}
{"ip":"192.0.2.9","sender":"a@example.com"}
{"ip":"198.51.100.7","sender":"a@example.com","helo":"h.example"}
{"ip":"203.0.113.1","sender":"a@example.com"}
)");
    QCOMPARE(run.errText(), QString());
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.outText(),
             QStringLiteral(
                 R"({"result":"fail","explanation":"","mechanism":"-all","lookups":0,"void_lookups":0}
{"result":"pass","explanation":"","mechanism":"+all","lookups":0,"void_lookups":0}
{"result":"pass","explanation":"","mechanism":"ip4:192.0.2.0/24","lookups":0,"void_lookups":0}
{"result":"pass","explanation":"","mechanism":"a:host.example.com","lookups":2,"void_lookups":0}
{"result":"fail","explanation":"203.0.113.1 is not one of the servers of example.com","mechanism":"-all","lookups":2,"void_lookups":0}
)"));
}

void TestCliCheck::anUnreadableLineGetsAnErrorAndTheNextIsRead_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QByteArray &line, const char *says) {
        QTest::newRow(name) << line << QString::fromUtf8(says);
    };
    row("empty", "", "empty");
    row("blanks", "  \t", "empty");
    row("noJson", "hello", "not JSON");
    row("cutShort", R"({"ip":"192.0.2.1")", "not JSON");
    row("behindTheObject", R"({"ip":"192.0.2.1","sender":"a@example.com"} x)", "not JSON");
    row("invalidUtf8", "{\"ip\":\"192.0.2.1\",\"sender\":\"\xff@example.com\"}", "not JSON");
    row("nul", QByteArray("{\"ip\":\"\0\"}", 10), "not JSON");
    row("list", R"(["192.0.2.1"])", "not a JSON object");
    row("text", R"("192.0.2.1")", "not a JSON object");
    row("number", "42", "not a JSON object");
    row("null", "null", "not a JSON object");
    row("noIp", R"({"sender":"a@example.com"})", "no \"ip\"");
    row("noSender", R"({"ip":"192.0.2.1"})", "neither \"sender\" nor \"helo\"");
    row("badIp", R"({"ip":"192.0.2.256","sender":"a@example.com"})", "\"192.0.2.256\" is not an IP address");
    row("ipWithLength", R"({"ip":"192.0.2.1/32","sender":"a@example.com"})", "is not an IP address");
    row("ipOfAnotherType", R"({"ip":3221225985,"sender":"a@example.com"})", "\"ip\" is not a string");
    row("senderOfAnotherType", R"({"ip":"192.0.2.1","sender":null})", "\"sender\" is not a string");
    row("heloOfAnotherType", R"({"ip":"192.0.2.1","helo":{"a":1}})", "\"helo\" is not a string");
    row("tooDeep", QByteArray(R"({"x":)") + QByteArray(200, '[') + QByteArray(200, ']') + "}", "too deep");
    row("tooLong",
        QByteArray(R"({"ip":"192.0.2.1","sender":"a@example.com","x":")") + QByteArray(100000, 'x') + "\"}",
        "longer than 65536");
    row("escapesInTheMessage", R"({"ip":"\u001b[31m\u202e","sender":"a@example.com"})",
        "is not an IP address");
}

void TestCliCheck::anUnreadableLineGetsAnErrorAndTheNextIsRead()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, says);
    const QByteArray good = R"({"ip":"192.0.2.9","sender":"a@example.com","more":[1,{"ip":2}]})";
    const CliRun run = check(good + '\n' + line + "\r\n" + good + '\n');
    QCOMPARE(run.exitCode, 0);
    const std::vector<Json> lines = linesOf(run);
    QCOMPARE(lines.size(), std::size_t(3));
    QCOMPARE(textOf(lines[0].at("result")), textOf(Json("pass")));
    QCOMPARE(lines[1].size(), std::size_t(1));
    const QString error = QString::fromStdString(lines[1].at("error").get<std::string>());
    QVERIFY2(error.contains(says), qPrintable(error));
    QVERIFY(!error.contains(QChar(0x1b)) && !error.contains(QChar(0x202e)));
    QCOMPARE(textOf(lines[2].at("result")), textOf(Json("pass")));
}

void TestCliCheck::aLineIsAnsweredBeforeTheInputEnds()
{
    QProcess process;
    process.setProcessEnvironment(plainEnvironment());
    process.start(cliPath(), {QStringLiteral("spf-check"), QStringLiteral("--stdin"),
                              QStringLiteral("--resolver"), m_server.resolver().toString()});
    for (int i = 0; i < 3; ++i) {
        process.write("{\"ip\":\"192.0.2.9\",\"sender\":\"a@example.com\"}\n");
        QTRY_VERIFY(process.canReadLine());
        QVERIFY(process.readLine().startsWith("{\"result\":\"pass\""));
    }
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
}

void TestCliCheck::theLastLineNeedsNoLineEnd()
{
    const CliRun run = check("\xef\xbb\xbf{\"ip\":\"192.0.2.9\",\"sender\":\"a@example.com\"}");
    QCOMPARE(linesOf(run).size(), std::size_t(1));
    QVERIFY(run.out.startsWith("{\"result\":\"pass\""));
}

void TestCliCheck::emptyInputGivesEmptyOutput()
{
    const CliRun run = check("");
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.out, QByteArray());
    QCOMPARE(run.err, QByteArray());
}

void TestCliCheck::answersAreAskedForOnceOnly()
{
    TestDnsServer server(world());
    const CliRun run =
        runCli({QStringLiteral("spf-check"), QStringLiteral("--stdin"), QStringLiteral("--resolver"),
                server.resolver().toString()},
               QByteArray("{\"ip\":\"203.0.113.1\",\"sender\":\"a@example.com\"}\n").repeated(500));
    QCOMPARE(linesOf(run).size(), std::size_t(500));
    QCOMPARE(server.timesAsked({name("example.com"), dns::RrType::TXT}), 1);
    QCOMPARE(server.timesAsked({name("host.example.com"), dns::RrType::A}), 1);
}

void TestCliCheck::withoutAnyAnswerTheProgramSaysSo()
{
    const CliRun run =
        runCli({QStringLiteral("spf-check"), QStringLiteral("--stdin"), QStringLiteral("--timeout"),
                QStringLiteral("200"), QStringLiteral("--resolver"), TestDnsServer::nobody().toString()},
               "{\"ip\":\"192.0.2.1\",\"sender\":\"a@example.com\"}\n");
    QVERIFY(run.out.startsWith("{\"result\":\"temperror\""));
    QCOMPARE(run.exitCode, 3);
    QVERIFY2(run.errText().contains(QStringLiteral("No resolver gave an answer")), qPrintable(run.errText()));
}

void TestCliCheck::manyLinesNeedOneLookUp()
{
    constexpr int Lines = 20000;
    QByteArray input;
    for (int i = 0; i < Lines; ++i)
        input += "{\"ip\":\"192.0.2." + QByteArray::number(i % 256) + "\",\"sender\":\"a@quick.example\"}\n";
    const CliRun run = check(input);
    QCOMPARE(run.out.count('\n'), Lines);
    QCOMPARE(run.out.count("{\"result\":\"pass\""), Lines);
}

void TestCliCheck::oneCheckShowsTheWalk()
{
    const CliRun run =
        runCli({QStringLiteral("spf-check"), QStringLiteral("--ip"), QStringLiteral("203.0.113.1"),
                QStringLiteral("--sender"), QStringLiteral("a@example.com"), QStringLiteral("--resolver"),
                m_server.resolver().toString()});
    QCOMPARE(run.errText(), QString());
    QCOMPARE(run.exitCode, 0);
    QVERIFY(run.outText().contains(QStringLiteral("fail")));
    QCOMPARE(differenceToGolden(QStringLiteral("cli/goldens/walk.check.txt"), run.out), QString());
}

void TestCliCheck::oneCheckAsJsonHasTheSteps()
{
    const CliRun run = runCli({QStringLiteral("spf-check"), QStringLiteral("--ip=203.0.113.1"),
                               QStringLiteral("--sender=a@example.com"), QStringLiteral("--json"),
                               QStringLiteral("--resolver"), m_server.resolver().toString()});
    const Json json = Json::parse(run.out.toStdString());
    QCOMPARE(textOf(json.at("result")), textOf(Json("fail")));
    QCOMPARE(textOf(json.at("mechanism")), textOf(Json("-all")));
    QCOMPARE(textOf(json.at("lookups")), textOf(Json(2)));
    QVERIFY(json.at("steps").size() >= 5);
}

void TestCliCheck::explanationsAreValidJson()
{
    const CliRun run = check("{\"ip\":\"203.0.113.1\",\"sender\":\"\\\"q\\\\@hostile.example\"}\n");
    QCOMPARE(textOf(linesOf(run).at(0).at("explanation")),
             textOf(Json("a \"q\\ and a backslash and  blank")));
}

void TestCliCheck::checksCanBeRecordedAndReplayed()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("checks.mailoscope.gz"));
    const QByteArray lines = "{\"ip\":\"203.0.113.1\",\"sender\":\"a@example.com\"}\n";
    const CliRun live =
        runCli({QStringLiteral("spf-check"), QStringLiteral("--stdin"), QStringLiteral("--record"), file,
                QStringLiteral("--resolver"), m_server.resolver().toString()},
               lines);
    QCOMPARE(live.exitCode, 0);
    QVERIFY(readFile(file).startsWith("\x1f\x8b"));
    const CliRun replayed = runCli(
        {QStringLiteral("spf-check"), QStringLiteral("--stdin"), QStringLiteral("--snapshot"), file}, lines);
    QCOMPARE(replayed.exitCode, 0);
    QCOMPARE(replayed.out, live.out);
}

QTEST_GUILESS_MAIN(TestCliCheck)
#include "tst_cli_check.moc"
