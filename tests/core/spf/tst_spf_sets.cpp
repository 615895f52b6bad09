// SPDX-License-Identifier: Apache-2.0
// Records compared, cleaned and flattened, against a model that asks check_host() for every single address.
#include "facts/fact_store.h"
#include "spf/sets/compare.h"
#include "spf/sets/drift.h"
#include "spf/sets/flatten.h"
#include "support/rows.h"
#include "support/scripted_facts.h"

#include <QTest>

#include <array>
#include <random>

using namespace mailoscope;
using namespace mailoscope::tests;

namespace
{

const DomainName Domain = name("example.com");

/// Facts from a zone, evaluated to the end.
struct World {
    explicit World(const Zone &zone) : facts(zone, ScriptedFacts::Unscripted::IsNxDomain) {}
    explicit World(const char *masterFile) : World(zoneOf(masterFile)) {}

    static Zone zoneOf(const char *masterFile)
    {
        Zone zone;
        zone.addMasterFile(masterFile);
        return zone;
    }
    spf::Evaluation evaluate(const DomainName &domain = Domain)
    {
        return runToTheEnd([&] { return spf::evaluate(domain, facts, records); }, facts);
    }
    template <typename Work>
    auto toTheEnd(Work work)
    {
        return runToTheEnd(work, facts);
    }
    Result<spf::Rewriting, spf::Refusal> flatten(const spf::Evaluation &evaluation)
    {
        spf::FlattenOptions options;
        options.replaced = spf::replaceableIncludes(evaluation);
        return toTheEnd([&] { return spf::flatten(evaluation, facts, records, options); });
    }
    Result<spf::Rewriting, spf::Refusal> under(const spf::Evaluation &evaluation)
    {
        return toTheEnd([&] { return spf::bringUnderLimit(evaluation, facts, records); });
    }
    Result<spf::Rewriting, spf::Refusal> clean(const spf::Evaluation &evaluation)
    {
        return toTheEnd([&] { return spf::clean(evaluation, facts, records); });
    }

    ScriptedFacts facts;
    spf::RecordCache records;
};

QString afterOf(const Result<spf::Rewriting, spf::Refusal> &result)
{
    if (!result)
        return QStringLiteral("refused: %1").arg(static_cast<int>(result.error().why));
    return text(result->after);
}

std::vector<std::string> textsOf(const AddressSet &set)
{
    std::vector<std::string> texts;
    for (const Cidr &block : cidrsOf(set))
        texts.push_back(block.toString());
    return texts;
}

/// The addresses that random records speak of, and their neighbours outside.
std::vector<IpAddress> smallSpace()
{
    std::vector<IpAddress> all;
    for (std::uint32_t i = 0; i < 258; ++i)
        all.push_back(IpAddress::fromV4(0xc00001ff + i)); // 192.0.1.255 to 192.0.3.0
    const Uint128 v6 = IpAddress::parse("2001:db8::")->value();
    for (std::uint64_t i = 0; i < 34; ++i)
        all.push_back(IpAddress::fromV6(v6 - Uint128(1) + Uint128(i)));
    return all;
}

spf::CheckResult checked(const DomainName &domain, const IpAddress &ip, FactSource &facts,
                         spf::RecordCache &records, bool limited)
{
    spf::CheckArguments arguments;
    arguments.ip = ip;
    arguments.sender = "user@" + domain.text();
    arguments.helo = domain.text();
    spf::Limits limits;
    if (!limited) {
        limits.lookups = 100000;
        limits.voidLookups = 100000;
    }
    return spf::checkHost(arguments, facts, records, spf::Trace::Off, limits).result;
}

class Dice
{
public:
    explicit Dice(unsigned seed) : m_random(seed) {}
    int below(int count) { return static_cast<int>(m_random() % static_cast<unsigned>(count)); }
    bool once(int in) { return below(in) == 0; }

private:
    std::mt19937 m_random;
};

std::string randomNetwork(Dice &dice)
{
    if (dice.once(4))
        return "ip6:2001:db8::" + QString::number(dice.below(32), 16).toStdString() + '/' +
               std::to_string(123 + dice.below(6));
    return "ip4:192.0.2." + std::to_string(dice.below(256)) + '/' + std::to_string(24 + dice.below(9));
}

/// Terms over few names and networks, so that they overlap, repeat and nest.
std::string randomRecord(Dice &dice, int depth, const char *qualifiers)
{
    std::string record = "v=spf1";
    const int terms = 1 + dice.below(9);
    for (int i = 0; i < terms; ++i) {
        record += ' ';
        const char qualifier = qualifiers[dice.below(8)];
        if (qualifier != '+')
            record += qualifier;
        switch (dice.below(8)) {
        case 0:
            record += dice.once(2) ? "a:h1.example" : "a:h2.example/30";
            break;
        case 1:
            record += dice.once(2) ? "mx:m.example" : "a:gone.example";
            break;
        case 2:
        case 3:
            if (depth < 2) {
                record += "include:r" + std::to_string(2 * depth + 1 + dice.below(2)) + ".example";
                break;
            }
            [[fallthrough]];
        default:
            record += randomNetwork(dice);
            break;
        }
    }
    const int ending = dice.below(5);
    record += ending == 0   ? " -all"
              : ending == 1 ? " ~all"
              : ending == 2 ? " ?all"
              : ending == 3 ? " -all ip4:192.0.2.77 redirect=r1.example"
                            : "";
    if (ending == 4 && depth < 2)
        record += " redirect=r" + std::to_string(2 * depth + 1) + ".example";
    return record;
}

Zone randomZone(Dice &dice)
{
    Zone zone;
    zone.addMasterFile(R"(
        h1.example A 192.0.2.33
        h2.example A 192.0.2.200
        h2.example AAAA 2001:db8::7
        m.example MX 10 h2.example
    )");
    const char *qualifiers = dice.once(2) ? "++++++++" : "+++++-~?";
    zone.add("example.com TXT \"" + randomRecord(dice, 0, qualifiers) + '"');
    zone.add("other.example TXT \"" + randomRecord(dice, 0, qualifiers) + '"');
    for (int i = 1; i <= 4; ++i)
        zone.add("r" + std::to_string(i) + ".example TXT \"" + randomRecord(dice, (i + 1) / 2, "+++++-~?") +
                 '"');
    return zone;
}

} // namespace

