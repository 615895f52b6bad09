// SPDX-License-Identifier: Apache-2.0
// Every finding of DKIM: a zone that makes it appear and a close one that does not.
#include "dkim/findings.h"
#include "support/finding_rows.h"

using namespace mailoscope;
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

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

const DomainName Domain = tests::name("example.com");

Zone zoneOf(const Json &row, const char *lines)
{
    Zone zone;
    zone.add("example.com MX 10 mail.example.net");
    for (const Json &line : row[lines])
        zone.add(line.get<std::string>());
    return zone;
}

std::vector<Finding> findingsIn(Zone zone, const dkim::Context &context = {})
{
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    const auto evaluation = tests::runToTheEnd([&facts] { return dkim::evaluate(Domain, facts); }, facts);
    return dkim::findings(evaluation, context);
}

std::vector<Finding> findingsIn(const Json &row, const char *lines)
{
    return findingsIn(zoneOf(row, lines), {row.value("parked", false)});
}

} // namespace

class TestDkimFindings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        addFindingRows(dataFile("dkim/findings.json"));
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        verifyFinding(row, findingsIn(row, "with"), findingsIn(row, "without"));
    }

    void everyIdHasWordsAndARow() { verifyTable(dkimWords(), dataFile("dkim/findings.json")); }

    void theWordsAreWholeSentencesWithAllTheirPlacesFilled_data()
    {
        everyFindingAppearsWhereItShouldAndNowhereElse_data();
    }
    void theWordsAreWholeSentencesWithAllTheirPlacesFilled()
    {
        QFETCH(Json, row);
        const std::vector<Finding> findings = findingsIn(row, "with");
        verifyExplanations(findings);
        // A fault that is named has its own sentence.
        for (const Finding &finding : findings)
            QVERIFY2(!finding.arguments.contains("fault") || !dkimHint(finding).empty(), finding.id.c_str());
    }

    void aGoodDomainHasNoFindings()
    {
        const Json rows = dataFile("dkim/findings.json");
        for (const Json &row : rows) {
            if (row["id"] == "dkim.multiple") {
                const std::vector<Finding> findings = findingsIn(row, "without");
                QVERIFY2(findings.empty(), qPrintable(idsOf(findings)));
            }
        }
    }

    void nothingIsFoundBeforeTheAnswersAreThere()
    {
        ScriptedFacts facts(Zone{}, ScriptedFacts::Unscripted::IsNxDomain);
        const dkim::Evaluation evaluation = dkim::evaluate(Domain, facts);
        QVERIFY(evaluation.pending);
        QVERIFY(dkim::findings(evaluation).empty());
    }

    void aLookUpThatFailedIsNeverAMissingKey()
    {
        for (const dns::Outcome outcome :
             {dns::Outcome::ServerFailure, dns::Outcome::Timeout, dns::Outcome::Refused}) {
            Zone zone;
            zone.add("example.com MX 10 mail.example.net");
            zone.add("hidden._domainkey.example.com TXT \"v=DKIM1; p=\"");
            zone.fail({tests::name("google._domainkey.example.com"), dns::RrType::TXT}, outcome);
            const std::vector<Finding> findings = findingsIn(std::move(zone));
            QVERIFY2(findings.empty(), qPrintable(idsOf(findings)));
        }
    }

    void aDomainThatDoesNotExistHasNoDkimFindings() { QVERIFY(findingsIn(Zone{}).empty()); }

    void quotedTagNamesDoNotLeadAstray()
    {
        for (const char *record :
             {R"(\"h=sha1; p=AAAA)", R"(\"p=AAAAAAAAAAAAAAAAAAAA!; p=x)", R"(\"s=x; p=AAAA)"}) {
            Zone zone;
            zone.add("example.com MX 10 mail.example.net");
            zone.add("google._domainkey.example.com TXT \"" + std::string(record) + "\"");
            const std::vector<Finding> findings = findingsIn(std::move(zone));
            QVERIFY(!findings.empty());
            for (const Finding &finding : findings) {
                for (const Evidence &evidence : finding.evidence)
                    QVERIFY(evidence.span.begin <= evidence.span.end &&
                            evidence.span.end <= evidence.record.size());
            }
        }
    }

    void aParkedDomainIsNotToldToSign()
    {
        Zone zone;
        zone.add("example.com MX 0 .");
        const std::vector<Finding> findings = findingsIn(std::move(zone), {true});
        QCOMPARE(idsOf(findings).trimmed(), QStringLiteral("dkim.parked.open info,"));
    }
};

QTEST_APPLESS_MAIN(TestDkimFindings)
#include "tst_dkim_findings.moc"
