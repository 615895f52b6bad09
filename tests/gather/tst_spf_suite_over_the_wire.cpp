// SPDX-License-Identifier: Apache-2.0
#include "gather/check_runner.h"
#include "gather/dns_gatherer.h"
#include "support/spf_suite.h"
#include "support/test_dns_server.h"
#include "support/wait.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace std::chrono_literals;

namespace
{

QString resultText(const spf::CheckOutcome &outcome)
{
    const std::string_view text = spf::toString(outcome.result);
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

/// Answers come at different times, some only over TCP; what the suite calls TIMEOUT is silence.
Treatment unevenly(const Received &received, int)
{
    const std::size_t number = std::hash<dns::Question>()(received.question);
    Treatment treatment;
    treatment.delay = std::chrono::milliseconds(number % 7);
    if (number % 5 == 0)
        treatment.kind = Treatment::Kind::Truncate;
    return treatment;
}

} // namespace

/// Every case of the public suite for RFC 7208, asked for through the gatherer from a DNS server.
class TestSpfSuiteOverTheWire : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyCaseGivesItsResultAndExplanation_data();
    void everyCaseGivesItsResultAndExplanation();
    void allCasesOfAScenarioAtOnceGiveTheSameInOrder_data();
    void allCasesOfAScenarioAtOnceGiveTheSameInOrder();
    void nobodyAskedForTypeSpf();

private:
    std::shared_ptr<gather::DnsGatherer> freshGatherer(std::size_t scenario) const;

    std::vector<SuiteScenario> m_suite;
    std::vector<std::unique_ptr<TestDnsServer>> m_servers;
};

void TestSpfSuiteOverTheWire::initTestCase()
{
    m_suite = spfSuite();
    std::size_t cases = 0;
    for (const SuiteScenario &scenario : m_suite) {
        m_servers.push_back(std::make_unique<TestDnsServer>(scenario.zone, unevenly));
        cases += scenario.cases.size();
    }
    QCOMPARE(m_suite.size(), 16U);
    QCOMPARE(cases, 203U);
}

std::shared_ptr<gather::DnsGatherer> TestSpfSuiteOverTheWire::freshGatherer(std::size_t scenario) const
{
    gather::GathererOptions options;
    options.resolvers = {m_servers[scenario]->resolver()};
    options.patience = 200ms;
    options.timeout = 400ms;
    return std::make_shared<gather::DnsGatherer>(options);
}

void TestSpfSuiteOverTheWire::everyCaseGivesItsResultAndExplanation_data()
{
    QTest::addColumn<std::size_t>("scenario");
    QTest::addColumn<std::size_t>("number");
    for (std::size_t s = 0; s < m_suite.size(); ++s) {
        for (std::size_t c = 0; c < m_suite[s].cases.size(); ++c)
            QTest::newRow(qPrintable(m_suite[s].description + QLatin1String(": ") + m_suite[s].cases[c].id))
                << s << c;
    }
}

void TestSpfSuiteOverTheWire::everyCaseGivesItsResultAndExplanation()
{
    QFETCH(std::size_t, scenario);
    QFETCH(std::size_t, number);
    const SuiteCase &given = m_suite[scenario].cases[number];
    std::optional<spf::CheckOutcome> outcome;
    gather::CheckRunner runner(freshGatherer(scenario),
                               [&](quint64, const spf::CheckOutcome *result) { outcome = *result; });
    runner.add(given.arguments);
    QVERIFY(waitFor([&] { return outcome.has_value(); }, 30000));
    QVERIFY(!outcome->pending);
    QCOMPARE(resultText(*outcome), given.result);
    if (given.explanation)
        QCOMPARE(QString::fromStdString(outcome->explanation), *given.explanation);
    QVERIFY(!runner.isBusy());
}

void TestSpfSuiteOverTheWire::allCasesOfAScenarioAtOnceGiveTheSameInOrder_data()
{
    QTest::addColumn<std::size_t>("scenario");
    for (std::size_t s = 0; s < m_suite.size(); ++s)
        QTest::newRow(qPrintable(m_suite[s].description)) << s;
}

void TestSpfSuiteOverTheWire::allCasesOfAScenarioAtOnceGiveTheSameInOrder()
{
    QFETCH(std::size_t, scenario);
    const std::vector<SuiteCase> &cases = m_suite[scenario].cases;
    std::vector<quint64> places;
    QStringList results;
    gather::CheckRunner runner(freshGatherer(scenario), [&](quint64 place, const spf::CheckOutcome *result) {
        places.push_back(place);
        results.push_back(resultText(*result));
    });
    QStringList expected;
    std::vector<quint64> order;
    for (int pass = 0; pass < 2; ++pass) { // the second time round most facts are at hand
        for (const SuiteCase &one : cases) {
            order.push_back(runner.add(one.arguments));
            expected.push_back(one.result);
        }
        QVERIFY(waitFor([&] { return !runner.isBusy(); }, 30000));
    }
    QCOMPARE(results, expected);
    QCOMPARE(places, order);
}

void TestSpfSuiteOverTheWire::nobodyAskedForTypeSpf()
{
    for (const auto &server : m_servers) {
        for (const Received &received : server->received())
            QVERIFY(received.question.type != dns::RrType::SPF);
    }
}

QTEST_GUILESS_MAIN(TestSpfSuiteOverTheWire)
#include "tst_spf_suite_over_the_wire.moc"
