// SPDX-License-Identifier: Apache-2.0
#include "gather/dns_gatherer.h"
#include "gather/inspector.h"
#include "gather/snapshot_gatherer.h"
#include "support/corpus.h"
#include "support/dns_only.h"
#include "support/report_text.h"
#include "support/test_dns_server.h"
#include "support/tick_watch.h"
#include "support/wait.h"
#include "support/zone_gatherer.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace std::chrono_literals;
using gather::Inspector;
using gather::LookUp;

namespace
{

std::shared_ptr<const Zone> treeZone()
{
    auto zone = std::make_shared<Zone>();
    zone->add("example.com TXT \"v=spf1 include:a.example.com include:b.example.com mx -all\"");
    zone->add("example.com MX 10 mx.example.com");
    zone->add("mx.example.com A 192.0.2.1");
    zone->add("a.example.com TXT \"v=spf1 include:c.example.com ip4:192.0.2.0/25 -all\"");
    zone->add("b.example.com TXT \"v=spf1 a:mx.example.com exists:%{i}.x.example.com -all\"");
    zone->add("c.example.com TXT \"v=spf1 ip4:198.51.100.0/24 -all\"");
    return zone;
}

/// Runs an inspection to its end.
struct Run {
    explicit Run(std::shared_ptr<gather::Gatherer> gatherer) : inspector(std::move(gatherer))
    {
        QObject::connect(&inspector, &Inspector::finished, &inspector,
                         [this](Inspector::Ending how) { ending = how; });
        QObject::connect(&inspector, &Inspector::reportReady, &inspector,
                         [this](const std::shared_ptr<const Report> &report) { reports.push_back(report); });
    }
    bool toTheEnd(const DomainName &domain, const InspectOptions &options = {})
    {
        inspector.start(domain, options); // may end the one before
        ending.reset();
        return waitFor([this] { return ending.has_value(); });
    }

    Inspector inspector;
    std::optional<Inspector::Ending> ending;
    std::vector<std::shared_ptr<const Report>> reports;
};

gather::GathererOptions optionsFor(const TestDnsServer &server)
{
    gather::GathererOptions options;
    options.resolvers = {server.resolver()};
    return options;
}

} // namespace

class TestInspector : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theReportGrowsAndEndsWithoutPendingPlaces();
    void everyQuestionIsAskedOnce();
    void theFirstReportComesBeforeAnyAnswerAndFromTheEventLoop();
    void answersThatComeTogetherAreEvaluatedTogether();
    void stoppingKeepsWhatIsThere();
    void aNewStartStopsTheOneBefore();
    void theEndOfTheInspectorStopsIt();
    void slotsMayStopStartAndDelete();
    void otherOptionsGatherWhatIsMissing();
    void withoutAnyResolverTheEndSaysSo();
    void aRefusingResolverIsNoResolver();
    void progressCountsLookUps();
    void theLogHoldsEveryLookUp();
    void theOrderOfArrivalLeavesNoTrace_data();
    void theOrderOfArrivalLeavesNoTrace();
    void aSnapshotGivesTheSameReportWithoutAnyNetwork();
    void whatASnapshotLacksIsUnreachable();
    void theEventLoopKeepsTurning();
};

void TestInspector::theReportGrowsAndEndsWithoutPendingPlaces()
{
    Run run(std::make_shared<ZoneGatherer>(treeZone()));
    QVERIFY(run.toTheEnd(name("example.com")));
    QCOMPARE(run.ending, std::optional(Inspector::Ending::Done));
    QVERIFY(run.reports.size() >= 3);
    QVERIFY(run.reports.front()->pending);
    std::size_t nodes = 0;
    for (const auto &report : run.reports) {
        QVERIFY2(report->spf.nodeCount >= nodes, "the tree grows");
        nodes = report->spf.nodeCount;
    }
    const auto last = run.inspector.report();
    QCOMPARE(last, run.reports.back());
    QVERIFY(!last->pending);
    QVERIFY(last->complete);
    QCOMPARE(last->spf.nodeCount, 4U);
    QVERIFY(!run.inspector.isRunning());
}

void TestInspector::everyQuestionIsAskedOnce()
{
    const auto gatherer = std::make_shared<ZoneGatherer>(treeZone(), ZoneGatherer::Order::Shuffled, 1);
    Run run(gatherer);
    QVERIFY(run.toTheEnd(name("example.com")));
    QCOMPARE(gatherer->timesAskedAgain(), 0);
}

