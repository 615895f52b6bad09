// SPDX-License-Identifier: Apache-2.0
#include "gather/dns_gatherer.h"
#include "gather/inspector.h"
#include "support/asking.h"
#include "support/corpus.h"
#include "support/dns_only.h"
#include "support/report_text.h"
#include "support/server_process.h"
#include "support/wait.h"
#include "support/zone_gatherer.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace std::chrono_literals;

namespace
{

constexpr std::size_t Inspections = 300;
constexpr std::size_t AtOnce = 16;

/// Evenly picked from all domains of the corpus, so that all countries and zones have their share.
std::vector<DomainName> pickedDomains()
{
    const std::vector<DomainName> all = corpusDomains();
    std::vector<DomainName> picked;
    for (std::size_t i = 0; i < Inspections; ++i)
        picked.push_back(all[i * all.size() / Inspections]);
    return picked;
}

std::vector<std::string> recordTexts(const dns::Answer &answer)
{
    std::vector<std::string> texts;
    for (const dns::ResourceRecord &record : answer.records)
        texts.push_back(dns::toPresentation(record));
    std::sort(texts.begin(), texts.end());
    return texts;
}

/// The report of each domain, `AtOnce` inspections at a time over one gatherer.
std::vector<QString> inspected(const std::vector<DomainName> &domains,
                               const std::shared_ptr<gather::Gatherer> &gatherer)
{
    std::vector<QString> reports;
    for (std::size_t begin = 0; begin < domains.size(); begin += AtOnce) {
        std::vector<std::unique_ptr<gather::Inspector>> running;
        for (std::size_t i = begin; i < std::min(begin + AtOnce, domains.size()); ++i) {
            running.push_back(std::make_unique<gather::Inspector>(gatherer));
            InspectOptions options;
            options.reach = {false, false};
            running.back()->start(domains[i], options);
        }
        for (const auto &inspector : running) {
            if (!waitFor([&] { return !inspector->isRunning(); }, 60000))
                return reports;
            reports.push_back(reportText(*inspector->report()));
        }
    }
    return reports;
}

} // namespace

/// The gatherer against DNS servers that others wrote. They are part of what tests/run installs.
class TestRealServers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void nsdGivesTheSameReportsAsTheFactsInMemory();
    void unboundGivesTheSameReportsAsTheFactsInMemory();
    void longAnswersOfNsdComeOverTcp();
    void refusedByNsdIsRefused();
    void cleanupTestCase();

private:
    bool answers(ServerProcess &server);
    std::shared_ptr<gather::Gatherer> gathererFor(const ServerProcess &server) const;
    void compare(ServerProcess &server);

    std::shared_ptr<Zone> m_zone;
    std::unique_ptr<ServerProcess> m_nsd;
    std::vector<DomainName> m_domains;
    std::vector<QString> m_expected;
};

void TestRealServers::initTestCase()
{
    if (ServerProcess::find(QStringLiteral("nsd")).isEmpty())
        QSKIP("NSD IS NOT INSTALLED: nothing was tested against a real DNS server. Install the package nsd.");
    // What a server can serve: it takes no data beside a CNAME record.
    const std::string rootZone = [] {
        Zone zone = *corpusZone();
        for (int i = 0; i < 60; ++i)
            zone.add("long.test.example TXT \"" + std::to_string(i) + std::string(200, 'x') + '"');
        return zone.toRootZoneFile();
    }();
    m_zone = std::make_shared<Zone>();
    m_zone->addMasterFile(rootZone);
    m_nsd = ServerProcess::nsd(rootZone);
    QVERIFY(m_nsd);
    if (!answers(*m_nsd))
        QFAIL(m_nsd->output().constData());
    m_domains = pickedDomains();
    m_expected = inspected(m_domains, std::make_shared<ZoneGatherer>(m_zone));
    QCOMPARE(m_expected.size(), Inspections);
}

void TestRealServers::cleanupTestCase()
{
    m_nsd.reset();
}

std::shared_ptr<gather::Gatherer> TestRealServers::gathererFor(const ServerProcess &server) const
{
    gather::GathererOptions options;
    options.resolvers = {server.resolver()};
    options.timeout = 20s;
    options.patience = 5s; // a loaded machine is no reason to ask twice
    return tests::dnsOnly(options);
}

/// True once the server has begun to answer.
bool TestRealServers::answers(ServerProcess &server)
{
    return waitFor([&] {
        gather::GathererOptions options;
        options.resolvers = {server.resolver()};
        options.timeout = 500ms;
        gather::DnsGatherer gatherer(options);
        const auto asking = ask(gatherer, "justice.gov.uk", dns::RrType::TXT);
        return waitFor([&] { return asking->isDone() || !server.isRunning(); }) && asking->isDone() &&
               asking->fact->dns().outcome == dns::Outcome::Answered;
    });
}

void TestRealServers::compare(ServerProcess &server)
{
    const std::vector<QString> reports = inspected(m_domains, gathererFor(server));
    QCOMPARE(reports.size(), m_expected.size());
    for (std::size_t i = 0; i < reports.size(); ++i) {
        const QStringList lines = reports[i].split(QLatin1Char('\n'));
        QCOMPARE(lines, m_expected[i].split(QLatin1Char('\n'))); // tells the first line that differs
    }
}

void TestRealServers::nsdGivesTheSameReportsAsTheFactsInMemory()
{
    compare(*m_nsd);
}

void TestRealServers::unboundGivesTheSameReportsAsTheFactsInMemory()
{
    if (ServerProcess::find(QStringLiteral("unbound")).isEmpty())
        QSKIP("UNBOUND IS NOT INSTALLED: nothing was tested against a real resolver. Install the package "
              "unbound.");
    const auto unbound = ServerProcess::unbound(m_nsd->resolver());
    QVERIFY(unbound);
    if (!answers(*unbound))
        QFAIL(unbound->output().constData());
    compare(*unbound);
}

void TestRealServers::longAnswersOfNsdComeOverTcp()
{
    const auto gatherer = gathererFor(*m_nsd);
    const dns::Question key{name("long.test.example"), dns::RrType::TXT};
    const auto asking = ask(*gatherer, key);
    QVERIFY(waitFor([&] { return asking->isDone(); }));
    QVERIFY(asking->log[0].overTcp);
    QCOMPARE(recordTexts(asking->fact->dns()), recordTexts(m_zone->answer(key)));
}

void TestRealServers::refusedByNsdIsRefused()
{
    // A server that has no zone at all refuses what it is asked.
    const auto empty = ServerProcess::nsd("this is no zone file\n");
    QVERIFY(empty);
    const auto gatherer = gathererFor(*empty);
    dns::Outcome outcome = dns::Outcome::Unreachable;
    QVERIFY(waitFor([&] {
        const auto asking = ask(*gatherer, "justice.gov.uk", dns::RrType::TXT);
        if (!waitFor([&] { return asking->isDone(); }))
            return false;
        outcome = asking->fact->dns().outcome;
        return outcome != dns::Outcome::Unreachable; // not up yet
    }));
    QVERIFY(dns::isTemporaryFailure(outcome));
    QVERIFY(outcome == dns::Outcome::Refused || outcome == dns::Outcome::ServerFailure);
}

QTEST_GUILESS_MAIN(TestRealServers)
#include "tst_real_servers.moc"
