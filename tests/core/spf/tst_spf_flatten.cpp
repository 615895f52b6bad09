// SPDX-License-Identifier: Apache-2.0
// Records cleaned, flattened and brought under their limits, and those that are refused.
#include "sets_model.h"
#include "spf/sets/compare.h"

#include <array>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace mailoscope::tests::sets;

class SpfFlatten : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleaning_data();
    void cleaning();
    void flattening_data();
    void flattening();
    void branchesThatCannotBeReplacedSayWhy_data();
    void branchesThatCannotBeReplacedSayWhy();
    void longListsAreChained();
    void takenNamesAreLeftAlone();
    void fewBranchesBringARecordUnderItsLimit();
    void voidLookUpsAreBroughtUnderTheirLimit();
    void addressesThatCannotFitAreRefused();
    void hostileRecordsAreRefused_data();
    void hostileRecordsAreRefused();
    void manyTermsAreCleaned();
};

void SpfFlatten::cleaning_data()
{
    QTest::addColumn<QString>("record");
    QTest::addColumn<QString>("expected"); // empty: nothing is needless
    const auto row = [](const char *title, const char *record, const char *expected) {
        QTest::newRow(title) << QString::fromLatin1(record) << QString::fromLatin1(expected);
    };
    row("nothing", "v=spf1 ip4:192.0.2.1 a -all", "");
    row("host bits and plus signs alone are no reason", "v=spf1 +ip4:192.0.2.1/24 -all", "");
    row("repeated",
        "v=spf1 a ip4:192.0.2.1 A:example.com ip4:192.0.2.1/32 include:one.example include:ONE.example. -all",
        "v=spf1 a ip4:192.0.2.1 include:one.example -all");
    row("repeated with another qualifier", "v=spf1 include:one.example -include:one.example ~all",
        "v=spf1 include:one.example ~all");
    row("covered", "v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.77 -all", "v=spf1 ip4:192.0.2.0/24 -all");
    row("covered by a later one", "v=spf1 ip4:192.0.2.77 a ip4:192.0.2.0/24 -all",
        "v=spf1 ip4:192.0.2.0/24 a -all");
    row("side by side", "v=spf1 ip4:192.0.2.0/25 a ip4:192.0.2.128/25 -all",
        "v=spf1 ip4:192.0.2.0/24 a -all");
    row("ipv6", "v=spf1 ip6:2001:db8::/33 ip6:2001:db8:8000::/33 ~all", "v=spf1 ip6:2001:db8::/32 ~all");
    row("not over another qualifier", "v=spf1 ip4:192.0.2.0/25 -a ip4:192.0.2.128/25 ~all", "");
    row("an exception stays in front", "v=spf1 -ip4:192.0.2.5 ip4:192.0.2.0/24 ~all", "");
    row("behind all", "v=spf1 a -all ip4:192.0.2.1 redirect=one.example", "v=spf1 a -all");
    row("what all gives", "v=spf1 a ~ip4:192.0.2.1 ~all", "v=spf1 a ~all");
    row("what +all gives is kept", "v=spf1 ip4:192.0.2.1 +all", "");
    row("covered by an include is kept: that may change", "v=spf1 include:one.example ip4:198.51.100.1 -all",
        "");
    row("modifiers stay", "v=spf1 ip4:192.0.2.1 ip4:192.0.2.1 x=y exp=why.example -all",
        "v=spf1 ip4:192.0.2.1 -all x=y exp=why.example");
}

void SpfFlatten::cleaning()
{
    QFETCH(QString, record);
    QFETCH(QString, expected);
    Zone zone;
    zone.addMasterFile(R"(
        example.com A 203.0.113.1
        one.example TXT "v=spf1 ip4:198.51.100.0/24 -all"
        why.example TXT "because"
    )");
    zone.add("example.com TXT \"" + record.toStdString() + '"');
    World world(zone);
    const spf::Evaluation evaluation = world.evaluate();
    const auto result = world.clean(evaluation);
    if (expected.isEmpty()) {
        QVERIFY(!result);
        QCOMPARE(result.error().why, spf::Refusal::Why::NothingToDo);
        return;
    }
    QCOMPARE(afterOf(result), expected);
    QVERIFY(result->proof.holds() && result->proof.allBoundaries);
    QVERIFY(!result->removed.empty());
    verify(world, *result, true);
}