void TestInspector::theFirstReportComesBeforeAnyAnswerAndFromTheEventLoop()
{
    const auto gatherer = std::make_shared<ZoneGatherer>(treeZone());
    gatherer->setHeld(true);
    Run run(gatherer);
    run.inspector.start(name("example.com"));
    QVERIFY(run.inspector.isRunning());
    QVERIFY(run.reports.empty());
    QVERIFY(waitFor([&] { return !run.reports.empty(); }));
    QVERIFY(run.reports[0]->pending);
    QVERIFY(run.reports[0]->facts.empty());
    QVERIFY2(gatherer->waiting() >= 2, "TXT and MX are asked for at once");
}

void TestInspector::answersThatComeTogetherAreEvaluatedTogether()
{
    const auto gatherer = std::make_shared<ZoneGatherer>(treeZone());
    gatherer->setHeld(true);
    Run run(gatherer);
    run.inspector.start(name("example.com"));
    QVERIFY(waitFor([&] { return run.reports.size() == 1; }));
    const std::size_t asked = gatherer->waiting();
    QVERIFY(asked >= 2);
    gatherer->setHeld(false);
    QVERIFY(waitFor([&] { return run.reports.size() == 2; }));
    QCOMPARE(run.reports[1]->facts.size(), asked);
}

void TestInspector::stoppingKeepsWhatIsThere()
{
    const auto gatherer = std::make_shared<ZoneGatherer>(treeZone());
    Run run(gatherer);
    run.inspector.start(name("example.com"));
    QVERIFY(waitFor([&] { return run.reports.size() == 2; }));
    const auto report = run.inspector.report();
    const std::size_t facts = run.inspector.facts().size();
    run.inspector.stop();
    QCOMPARE(run.ending, std::optional(Inspector::Ending::Stopped));
    QVERIFY(!run.inspector.isRunning());
    QCOMPARE(gatherer->waiting(), 0U);
    QCoreApplication::processEvents();
    QCOMPARE(run.inspector.report(), report);
    QVERIFY(report->pending);
    QVERIFY(facts > 0);
    QCOMPARE(run.inspector.facts().size(), facts);
    run.ending.reset();
    run.inspector.stop();
    QVERIFY2(!run.ending, "what has stopped does not stop again");
}

void TestInspector::aNewStartStopsTheOneBefore()
{
    Run run(std::make_shared<ZoneGatherer>(treeZone()));
    QSignalSpy finished(&run.inspector, &Inspector::finished);
    run.inspector.start(name("example.com"));
    QVERIFY(waitFor([&] { return run.reports.size() == 2; }));
    QVERIFY(run.toTheEnd(name("b.example.com")));
    QCOMPARE(finished.size(), 2);
    QCOMPARE(finished[0][0].value<Inspector::Ending>(), Inspector::Ending::Stopped);
    QCOMPARE(finished[1][0].value<Inspector::Ending>(), Inspector::Ending::Done);
    QCOMPARE(run.inspector.report()->domain, name("b.example.com"));
    QVERIFY2(!run.inspector.facts().contains(dns::Question{name("c.example.com"), dns::RrType::TXT}),
             "facts start anew");
}

void TestInspector::theEndOfTheInspectorStopsIt()
{
    const auto gatherer = std::make_shared<ZoneGatherer>(treeZone());
    gatherer->setHeld(true);
    std::optional<Inspector::Ending> ending;
    {
        Inspector inspector(gatherer);
        connect(&inspector, &Inspector::finished, this, [&](Inspector::Ending how) { ending = how; });
        inspector.start(name("example.com"));
        QVERIFY(waitFor([&] { return gatherer->waiting() > 0; }));
    }
    QCOMPARE(ending, std::optional(Inspector::Ending::Stopped));
    QCOMPARE(gatherer->waiting(), 0U);
}

