// SPDX-License-Identifier: Apache-2.0
#include "gather/dns_gatherer.h"
#include "support/asking.h"
#include "support/test_dns_server.h"
#include "support/tick_watch.h"
#include "support/wait.h"

#include <QPointer>
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

namespace
{

Zone smallZone()
{
    Zone zone;
    zone.add("example.com 300 TXT \"v=spf1 -all\"");
    zone.add("example.com 300 MX 10 mx.example.com");
    zone.add("mx.example.com 300 A 192.0.2.1");
    zone.add("alias.example.com 40 CNAME example.com");
    zone.add("odd.example.com 300 TXT \"a\\000b\\255\" \"\" \"c\"");
    for (int i = 0; i < 40; ++i)
        zone.add("long.example.com 300 TXT \"string " + std::to_string(i) + ' ' + std::string(90, 'x') + '"');
    for (int i = 0; i < 300; ++i)
        zone.add("n" + std::to_string(i) + ".example.com 300 A 192.0.2.1");
    return zone;
}

gather::GathererOptions optionsFor(std::vector<gather::Resolver> resolvers)
{
    gather::GathererOptions options;
    options.resolvers = std::move(resolvers);
    options.patience = 150ms;
    options.timeout = 900ms;
    return options;
}

TestDnsServer::Script always(Kind kind)
{
    return [kind](const Received &, int) { return Treatment{kind}; };
}

/// A clock that stands still until a test moves it.
struct FakeClock {
    std::shared_ptr<std::chrono::microseconds> elapsed = std::make_shared<std::chrono::microseconds>(1s);
    gather::Clock clock() const
    {
        return {[] { return Timestamp(1'800'000'000s); }, [elapsed = elapsed] { return *elapsed; }};
    }
    void advance(std::chrono::microseconds by) { *elapsed += by; }
};

dns::Question nthKey(int n)
{
    return {name("n" + std::to_string(n) + ".example.com"), RrType::A};
}

} // namespace

class TestDnsGatherer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void resolversAreReadAndWritten_data();
    void resolversAreReadAndWritten();
    void everyQuestionAsksForEdnsAndAuthenticData();
    void answersComeFromTheEventLoopAndNotFromWithinAsk();
    void outcomesAreToldApart_data();
    void outcomesAreToldApart();
    void octetsOfTxtSurvive();
    void aliasesAreFollowedAndTheirTtlCounts();
    void truncatedAnswersAreAskedForAgainOverTcp();
    void largeAnswersWithinTheAnnouncedSizeNeedNoTcp();
    void aServerWithoutEdnsIsAskedWithoutIt();
    void answersWithAnotherIdOrQuestionAreIgnored_data();
    void answersWithAnotherIdOrQuestionAreIgnored();
    void aSilentResolverIsAskedAgainAndTheQuestionEndsInTime();
    void withoutAnyResolverEverythingIsUnreachable();
    void whereNobodyListensTheQuestionEndsAtOnce();
    void aDeadFirstResolverCostsOnePatienceForTheWholeChain();
    void questionsThatWaitOnADeadResolverAreMovedAtOnce();
    void aLateAnswerOfTheFirstResolverIsWelcome();
    void oneHardQuestionDoesNotMakeAResolverSilent();
    void aResolverThatRecoversIsAskedFirstAgain();
    void failuresGoToTheNextResolver_data();
    void failuresGoToTheNextResolver();
    void theFailureThatSaysMostIsKept();
    void aBrokenNameDoesNotWaitForADeadResolver();
    void theSameQuestionAtOnceIsSentOnce();
    void answersAreKeptForTheirTtlAndTheirTtlShrinks();
    void negativeAnswersAreKeptForTheirOwnTtl();
    void failuresAreNotKept();
    void theCacheIsBounded();
    void cancelledRequestsHearNothing();
    void cancellingOneOfTwoLeavesTheOther();
    void questionsBeyondTheLimitWaitTheirTurn();
    void callbacksMayAskMoreAndDeleteTheGatherer();
    void theEventLoopKeepsTurning();
    void ipv6ResolversAreAsked();
};

void TestDnsGatherer::resolversAreReadAndWritten_data()
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

void TestDnsGatherer::resolversAreReadAndWritten()
{
    QFETCH(QString, text);
    QFETCH(QString, written);
    const auto resolver = gather::Resolver::parse(text);
    QCOMPARE(resolver ? resolver->toString() : QString(), written);
    if (resolver)
        QCOMPARE(gather::Resolver::parse(written), resolver);
}

void TestDnsGatherer::everyQuestionAsksForEdnsAndAuthenticData()
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

void TestDnsGatherer::answersComeFromTheEventLoopAndNotFromWithinAsk()
{
    gather::DnsGatherer gatherer(optionsFor({}));
    const auto asking = ask(gatherer, "example.com", RrType::TXT);
    QVERIFY(!asking->isDone());
    QVERIFY(asking->log.empty());
    QVERIFY(waitFor([&] { return asking->isDone(); }));
}

void TestDnsGatherer::outcomesAreToldApart_data()
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

void TestDnsGatherer::outcomesAreToldApart()
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

void TestDnsGatherer::octetsOfTxtSurvive()
{
    TestDnsServer server(smallZone());
    gather::DnsGatherer gatherer(optionsFor({server.resolver()}));
    const auto asking = ask(gatherer, "odd.example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return asking->isDone(); }));
    const auto texts = dns::dataOf<dns::TxtData>(asking->fact->dns());
    QCOMPARE(texts.size(), 1U);
    QCOMPARE(texts[0]->strings, (std::vector<std::string>{std::string("a\0b\xff", 4), "", "c"}));
}

void TestDnsGatherer::aliasesAreFollowedAndTheirTtlCounts()
{
    TestDnsServer server(smallZone());
    gather::DnsGatherer gatherer(optionsFor({server.resolver()}));
    const auto asking = ask(gatherer, "alias.example.com", RrType::MX);
    QVERIFY(waitFor([&] { return asking->isDone(); }));
    QCOMPARE(asking->outcome(), shown(Outcome::Answered));
    QCOMPARE(dns::canonicalName(asking->fact->dns()).text(), std::string("example.com"));
    QCOMPARE(asking->fact->dns().ttl, 40U);
    QCOMPARE(asking->log.back().ttl, 40U);
}

void TestDnsGatherer::truncatedAnswersAreAskedForAgainOverTcp()
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

void TestDnsGatherer::largeAnswersWithinTheAnnouncedSizeNeedNoTcp()
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

void TestDnsGatherer::aServerWithoutEdnsIsAskedWithoutIt()
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

void TestDnsGatherer::answersWithAnotherIdOrQuestionAreIgnored_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("id") << Kind::WrongId;
    QTest::newRow("question") << Kind::WrongQuestion;
}

void TestDnsGatherer::answersWithAnotherIdOrQuestionAreIgnored()
{
    QFETCH(Kind, kind);
    TestDnsServer server(smallZone(), always(kind));
    gather::DnsGatherer gatherer(optionsFor({server.resolver()}));
    const auto asking = ask(gatherer, "example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return asking->isDone(); }));
    QCOMPARE(asking->outcome(), shown(Outcome::Answered));
    QCOMPARE(asking->log.size(), 1U);
}

void TestDnsGatherer::aSilentResolverIsAskedAgainAndTheQuestionEndsInTime()
{
    TestDnsServer server(smallZone(), always(Kind::Silence));
    gather::DnsGatherer gatherer(optionsFor({server.resolver()}));
    QElapsedTimer timer;
    timer.start();
    const auto asking = ask(gatherer, "example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return asking->isDone(); }));
    QCOMPARE(asking->outcome(), shown(Outcome::Timeout));
    QVERIFY2(timer.elapsed() < 1800, "the time-out of 900 ms bounds all attempts together");
    QVERIFY(server.timesAsked({name("example.com"), RrType::TXT}) >= 2);
    QVERIFY(asking->log[0].note.contains(QStringLiteral("no answer in 150 ms")));
    for (const LookUp &lookUp : asking->log)
        QCOMPARE(lookUp.outcome, std::optional<FactOutcome>(Outcome::Timeout));
}

void TestDnsGatherer::withoutAnyResolverEverythingIsUnreachable()
{
    gather::DnsGatherer gatherer(optionsFor({}));
    const auto asking = ask(gatherer, "example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return asking->isDone(); }));
    QCOMPARE(asking->outcome(), shown(Outcome::Unreachable));
    QVERIFY(asking->log.empty());
}

void TestDnsGatherer::whereNobodyListensTheQuestionEndsAtOnce()
{
    auto options = optionsFor({TestDnsServer::nobody()});
    options.timeout = 20s;
    options.patience = 10s;
    gather::DnsGatherer gatherer(options);
    const auto asking = ask(gatherer, "example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return asking->isDone(); }, 4000));
    QCOMPARE(asking->outcome(), shown(Outcome::Unreachable));
}

void TestDnsGatherer::aDeadFirstResolverCostsOnePatienceForTheWholeChain()
{
    TestDnsServer dead(smallZone(), always(Kind::Silence));
    TestDnsServer alive(smallZone());
    auto options = optionsFor({dead.resolver(), alive.resolver()});
    options.patience = 400ms;
    options.timeout = 5s;
    gather::DnsGatherer gatherer(options);
    QElapsedTimer timer;
    timer.start();
    for (int level = 0; level < 10; ++level) { // each asked when the one before has been answered
        const auto asking = ask(gatherer, nthKey(level));
        QVERIFY(waitFor([&] { return asking->isDone(); }));
        QCOMPARE(asking->outcome(), shown(Outcome::Answered));
        QCOMPARE(asking->fact->from, alive.resolver().toString().toStdString());
        if (level == 0) {
            QCOMPARE(asking->log.size(), 2U);
            QVERIFY(asking->log[0].state == LookUp::State::Abandoned);
            const QString expected =
                QStringLiteral("no answer in 400 ms: asking %1").arg(alive.resolver().toString());
            QCOMPARE(asking->log[0].note, expected);
            QCOMPARE(asking->log[1].attempt, 2);
        } else {
            QCOMPARE(asking->log.size(), 1U);
        }
    }
    QVERIFY2(timer.elapsed() < 800, "ten levels cost one patience of 400 ms, not ten");
    QCOMPARE(dead.received().size(), 1U);
}

void TestDnsGatherer::questionsThatWaitOnADeadResolverAreMovedAtOnce()
{
    TestDnsServer dead(smallZone(), always(Kind::Silence));
    TestDnsServer alive(smallZone());
    auto options = optionsFor({dead.resolver(), alive.resolver()});
    options.patience = 600ms;
    options.timeout = 5s;
    gather::DnsGatherer gatherer(options);
    QElapsedTimer timer;
    timer.start();
    const auto first = ask(gatherer, nthKey(0));
    QTRY_VERIFY(timer.elapsed() > 300);
    const auto second = ask(gatherer, nthKey(1)); // its own patience would end at 900 ms
    QVERIFY(waitFor([&] { return first->isDone() && second->isDone(); }));
    QVERIFY(timer.elapsed() < 880);
    QVERIFY(second->log[0].note.contains(QStringLiteral("does not answer")));
}

void TestDnsGatherer::aLateAnswerOfTheFirstResolverIsWelcome()
{
    TestDnsServer late(smallZone(), [](const Received &, int) { return Treatment{Kind::Answer, 300ms}; });
    TestDnsServer dead(smallZone(), always(Kind::Silence));
    gather::DnsGatherer gatherer(optionsFor({late.resolver(), dead.resolver()}));
    const auto asking = ask(gatherer, "example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return asking->isDone(); }));
    QCOMPARE(asking->outcome(), shown(Outcome::Answered));
    QCOMPARE(asking->fact->from, late.resolver().toString().toStdString());
    QVERIFY(asking->log[0].state == LookUp::State::Answered);
    QVERIFY(asking->log[1].state == LookUp::State::Abandoned);
}

void TestDnsGatherer::oneHardQuestionDoesNotMakeAResolverSilent()
{
    const dns::Question hard{name("example.com"), RrType::TXT};
    TestDnsServer first(smallZone(), [hard](const Received &received, int) {
        return Treatment{received.question == hard ? Kind::Silence : Kind::Answer};
    });
    TestDnsServer second(smallZone());
    gather::DnsGatherer gatherer(optionsFor({first.resolver(), second.resolver()}));
    const auto stuck = ask(gatherer, hard);
    int n = 0;
    while (!stuck->isDone()) { // the first resolver goes on answering
        const auto easy = ask(gatherer, nthKey(n++ % 300));
        QVERIFY(waitFor([&] { return easy->isDone(); }));
    }
    QCOMPARE(stuck->fact->from, second.resolver().toString().toStdString());
    const auto next = ask(gatherer, "mx.example.com", RrType::A);
    QVERIFY(waitFor([&] { return next->isDone(); }));
    QCOMPARE(next->fact->from, first.resolver().toString().toStdString());
}

void TestDnsGatherer::aResolverThatRecoversIsAskedFirstAgain()
{
    TestDnsServer first(smallZone(), always(Kind::Silence));
    TestDnsServer second(smallZone());
    auto options = optionsFor({first.resolver(), second.resolver()});
    options.reviveAfter = 50ms;
    options.cacheSize = 0; // each question is to be sent
    gather::DnsGatherer gatherer(options);
    const auto slow = ask(gatherer, nthKey(0));
    QVERIFY(waitFor([&] { return slow->isDone(); }));
    first.setScript({});
    // Each question is new; the first one behind reviveAfter is put to both, and from then on the first is
    // preferred.
    int n = 1;
    std::shared_ptr<Asking> asking;
    QVERIFY(waitFor([&] {
        if (asking && !asking->isDone())
            return false;
        const bool isPreferred = asking && asking->log.size() == 1 &&
                                 asking->fact->from == first.resolver().toString().toStdString();
        if (!isPreferred)
            asking = ask(gatherer, nthKey(n++ % 300));
        return isPreferred;
    }));
    QVERIFY(asking->log[0].state == LookUp::State::Answered);
    QVERIFY2(first.received().size() >= 3,
             "the silent question, the one that found it recovered, and this one");
}

void TestDnsGatherer::failuresGoToTheNextResolver_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("note");
    QTest::newRow("REFUSED") << Kind::Refuse << "REFUSED";
    QTest::newRow("SERVFAIL") << Kind::Fail << "SERVFAIL";
    QTest::newRow("NOTIMP") << Kind::NotImplemented << "response code 4";
    QTest::newRow("malformed") << Kind::BrokenRecord << "malformed";
}

void TestDnsGatherer::failuresGoToTheNextResolver()
{
    QFETCH(Kind, kind);
    QFETCH(QString, note);
    TestDnsServer bad(smallZone(), always(kind));
    TestDnsServer good(smallZone());
    auto options = optionsFor({bad.resolver(), good.resolver()});
    options.patience = 10s; // it must not be waited for
    options.timeout = 20s;
    gather::DnsGatherer gatherer(options);
    const auto asking = ask(gatherer, "example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return asking->isDone(); }, 4000));
    QCOMPARE(asking->outcome(), shown(Outcome::Answered));
    QCOMPARE(asking->fact->from, good.resolver().toString().toStdString());
    QCOMPARE(asking->log.size(), 2U);
    QVERIFY2(asking->log[0].note.startsWith(note), qPrintable(asking->log[0].note));
    QVERIFY(asking->log[0].note.endsWith(good.resolver().toString()));
}

void TestDnsGatherer::theFailureThatSaysMostIsKept()
{
    TestDnsServer refusing(smallZone(), always(Kind::Refuse));
    TestDnsServer failing(smallZone(), always(Kind::Fail));
    TestDnsServer broken(smallZone(), always(Kind::BrokenRecord));
    gather::DnsGatherer gatherer(optionsFor({refusing.resolver(), failing.resolver(), broken.resolver()}));
    const auto asking = ask(gatherer, "example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return asking->isDone(); }));
    QCOMPARE(asking->outcome(), shown(Outcome::ServerFailure));
    QCOMPARE(asking->fact->from, failing.resolver().toString().toStdString());
    QCOMPARE(asking->log.size(), 3U);
}

void TestDnsGatherer::aBrokenNameDoesNotWaitForADeadResolver()
{
    TestDnsServer dead(smallZone(), always(Kind::Silence));
    TestDnsServer failing(smallZone(), always(Kind::Fail));
    auto options = optionsFor({dead.resolver(), failing.resolver()});
    options.timeout = 20s;
    gather::DnsGatherer gatherer(options);
    for (int i = 0; i < 3; ++i) {
        const auto asking = ask(gatherer, nthKey(i));
        QVERIFY(waitFor([&] { return asking->isDone(); }, 4000));
        QCOMPARE(asking->outcome(), shown(Outcome::ServerFailure));
    }
    QCOMPARE(dead.received().size(), 1U);
}

void TestDnsGatherer::theSameQuestionAtOnceIsSentOnce()
{
    TestDnsServer server(smallZone(), [](const Received &, int) { return Treatment{Kind::Answer, 100ms}; });
    gather::DnsGatherer gatherer(optionsFor({server.resolver()}));
    int gathered = 0;
    connect(&gatherer, &gather::Gatherer::gathered, this, [&] { ++gathered; });
    const dns::Question key{name("example.com"), RrType::TXT};
    const auto first = ask(gatherer, key);
    const auto second = ask(gatherer, key);
    QTRY_COMPARE(server.timesAsked(key), 1);
    const auto third = ask(gatherer, "EXAMPLE.com.", RrType::TXT);
    QVERIFY(waitFor([&] { return first->isDone() && second->isDone() && third->isDone(); }));
    QCOMPARE(server.timesAsked(key), 1);
    QCOMPARE(third->log.size(), 1U);
    QVERIFY(third->log[0].state == LookUp::State::Answered);
    QCOMPARE(*first->fact, *third->fact);
    QCOMPARE(gathered, 1);
}

void TestDnsGatherer::answersAreKeptForTheirTtlAndTheirTtlShrinks()
{
    FakeClock time;
    TestDnsServer server(smallZone());
    auto options = optionsFor({server.resolver()});
    options.clock = time.clock();
    gather::DnsGatherer gatherer(options);
    const dns::Question key{name("alias.example.com"),
                            RrType::TXT}; // the alias lives for 40 s, the text for 300 s
    const auto first = ask(gatherer, key);
    QVERIFY(waitFor([&] { return first->isDone(); }));
    time.advance(30s);
    const auto second = ask(gatherer, key);
    QVERIFY(waitFor([&] { return second->isDone(); }));
    QCOMPARE(server.timesAsked(key), 1);
    QCOMPARE(second->fact->dns().ttl, 10U);
    QCOMPARE(second->fact->dns().aliases[0].ttl, 10U);
    QCOMPARE(second->fact->dns().records[0].ttl, 270U);
    QCOMPARE(second->log.size(), 1U);
    QVERIFY(second->log[0].state == LookUp::State::Cached);
    QVERIFY(second->log[0].server.isEmpty());
    QCOMPARE(second->log[0].ttl, 10U);
    time.advance(10s);
    const auto third = ask(gatherer, key);
    QVERIFY(waitFor([&] { return third->isDone(); }));
    QCOMPARE(server.timesAsked(key), 2);
    gatherer.clearCache();
    const auto fourth = ask(gatherer, key);
    QVERIFY(waitFor([&] { return fourth->isDone(); }));
    QCOMPARE(server.timesAsked(key), 3);
}

void TestDnsGatherer::negativeAnswersAreKeptForTheirOwnTtl()
{
    FakeClock time;
    Zone zone = smallZone();
    zone.setNegativeTtl(5);
    TestDnsServer server(zone);
    auto options = optionsFor({server.resolver()});
    options.clock = time.clock();
    gather::DnsGatherer gatherer(options);
    const dns::Question key{name("nosuch.example.com"), RrType::TXT};
    for (const int times : {1, 1, 2}) {
        const auto asking = ask(gatherer, key);
        QVERIFY(waitFor([&] { return asking->isDone(); }));
        QCOMPARE(asking->outcome(), shown(Outcome::NxDomain));
        QCOMPARE(server.timesAsked(key), times);
        time.advance(3s);
    }
}

void TestDnsGatherer::failuresAreNotKept()
{
    TestDnsServer server(smallZone(), [](const Received &, int times) {
        return Treatment{times == 0 ? Kind::Fail : Kind::Answer};
    });
    gather::DnsGatherer gatherer(optionsFor({server.resolver()}));
    const auto first = ask(gatherer, "example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return first->isDone(); }));
    QCOMPARE(first->outcome(), shown(Outcome::ServerFailure));
    const auto second = ask(gatherer, "example.com", RrType::TXT);
    QVERIFY(waitFor([&] { return second->isDone(); }));
    QCOMPARE(second->outcome(), shown(Outcome::Answered));
}

void TestDnsGatherer::theCacheIsBounded()
{
    TestDnsServer server(smallZone());
    auto options = optionsFor({server.resolver()});
    options.cacheSize = 2;
    gather::DnsGatherer gatherer(options);
    for (const int n : {0, 1, 0, 2, 0, 1}) { // 2 takes the place of 1, the longest unused
        const auto asking = ask(gatherer, nthKey(n));
        QVERIFY(waitFor([&] { return asking->isDone(); }));
    }
    QCOMPARE(server.timesAsked(nthKey(0)), 1);
    QCOMPARE(server.timesAsked(nthKey(1)), 2);
}

void TestDnsGatherer::cancelledRequestsHearNothing()
{
    TestDnsServer server(smallZone(), [](const Received &, int) { return Treatment{Kind::Answer, 300ms}; });
    auto options = optionsFor({server.resolver()});
    options.patience = 5s;
    gather::DnsGatherer gatherer(options);
    const auto early = ask(gatherer, nthKey(0));
    gatherer.cancel(early->ticket);
    const auto late = ask(gatherer, nthKey(1));
    QVERIFY(waitFor([&] { return server.timesAsked(nthKey(1)) == 1; }));
    gatherer.cancel(late->ticket);
    gatherer.cancel(late->ticket);
    gatherer.cancel(12345);
    const auto after = ask(gatherer, nthKey(2));
    QVERIFY(waitFor([&] { return after->isDone(); }));
    QVERIFY(!early->isDone());
    QVERIFY(!late->isDone());
    QCOMPARE(server.timesAsked(nthKey(0)), 0);
}

void TestDnsGatherer::cancellingOneOfTwoLeavesTheOther()
{
    TestDnsServer server(smallZone(), [](const Received &, int) { return Treatment{Kind::Answer, 300ms}; });
    auto options = optionsFor({server.resolver()});
    options.patience = 5s;
    gather::DnsGatherer gatherer(options);
    const auto one = ask(gatherer, nthKey(0));
    const auto other = ask(gatherer, nthKey(0));
    QVERIFY(waitFor([&] { return server.timesAsked(nthKey(0)) == 1; }));
    gatherer.cancel(one->ticket);
    QVERIFY(waitFor([&] { return other->isDone(); }));
    QVERIFY(!one->isDone());
}

void TestDnsGatherer::questionsBeyondTheLimitWaitTheirTurn()
{
    TestDnsServer server(smallZone(), [](const Received &, int) { return Treatment{Kind::Answer, 300ms}; });
    auto options = optionsFor({server.resolver()});
    options.maxInFlight = 10;
    options.timeout = 5s;
    options.patience = 5s;
    gather::DnsGatherer gatherer(options);
    std::vector<std::shared_ptr<Asking>> all;
    for (int i = 0; i < 60; ++i)
        all.push_back(ask(gatherer, nthKey(i)));
    gatherer.cancel(all[5]->ticket);
    gatherer.cancel(all[40]->ticket);
    QVERIFY(waitFor([&] { return server.received().size() >= 10; }));
    QCOMPARE(server.received().size(), 10U);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i != 5 && i != 40)
            QTRY_VERIFY(all[i]->isDone());
    }
    QCOMPARE(server.received().size(), 58U);
}

void TestDnsGatherer::callbacksMayAskMoreAndDeleteTheGatherer()
{
    TestDnsServer server(smallZone());
    const QPointer gatherer(new gather::DnsGatherer(optionsFor({server.resolver()})));
    bool never = true;
    gatherer->ask(nthKey(0), [&](Fact) {
        gatherer->ask(nthKey(1), [&](Fact) { delete gatherer.data(); });
        gatherer->ask(nthKey(2), [&](Fact) { never = never && !gatherer.isNull(); });
    });
    QTRY_VERIFY(gatherer.isNull());
    QVERIFY(never);
}

void TestDnsGatherer::theEventLoopKeepsTurning()
{
    TestDnsServer server(smallZone(), [](const Received &received, int times) {
        return Treatment{
            times == 0 && received.question.name.text().size() % 2 == 0 ? Kind::Silence : Kind::Answer, 20ms};
    });
    gather::DnsGatherer gatherer(optionsFor({server.resolver()}));
    TickWatch watch;
    std::vector<std::shared_ptr<Asking>> all;
    for (int i = 0; i < 300; ++i)
        all.push_back(ask(gatherer, nthKey(i)));
    for (const auto &asking : all)
        QVERIFY(waitFor([&] { return asking->isDone(); }));
    QVERIFY2(watch.ticks() > 20, "the loop turned all the while");
}

void TestDnsGatherer::ipv6ResolversAreAsked()
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

QTEST_GUILESS_MAIN(TestDnsGatherer)
#include "tst_dns_gatherer.moc"
