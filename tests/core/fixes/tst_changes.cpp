// SPDX-License-Identifier: Apache-2.0
// Changes to records, and the facts as they would be.
#include "fixes/change.h"
#include "support/zone.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::fixes;
using dns::RrType;

namespace
{

FactStore factsOf(const tests::Zone &zone, std::initializer_list<dns::Question> questions)
{
    FactStore facts;
    for (const dns::Question &question : questions)
        facts.put(zone.fact(question));
    return facts;
}

const dns::Answer &answerIn(const FactStore &facts, const char *name, RrType type)
{
    return (*facts.find(tests::name(name), type))->dns();
}

RecordChange txt(const char *name, std::optional<std::string> before, std::optional<std::string> after)
{
    RecordChange change;
    change.name = tests::name(name);
    if (before)
        change.before = txtData(*before);
    if (after)
        change.after = txtData(*after);
    return change;
}

} // namespace

class TestChanges : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void longTextsAreSplitAt255Octets()
    {
        const auto data = std::get<dns::TxtData>(txtData(std::string(600, 'x')));
        QCOMPARE(data.strings.size(), std::size_t(3));
        QCOMPARE(data.strings[0].size(), std::size_t(255));
        QCOMPARE(data.strings[2].size(), std::size_t(90));
        QCOMPARE(std::get<dns::TxtData>(txtData("")).strings.size(), std::size_t(1));
    }

    void recordsBesideTheChangedOneStay()
    {
        tests::Zone zone;
        zone.add("example.com 300 TXT \"v=spf1 -all\"");
        zone.add("example.com 300 TXT \"site-verification=1\"");
        const FactStore facts = factsOf(zone, {{tests::name("example.com"), RrType::TXT}});
        const std::vector<Change> changes = {txt("example.com", "v=spf1 -all", "v=spf1 mx -all")};
        const auto sets = recordSets(changes, facts);
        QCOMPARE(sets.size(), std::size_t(1));
        QCOMPARE(sets[0].before.size(), std::size_t(2));
        QCOMPARE(sets[0].after.size(), std::size_t(2));
        QCOMPARE(sets[0].ttl, 300U);
        const FactStore after = published(changes, facts);
        QCOMPARE(answerIn(after, "example.com", RrType::TXT).records.size(), std::size_t(2));
        QCOMPARE(answerIn(facts, "example.com", RrType::TXT).records.size(), std::size_t(2));
    }

    void twoChangesToOneSetAreOneSet()
    {
        tests::Zone zone;
        zone.add("example.com TXT \"v=spf1 a -all\"");
        zone.add("example.com TXT \"v=spf1 mx -all\"");
        const FactStore facts = factsOf(zone, {{tests::name("example.com"), RrType::TXT}});
        const std::vector<Change> changes = {txt("example.com", "v=spf1 a -all", "v=spf1 a mx -all"),
                                             txt("example.com", "v=spf1 mx -all", std::nullopt)};
        const auto sets = recordSets(changes, facts);
        QCOMPARE(sets.size(), std::size_t(1));
        QCOMPARE(sets[0].after.size(), std::size_t(1));
        QCOMPARE(textOf(RrType::TXT, sets[0].after[0]), std::string("v=spf1 a mx -all"));
    }

    void aNameWithANewRecordExists()
    {
        tests::Zone zone;
        zone.add("example.com A 192.0.2.1");
        const FactStore facts = factsOf(zone, {{tests::name("_smtp._tls.example.com"), RrType::TXT},
                                               {tests::name("_smtp._tls.example.com"), RrType::CNAME},
                                               {tests::name("_tls.example.com"), RrType::TXT}});
        QVERIFY(answerIn(facts, "_tls.example.com", RrType::TXT).outcome == dns::Outcome::NxDomain);
        const FactStore after = published(std::vector<Change>{txt("_smtp._tls.example.com", std::nullopt,
                                                                  "v=TLSRPTv1; rua=mailto:a@b.example")},
                                          facts);
        QVERIFY(answerIn(after, "_smtp._tls.example.com", RrType::TXT).outcome == dns::Outcome::Answered);
        QVERIFY(answerIn(after, "_smtp._tls.example.com", RrType::CNAME).outcome == dns::Outcome::NoData);
        QVERIFY(answerIn(after, "_tls.example.com", RrType::TXT).outcome == dns::Outcome::NoData);
    }

    void theLastRecordOfASetLeavesNoData()
    {
        tests::Zone zone;
        zone.add("example.com TXT \"v=spf1 -all\"");
        const FactStore facts = factsOf(zone, {{tests::name("example.com"), RrType::TXT}});
        const FactStore after =
            published(std::vector<Change>{txt("example.com", "v=spf1 -all", std::nullopt)}, facts);
        QVERIFY(answerIn(after, "example.com", RrType::TXT).outcome == dns::Outcome::NoData);
    }

    void aRecordBehindAnAliasIsChangedWhereItStands()
    {
        tests::Zone zone;
        zone.add("_dmarc.example.com CNAME dmarc.example.com");
        zone.add("dmarc.example.com TXT \"v=DMARC1; p=none\"");
        const FactStore facts = factsOf(zone, {{tests::name("_dmarc.example.com"), RrType::TXT}});
        const FactStore after = published(
            std::vector<Change>{txt("dmarc.example.com", "v=DMARC1; p=none", "v=DMARC1; p=reject")}, facts);
        const dns::Answer &answer = answerIn(after, "_dmarc.example.com", RrType::TXT);
        QCOMPARE(answer.aliases.size(), std::size_t(1));
        QCOMPARE(textOf(RrType::TXT, answer.records.at(0).data), std::string("v=DMARC1; p=reject"));
    }

    void aRecordWithOtherStringsIsFoundByItsText()
    {
        tests::Zone zone;
        zone.add("example.com TXT \"v=spf1 mx\" \" -all\"");
        const FactStore facts = factsOf(zone, {{tests::name("example.com"), RrType::TXT}});
        const FactStore after =
            published(std::vector<Change>{txt("example.com", "v=spf1 mx -all", "v=spf1 -all")}, facts);
        QCOMPARE(textOf(RrType::TXT, answerIn(after, "example.com", RrType::TXT).records.at(0).data),
                 std::string("v=spf1 -all"));
    }

    void aChangeToARecordThatIsNotThereChangesNothing()
    {
        tests::Zone zone;
        zone.add("example.com TXT \"v=spf1 -all\"");
        const FactStore facts = factsOf(zone, {{tests::name("example.com"), RrType::TXT}});
        const FactStore after =
            published(std::vector<Change>{txt("example.com", "v=spf1 mx -all", "v=spf1 a -all")}, facts);
        QCOMPARE(textOf(RrType::TXT, answerIn(after, "example.com", RrType::TXT).records.at(0).data),
                 std::string("v=spf1 -all"));
    }
};

QTEST_APPLESS_MAIN(TestChanges)
#include "tst_changes.moc"
