// SPDX-License-Identifier: Apache-2.0
// What a receiver does with forged mail, by which rules, in which words.
#include "report/verdict_words.h"
#include "support/rows.h"
#include "support/scripted_facts.h"
#include "verdict/evaluate.h"

#include <QTest>

using namespace mailoscope;
using mailoscope::tests::dataFile;
using mailoscope::tests::name;
using mailoscope::tests::ScriptedFacts;
using mailoscope::tests::text;
using mailoscope::tests::Zone;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

const DomainName Domain = name("example.com");

Zone zoneOf(const Json &row)
{
    Zone zone;
    zone.add("example.com MX 10 mail.example.com");
    zone.add("mail.example.com A 192.0.2.25");
    for (const Json &line : row["zone"])
        zone.add(line.get<std::string>());
    const Json failures = row.value("fail", Json::object());
    for (const auto &[question, outcome] : failures.items()) {
        const std::size_t blank = question.find(' ');
        zone.fail({name(question.substr(blank + 1)), *dns::rrTypeFromString(question.substr(0, blank))},
                  *dns::outcomeFromString(outcome.get<std::string>()));
    }
    return zone;
}

verdict::Evaluation judged(FactSource &facts, const verdict::Dkim &dkim = {})
{
    spf::RecordCache records;
    const auto spf = spf::evaluate(Domain, facts, records);
    return verdict::evaluate(spf, dmarc::evaluate(Domain, facts), mx::evaluate(Domain, facts), dkim);
}

} // namespace

class TestVerdict : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verdictsFollowFromTheRecords_data()
    {
        QTest::addColumn<Json>("row");
        for (const Json &row : dataFile("verdict/verdicts.json"))
            QTest::newRow(row["name"].get<std::string>().c_str()) << row;
    }
    void verdictsFollowFromTheRecords()
    {
        QFETCH(Json, row);
        ScriptedFacts facts(zoneOf(row), ScriptedFacts::Unscripted::IsNxDomain);
        verdict::Dkim dkim;
        if (row.contains("dkim"))
            dkim.anyUsableKey = row["dkim"].get<bool>();
        const auto evaluation = tests::runToTheEnd([&] { return judged(facts, dkim); }, facts);
        QVERIFY(!evaluation.pending);
        const Json json = toJson(evaluation);
        QCOMPARE(text(json["exact_domain_spoofing"].dump()), text(row["level"].dump()));
        QVERIFY(json["reason"].get<std::string>().ends_with('.'));
        const Json forged = row.value("forged", Json::object());
        for (const auto &[kind, treatment] : forged.items())
            QCOMPARE(text(json["forged_mail"][kind].get<std::string>()), text(treatment.get<std::string>()));
        const Json rules = row.value("rules", Json::object());
        for (const auto &[id, answer] : rules.items()) {
            bool found = false;
            for (const Json &rule : json["rules"]) {
                if (rule["id"] == id) {
                    QCOMPARE(text(rule["answer"].get<std::string>()), text(answer.get<std::string>()));
                    found = true;
                }
            }
            QVERIFY2(found, id.c_str());
        }
    }

    void everyRuleAndEveryLimitHasItsSentence()
    {
        ScriptedFacts facts(Zone(), ScriptedFacts::Unscripted::IsNxDomain);
        for (const verdict::Rule &rule : judged(facts).rules) {
            QVERIFY2(sentenceOfRule(rule.id).ends_with('.'), std::string(rule.id).c_str());
            QVERIFY(!rule.reference.document.empty() && !rule.reference.section.empty());
        }
        for (const std::string_view id : verdict::notTestable())
            QVERIFY2(sentenceOfNotTestable(id).ends_with('.'), std::string(id).c_str());
        QVERIFY(sentenceOfRule("no.such").empty());
    }

    void nothingIsSaidBeforeTheAnswersAreThere()
    {
        ScriptedFacts facts(Zone(), ScriptedFacts::Unscripted::IsNxDomain);
        const verdict::Evaluation evaluation = judged(facts);
        QVERIFY(evaluation.pending);
        QVERIFY(evaluation.level == verdict::Level::Unknown);
        QVERIFY(evaluation.exactDomain == verdict::Treatment::Unknown);
        QVERIFY(toJson(evaluation)["exact_domain_spoofing"].is_null());
    }
};

QTEST_APPLESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
