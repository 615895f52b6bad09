// SPDX-License-Identifier: Apache-2.0
// TLS reporting from facts to findings: each has a scenario that makes it appear and a close one that does
// not.
#include "report/json.h"
#include "support/finding_rows.h"
#include "tls_rpt/evaluate.h"
#include "tls_rpt/findings.h"

using namespace mailoscope;
using mailoscope::tests::addFailures;
using mailoscope::tests::addFindingRows;
using mailoscope::tests::dataFile;
using mailoscope::tests::idsOf;
using mailoscope::tests::ScriptedFacts;
using mailoscope::tests::text;
using mailoscope::tests::verifyExplanations;
using mailoscope::tests::verifyFinding;
using mailoscope::tests::verifyTable;
using mailoscope::tests::Zone;
using Json = nlohmann::ordered_json;
using tls_rpt::Evaluation;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

const DomainName Domain = tests::name("example.com");

struct Outcome {
    Evaluation evaluation;
    std::vector<Finding> findings;
    std::vector<std::vector<std::string>> asked;
};

/// What differs from a domain where all is in order.
Outcome outcomeOf(const Json &given)
{
    Zone zone;
    const Json mx = given.value(
        "mx", Json::array({"example.com MX 10 mail.example.net", "mail.example.net A 192.0.2.25"}));
    for (const Json &line : mx)
        zone.add(line.get<std::string>());
    for (const Json &txt :
         given.value("records", Json::array({"v=TLSRPTv1; rua=mailto:tls@reports.example"})))
        zone.add("_smtp._tls.example.com TXT \"" + txt.get<std::string>() + '"');
    for (const char *line :
         {"reports.example MX 10 mail.reports.example", "reports.example NS ns.reports.example",
          "mail.reports.example A 192.0.2.26", "example.com NS ns.example.com"})
        zone.add(line);
    for (const Json &line : given.value("zone", Json::array()))
        zone.add(line.get<std::string>());
    const Json failing = given.value("fail", Json::object());
    addFailures(zone, failing);
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    Outcome outcome;
    mx::Evaluation own;
    const auto evaluate = [&] {
        own = mx::evaluate(Domain, facts, mx::Depth::Addresses);
        outcome.evaluation = tls_rpt::evaluate(Domain, own, facts);
        return 0;
    };
    tests::runToTheEnd(evaluate, facts);
    outcome.asked = facts.asked();
    outcome.findings = tls_rpt::findings(outcome.evaluation, own, {given.value("hasTlsPolicy", false)});
    return outcome;
}

} // namespace

class TestTlsRptFindings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        addFindingRows(dataFile("tls_rpt/findings.json"));
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        verifyFinding(row, outcomeOf(row["with"]).findings, outcomeOf(row["without"]).findings, "tls_rpt");
    }

    void everyIdHasWordsAndARow() { verifyTable(tlsRptWords(), dataFile("tls_rpt/findings.json")); }

    void theWordsAreWholeSentencesWithAllTheirPlacesFilled_data()
    {
        everyFindingAppearsWhereItShouldAndNowhereElse_data();
    }
    void theWordsAreWholeSentencesWithAllTheirPlacesFilled()
    {
        QFETCH(Json, row);
        verifyExplanations(outcomeOf(row["with"]).findings);
    }

    void wellKeptDomainHasNothingToTell()
    {
        const Outcome outcome = outcomeOf(Json::object());
        QCOMPARE(idsOf(outcome.findings), QString());
        QVERIFY(outcome.evaluation.status == Evaluation::Status::Ok && !outcome.evaluation.pending);
        const Json json = toJson(outcome.evaluation);
        QVERIFY(json["status"] == "ok");
        QVERIFY(json["rua"] == Json::array({"mailto:tls@reports.example"}));
        QVERIFY(json["record_name"] == "_smtp._tls.example.com");
    }

    void onlyDestinationsWaitForAnAnswer()
    {
        const Outcome outcome = outcomeOf(Json::object());
        const std::vector<std::string> &first = outcome.asked.front();
        for (const char *question : {"TXT _smtp._tls.example.com", "TXT _tls.example.com", "TXT example.com",
                                     "TXT _smtp-tls.example.com"})
            QVERIFY2(std::find(first.begin(), first.end(), question) != first.end(), question);
        QCOMPARE(outcome.asked.size(), std::size_t(3));
    }

    void failuresAreAStatusAndNeverSomethingMissing_data()
    {
        QTest::addColumn<QByteArray>("given");
        QTest::addColumn<QString>("status");
        QTest::newRow("TXT fails")
            << QByteArray(R"({"records": [], "fail": {"TXT _smtp._tls.example.com": "timeout"}})")
            << "temperror";
        QTest::newRow("MX fails")
            << QByteArray(R"({"records": [], "mx": [], "fail": {"MX example.com": "servfail"}})")
            << "missing";
        QTest::newRow("no mail") << QByteArray(R"({"records": [], "mx": ["example.com MX 0 ."]})")
                                 << "not_applicable";
        QTest::newRow("destination fails")
            << QByteArray(R"({"fail": {"MX reports.example": "servfail", "NS reports.example": "timeout"}})")
            << "ok";
    }
    void failuresAreAStatusAndNeverSomethingMissing()
    {
        QFETCH(QByteArray, given);
        const Outcome outcome = outcomeOf(Json::parse(given.cbegin(), given.cend()));
        QCOMPARE(idsOf(outcome.findings), QString());
        QTEST(text(toJson(outcome.evaluation)["status"].get<std::string>()), "status");
        QVERIFY(!outcome.evaluation.pending);
    }

    void destinationsAreBounded()
    {
        std::string record = "v=TLSRPTv1; rua=mailto:a@d0.example";
        for (int i = 1; i < 30; ++i)
            record += ",mailto:a@d" + std::to_string(i) + ".example";
        const Outcome outcome = outcomeOf({{"records", Json::array({record})}});
        QCOMPARE(outcome.evaluation.destinations.size(), tls_rpt::MaxDestinations);
    }
};

QTEST_APPLESS_MAIN(TestTlsRptFindings)
#include "tst_tls_rpt_findings.moc"
