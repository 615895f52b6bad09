// SPDX-License-Identifier: Apache-2.0
// What DNS shows of Amazon SES: each finding in a zone that makes it appear and in a close one that does not.
#include "report/json.h"
#include "ses/findings.h"
#include "support/finding_rows.h"

using namespace mailoscope;
using mailoscope::tests::addFindingRows;
using mailoscope::tests::dataFile;
using mailoscope::tests::ScriptedFacts;
using mailoscope::tests::text;
using mailoscope::tests::verifyExplanations;
using mailoscope::tests::verifyFinding;
using mailoscope::tests::verifyTable;
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

} // namespace

class TestSes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        addFindingRows(dataFile("ses/findings.json"));
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        const std::vector<Finding> with = ses::findings(evaluated(row, "with"));
        verifyFinding(row, with, ses::findings(evaluated(row, "without")));
        verifyExplanations(with);
    }

    void everyIdHasWordsAndARow() { verifyTable(sesWords(), dataFile("ses/findings.json")); }

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

    void whatASnapshotDoesNotHoldIsNoMissingMailFrom()
    {
        Zone zone;
        zone.add("example.com TXT \"v=spf1 include:amazonses.com -all\"");
        zone.fail({tests::name("bounce.example.com"), dns::RrType::MX}, dns::Outcome::NotRecorded);
        const ses::Evaluation evaluation = evaluated(std::move(zone));
        QVERIFY(ses::findings(evaluation).empty());
        QVERIFY(evaluation.status == ses::Evaluation::Status::Ok);
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
