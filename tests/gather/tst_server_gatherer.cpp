// SPDX-License-Identifier: Apache-2.0
// Questions to a zone's own servers, over loopback.
#include "gather/server_gatherer.h"
#include "support/test_dns_server.h"
#include "support/wait.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace std::chrono_literals;

namespace
{

const char *const Address = "192.175.48.7"; // what the facts show; the route leads to loopback

gather::ServerGathererOptions optionsFor(const gather::Resolver &place)
{
    gather::ServerGathererOptions options;
    options.patience = 200ms;
    options.route = [place](const gather::Endpoint &) {
        return gather::Endpoint{IpAddress::parse(place.address.toString().toStdString()).value(), place.port};
    };
    return options;
}

dns::ServerQuestion question(dns::Transport transport = dns::Transport::Udp, const char *address = Address)
{
    return {{tests::name("example.com"), dns::RrType::TXT}, IpAddress::parse(address).value(), transport};
}

struct Asked {
    std::optional<Fact> fact;
    std::vector<gather::LookUp> lookUps;
};

Asked ask(gather::ServerGatherer &gatherer, const dns::ServerQuestion &key)
{
    Asked asked;
    gatherer.ask(
        key, [&asked](const Fact &fact) { asked.fact = fact; },
        [&asked](int index, const gather::LookUp &lookUp) {
            asked.lookUps.resize(std::max(asked.lookUps.size(), static_cast<std::size_t>(index) + 1));
            asked.lookUps[static_cast<std::size_t>(index)] = lookUp;
        });
    const bool came = waitFor([&asked] { return asked.fact.has_value(); });
    return came ? asked : Asked();
}

Zone zone()
{
    Zone zone;
    zone.add("example.com TXT \"v=spf1 -all\"");
    return zone;
}

} // namespace

class TestServerGatherer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aServerIsAskedWithoutRecursionAndItsAuthorityIsKept()
    {
        TestDnsServer server(zone(), [](const Received &, int) {
            Treatment treatment;
            treatment.authoritative = true;
            return treatment;
        });
        gather::ServerGatherer gatherer(optionsFor(server.resolver()));
        const Asked asked = ask(gatherer, question());
        QVERIFY(asked.fact);
        QVERIFY(asked.fact->server().outcome == dns::Outcome::Answered);
        QVERIFY(asked.fact->server().isAuthoritative);
        QCOMPARE(asked.fact->server().records.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(asked.fact->from), QLatin1String(Address));
        QVERIFY(asked.fact->key() == FactKey(question()));
        QCOMPARE(server.received().size(), std::size_t(1));
        QVERIFY(!server.received()[0].recursionDesired);
        QVERIFY(!server.received()[0].overTcp);
        QCOMPARE(asked.lookUps.size(), std::size_t(1));
        QVERIFY(asked.lookUps[0].state == gather::LookUp::State::Answered);
    }

    void overTcpWhereThatIsWanted()
    {
        TestDnsServer server(zone());
        gather::ServerGatherer gatherer(optionsFor(server.resolver()));
        const Asked asked = ask(gatherer, question(dns::Transport::Tcp));
        QVERIFY(asked.fact);
        QVERIFY(asked.fact->server().outcome == dns::Outcome::Answered);
        QVERIFY(!asked.fact->server().isAuthoritative);
        QCOMPARE(server.received().size(), std::size_t(1));
        QVERIFY(server.received()[0].overTcp);
    }

    void aTruncatedAnswerIsAskedForAgainOverTcp()
    {
        TestDnsServer server(zone(),
                             [](const Received &, int) { return Treatment{Treatment::Kind::Truncate}; });
        gather::ServerGatherer gatherer(optionsFor(server.resolver()));
        const Asked asked = ask(gatherer, question());
        QVERIFY(asked.fact);
        QVERIFY(asked.fact->server().outcome == dns::Outcome::Answered);
        QVERIFY(asked.lookUps.at(0).overTcp);
    }

    void silenceIsGivenUpAfterTwoQuestions()
    {
        TestDnsServer server(zone(),
                             [](const Received &, int) { return Treatment{Treatment::Kind::Silence}; });
        gather::ServerGatherer gatherer(optionsFor(server.resolver()));
        const Asked asked = ask(gatherer, question());
        QVERIFY(asked.fact);
        QVERIFY(asked.fact->server().outcome == dns::Outcome::Timeout);
        QCOMPARE(asked.lookUps.size(), std::size_t(2));
        for (const gather::LookUp &lookUp : asked.lookUps)
            QVERIFY(lookUp.outcome == std::optional<FactOutcome>(dns::Outcome::Timeout));
    }

    void bothQuestionsFitIntoTheLongestThatALookUpMayTake()
    {
        for (const auto longest : {1ms, 2ms, 500ms, 3000ms, 60000ms}) {
            const auto options = gather::ServerGathererOptions::within(longest);
            QVERIFY(options.patience >= 1ms);
            QVERIFY(options.patience <= gather::ServerGathererOptions().patience);
            QVERIFY(longest < 2ms ||
                    options.patience * gather::ServerGathererOptions::MostAttempts <= longest);
        }
    }

    void refusalIsAnAnswer()
    {
        TestDnsServer server(zone(),
                             [](const Received &, int) { return Treatment{Treatment::Kind::Refuse}; });
        gather::ServerGatherer gatherer(optionsFor(server.resolver()));
        const Asked asked = ask(gatherer, question());
        QVERIFY(asked.fact);
        QVERIFY(asked.fact->server().outcome == dns::Outcome::Refused);
    }

    void whereNobodyListensItIsUnreachable()
    {
        gather::ServerGatherer gatherer(optionsFor(TestDnsServer::nobody()));
        const Asked asked = ask(gatherer, question(dns::Transport::Tcp));
        QVERIFY(asked.fact);
        QVERIFY(asked.fact->server().outcome == dns::Outcome::Unreachable);
    }

    void aPrivateAddressIsNeverAsked_data()
    {
        QTest::addColumn<QString>("address");
        for (const char *address :
             {"127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.1.1", "::1", "fd00::1", "::ffff:10.0.0.1"})
            QTest::newRow(address) << QString::fromLatin1(address);
    }
    void aPrivateAddressIsNeverAsked()
    {
        QFETCH(QString, address);
        TestDnsServer server(zone());
        gather::ServerGatherer gatherer(optionsFor(server.resolver()));
        const Asked asked = ask(gatherer, question(dns::Transport::Udp, qPrintable(address)));
        QVERIFY(asked.fact);
        QVERIFY(asked.fact->server().outcome == dns::Outcome::Unreachable);
        QVERIFY(server.received().empty());
        QVERIFY(asked.lookUps.empty());
    }

    void aCancelledQuestionCallsNobody()
    {
        TestDnsServer server(zone());
        gather::ServerGatherer gatherer(optionsFor(server.resolver()));
        bool called = false;
        gatherer.cancel(gatherer.ask(question(), [&called](const Fact &) { called = true; }));
        QVERIFY(ask(gatherer, question(dns::Transport::Tcp)).fact);
        QVERIFY(!called);
    }
};

QTEST_GUILESS_MAIN(TestServerGatherer)
#include "tst_server_gatherer.moc"
