// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"
#include "support/spf_suite.h"
#include "support/test_dns_server.h"

#include <nlohmann/json.hpp>

#include <QTest>

/// The public suite for RFC 7208 through `spf-check --stdin` and a DNS server on loopback: each scenario is a
/// zone of its own and one run of the program, each case a line.
using namespace mailoscope;
using namespace mailoscope::tests;
using Json = nlohmann::json;

class TestCliRfc7208 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void scenario_data();
    void scenario();
    void allCasesWereRun();

private:
    const std::vector<SuiteScenario> m_scenarios = spfSuite();
    int m_cases = 0;
    int m_explanations = 0;
};

void TestCliRfc7208::scenario_data()
{
    QTest::addColumn<int>("number");
    for (std::size_t i = 0; i < m_scenarios.size(); ++i)
        QTest::newRow(qPrintable(m_scenarios[i].description)) << static_cast<int>(i);
}

void TestCliRfc7208::scenario()
{
    QFETCH(int, number);
    const SuiteScenario &scenario = m_scenarios[static_cast<std::size_t>(number)];
    TestDnsServer server(scenario.zone);
    QByteArray input;
    for (const SuiteCase &given : scenario.cases) {
        const spf::CheckArguments &arguments = given.arguments;
        const Json line = {
            {"ip", arguments.ip.toString()}, {"sender", arguments.sender}, {"helo", arguments.helo}};
        input += QByteArray::fromStdString(line.dump()) + '\n';
    }
    const CliRun run =
        runCli({QStringLiteral("spf-check"), QStringLiteral("--stdin"), QStringLiteral("--timeout"),
                QStringLiteral("600"), QStringLiteral("--resolver"), server.resolver().toString()},
               input);
    QCOMPARE(run.errText(), QString());
    QCOMPARE(run.exitCode, 0);
    const QList<QByteArray> lines = run.out.split('\n');
    QCOMPARE(lines.size(), static_cast<qsizetype>(scenario.cases.size()) + 1); // the last one is empty
    for (std::size_t i = 0; i < scenario.cases.size(); ++i) {
        const SuiteCase &given = scenario.cases[i];
        const QByteArray &line = lines[static_cast<qsizetype>(i)];
        const Json got = Json::parse(line.toStdString());
        QVERIFY2(QString::fromStdString(got.at("result").get<std::string>()) == given.result,
                 (given.id + QStringLiteral(": ") + given.result + QStringLiteral(" expected, ")).toUtf8() +
                     line);
        ++m_cases;
        if (given.explanation) {
            QCOMPARE(QString::fromStdString(got.at("explanation").get<std::string>()), *given.explanation);
            ++m_explanations;
        }
    }
}

void TestCliRfc7208::allCasesWereRun()
{
    QCOMPARE(m_scenarios.size(), std::size_t(16));
    QCOMPARE(m_cases, 203);
    QCOMPARE(m_explanations, 22);
}

QTEST_GUILESS_MAIN(TestCliRfc7208)
#include "tst_cli_rfc7208.moc"
