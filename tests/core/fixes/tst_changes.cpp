// SPDX-License-Identifier: Apache-2.0
// Changes to records, and the facts as they would be.
#include "fixes/change.h"
#include "fixes/change_file.h"
#include "support/zone.h"

#include <QTest>

#include <set>

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

    /// A change that is published is published at all of them; where one lags behind today it is not known to
    /// catch up.
    void theZonesServersThatAgreeTodaySayTheSameThen()
    {
        tests::Zone zone;
        zone.add("example.com TXT \"v=spf1 a -all\"");
        zone.add("example.com TXT \"site-verification=1\"");
        const IpAddress agreeing = IpAddress::parse("192.175.48.1").value();
        const IpAddress lagging = IpAddress::parse("192.175.48.2").value();
        const IpAddress silent = IpAddress::parse("192.175.48.3").value();
        zone.script(lagging, "example.com TXT \"v=spf1 mx -all\"");
        zone.script(silent, "silent");
        const dns::Question question{tests::name("example.com"), RrType::TXT};
        FactStore facts = factsOf(zone, {question});
        for (const IpAddress &server : {agreeing, lagging, silent})
            facts.put(zone.fact(dns::ServerQuestion{question, server, {}}));
        const FactStore after =
            published(std::vector<Change>{txt("example.com", "v=spf1 a -all", "v=spf1 -all")}, facts);
        const auto saidBy = [&](const IpAddress &server) {
            std::set<std::string> texts;
            const Fact *fact = after.find(FactKey(dns::ServerQuestion{question, server, {}}));
            for (const dns::ResourceRecord &record : fact->server().records)
                texts.insert(textOf(record.type, record.data));
            return texts;
        };
        QVERIFY(saidBy(agreeing) == (std::set<std::string>{"site-verification=1", "v=spf1 -all"}));
        QVERIFY(saidBy(lagging) == (std::set<std::string>{"v=spf1 mx -all"}));
        QVERIFY(saidBy(silent).empty());
    }

    void aTtlThatNoZoneCanHaveIsNotRead_data()
    {
        QTest::addColumn<QByteArray>("ttl");
        QTest::addColumn<bool>("isRead");
        for (const char *ttl : {"0", "60", "2147483647", "null"})
            QTest::newRow(ttl) << QByteArray(ttl) << true;
        for (const char *ttl : {"-1", "60.5", "2147483648", "4294967297", "1e300", "\"60\"", "[60]"})
            QTest::newRow(ttl) << QByteArray(ttl) << false;
    }
    void aTtlThatNoZoneCanHaveIsNotRead()
    {
        QFETCH(QByteArray, ttl);
        QFETCH(bool, isRead);
        const QByteArray json =
            R"([{"name": "example.com", "type": "TXT", "before": null, "after": "v=spf1 -all", "ttl": )" +
            ttl + "}]";
        QCOMPARE(bool(readChanges(json.toStdString())), isRead);
    }

    void aTtlChangesWhereTheRecordHasOtherStrings()
    {
        tests::Zone zone;
        zone.add("example.com 300000 TXT \"v=spf1 mx\" \" -all\"");
        const FactStore facts = factsOf(zone, {{tests::name("example.com"), RrType::TXT}});
        const auto changes =
            readChanges(R"([{"name": "example.com", "type": "TXT", "before": "v=spf1 mx -all",
                                              "after": "v=spf1 mx -all", "ttl": 3600}])");
        QVERIFY(changes);
        QVERIFY(withoutEffect(*changes, facts).empty());
        const dns::ResourceRecord record =
            answerIn(published(*changes, facts), "example.com", RrType::TXT).records.at(0);
        QCOMPARE(record.ttl, 3600U);
        QVERIFY(record.data == answerIn(facts, "example.com", RrType::TXT).records.at(0).data);
    }

    void changesToWhatIsNotThereAreWithoutEffect()
    {
        tests::Zone zone;
        zone.add("example.com TXT \"one\"");
        const FactStore facts = factsOf(zone, {{tests::name("example.com"), RrType::TXT}});
        const std::vector<Change> changes = {
            txt("example.com", "one", "two"),          txt("example.com", "two", "three"),
            txt("example.com", "one", "four"), // gone by now
            txt("example.com", "three", std::nullopt), txt("example.com", std::nullopt, "five"),
            txt("a.example.com", "one", std::nullopt), txt("b.example.com", "one", "one")};
        const auto idle = withoutEffect(changes, facts);
        QCOMPARE(idle.size(), std::size_t(3));
        QVERIFY(idle[0] == std::get<RecordChange>(changes[2]));
        QVERIFY(idle[1] == std::get<RecordChange>(changes[5]));
        QVERIFY(idle[2] == std::get<RecordChange>(changes[6]));
    }
};

QTEST_APPLESS_MAIN(TestChanges)
#include "tst_changes.moc"
