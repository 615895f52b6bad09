// SPDX-License-Identifier: Apache-2.0
// Every finding of DKIM: a zone that makes it appear and a close one that does not.
#include "dkim/findings.h"
#include "report/explain.h"
#include "report/words.h"
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

QString idsOf(const std::vector<Finding> &findings)
{
    QString ids;
    for (const Finding &finding : findings)
        ids += text(finding.id) + QLatin1Char(' ');
    return ids;
}

const Finding *find(const std::vector<Finding> &findings, const std::string &id, std::string_view severity)
{
    for (const Finding &finding : findings) {
        if (finding.id == id && toString(finding.severity) == severity)
            return &finding;
    }
    return nullptr;
}

} // namespace

class TestDkimFindings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        QTest::addColumn<Json>("row");
        int number = 0;
        for (const Json &row : dataFile("dkim/findings.json"))
            QTest::addRow("%02d %s", ++number, row["id"].get<std::string>().c_str()) << row;
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        const std::string id = row["id"];
        const std::string severity = row["severity"];
        const std::vector<Finding> with = findingsIn(row, "with");
        const Finding *finding = find(with, id, severity);
        QVERIFY2(finding, qPrintable(idsOf(with)));
        QCOMPARE(finding->section, std::string("dkim"));
        QVERIFY(!finding->evidence.empty());
        for (const Evidence &evidence : finding->evidence) {
            QVERIFY(!evidence.name.empty() && !evidence.type.empty());
            QVERIFY(evidence.span.begin <= evidence.span.end && evidence.span.end <= evidence.record.size());
        }
        if (row.contains("shows")) {
            const Evidence &evidence = finding->evidence.front();
            const std::string shows =
                evidence.record.substr(evidence.span.begin, evidence.span.end - evidence.span.begin);
            const bool isWhole = evidence.span.isEmpty();
            QCOMPARE(text(isWhole && evidence.type == "CNAME" ? evidence.record : shows),
                     text(row["shows"].get<std::string>()));
        }
        const std::vector<Finding> without = findingsIn(row, "without");
        QVERIFY2(!find(without, id, severity), qPrintable(idsOf(without)));
    }

    void everyIdHasWordsAndARow()
    {
        std::set<std::string> rows;
        for (const Json &row : dataFile("dkim/findings.json"))
            rows.insert(row["id"].get<std::string>());
        std::set<std::string> explained;
        for (const FindingWords &words : dkimWords())
            explained.insert(std::string(words.id));
        QCOMPARE(explained, rows);
    }

    void theWordsAreWholeSentencesWithAllTheirPlacesFilled_data()
    {
        everyFindingAppearsWhereItShouldAndNowhereElse_data();
    }
    void theWordsAreWholeSentencesWithAllTheirPlacesFilled()
    {
        QFETCH(Json, row);
        for (const Finding &finding : findingsIn(row, "with")) {
            const Explanation words = explain(finding);
            QVERIFY2(!words.title.empty() && !words.title.ends_with('.'), words.title.c_str());
            QVERIFY2(words.why.ends_with('.'), words.why.c_str());
            QVERIFY2(words.whatToDo.ends_with('.'), words.whatToDo.c_str());
            for (const std::string &sentence : {words.title, words.why, words.whatToDo})
                QVERIFY2(sentence.find('{') == std::string::npos, sentence.c_str());
            // A fault that is named has its own sentence.
            if (finding.arguments.contains("fault"))
                QVERIFY2(!dkimHint(finding).empty(), finding.id.c_str());
            QVERIFY(!finding.reference.document.empty());
        }
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
        QCOMPARE(idsOf(findings).trimmed(), QStringLiteral("dkim.parked.open"));
    }
};

QTEST_APPLESS_MAIN(TestDkimFindings)
#include "tst_dkim_findings.moc"