void TestInspector::slotsMayStopStartAndDelete()
{
    const auto gatherer = std::make_shared<ZoneGatherer>(treeZone());
    const QPointer inspector(new Inspector(gatherer));
    int reports = 0;
    connect(inspector, &Inspector::reportReady, this, [&] {
        ++reports;
        if (reports == 1)
            inspector->stop();
        else if (reports == 2)
            inspector->start(name("a.example.com"));
        else if (reports == 4)
            delete inspector.data();
    });
    connect(inspector, &Inspector::finished, this, [&] {
        if (reports == 1)
            inspector->start(name("b.example.com"));
    });
    inspector->start(name("example.com"));
    QVERIFY(waitFor([&] { return inspector.isNull(); }));
    QCOMPARE(gatherer->waiting(), 0U);
}

void TestInspector::otherOptionsGatherWhatIsMissing()
{
    Run run(std::make_shared<ZoneGatherer>(treeZone()));
    run.inspector.setOptions({}); // nothing has been started: nothing happens
    QVERIFY(!run.inspector.isRunning());
    QVERIFY(run.toTheEnd(name("b.example.com")));
    const std::size_t before = run.inspector.facts().size();
    InspectOptions options;
    options.spf.sample = spf::Sample{IpAddress::parse("203.0.113.9"), "a@b.example.com", "mx.example.com"};
    run.ending.reset();
    run.inspector.setOptions(options);
    QVERIFY(run.inspector.isRunning());
    QVERIFY(waitFor([&] { return run.ending.has_value(); }));
    QVERIFY2(run.inspector.facts().size() > before, "the name that the sample gives has been asked for");
    QVERIFY(run.inspector.facts().contains(dns::Question{name("203.0.113.9.x.example.com"), dns::RrType::A}));
}

void TestInspector::withoutAnyResolverTheEndSaysSo()
{
    Run run(tests::dnsOnly(gather::GathererOptions{}));
    QVERIFY(run.toTheEnd(name("example.com")));
    QCOMPARE(run.ending, std::optional(Inspector::Ending::NoResolver));
    QVERIFY(!run.inspector.report()->complete);
    QVERIFY(!run.inspector.report()->pending);
}

void TestInspector::aRefusingResolverIsNoResolver()
{
    TestDnsServer server(*treeZone(),
                         [](const Received &, int) { return Treatment{Treatment::Kind::Refuse}; });
    Run run(tests::dnsOnly(optionsFor(server)));
    QVERIFY(run.toTheEnd(name("example.com")));
    QCOMPARE(run.ending, std::optional(Inspector::Ending::NoResolver));
}

void TestInspector::progressCountsLookUps()
{
    Run run(std::make_shared<ZoneGatherer>(treeZone(), ZoneGatherer::Order::Shuffled, 2));
    int lastDone = 0;
    int lastKnown = 0;
    connect(&run.inspector, &Inspector::progressed, this, [&](int done, int known) {
        QVERIFY(done <= known && done >= lastDone && known >= lastKnown);
        lastDone = done;
        lastKnown = known;
    });
    QVERIFY(run.toTheEnd(name("example.com")));
    QCOMPARE(lastDone, lastKnown);
    QCOMPARE(lastKnown, static_cast<int>(run.inspector.facts().size()));
}

void TestInspector::theLogHoldsEveryLookUp()
{
    TestDnsServer server(*treeZone(), [](const Received &, int) {
        return Treatment{Treatment::Kind::Answer, 2ms};
    });
    const auto gatherer = tests::dnsOnly(optionsFor(server));
    Run run(gatherer);
    std::vector<int> seen;
    connect(&run.inspector, &Inspector::lookUpChanged, this, [&](const LookUp &lookUp) {
        QVERIFY(run.inspector.log().at(static_cast<std::size_t>(lookUp.id)).key == lookUp.key);
        seen.push_back(lookUp.id);
    });
    QVERIFY(run.toTheEnd(name("example.com")));
    const auto &log = run.inspector.log();
    // Pages are left out here: nothing is looked up for them.
    const std::vector<const Fact *> all = run.inspector.facts().sorted();
    const auto asked = std::count_if(all.begin(), all.end(), [](const Fact *fact) { return fact->isDns(); });
    QCOMPARE(log.size(), static_cast<std::size_t>(asked));
    for (std::size_t i = 0; i < log.size(); ++i) {
        QCOMPARE(log[i].id, static_cast<int>(i));
        QVERIFY(log[i].state == LookUp::State::Answered);
        QVERIFY(log[i].start.count() >= 0 && log[i].start < 20s);
        QVERIFY(log[i].took >= 2ms);
        QVERIFY2(std::count(seen.begin(), seen.end(), log[i].id) >= 2,
                 "told when it begins and when it ends");
    }
    QVERIFY(run.toTheEnd(name("example.com"))); // the second time from the cache
    for (const LookUp &lookUp : run.inspector.log())
        QVERIFY(lookUp.state == LookUp::State::Cached);
}