class SpfSets : public QObject
{
    Q_OBJECT

private:
    /// Every address of the small space gets the result that the old record meant for it.
    static void verify(World &world, const spf::Rewriting &rewriting, bool isLimited)
    {
        Overlay overlay(world.facts);
        std::vector<spf::Published> all = rewriting.chain;
        all.push_back({rewriting.domain, rewriting.after});
        for (const spf::Published &record : all) {
            dns::Answer answer = dns::emptyAnswer({record.name, dns::RrType::TXT}, dns::Outcome::Answered);
            answer.records.push_back({record.name, dns::RrType::TXT, 300, fixes::txtData(record.text)});
            overlay.put(std::move(answer));
            QVERIFY(record.text.size() + record.name.text().size() <= spf::SafeDataOctets ||
                    record.text.size() <= rewriting.before.size());
        }
        for (const IpAddress &ip : smallSpace()) {
            const spf::CheckResult was = checked(rewriting.domain, ip, world.facts, world.records, false);
            const spf::CheckResult is = checked(rewriting.domain, ip, overlay, world.records, isLimited);
            if (was != is)
                qWarning("%s\n%s\n%s", rewriting.before.c_str(), rewriting.after.c_str(),
                         ip.toString().c_str());
            QVERIFY(is == was);
        }
    }

private Q_SLOTS:
    void comparisonSaysWhatTheModelSays();
    void comparisonTellsBranchesAndMoves();
    void whatDependsOnTheClientIsToldApart();
    void rewritingsSayWhatTheModelSays();
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
    void driftIsFound();
    void changesHoldTheRecordAsPublished();
};

void SpfSets::comparisonSaysWhatTheModelSays()
{
    Dice dice(20261121);
    const std::vector<IpAddress> space = smallSpace();
    for (int round = 0; round < 120; ++round) {
        World world(randomZone(dice));
        const spf::Evaluation before = world.evaluate();
        const spf::Evaluation after = world.evaluate(name("other.example"));
        const spf::Comparison comparison = spf::compare(before, after);
        QVERIFY(comparison.exact);
        AddressSet byBranch;
        AddressSet goneByBranch;
        for (const spf::BranchChange &branch : comparison.branches) {
            QVERIFY(byBranch.intersected(branch.added).isEmpty());
            byBranch = byBranch.united(branch.added);
            goneByBranch = goneByBranch.united(branch.removed);
        }
        QVERIFY(byBranch == comparison.added);
        QVERIFY(goneByBranch == comparison.removed);
        for (const IpAddress &ip : space) {
            const auto was = checked(Domain, ip, world.facts, world.records, true);
            const auto is = checked(name("other.example"), ip, world.facts, world.records, true);
            QCOMPARE(comparison.added.contains(ip),
                     is == spf::CheckResult::Pass && was != spf::CheckResult::Pass);
            QCOMPARE(comparison.removed.contains(ip),
                     was == spf::CheckResult::Pass && is != spf::CheckResult::Pass);
            int moves = 0;
            for (const spf::Move &move : comparison.moves) {
                if (!move.addresses.contains(ip))
                    continue;
                ++moves;
                QVERIFY(move.from == was);
                QVERIFY(move.to == is);
            }
            QCOMPARE(moves, was == is ? 0 : 1);
        }
    }
}