void SpfFlatten::flattening_data()
{
    QTest::addColumn<QString>("record");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *title, const char *record, const char *expected) {
        QTest::newRow(title) << QString::fromLatin1(record) << QString::fromLatin1(expected);
    };
    row("one", "v=spf1 include:one.example -all", "v=spf1 ip4:198.51.100.0/24 -all");
    row("networks join", "v=spf1 ip4:198.51.101.0/24 include:one.example mx -all",
        "v=spf1 ip4:198.51.100.0/23 mx -all");
    row("nested", "v=spf1 a include:two.example ~all",
        "v=spf1 a ip4:198.51.100.0/24 ip4:203.0.113.9 ip6:2001:db8::/48 ~all");
    row("only what passes inside counts", "v=spf1 include:mixed.example -all",
        "v=spf1 ip4:192.0.2.0/26 ip4:192.0.2.128/25 -all");
    row("the qualifier stays", "v=spf1 ?include:one.example ip4:198.51.100.7 -all",
        "v=spf1 ?ip4:198.51.100.0/24 -all");
    row("a negative include in front", "v=spf1 -include:one.example ip4:198.51.100.0/23 ~all",
        "v=spf1 -ip4:198.51.100.0/24 ip4:198.51.100.0/23 ~all");
    row("macros are kept", "v=spf1 include:one.example include:vendor.example exists:%{i}.x.example -all",
        "v=spf1 ip4:198.51.100.0/24 include:vendor.example exists:%{i}.x.example -all");
    row("behind a redirect", "v=spf1 ip4:192.0.2.1 redirect=moved.example",
        "v=spf1 ip4:192.0.2.1 a:moved.example ip4:198.51.100.0/24 exists:_x.moved.example ?all");
}

namespace
{
constexpr const char *FlatWorld = R"(
    example.com A 203.0.113.1
    example.com MX 10 example.com
    one.example TXT "v=spf1 ip4:198.51.100.0/24 -all"
    two.example TXT "v=spf1 ip4:203.0.113.9 include:one.example ip6:2001:db8::/48 ~all"
    mixed.example TXT "v=spf1 -ip4:192.0.2.64/26 ip4:192.0.2.0/24 ~all"
    vendor.example TXT "v=spf1 include:%{ir}._i.%{d} -all"
    moved.example TXT "v=spf1 a include:one.example exists:_x.%{d} ?all"
    moved.example A 203.0.113.77
    faulty.example TXT "v=spf1 include:gone.example ip4:192.0.2.1 -all"
    open.example TXT "v=spf1 +all"
)";
} // namespace

void SpfFlatten::flattening()
{
    QFETCH(QString, record);
    QFETCH(QString, expected);
    Zone zone = World::zoneOf(FlatWorld);
    zone.add("example.com TXT \"" + record.toStdString() + '"');
    World world(zone);
    const auto result = world.flatten(world.evaluate());
    QCOMPARE(afterOf(result), expected);
    QVERIFY(result->proof.holds() && result->proof.allBoundaries);
    QVERIFY(result->chain.empty());
}

void SpfFlatten::branchesThatCannotBeReplacedSayWhy_data()
{
    QTest::addColumn<QString>("term");
    QTest::addColumn<int>("obstacle");
    const auto row = [](const char *term, spf::Obstacle obstacle) {
        QTest::newRow(term) << QString::fromLatin1(term) << static_cast<int>(obstacle);
    };
    row("include:one.example", spf::Obstacle::None);
    row("a:one.example", spf::Obstacle::None);
    row("include:vendor.example", spf::Obstacle::Macros);
    row("exists:%{i}.x.example", spf::Obstacle::Exists);
    row("include:%{o}.x.example", spf::Obstacle::Macros);
    row("ptr", spf::Obstacle::Ptr);
    row("include:faulty.example", spf::Obstacle::Faulty);
    row("include:gone.example", spf::Obstacle::Faulty);
    row("include:open.example", spf::Obstacle::Everybody);
    row("include:silent.example", spf::Obstacle::NotKnown);
    row("redirect=moved.example", spf::Obstacle::None);
    row("redirect=vendor.example", spf::Obstacle::NotPortable);
}

void SpfFlatten::branchesThatCannotBeReplacedSayWhy()
{
    QFETCH(QString, term);
    QFETCH(int, obstacle);
    Zone zone = World::zoneOf(FlatWorld);
    zone.fail({name("silent.example"), dns::RrType::TXT}, dns::Outcome::ServerFailure);
    zone.add("example.com TXT \"v=spf1 " + term.toStdString() + '"');
    World world(zone);
    const spf::Evaluation evaluation = world.evaluate();
    const std::vector<spf::Branch> branches = spf::branchesOf(evaluation);
    QVERIFY(!branches.empty());
    QCOMPARE(static_cast<int>(branches.front().obstacle), obstacle);
}

