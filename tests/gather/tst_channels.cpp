// SPDX-License-Identifier: Apache-2.0
// What goes over the wire: EDNS, TCP after truncation, forged answers, and how a look-up ended.
#include "gather/small_zone.h"
#include "support/asking.h"
#include "support/wait.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace std::chrono_literals;
using dns::Outcome;
using dns::RrType;
using gather::LookUp;
using Kind = Treatment::Kind;

Q_DECLARE_METATYPE(mailoscope::tests::Treatment::Kind)
Q_DECLARE_METATYPE(mailoscope::dns::Outcome)

class TestChannels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void resolversAreReadAndWritten_data();
    void resolversAreReadAndWritten();
    void everyQuestionAsksForEdnsAndAuthenticData();
    void outcomesAreToldApart_data();
    void outcomesAreToldApart();
    void octetsOfTxtSurvive();
    void truncatedAnswersAreAskedForAgainOverTcp();
    void largeAnswersWithinTheAnnouncedSizeNeedNoTcp();
    void aServerWithoutEdnsIsAskedWithoutIt();
    void answersWithAnotherIdOrQuestionAreIgnored_data();
    void answersWithAnotherIdOrQuestionAreIgnored();
    void whereNobodyListensTheQuestionEndsAtOnce();
    void ipv6ResolversAreAsked();
};

void TestChannels::resolversAreReadAndWritten_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written"); // empty: no resolver
    const auto row = [](const char *text, const char *written) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(written);
    };
    row("192.0.2.53", "192.0.2.53:53");
    row("192.0.2.53:5353", "192.0.2.53:5353");
    row(" 192.0.2.53 ", "192.0.2.53:53");
    row("2001:db8::53", "[2001:db8::53]:53");
    row("[2001:db8::53]", "[2001:db8::53]:53");
    row("[2001:DB8::53]:5353", "[2001:db8::53]:5353");
    for (const char *bad :
         {"", "dns.example", "192.0.2", "192.0.2.53:", "192.0.2.53:0", "192.0.2.53:65536", "192.0.2.53:-1",
          "192.0.2.53:+53", "192.0.2.256", "[192.0.2.53]:53", "[2001:db8::53", "2001:db8::53]",
          "[2001:db8::53]53", "[2001:db8::53]:", "[]:53", "192.0.2.53 :53", "1:2"})
        row(bad, "");
}

void TestChannels::resolversAreReadAndWritten()
{
    QFETCH(QString, text);
    QFETCH(QString, written);
    const auto resolver = gather::Resolver::parse(text);
    QCOMPARE(resolver ? resolver->toString() : QString(), written);
    if (resolver)
        QCOMPARE(gather::Resolver::parse(written), resolver);
}

void TestChannels::everyQuestionAsksForEdnsAndAuthenticData()
{
    TestDnsServer server(smallZone(), [](const Received &, int) {
        Treatment treatment;
        treatment.authenticated = true;
        return treatment;
    });
    gather::DnsGatherer gatherer(optionsFor({server.resolver()}));
    const auto asking = ask(gatherer, "example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return asking->isDone(); }));
    QCOMPARE(asking->outcome(), shown(Outcome::Answered));
    QVERIFY(asking->fact->dns().authenticated);
    QCOMPARE(asking->fact->from, server.resolver().toString().toStdString());
    const auto received = server.received();
    QCOMPARE(received.size(), 1U);
    QVERIFY(received[0].hasEdns);
    QCOMPARE(received[0].ednsPayload, dns::EdnsPayload);
    QVERIFY(received[0].authenticDataWanted);
    QVERIFY(received[0].recursionDesired);
}

void TestChannels::outcomesAreToldApart_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("owner");
    QTest::addColumn<Outcome>("outcome");
    const auto row = [](const char *title, Kind kind, const char *owner, Outcome outcome) {
        QTest::newRow(title) << kind << QString::fromLatin1(owner) << outcome;
    };
    row("records", Kind::Answer, "example.com", Outcome::Answered);
    row("a name without such records", Kind::Answer, "mx.example.com", Outcome::NoData);
    row("a name with names below it alone", Kind::Answer, "com", Outcome::NoData);
    row("no such name", Kind::Answer, "nosuch.example.com", Outcome::NxDomain);
    row("SERVFAIL", Kind::Fail, "example.com", Outcome::ServerFailure);
    row("REFUSED", Kind::Refuse, "example.com", Outcome::Refused);
    row("NOTIMP", Kind::NotImplemented, "example.com", Outcome::OtherRcode);
    row("silence", Kind::Silence, "example.com", Outcome::Timeout);
    row("a record cut in the middle", Kind::BrokenRecord, "example.com", Outcome::Malformed);
    row("an answer to nobody", Kind::OnlyWrongId, "example.com", Outcome::Timeout);
}