void SpfSets::comparisonTellsBranchesAndMoves()
{
    World world(R"(
        example.com TXT "v=spf1 ip4:192.0.2.0/24 include:_spf.google.com ~all"
        other.example TXT "v=spf1 ip4:192.0.2.0/25 include:_SPF.google.com. include:new.example -all"
        _spf.google.com TXT "v=spf1 ip4:198.51.100.0/24 -all"
        new.example TXT "v=spf1 ip6:2001:db8::/32 ip4:198.51.100.7 -all"
    )");
    const spf::Comparison comparison = spf::compare(world.evaluate(), world.evaluate(name("other.example")));
    QVERIFY(comparison.exact);
    QCOMPARE(textsOf(comparison.added), std::vector<std::string>{"2001:db8::/32"});
    QCOMPARE(textsOf(comparison.removed), std::vector<std::string>{"192.0.2.128/25"});
    QCOMPARE(comparison.branches.size(), std::size_t(3));
    QCOMPARE(comparison.branches[0].term, std::string());
    QCOMPARE(textsOf(comparison.branches[0].removed), std::vector<std::string>{"192.0.2.128/25"});
    QCOMPARE(comparison.branches[1].term, std::string("include:_spf.google.com"));
    QCOMPARE(comparison.branches[1].side, spf::Side::Both);
    QCOMPARE(comparison.branches[2].side, spf::Side::New);
    QCOMPARE(textsOf(comparison.branches[2].added), std::vector<std::string>{"2001:db8::/32"});
    QCOMPARE(comparison.moves.size(), std::size_t(3)); // pass to fail, softfail to pass, softfail to fail
    QVERIFY(spf::compare(world.evaluate(), world.evaluate()).isSame());
}

void SpfSets::whatDependsOnTheClientIsToldApart()
{
    World world(R"(
        example.com TXT "v=spf1 exists:%{i}.a.example ptr -all"
        other.example TXT "v=spf1 include:inner.example include:%{ir}.x.example -all"
        inner.example TXT "v=spf1 exists:%{i}.a.example -all"
    )");
    const spf::Comparison comparison = spf::compare(world.evaluate(), world.evaluate(name("other.example")));
    QVERIFY(!comparison.exact);
    QCOMPARE(comparison.dependences.size(), std::size_t(4));
    QCOMPARE(comparison.dependences[0].why, spf::Dependence::Why::Exists);
    QCOMPARE(comparison.dependences[0].domain, name("inner.example"));
    QCOMPARE(comparison.dependences[0].side, spf::Side::New);
    QCOMPARE(comparison.dependences[1].why, spf::Dependence::Why::Macros);
    QCOMPARE(comparison.dependences[2].side, spf::Side::Old);
    QCOMPARE(comparison.dependences[3].why, spf::Dependence::Why::Ptr);
    const spf::Comparison same = spf::compare(world.evaluate(), world.evaluate());
    QVERIFY(same.isSame() && !same.exact);
    QCOMPARE(same.dependences.front().side, spf::Side::Both);
}

void SpfSets::rewritingsSayWhatTheModelSays()
{
    Dice dice(4);
    int flattened = 0;
    int cleaned = 0;
    int under = 0;
    for (int round = 0; round < 150; ++round) {
        World world(randomZone(dice));
        const spf::Evaluation evaluation = world.evaluate();
        if (const auto result = world.clean(evaluation)) {
            ++cleaned;
            QVERIFY(result->after.size() < result->before.size());
            verify(world, *result, false);
        } else {
            QVERIFY(result.error().why != spf::Refusal::Why::NotProven);
        }
        if (const auto result = world.flatten(evaluation)) {
            ++flattened;
            QVERIFY(result->proof.lookups <= 10 && result->proof.voidLookups <= 2);
            verify(world, *result, true);
        } else {
            QVERIFY(result.error().why != spf::Refusal::Why::NotProven);
        }
        if (const auto result = world.under(evaluation)) {
            ++under;
            verify(world, *result, true);
        } else {
            QVERIFY(result.error().why != spf::Refusal::Why::NotProven);
        }
    }
    QVERIFY(cleaned > 50);
    QVERIFY(flattened > 25);
    QVERIFY(under > 5);
}

