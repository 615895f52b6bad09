// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"
#include "support/test_dns_server.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

/// Whatever the program is given, it ends with the right code and one clear sentence, and what comes from
/// outside never steers the terminal. The cases stand in tests/data/cli/bad_input.json:
///   arguments   the command line; {dir} is a folder of its own, {resolver} the server's address
///   stdin       standard input
///   files       files in {dir} by their names
///   record      the TXT record of example.com (characters up to U+00FF are octets): it is inspected from a
///   snapshot repeat      how often `record` holds its last character server      how a DNS server treats
///   every question: silence, refuse, fail, garbage, broken, hangup exit        the exit code says fragments
///   of standard error, or of the report where the exit code is 0 or 1
using namespace mailoscope;
using namespace mailoscope::tests;
using Json = nlohmann::json;

namespace
{

std::string octetsOf(const std::string &utf8)
{
    return QString::fromStdString(utf8).toLatin1().toStdString();
}

QString expanded(const std::string &text, const QString &folder, const QString &resolver)
{
    return QString::fromStdString(text)
        .replace(QStringLiteral("{dir}"), folder)
        .replace(QStringLiteral("{resolver}"), resolver);
}

Treatment treatmentOf(const std::string &word)
{
    const std::map<std::string, Treatment::Kind> kinds = {
        {"silence", Treatment::Kind::Silence},     {"refuse", Treatment::Kind::Refuse},
        {"fail", Treatment::Kind::Fail},           {"garbage", Treatment::Kind::Garbage},
        {"broken", Treatment::Kind::BrokenRecord}, {"hangup", Treatment::Kind::Hangup}};
    Treatment treatment;
    treatment.kind = kinds.at(word);
    return treatment;
}

/// Control characters beyond line ends, and what turns the direction of text.
QString unfitCharacter(const QString &text)
{
    for (const QChar c : text) {
        const ushort code = c.unicode();
        const bool isControl = (code < 0x20 && code != '\n') || (code >= 0x7f && code <= 0x9f);
        if (isControl || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
            return QStringLiteral("U+%1 in: %2").arg(code, 4, 16, QLatin1Char('0')).arg(text);
    }
    return {};
}

} // namespace

class TestCliBadInput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void badInput_data();
    void badInput();
    void thereAreEnoughCases();

private:
    std::vector<Json> m_cases;
};

void TestCliBadInput::badInput_data()
{
    QTest::addColumn<int>("number");
    const Json file = Json::parse(readFile(dataFile(QStringLiteral("cli/bad_input.json"))).toStdString());
    m_cases.assign(file.at("cases").begin(), file.at("cases").end());
    for (std::size_t i = 0; i < m_cases.size(); ++i)
        QTest::newRow(m_cases[i].at("name").get<std::string>().c_str()) << static_cast<int>(i);
}

void TestCliBadInput::badInput()
{
    QFETCH(int, number);
    const Json &given = m_cases[static_cast<std::size_t>(number)];
    const QTemporaryDir folder;
    std::unique_ptr<TestDnsServer> server;
    if (given.contains("server")) {
        const Treatment treatment = treatmentOf(given.at("server").get<std::string>());
        server =
            std::make_unique<TestDnsServer>(Zone(), [treatment](const Received &, int) { return treatment; });
    }
    const QString resolver = server ? server->resolver().toString() : QStringLiteral("127.0.0.1:9");
    const Json files = given.value("files", Json::object());
    for (const auto &[name, text] : files.items())
        writeFile(folder.filePath(QString::fromStdString(name)),
                  QByteArray::fromStdString(octetsOf(text.get<std::string>())));
    if (given.contains("record")) {
        std::string record = octetsOf(given.at("record").get<std::string>());
        record.append(given.value("repeat", std::size_t(0)), record.empty() ? 'x' : record.back());
        const Snapshot snapshot = snapshotOf(zoneWithText(name("example.com"), record), name("example.com"));
        writeFile(folder.filePath(QStringLiteral("facts.mailoscope")),
                  QByteArray::fromStdString(writeSnapshot(snapshot, Compression::None)));
    }
    const std::vector<std::string> fromRecord = {"inspect", "--snapshot", "{dir}/facts.mailoscope",
                                                 "--fail-on", "critical"};
    QStringList arguments;
    for (const std::string &argument : given.value("arguments", fromRecord))
        arguments << expanded(argument, folder.path(), resolver);
    const QStringList before = QDir(folder.path()).entryList(QDir::Files | QDir::Hidden);

    const CliRun run = runCli(arguments, QByteArray::fromStdString(octetsOf(given.value("stdin", ""))));
    QVERIFY2(!run.crashed, run.err.constData());
    QVERIFY2(run.exitCode == given.at("exit").get<int>(), (run.err + run.out).constData());
    const QString text = run.exitCode > 1 ? run.errText() : run.outText();
    for (const Json &fragment : given.at("says"))
        QVERIFY2(text.contains(QString::fromStdString(fragment.get<std::string>())), qPrintable(text));
    QCOMPARE(unfitCharacter(run.errText()), QString());
    QCOMPARE(unfitCharacter(run.outText()), QString());
    if (run.exitCode > 1) {
        QCOMPARE(run.err.count('\n'), 1); // one sentence, no more
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), before);
    }
    if (given.contains("record")) {
        const CliRun json = runCli(arguments + QStringList(QStringLiteral("--json")));
        QVERIFY(Json::accept(json.out.toStdString()));
        writeFile(
            QStringLiteral(MAILOSCOPE_REPORTS "/bad-%1.json").arg(QString::fromUtf8(QTest::currentDataTag())),
            json.out);
        const CliRun sarif =
            runCli(arguments + QStringList{QStringLiteral("--format"), QStringLiteral("sarif")});
        writeFile(QStringLiteral(MAILOSCOPE_REPORTS "/bad-%1.sarif")
                      .arg(QString::fromUtf8(QTest::currentDataTag())),
                  sarif.out);
    }
}

void TestCliBadInput::thereAreEnoughCases()
{
    QVERIFY(m_cases.size() >= 60);
}

QTEST_GUILESS_MAIN(TestCliBadInput)
#include "tst_cli_bad_input.moc"