void TestChannels::outcomesAreToldApart()
{
    QFETCH(Kind, kind);
    QFETCH(QString, owner);
    QFETCH(Outcome, outcome);
    TestDnsServer server(smallZone(), always(kind));
    gather::DnsGatherer gatherer(optionsFor({server.resolver()}));
    const auto asking = ask(gatherer, owner.toStdString(), RrType::TXT);
    QVERIFY(waitFor([&] { return asking->isDone(); }));
    QCOMPARE(asking->outcome(), shown(outcome));
    QCOMPARE(asking->answers, 1);
    QCOMPARE(asking->log.back().outcome, std::optional<FactOutcome>(outcome));
    QVERIFY(asking->log.back().state == LookUp::State::Answered);
    QCOMPARE(asking->fact->from, server.resolver().toString().toStdString());
}

void TestChannels::octetsOfTxtSurvive()
{
    TestDnsServer server(smallZone());
    gather::DnsGatherer gatherer(optionsFor({server.resolver()}));
    const auto asking = ask(gatherer, "odd.example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return asking->isDone(); }));
    const auto texts = dns::dataOf<dns::TxtData>(asking->fact->dns());
    QCOMPARE(texts.size(), 1U);
    QCOMPARE(texts[0]->strings, (std::vector<std::string>{std::string("a\0b\xff", 4), "", "c"}));
}

void TestChannels::truncatedAnswersAreAskedForAgainOverTcp()
{
    TestDnsServer server(smallZone());
    gather::DnsGatherer gatherer(optionsFor({server.resolver()}));
    const auto asking = ask(gatherer, "long.example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return asking->isDone(); }));
    QCOMPARE(asking->outcome(), shown(Outcome::Answered));
    QCOMPARE(asking->fact->dns().records.size(), 40U);
    QCOMPARE(asking->log.size(), 1U);
    QVERIFY(asking->log[0].overTcp);
    const auto received = server.received();
    QCOMPARE(received.size(), 2U);
    QVERIFY(!received[0].overTcp);
    QVERIFY(received[1].overTcp);
}

void TestChannels::largeAnswersWithinTheAnnouncedSizeNeedNoTcp()
{
    Zone zone;
    for (int i = 0; i < 8; ++i)
        zone.add("big.example.com TXT \"" + std::to_string(i) + std::string(99, 'x') + '"');
    TestDnsServer server(zone);
    gather::DnsGatherer gatherer(optionsFor({server.resolver()}));
    const auto asking = ask(gatherer, "big.example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return asking->isDone(); }));
    QCOMPARE(asking->fact->dns().records.size(), 8U);
    QVERIFY(!asking->log[0].overTcp);
    QCOMPARE(server.received().size(), 1U);
}

void TestChannels::aServerWithoutEdnsIsAskedWithoutIt()
{
    TestDnsServer server(smallZone(), always(Kind::FormErrToEdns));
    gather::DnsGatherer gatherer(optionsFor({server.resolver()}));
    std::vector<std::shared_ptr<Asking>> all;
    for (int i = 0; i < 40; ++i)
        all.push_back(ask(gatherer, nthKey(i)));
    all.push_back(ask(gatherer, "long.example.com", RrType::TXT));
    for (const auto &asking : all) {
        QVERIFY(waitFor([&] { return asking->isDone(); }));
        QCOMPARE(asking->outcome(), shown(Outcome::Answered));
    }
}

void TestChannels::answersWithAnotherIdOrQuestionAreIgnored_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("id") << Kind::WrongId;
    QTest::newRow("question") << Kind::WrongQuestion;
}

void TestChannels::answersWithAnotherIdOrQuestionAreIgnored()
{
    QFETCH(Kind, kind);
    TestDnsServer server(smallZone(), always(kind));
    gather::DnsGatherer gatherer(optionsFor({server.resolver()}));
    const auto asking = ask(gatherer, "example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return asking->isDone(); }));
    QCOMPARE(asking->outcome(), shown(Outcome::Answered));
    QCOMPARE(asking->log.size(), 1U);
}

void TestChannels::whereNobodyListensTheQuestionEndsAtOnce()
{
    auto options = optionsFor({TestDnsServer::nobody()});
    options.timeout = 20s;
    options.patience = 10s;
    gather::DnsGatherer gatherer(options);
    const auto asking = ask(gatherer, "example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return asking->isDone(); }, 4000));
    QCOMPARE(asking->outcome(), shown(Outcome::Unreachable));
}

void TestChannels::ipv6ResolversAreAsked()
{
    TestDnsServer server(smallZone(), {}, QHostAddress::LocalHostIPv6);
    if (!server.isListening())
        QSKIP("this machine has no IPv6 loopback address");
    gather::DnsGatherer gatherer(optionsFor({server.resolver()}));
    const auto small = ask(gatherer, "example.com", RrType::TXT);
    const auto large = ask(gatherer, "long.example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return small->isDone() && large->isDone(); }));
    QCOMPARE(small->outcome(), shown(Outcome::Answered));
    QCOMPARE(large->outcome(), shown(Outcome::Answered));
    QVERIFY(large->log[0].overTcp);
    QVERIFY(small->fact->from.starts_with("[::1]:"));
}

QTEST_GUILESS_MAIN(TestChannels)
#include "tst_channels.moc"
