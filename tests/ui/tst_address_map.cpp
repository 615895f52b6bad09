// SPDX-License-Identifier: Apache-2.0
// The address map's value: which branch lets which addresses pass, what two records say differently, and what
// is on no map.
#include "map/address_map.h"
#include "map/map_fact.h"
#include "models/budget.h"
#include "ui/map_samples.h"
#include "ui/reports.h"

#include <QDir>
#include <QTest>

#include <random>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;

namespace
{

using Kind = MapBranch::Kind;

Zone zoneOf(std::string_view text)
{
    Zone zone;
    zone.addMasterFile(text);
    return zone;
}

std::shared_ptr<const Report> reportOf(std::string_view text)
{
    return tests::reportOf(zoneOf(text), "example.com");
}

QStringList listOf(std::initializer_list<const char *> lines)
{
    QStringList list;
    for (const char *line : lines)
        list << QString::fromUtf8(line);
    return list;
}

/// "Authorised mx at /0, look 0: 198.51.100.7/32", a line a branch.
QStringList linesOf(const AddressMap &map)
{
    QStringList lines;
    for (const MapBranch &branch : map.branches()) {
        QStringList blocks;
        for (const Cidr &block : cidrsOf(AddressSet{branch.v4, branch.v6}))
            blocks << QString::fromStdString(block.toString());
        QString path;
        for (const std::size_t index : branch.path)
            path += QStringLiteral("/%1").arg(index);
        lines << QStringLiteral("%1 %2 at %3, look %4: %5")
                     .arg(wordFor(branch.kind), branch.name, path)
                     .arg(branch.look)
                     .arg(blocks.join(QLatin1Char(' ')));
    }
    return lines;
}

} // namespace

class AddressMapTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void branchesAreThoseOfTheBudget()
    {
        const auto report = tests::reportOf(smallZone(), "example.com");
        const AddressMap map(report->spf);
        QCOMPARE(linesOf(map),
                 listOf({
                     "Authorised mx at /0, look 0: 198.51.100.7/32",
                     "Authorised _spf.example.net at /1, look 1: 203.0.113.0/28 203.0.113.128/25 "
                     "2001:db8::/32",
                     "Authorised Own networks at /3, look 3: 192.0.2.0/24",
                 }));
        QCOMPARE(map.v4Count(), std::uint64_t(1 + 16 + 128 + 256));
        QCOMPARE(map.summary(), QStringLiteral("401 IPv4 addresses + 2⁹⁶ IPv6, less than 0.0001 % of IPv4"));
        QCOMPARE(map.v6Networks(), (std::vector<MapNetwork>{{cidr("2001:db8::/32"), 1}}));
    }

    void behindARedirectItsBranchesAreToldApart()
    {
        const auto report = reportOf(R"(
example.com TXT "v=spf1 ip4:192.0.2.1 redirect=_spf.example.com"
_spf.example.com TXT "v=spf1 ip4:192.0.2.0/30 include:a.example.net include:b.example.net -all"
a.example.net TXT "v=spf1 ip4:198.51.100.0/24 ip4:192.0.2.2 -all"
b.example.net TXT "v=spf1 ip4:198.51.100.0/23 -all"
)");
        const AddressMap map(report->spf);
        QCOMPARE(linesOf(map),
                 listOf({
                     "Authorised Own networks at /0, look 3: 192.0.2.1/32",
                     "Authorised Networks of _spf.example.com at /1/0, look 0: 192.0.2.0/32 192.0.2.2/31",
                     "Authorised a.example.net at /1/1, look 1: 198.51.100.0/24",
                     "Authorised b.example.net at /1/2, look 2: 198.51.101.0/24",
                 }));
    }

    void everyAddressThatPassesHasOneBranchWithTheBudgetsNumber_data()
    {
        QTest::addColumn<QString>("file");
        const QString folder = QStringLiteral(MAILOSCOPE_TEST_DATA "/graph/");
        for (const QString &file :
             QDir(folder).entryList({QStringLiteral("*.zone")}, QDir::Files, QDir::Name))
            QTest::newRow(qPrintable(file)) << folder + file;
    }
    void everyAddressThatPassesHasOneBranchWithTheBudgetsNumber()
    {
        QFETCH(QString, file);
        Zone zone;
        zone.addMasterFileAt(file.toStdString());
        for (const auto &report : reportsOf(zone, "example.com", 2)) {
            const AddressMap map(report->spf);
            const std::vector<BudgetBranch> budget = budgetOf(report->spf);
            AddressSet all;
            AddressSet passes;
            for (const MapBranch &branch : map.branches()) {
                const AddressSet own{branch.v4, branch.v6};
                QVERIFY(!own.isEmpty());
                QVERIFY(all.intersected(own).isEmpty());
                all = all.united(own);
                if (branch.maySend())
                    passes = passes.united(own);
                const int number = branchHolding(budget, branch.path);
                if (number >= 0)
                    QCOMPARE(branch.look, number);
                else
                    QVERIFY(branch.look >= static_cast<int>(budget.size()));
            }
            QCOMPARE(passes, report->spf.addresses.of(spf::CheckResult::Pass));
            QCOMPARE(map.v4Count(), countOf(passes.v4));
            QCOMPARE(map.isPending(), report->spf.pending || report->spf.isUnknown());
        }
    }

    void everybodyIsABranchOfItsOwn()
    {
        const auto report = reportOf(R"(
example.com TXT "v=spf1 ip4:192.0.2.0/24 -ip4:198.51.100.0/24 +all"
)");
        const AddressMap map(report->spf);
        QCOMPARE(map.branches().size(), std::size_t(2));
        QCOMPARE(map.branch(1).name, QStringLiteral("Everybody else (+all)"));
        QCOMPARE(map.v4Count(), (std::uint64_t(1) << 32U) - 256);
        QCOMPARE(map.branchOf(*IpAddress::parse("198.51.100.7")), -1);
        QCOMPARE(map.branchOf(*IpAddress::parse("192.0.2.7")), 0);
        QCOMPARE(map.branchOf(*IpAddress::parse("8.8.8.8")), 1);
        QVERIFY(map.summary().endsWith(QStringLiteral(", more than 99.9 % of IPv4")));
    }

    void whatIsBeyondTheLimitsDoesNotCountAndIsShown()
    {
        std::string text = "example.com TXT \"v=spf1 ip4:192.0.2.1";
        for (int i = 0; i < 12; ++i)
            text += " include:n" + std::to_string(i) + ".example.net";
        text += " -all\"\n";
        for (int i = 0; i < 12; ++i)
            text += "n" + std::to_string(i) + ".example.net TXT \"v=spf1 ip4:198.51.100." +
                    std::to_string(i) + " -all\"\n";
        const auto report = reportOf(text);
        QVERIFY(report->spf.limitsMatter);
        const AddressMap map(report->spf);
        std::uint64_t beyond = 0;
        for (const MapBranch &branch : map.branches())
            beyond += branch.kind == Kind::BeyondLimits ? countOf(branch.v4) : 0;
        QCOMPARE(beyond, std::uint64_t(2));
        QCOMPARE(map.v4Count(), std::uint64_t(11));
        QCOMPARE(map.caveats().size(), std::size_t(1));
        QVERIFY(map.caveats().front().contains(QStringLiteral("names 2 IPv4 addresses more")));
    }

    void whatNobodyCanListIsSaid()
    {
        const auto report = reportOf(R"(
example.com TXT "v=spf1 exists:%{i}._spf.example.com ptr ip6:2001:db8::/32 -all"
)");
        const AddressMap map(report->spf);
        QCOMPARE(map.v4Count(), std::uint64_t(0));
        QVERIFY(map.spans().empty());
        QStringList sentences;
        for (const QString &sentence : map.caveats())
            sentences << sentence;
        QCOMPARE(map.dependences().size(), std::size_t(2));
        QCOMPARE(sentences.size(), 3);
        QVERIFY(sentences.front().startsWith(QStringLiteral(
            "exists:%{i}._spf.example.com in the record of example.com asks a name server about "
            "each client")));
        QVERIFY(sentences.back().startsWith(QStringLiteral("IPv6")));
    }

    void aDomainWithoutARecordHasAnEmptyMap()
    {
        const AddressMap map(reportOf("example.com A 192.0.2.1\n")->spf);
        QVERIFY(map.isEmpty());
        QVERIFY(map.caveats().empty());
        QCOMPARE(map.summary(), QStringLiteral("0 IPv4 addresses"));
        QCOMPARE(map.countIn(cidr("0.0.0.0/0")), std::uint64_t(0));
        QVERIFY(!map.nextUsed(cidr("0.0.0.0/8"), true));
        QVERIFY(!map.nextUsed(cidr("255.0.0.0/8"), true));
        QVERIFY(!map.nextUsed(cidr("8.0.0.0/8"), false));
    }

    void anAnswerThatIsMissingIsSaid()
    {
        const auto reports = reportsOf(smallZone(), "example.com", 1);
        const AddressMap first(reports.front()->spf);
        QVERIFY(first.isPending());
        QVERIFY(first.caveats().front().contains(QStringLiteral("missing")));
        QVERIFY(!AddressMap(reports.back()->spf).isPending());
    }

    void twoRecordsShowWhatWasWonAndLost()
    {
        const auto before = reportOf(R"(
example.com TXT "v=spf1 ip4:192.0.2.0/24 include:a.example.net -all"
a.example.net TXT "v=spf1 ip4:198.51.100.0/25 ip6:2001:db8::/32 -all"
)");
        const auto after = reportOf(R"(
example.com TXT "v=spf1 ip4:192.0.2.128/25 ip4:203.0.113.0/24 a:b.example.net -all"
b.example.net A 198.51.100.9
)");
        const AddressMap map(before->spf, after->spf);
        QVERIFY(map.isComparison());
        QCOMPARE(linesOf(map), listOf({
                                   "Stays Stays at , look -1: 192.0.2.128/25 198.51.100.9/32",
                                   "Won Own networks at /0, look 2: 203.0.113.0/24",
                                   "Lost Own networks at /0, look 1: 192.0.2.0/25",
                                   "Lost a.example.net at /1, look 1: 198.51.100.0/29 198.51.100.8/32 "
                                   "198.51.100.10/31 198.51.100.12/30 198.51.100.16/28 198.51.100.32/27 "
                                   "198.51.100.64/26 2001:db8::/32",
                               }));
        QCOMPARE(map.summary(), QStringLiteral("IPv4: 256 won · 255 lost · 129 stay"));
        QCOMPARE(map.v4Count(), std::uint64_t(129 + 256));
        QVERIFY(map.v6().isEmpty());
        QCOMPARE(map.v6Networks().size(), std::size_t(1));
    }

    void theSameRecordTwiceOnlyStays()
    {
        const auto report = tests::reportOf(smallZone(), "example.com");
        const AddressMap map(report->spf, report->spf);
        QCOMPARE(map.branches().size(), std::size_t(1));
        QCOMPARE(map.branch(0).kind, Kind::Stays);
        QCOMPARE(map.v4Count(), AddressMap(report->spf).v4Count());
    }

    void aPlaceInTheTreeFindsItsBranch_data()
    {
        QTest::addColumn<TermPath>("path");
        QTest::addColumn<QString>("name");
        QTest::newRow("the record itself") << TermPath{} << QString();
        QTest::newRow("include") << TermPath{1} << QStringLiteral("a.example.net");
        QTest::newRow("below the include") << TermPath{1, 0} << QStringLiteral("a.example.net");
        QTest::newRow("first network") << TermPath{0} << QStringLiteral("Own networks");
        QTest::newRow("another network") << TermPath{2} << QStringLiteral("Own networks");
        QTest::newRow("all") << TermPath{3} << QString();
    }
    void aPlaceInTheTreeFindsItsBranch()
    {
        QFETCH(TermPath, path);
        QFETCH(QString, name);
        const auto report = reportOf(R"(
example.com TXT "v=spf1 ip4:192.0.2.0/24 include:a.example.net ip4:203.0.113.0/24 -all"
a.example.net TXT "v=spf1 ip4:198.51.100.0/25 -all"
)");
        const AddressMap map(report->spf);
        const int branch = map.branchHolding(path);
        QCOMPARE(branch < 0 ? QString() : map.branch(branch).name, name);
    }

    void countsAndNextBlocksAreThoseOfASimpleSearch()
    {
        std::mt19937 random(21);
        for (int round = 0; round < 60; ++round) {
            const AddressMap map(scatteredBranches(60, 4, static_cast<unsigned>(round)));
            Ipv4Set all;
            for (const MapBranch &branch : map.branches())
                all = all.united(branch.v4);
            QCOMPARE(countOf(all), map.v4Count());
            for (int i = 0; i < 60; ++i) {
                const int length = static_cast<int>(random() % 25);
                const bool isNear = i % 2 == 0;
                const MapSpan &span = map.spans()[random() % map.spans().size()];
                const Cidr holding{
                    IpAddress::fromV4(isNear ? span.first : static_cast<std::uint32_t>(random())), length};
                const Cidr block{holding.first(), length};
                const Ipv4Set inside = Ipv4Set::fromIntervals({v4IntervalOf(block)});
                QCOMPARE(map.countIn(block), countOf(all.intersected(inside)));
                const MapFact fact = factOf(map, block);
                QCOMPARE(fact.count, map.countIn(block));
                for (const MapPart &part : fact.parts)
                    QCOMPARE(part.count, countOf(map.branch(part.branch).v4.intersected(inside)));
                const Interval<std::uint32_t> own = v4IntervalOf(block);
                for (const bool forward : {true, false}) {
                    const auto next = map.nextUsed(block, forward);
                    Ipv4Set beyond;
                    if (forward && own.last != Ipv4Set::highest())
                        beyond = Ipv4Set::fromIntervals({{own.last + 1, Ipv4Set::highest()}});
                    if (!forward && own.first != 0)
                        beyond = Ipv4Set::fromIntervals({{0, own.first - 1}});
                    const Ipv4Set rest = all.intersected(beyond);
                    QCOMPARE(next.has_value(), !rest.isEmpty());
                    if (!next)
                        continue;
                    const std::uint32_t nearest =
                        forward ? rest.intervals().front().first : rest.intervals().back().last;
                    QCOMPARE(next->prefixLength, length);
                    QVERIFY(next->contains(IpAddress::fromV4(nearest)));
                    QVERIFY(!next->hasHostBits());
                }
            }
        }
    }

    void aBlockIsToldInOneLine_data()
    {
        QTest::addColumn<QString>("block");
        QTest::addColumn<QString>("line");
        const auto row = [](const char *block, const char *line) {
            QTest::newRow(block) << QString::fromLatin1(block) << QString::fromUtf8(line);
        };
        row("203.0.113.0/24", "203.0.113.0/24 · documentation · 17 of 256 addresses · Acme 16 · Other 1 · "
                              "203.0.113.16/28, 203.0.113.77");
        row("203.0.113.16/28", "203.0.113.16/28 · documentation · all 16 addresses · Acme");
        row("203.0.113.20/32", "203.0.113.20 · documentation · Acme · 203.0.113.16/28");
        row("8.8.8.0/24", "8.8.8.0/24 · nobody may send");
        row("10.1.0.0/16", "10.1.0.0/16 · private use · nobody may send");
        row("44.0.0.0/8",
            "44.0.0.0/8 · 5 of 16,777,216 addresses · Acme · 44.0.0.1, 44.0.0.3, 44.0.0.5, 44.0.0.7, …");
    }
    void aBlockIsToldInOneLine()
    {
        QFETCH(QString, block);
        QFETCH(QString, line);
        const AddressMap map(
            {branchOf("Acme", 0,
                      {"203.0.113.16/28", "44.0.0.1", "44.0.0.3", "44.0.0.5", "44.0.0.7", "44.0.0.9"}),
             branchOf("Other", 1, {"203.0.113.77"})});
        QCOMPARE(lineOf(map, factOf(map, cidr(block.toStdString()))), line);
    }

    void aBlockOfAComparisonSaysWhatBecameOfIt()
    {
        const AddressMap map({branchOf("Stays", -1, {"192.0.2.0/25"}, Kind::Stays),
                              branchOf("Acme", 2, {"192.0.2.128/26"}, Kind::Won),
                              branchOf("Other", 1, {"192.0.2.192/26"}, Kind::Lost)});
        QCOMPARE(lineOf(map, factOf(map, cidr("192.0.2.128/26"))),
                 QStringLiteral("192.0.2.128/26 · documentation · all 64 addresses · won: Acme"));
        QCOMPARE(lineOf(map, factOf(map, cidr("192.0.2.255"))),
                 QStringLiteral("192.0.2.255 · documentation · lost: Other · 192.0.2.192/26"));
        QCOMPARE(lineOf(map, factOf(map, cidr("192.0.2.1"))),
                 QStringLiteral("192.0.2.1 · documentation · may send before and after · 192.0.2.0/25"));
    }
};

QTEST_GUILESS_MAIN(AddressMapTest)
#include "tst_address_map.moc"