void SpfSets::cleaning_data()
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

void SpfSets::cleaning()
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

void SpfSets::flattening_data()
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

void SpfSets::flattening()
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

void SpfSets::branchesThatCannotBeReplacedSayWhy_data()
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

void SpfSets::branchesThatCannotBeReplacedSayWhy()
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

void SpfSets::longListsAreChained()
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

void SpfSets::takenNamesAreLeftAlone()
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

void SpfSets::fewBranchesBringARecordUnderItsLimit()
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

void SpfSets::voidLookUpsAreBroughtUnderTheirLimit()
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

void SpfSets::addressesThatCannotFitAreRefused()
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

void SpfSets::hostileRecordsAreRefused_data()
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

void SpfSets::hostileRecordsAreRefused()
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

void SpfSets::manyTermsAreCleaned()
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

void SpfSets::driftIsFound()
{
    Zone then;
    then.addMasterFile(R"(
        example.com TXT "v=spf1 include:one.example a:h.example redirect=r.example"
        one.example TXT "v=spf1 ip4:192.0.2.0/24 -all"
        h.example A 198.51.100.1
        r.example TXT "v=spf1 ip4:203.0.113.0/24 -all"
    )");
    World before(then);
    const spf::Evaluation evaluation = before.evaluate();
    std::vector<spf::FlattenedBranch> branches;
    for (const spf::Branch &branch : spf::branchesOf(evaluation)) {
        QVERIFY(branch.canBeReplaced());
        spf::FlattenedBranch flattened{branch.spelling, branch.addresses, std::nullopt};
        if (branch.isRedirect)
            flattened.record = branch.term().child->selection.text;
        branches.push_back(flattened);
    }
    branches.push_back({"exists:x.example", {}, {}});
    branches.push_back({"include:one.example include:two.example", {}, {}});
    const auto drift = [&](World &world) {
        return world.toTheEnd([&] { return spf::driftOf(Domain, branches, world.facts, world.records); });
    };
    std::vector<spf::Drift> none = drift(before);
    QCOMPARE(none.size(), std::size_t(5));
    for (std::size_t i = 0; i < 3; ++i)
        QVERIFY(none[i].status == spf::Drift::Status::Known && !none[i].isDrift());
    QCOMPARE(none[3].status, spf::Drift::Status::Unreadable);
    QCOMPARE(none[4].status, spf::Drift::Status::Unreadable);

    World now(R"(
        one.example TXT "v=spf1 ip4:192.0.2.0/25 ip4:192.0.3.0/24 -all"
        h.example A 198.51.100.1
        r.example TXT "v=spf1 -all"
    )");
    const std::vector<spf::Drift> some = drift(now);
    QCOMPARE(textsOf(some[0].came), std::vector<std::string>{"192.0.3.0/24"});
    QCOMPARE(textsOf(some[0].gone), std::vector<std::string>{"192.0.2.128/25"});
    QVERIFY(!some[1].isDrift());
    QCOMPARE(some[2].recordNow, std::optional<std::string>("v=spf1 -all"));

    World gone("h.example A 198.51.100.2");
    const std::vector<spf::Drift> faulty = drift(gone);
    QCOMPARE(faulty[0].status, spf::Drift::Status::Faulty);
    QVERIFY(faulty[0].isDrift());
    QCOMPARE(textsOf(faulty[1].came), std::vector<std::string>{"198.51.100.2/32"});
}

void SpfSets::changesHoldTheRecordAsPublished()
{
    Zone zone;
    zone.addMasterFile(R"(
        example.com CNAME real.example
        real.example 1200 TXT "v=spf1 include:one.exa" "mple -all"
        one.example TXT "v=spf1 ip4:192.0.2.0/24 -all"
    )");
    World world(zone);
    const auto result = world.flatten(world.evaluate());
    QVERIFY(bool(result));
    QCOMPARE(result->changes.size(), std::size_t(1));
    const auto &change = std::get<fixes::RecordChange>(result->changes.front());
    QCOMPARE(change.name, name("real.example"));
    QCOMPARE(change.ttl, 1200U);
    QCOMPARE(std::get<dns::TxtData>(*change.before).strings.size(), std::size_t(2));
    QCOMPARE(std::get<dns::TxtData>(*change.after).joined(), std::string("v=spf1 ip4:192.0.2.0/24 -all"));
}

QTEST_GUILESS_MAIN(SpfSets)
#include "tst_spf_sets.moc"
