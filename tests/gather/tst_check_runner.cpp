// SPDX-License-Identifier: Apache-2.0
#include "gather/check_runner.h"
#include "gather/dns_gatherer.h"
#include "support/test_dns_server.h"
#include "support/wait.h"
#include "support/zone_gatherer.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace std::chrono_literals;
using gather::CheckRunner;
using spf::CheckResult;

namespace
{

Zone zone()
{
    Zone zone;
    zone.add("plain.example TXT \"v=spf1 ip4:192.0.2.0/24 -all\"");
    zone.add("deep.example TXT \"v=spf1 include:one.deep.example -all\"");
    zone.add("one.deep.example TXT \"v=spf1 include:two.deep.example -all\"");
    zone.add("two.deep.example TXT \"v=spf1 a:host.deep.example -all\"");
    zone.add("host.deep.example A 192.0.2.1");
    zone.add("early.example TXT \"v=spf1 a:host.deep.example include:silent.example -all\"");
    zone.add("short.example 5 TXT \"v=spf1 ip4:192.0.2.0/24 -all\"");
    zone.add("zero.example 0 TXT \"v=spf1 include:zero2.example -all\"");
    zone.add("zero2.example 0 TXT \"v=spf1 ip4:192.0.2.0/24 -all\"");
    zone.failOtherwise(name("silent.example"), dns::Outcome::Timeout);
    return zone;
}

spf::CheckArguments from(const std::string &domain, const char *ip = "192.0.2.1")
{
    spf::CheckArguments arguments;
    arguments.ip = IpAddress::parse(ip).value();
    arguments.sender = "user@" + domain;
    arguments.helo = "mail.example";
    return arguments;
}

gather::GathererOptions optionsFor(const TestDnsServer &server)
{
    gather::GathererOptions options;
    options.resolvers = {server.resolver()};
    return options;
}

/// What the sink was given.
struct Given {
    std::vector<quint64> places;
    std::vector<std::optional<CheckResult>> results;
    CheckRunner::Sink sink()
    {
        return [this](quint64 place, const spf::CheckOutcome *outcome) {
            places.push_back(place);
            results.push_back(outcome ? std::optional(outcome->result) : std::nullopt);
        };
    }
};

} // namespace

class TestCheckRunner : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void resultsComeInTheOrderOfInput();
    void warmChecksAreDoneWithinAdd();
    void factsAreSharedByAllChecks();
    void factsAreKeptNoLongerThanTheirTtl();
    void aTtlOfZeroStillServesTheCheckThatWaited();
    void aCheckEndsBeforeItsPrefetchedQuestionsDo();
    void aLookUpThatFailsIsATempError();
    void aWindowTellsWhenThereIsRoomAgain();
    void theSinkMayAddMore();
    void theEndOfTheRunnerForgetsItsQuestions();
};

void TestCheckRunner::resultsComeInTheOrderOfInput()
{
    TestDnsServer server(zone(), [](const Received &received, int) {
        return Treatment{Treatment::Kind::Answer,
                         received.question.name.text().starts_with("deep") ? 40ms : 1ms};
    });
    Given given;
    CheckRunner runner(std::make_shared<gather::DnsGatherer>(optionsFor(server)), given.sink());
    QCOMPARE(runner.add(from("deep.example")), 0U);
    QCOMPARE(runner.add(from("plain.example")), 1U);
    QCOMPARE(runner.skip(), 2U);
    QCOMPARE(runner.add(from("nosuch.example")), 3U);
    QCOMPARE(runner.add(from("plain.example", "203.0.113.1")), 4U);
    QVERIFY(runner.isBusy());
    QVERIFY(waitFor([&] { return !runner.isBusy(); }));
    QCOMPARE(given.places, (std::vector<quint64>{0, 1, 2, 3, 4}));
    const std::vector<std::optional<CheckResult>> expected{CheckResult::Pass, CheckResult::Pass, std::nullopt,
                                                           CheckResult::None, CheckResult::Fail};
    QVERIFY(given.results == expected);
}

void TestCheckRunner::warmChecksAreDoneWithinAdd()
{
    Given given;
    CheckRunner runner(std::make_shared<ZoneGatherer>(std::make_shared<Zone>(zone())), given.sink());
    runner.add(from("deep.example"));
    QVERIFY(given.results.empty());
    QVERIFY(waitFor([&] { return !runner.isBusy(); }));
    runner.add(from("deep.example"));
    runner.skip();
    QCOMPARE(given.results.size(), 3U);
    QVERIFY(!runner.isBusy());
}

void TestCheckRunner::factsAreSharedByAllChecks()
{
    const auto gatherer = std::make_shared<ZoneGatherer>(std::make_shared<Zone>(zone()));
    Given given;
    CheckRunner runner(gatherer, given.sink());
    for (int i = 0; i < 500; ++i)
        runner.add(from(i % 2 == 0 ? "deep.example" : "plain.example"));
    QVERIFY(waitFor([&] { return !runner.isBusy(); }));
    QCOMPARE(gatherer->timesAskedAgain(), 0);
    QCOMPARE(given.results.size(), 500U);
}