void TestInspector::theOrderOfArrivalLeavesNoTrace_data()
{
    QTest::addColumn<QString>("domain");
    for (const char *domain : {"justice.gov.uk", "ccrc.gov.uk", "govfsl.com", "boras.se", "geta.ax",
                               "cjsdigital.org", "digital.justice.gov.uk", "nosuch.example"})
        QTest::newRow(domain) << QString::fromLatin1(domain);
}

void TestInspector::theOrderOfArrivalLeavesNoTrace()
{
    QFETCH(QString, domain);
    Run straight(std::make_shared<ZoneGatherer>(corpusZone()));
    QVERIFY(straight.toTheEnd(name(domain.toStdString())));
    const QString expected = reportText(*straight.inspector.report());
    for (unsigned seed = 0; seed < 20; ++seed) {
        Run shuffled(std::make_shared<ZoneGatherer>(corpusZone(), ZoneGatherer::Order::Shuffled, seed));
        QVERIFY(shuffled.toTheEnd(name(domain.toStdString())));
        QCOMPARE(reportText(*shuffled.inspector.report()), expected);
        QVERIFY(shuffled.inspector.facts() == straight.inspector.facts());
    }
}

void TestInspector::aSnapshotGivesTheSameReportWithoutAnyNetwork()
{
    const auto snapshot = std::make_shared<Snapshot>();
    QString live;
    {
        const auto gatherer = std::make_shared<ZoneGatherer>(corpusZone());
        Run run(gatherer);
        QVERIFY(run.toTheEnd(name("justice.gov.uk")));
        live = reportText(*run.inspector.report());
        snapshot->facts = run.inspector.facts();
        snapshot->recordedAt = run.inspector.report()->inspectedAt;
        snapshot->resolvers = run.inspector.report()->resolvers;
    }
    Run replay(std::make_shared<gather::SnapshotGatherer>(snapshot));
    QVERIFY(replay.toTheEnd(name("justice.gov.uk")));
    QCOMPARE(replay.ending, std::optional(Inspector::Ending::Done));
    QCOMPARE(reportText(*replay.inspector.report()), live);
    QCOMPARE(replay.inspector.report()->inspectedAt, snapshot->recordedAt);
    QCOMPARE(replay.inspector.report()->resolvers, snapshot->resolvers);
}

void TestInspector::whatASnapshotLacksIsUnreachable()
{
    const auto snapshot = std::make_shared<Snapshot>();
    snapshot->facts.put(
        {treeZone()->answer({name("example.com"), dns::RrType::TXT}), "192.0.2.53:53", {}, {}});
    Run run(std::make_shared<gather::SnapshotGatherer>(snapshot));
    QVERIFY(run.toTheEnd(name("example.com")));
    QCOMPARE(run.ending, std::optional(Inspector::Ending::Done));
    const Fact *missing = run.inspector.facts().find(dns::Question{name("example.com"), dns::RrType::MX});
    QVERIFY(missing);
    QVERIFY(missing->dns().outcome == dns::Outcome::NotRecorded);
    QCOMPARE(missing->from, std::string("snapshot"));
    QVERIFY(!run.inspector.report()->complete);
    Run empty(std::make_shared<gather::SnapshotGatherer>(std::make_shared<Snapshot>()));
    QVERIFY(empty.toTheEnd(name("example.com")));
    QCOMPARE(empty.ending, std::optional(Inspector::Ending::NoResolver));
}

void TestInspector::theEventLoopKeepsTurning()
{
    TestDnsServer server(*treeZone(), [](const Received &, int) {
        return Treatment{Treatment::Kind::Answer, 30ms};
    });
    TickWatch watch;
    Run run(tests::dnsOnly(optionsFor(server)));
    QVERIFY(run.toTheEnd(name("example.com")));
    QVERIFY2(watch.ticks() > 20, "three levels of 30 ms each");
}

QTEST_GUILESS_MAIN(TestInspector)
#include "tst_inspector.moc"
