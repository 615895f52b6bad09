// SPDX-License-Identifier: Apache-2.0
// What DNS shows of Amazon SES: each finding in a zone that makes it appear and in a close one that does not.
#include "report/explain.h"
#include "report/json.h"
#include "report/words.h"
#include "ses/findings.h"
#include "support/rows.h"
#include "support/scripted_facts.h"

#include <QTest>

#include <set>

using namespace mailoscope;
using mailoscope::tests::dataFile;
using mailoscope::tests::ScriptedFacts;
using mailoscope::tests::text;
using mailoscope::tests::Zone;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

const DomainName Domain = tests::name("example.com");

ses::Evaluation evaluated(Zone zone, const std::vector<std::string> &selectors = {},
                          std::vector<std::vector<std::string>> *asked = nullptr)
{
    zone.add("example.com MX 10 mail.example.net");
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    dkim::Options options;
    options.sources.user = selectors;
    options.sources.builtIn = false;
    const auto result = tests::runToTheEnd(
        [&] { return ses::evaluate(Domain, facts, dkim::evaluate(Domain, facts, options)); }, facts);
    if (asked)
        *asked = facts.asked();
    return result;
}

ses::Evaluation evaluated(const Json &row, const char *lines)
{
    Zone zone;
    for (const Json &line : row[lines])
        zone.add(line.get<std::string>());
    return evaluated(std::move(zone), row.value("selectors", std::vector<std::string>()));
}

const Finding *find(const std::vector<Finding> &findings, const std::string &id)
{
    for (const Finding &finding : findings) {
        if (finding.id == id)
            return &finding;
    }
    return nullptr;
}

} // namespace

class TestSes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        QTest::addColumn<Json>("row");
        int number = 0;
        for (const Json &row : dataFile("ses/findings.json"))
            QTest::addRow("%02d %s", ++number, row["id"].get<std::string>().c_str()) << row;
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        const std::string id = row["id"];
        const std::vector<Finding> findings = ses::findings(evaluated(row, "with"));
        const Finding *finding = find(findings, id);
        QVERIFY(finding);
        QCOMPARE(text(toString(finding->severity)), text(row["severity"].get<std::string>()));
        QCOMPARE(finding->section, std::string("ses"));
        QVERIFY(!finding->evidence.empty());
        const Explanation words = explain(*finding);
        QVERIFY(!words.title.ends_with('.') && words.why.ends_with('.') && words.whatToDo.ends_with('.'));
        for (const std::string &sentence : {words.title, words.why, words.whatToDo})
            QVERIFY2(sentence.find('{') == std::string::npos, sentence.c_str());
        QVERIFY(!find(ses::findings(evaluated(row, "without")), id));
    }

    void everyIdHasWordsAndARow()
    {
        std::set<std::string> rows;
        for (const Json &row : dataFile("ses/findings.json"))
            rows.insert(row["id"].get<std::string>());
        std::set<std::string> explained;
        for (const FindingWords &words : sesWords())
            explained.insert(std::string(words.id));
        QCOMPARE(explained, rows);
    }

    void withoutSignsOfSesNothingIsToldAndLittleAsked()
    {
        std::vector<std::vector<std::string>> asked;
        const ses::Evaluation evaluation = evaluated(Zone(), {}, &asked);
        QVERIFY(evaluation.status == ses::Evaluation::Status::NotApplicable);
        QVERIFY(ses::findings(evaluation).empty());
        QCOMPARE(asked.size(), std::size_t(1));
    }

    void oneTokenSaysNothingOfTheOthers()
    {
        Zone zone;
        zone.add("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa._domainkey.example.com CNAME "
                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.dkim.amazonses.com");
        const ses::Evaluation evaluation = evaluated(std::move(zone), {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"});
        QCOMPARE(evaluation.tokens.size(), std::size_t(1));
        QVERIFY(evaluation.status == ses::Evaluation::Status::Ok);
        QVERIFY(ses::findings(evaluation).empty());
    }

    void aFailedLookUpIsNoMissingMailFrom()
    {
        Zone zone;
        zone.add("example.com TXT \"v=spf1 include:amazonses.com -all\"");
        zone.fail({tests::name("bounce.example.com"), dns::RrType::MX}, dns::Outcome::ServerFailure);
        QVERIFY(ses::findings(evaluated(std::move(zone))).empty());
    }

    void theJsonTellsRegionsAndAlignment()
    {
        Zone zone;
        zone.add("_amazonses.example.com TXT \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"");
        zone.add("send.example.com MX 10 feedback-smtp.us-gov-east-1.amazonses.com");
        zone.add("send.example.com TXT \"v=spf1 include:amazonses.com ~all\"");
        const Json json = toJson(evaluated(std::move(zone)));
        QCOMPARE(text(json["status"].get<std::string>()), QStringLiteral("ok"));
        QCOMPARE(json["verification_records"].get<int>(), 1);
        QCOMPARE(
            text(json["mail_from"].dump()),
            QStringLiteral("[{\"domain\":\"send.example.com\",\"region\":\"us-gov-east-1\",\"mx\":\"ok\","
                           "\"spf\":\"ok\",\"alignment\":\"relaxed\"}]"));
    }
};

QTEST_APPLESS_MAIN(TestSes)
#include "tst_ses.moc"