void TestCheckRunner::factsAreKeptNoLongerThanTheirTtl()
{
    auto elapsed = std::make_shared<std::chrono::microseconds>(1s);
    TestDnsServer server(zone());
    auto options = optionsFor(server);
    options.clock.elapsed = [elapsed] { return *elapsed; };
    Given given;
    CheckRunner runner(std::make_shared<gather::DnsGatherer>(options), given.sink());
    const dns::Question question{name("short.example"), dns::RrType::TXT};
    runner.add(from("short.example"));
    QVERIFY(waitFor([&] { return !runner.isBusy(); }));
    *elapsed += 4999ms;
    runner.add(from("short.example"));
    QVERIFY2(!runner.isBusy(), "the fact is still good");
    QCOMPARE(server.timesAsked(question), 1);
    *elapsed += 1ms;
    runner.add(from("short.example"));
    QVERIFY2(runner.isBusy(), "the fact is over");
    QVERIFY(waitFor([&] { return !runner.isBusy(); }));
    QCOMPARE(server.timesAsked(question), 2);
    QCOMPARE(given.results.size(), 3U);
}

void TestCheckRunner::aTtlOfZeroStillServesTheCheckThatWaited()
{
    const auto gatherer = std::make_shared<ZoneGatherer>(std::make_shared<Zone>(zone()));
    Given given;
    CheckRunner runner(gatherer, given.sink());
    runner.add(from("zero.example"));
    QVERIFY(waitFor([&] { return !runner.isBusy(); }));
    QVERIFY(given.results.back() == CheckResult::Pass);
    QCOMPARE(gatherer->timesAskedAgain(), 0);
    runner.add(from("zero.example"));
    QVERIFY(waitFor([&] { return !runner.isBusy(); }));
    QCOMPARE(gatherer->timesAskedAgain(), 2);
}

void TestCheckRunner::aCheckEndsBeforeItsPrefetchedQuestionsDo()
{
    TestDnsServer server(zone());
    auto options = optionsFor(server);
    options.timeout = 60s;
    Given given;
    CheckRunner runner(std::make_shared<gather::DnsGatherer>(options), given.sink());
    runner.add(from("early.example"));
    QVERIFY2(waitFor([&] { return !runner.isBusy(); }, 10000), "silent.example is not waited for");
    QVERIFY(given.results.back() == CheckResult::Pass);
}

void TestCheckRunner::aLookUpThatFailsIsATempError()
{
    TestDnsServer server(zone());
    auto options = optionsFor(server);
    options.timeout = 100ms;
    options.patience = 50ms;
    Given given;
    CheckRunner runner(std::make_shared<gather::DnsGatherer>(options), given.sink());
    runner.add(from("silent.example"));
    runner.add(from("early.example", "203.0.113.1"));
    QVERIFY(waitFor([&] { return !runner.isBusy(); }));
    QVERIFY(given.results[0] == CheckResult::TempError);
    QVERIFY(given.results[1] == CheckResult::TempError);
}

void TestCheckRunner::aWindowTellsWhenThereIsRoomAgain()
{
    const auto gatherer = std::make_shared<ZoneGatherer>(std::make_shared<Zone>(zone()));
    gatherer->setHeld(true);
    Given given;
    gather::CheckRunnerOptions options;
    options.window = 3;
    CheckRunner runner(gatherer, given.sink(), options);
    int roomy = 0;
    int idle = 0;
    connect(&runner, &CheckRunner::roomBecame, this, [&] { ++roomy; });
    connect(&runner, &CheckRunner::idled, this, [&] { ++idle; });
    runner.add(from("plain.example"));
    runner.add(from("deep.example"));
    QVERIFY(runner.hasRoom());
    runner.skip();
    QVERIFY(!runner.hasRoom());
    gatherer->setHeld(false);
    QVERIFY(waitFor([&] { return idle > 0; }));
    QCOMPARE(roomy, 1);
    QCOMPARE(idle, 1);
    QVERIFY(runner.hasRoom());
}

void TestCheckRunner::theSinkMayAddMore()
{
    std::vector<quint64> places;
    CheckRunner *adding = nullptr;
    CheckRunner runner(std::make_shared<ZoneGatherer>(std::make_shared<Zone>(zone())),
                       [&](quint64 place, const spf::CheckOutcome *) {
                           places.push_back(place);
                           if (place < 5)
                               adding->add(from("plain.example"));
                       });
    adding = &runner;
    runner.add(from("plain.example"));
    QVERIFY(waitFor([&] { return places.size() == 6; }));
    runner.add(from("plain.example"));
    QCOMPARE(places, (std::vector<quint64>{0, 1, 2, 3, 4, 5, 6}));
    QVERIFY(!runner.isBusy());
}

void TestCheckRunner::theEndOfTheRunnerForgetsItsQuestions()
{
    const auto gatherer = std::make_shared<ZoneGatherer>(std::make_shared<Zone>(zone()));
    gatherer->setHeld(true);
    Given given;
    {
        CheckRunner runner(gatherer, given.sink());
        runner.add(from("plain.example"));
        QVERIFY(gatherer->waiting() > 0);
    }
    QCOMPARE(gatherer->waiting(), 0U);
    QVERIFY(given.results.empty());
}

QTEST_GUILESS_MAIN(TestCheckRunner)
#include "tst_check_runner.moc"