namespace
{

/// A record with `count` networks that do not join.
std::string scattered(int count, int seed = 0)
{
    std::string record = "v=spf1";
    for (int i = 0; i < count; ++i)
        record += " ip4:" + std::to_string(20 + seed) + '.' + std::to_string(i / 100 + 100) + '.' +
                  std::to_string(2 * (i % 100)) + ".0/24";
    return record + " -all";
}

void addText(Zone &zone, std::string_view owner, const std::string &text)
{
    zone.add({name(owner), dns::RrType::TXT, 300, std::get<dns::TxtData>(fixes::txtData(text))});
}

} // namespace

void SpfFlatten::longListsAreChained()
{
    Zone zone;
    zone.add("example.com TXT \"v=spf1 ip4:192.0.2.1 ?include:odd.example include:long.example ~all\"");
    addText(zone, "long.example", scattered(70));
    addText(zone, "odd.example", scattered(30, 3));
    World world(zone);
    const auto result = world.flatten(world.evaluate());
    QVERIFY(bool(result));
    QVERIFY(result->chain.size() >= 5 && result->chain.size() <= 7);
    QVERIFY(text(result->after).startsWith(QStringLiteral("v=spf1 ip4:192.0.2.1 ?ip4:23.")));
    QVERIFY(text(result->after).contains(QStringLiteral(" ?include:_spf1.example.com ")));
    QVERIFY(text(result->after)
                .contains(QStringLiteral(" include:_spf%1.example.com ").arg(result->chain.size())));
    QCOMPARE(result->proof.lookups, static_cast<int>(result->chain.size()));
    QCOMPARE(result->changes.size(), result->chain.size() + 1);
    QCOMPARE(result->networksAfter, std::size_t(101));
    for (const spf::Published &record : result->chain) {
        QVERIFY(record.text.size() + record.name.text().size() <= 450);
        QVERIFY(text(record.text).endsWith(QStringLiteral(" -all")));
    }
    verify(world, *result, true);
}

void SpfFlatten::takenNamesAreLeftAlone()
{
    Zone zone;
    zone.add("example.com TXT \"v=spf1 include:long.example ~all\"");
    zone.add("_spf1.example.com TXT \"v=spf1 -all\"");
    zone.add("_spf3.example.com CNAME elsewhere.example");
    addText(zone, "long.example", scattered(60));
    World world(zone);
    const auto result = world.flatten(world.evaluate());
    QVERIFY(bool(result));
    QCOMPARE(result->chain.front().name, name("_spf2.example.com"));
    QCOMPARE(result->chain.at(1).name, name("_spf4.example.com"));
    QVERIFY(!result->chainNamesUnchecked);
}

void SpfFlatten::fewBranchesBringARecordUnderItsLimit()
{
    // 13 look-ups. Google alone would do, and so would the two unknown ones together.
    Zone zone;
    zone.addMasterFile(R"(
        example.com TXT "v=spf1 a mx include:_spf.google.com include:big.example include:small.example include:three.example exists:%{i}.x.example ~all"
        example.com A 203.0.113.1
        example.com AAAA 2001:db8::1
        example.com MX 10 example.com
        _spf.google.com TXT "v=spf1 include:g1.example include:g2.example include:g3.example ~all"
        g1.example TXT "v=spf1 ip4:192.0.2.0/28 -all"
        g2.example TXT "v=spf1 ip4:192.0.2.16/28 -all"
        g3.example TXT "v=spf1 ip4:192.0.2.32/28 -all"
        small.example TXT "v=spf1 include:g1.example ip4:198.51.100.3 -all"
        three.example TXT "v=spf1 include:g1.example ip4:198.51.100.8 -all"
    )");
    zone.add("big.example TXT \"v=spf1 ip4:198.51.100.64 ip4:198.51.100.66 include:g2.example -all\"");
    World world(zone);
    const spf::Evaluation evaluation = world.evaluate();
    QCOMPARE(evaluation.lookups, 13);
    QVERIFY(!evaluation.addresses.exact);
    const auto result = world.under(evaluation);
    QVERIFY(bool(result));
    QCOMPARE(result->proof.lookups, 9);
    QVERIFY(result->proof.assumedBoth);
    QCOMPARE(result->replaced.size(), std::size_t(2));
    QCOMPARE(result->replaced[0].text, std::string("include:small.example"));
    QCOMPARE(result->replaced[1].text, std::string("include:three.example"));
    QCOMPARE(world.under(world.evaluate(name("small.example"))).error().why, spf::Refusal::Why::NothingToDo);
}

