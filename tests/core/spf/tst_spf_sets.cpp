// SPDX-License-Identifier: Apache-2.0
// Records compared, and rewritten at random, against a model that asks check_host() for every single address.
#include "sets_model.h"
#include "spf/sets/compare.h"
#include "spf/sets/drift.h"

#include <array>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace mailoscope::tests::sets;

class SpfSets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comparisonSaysWhatTheModelSays();
    void comparisonTellsBranchesAndMoves();
    void whatDependsOnTheClientIsToldApart();
    void rewritingsSayWhatTheModelSays();
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