void SpfFlatten::voidLookUpsAreBroughtUnderTheirLimit()
{
    World world(R"(
        example.com TXT "v=spf1 a:one.example mx:two.example a:three.example a:here.example -all"
        here.example A 192.0.2.1
        here.example AAAA 2001:db8::1
    )");
    const spf::Evaluation evaluation = world.evaluate();
    QCOMPARE(evaluation.voidLookups, 3);
    const auto result = world.under(evaluation);
    QVERIFY(bool(result));
    QCOMPARE(result->replaced.size(), std::size_t(1));
    QVERIFY(result->proof.voidLookups <= 2);
}

void SpfFlatten::addressesThatCannotFitAreRefused()
{
    Zone zone;
    zone.add("example.com TXT \"v=spf1 include:long.example ~all\"");
    addText(zone, "long.example", scattered(1000));
    World world(zone);
    const auto result = world.flatten(world.evaluate());
    QVERIFY(!result);
    QCOMPARE(result.error().why, spf::Refusal::Why::TooManyRecords);
    QVERIFY(result.error().needed > 40);
    QCOMPARE(result.error().left, 10);
}

void SpfFlatten::hostileRecordsAreRefused_data()
{
    QTest::addColumn<QString>("record");
    QTest::addColumn<int>("why");
    const auto row = [](const char *record, spf::Refusal::Why why) {
        QTest::newRow(record) << QString::fromLatin1(record) << static_cast<int>(why);
    };
    row("v=spf1 include:loop.example -all", spf::Refusal::Why::Faulty);
    row("v=spf1 include:example.com -all", spf::Refusal::Why::Faulty);
    row("v=spf1 redirect=example.com", spf::Refusal::Why::Faulty);
    row("v=spf1 include:gone.example -all", spf::Refusal::Why::Faulty);
    row("v=spf1 include:fan1.example -all", spf::Refusal::Why::TooBig);
    row("v=spf1 ip4:300.1.1.1 -all", spf::Refusal::Why::Faulty);
    row("v=spf1 include:silent.example -all", spf::Refusal::Why::NotKnown);
    row("no record", spf::Refusal::Why::NoRecord);
    row("v=spf1 -all", spf::Refusal::Why::NothingToDo);
    row("v=spf1", spf::Refusal::Why::NothingToDo);
    row("v=spf1 redirect=%{o}.x.example", spf::Refusal::Why::NothingToDo);
}

void SpfFlatten::hostileRecordsAreRefused()
{
    QFETCH(QString, record);
    QFETCH(int, why);
    Zone zone;
    zone.addMasterFile(R"(
        loop.example TXT "v=spf1 include:pool.example -all"
        pool.example TXT "v=spf1 include:loop.example -all"
    )");
    for (int i = 1; i <= 6; ++i) {
        const std::string next = "fan" + std::to_string(i + 1) + ".example";
        std::string fan = "v=spf1";
        for (int j = 0; j < 8; ++j)
            fan += " include:" + next;
        addText(zone, "fan" + std::to_string(i) + ".example", i < 6 ? fan : "v=spf1 -all");
    }
    zone.fail({name("silent.example"), dns::RrType::TXT}, dns::Outcome::Timeout);
    zone.add("example.com TXT \"" + record.toStdString() + '"');
    World world(zone);
    const spf::Evaluation evaluation = world.evaluate();
    for (const auto &result : {world.flatten(evaluation), world.under(evaluation), world.clean(evaluation)}) {
        QVERIFY(!result);
        QCOMPARE(static_cast<int>(result.error().why), why);
    }
    spf::compare(evaluation, evaluation);
}

void SpfFlatten::manyTermsAreCleaned()
{
    // As many as no DNS answer can hold, in random order.
    std::string record = "v=spf1";
    Dice dice(7);
    for (int i = 0; i < 10000; ++i)
        record += " ip4:10." + std::to_string(dice.below(8)) + '.' + std::to_string(dice.below(256)) + '.' +
                  std::to_string(dice.below(256)) + '/' + std::to_string(24 + dice.below(9));
    record += " -all";
    Zone zone;
    addText(zone, "example.com", record);
    World world(zone);
    const spf::Evaluation evaluation = world.evaluate();
    const auto result = world.clean(evaluation);
    QVERIFY(bool(result));
    QVERIFY(result->proof.holds());
    QCOMPARE(result->networksBefore, std::size_t(10000));
    QVERIFY(result->networksAfter < 6000);
}

QTEST_GUILESS_MAIN(SpfFlatten)
#include "tst_spf_flatten.moc"
