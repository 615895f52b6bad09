// SPDX-License-Identifier: Apache-2.0
// Every finding of SPF: a zone that makes it appear and a close one that does not.
#include "report/report.h"
#include "support/finding_rows.h"

using namespace mailoscope;
using mailoscope::tests::addFailures;
using mailoscope::tests::addFindingRows;
using mailoscope::tests::dataFile;
using mailoscope::tests::find;
using mailoscope::tests::idsOf;
using mailoscope::tests::text;
using mailoscope::tests::verifyFinding;
using mailoscope::tests::Zone;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

const DomainName Domain = tests::name("example.com");

/// Answers everything from a zone: what is not in it does not exist.
class ZoneFacts : public FactSource
{
public:
    explicit ZoneFacts(Zone zone) : m_zone(std::move(zone)) {}
    const dns::Answer *dns(const DomainName &name, dns::RrType type) override
    {
        auto &answer = m_answers[dns::Question{name, type}];
        if (!answer)
            answer = std::make_unique<dns::Answer>(m_zone.answer({name, type}));
        return answer.get();
    }

private:
    Zone m_zone;
    std::map<dns::Question, std::unique_ptr<dns::Answer>> m_answers;
};

Zone zoneOf(const Json &row, const char *lines, const Json &failures)
{
    Zone zone;
    if (!row.value("bare", false)) {
        zone.add("example.com MX 10 mail.example.net");
        zone.add("mail.example.net A 192.0.2.25");
    }
    for (const Json &line : row[lines])
        zone.add(line.get<std::string>());
    addFailures(zone, failures);
    return zone;
}

std::vector<Finding> findingsIn(Zone zone, const std::optional<dns::Answer> &instead = {})
{
    ZoneFacts facts(std::move(zone));
    FactStore store;
    spf::RecordCache records;
    InspectOptions options;
    options.scope = InspectOptions::Scope::Spf;
    // Everything that is needed, round after round, so that findings are sorted as in a report.
    for (;;) {
        Report report = inspect(Domain, store, records, {}, options);
        if (report.needed.empty())
            return report.findings;
        for (const FactKey &key : report.needed) {
            const auto &question = std::get<dns::Question>(key);
            Fact fact;
            fact.content = instead && instead->question == question
                               ? *instead
                               : *facts.dns(question.name, question.type);
            store.put(std::move(fact));
        }
    }
}

} // namespace

class SpfFindings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        addFindingRows(dataFile("spf/findings.json"));
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        verifyFinding(row, findingsIn(zoneOf(row, "with", row.value("fail", Json::object()))),
                      findingsIn(zoneOf(row, "without", Json::object())));
    }

    void everyIdHasWordsAndARow()
    {
        std::set<std::string> rows = {"spf.syntax.string-length"}; // below: no zone can hold it
        for (const Json &row : dataFile("spf/findings.json"))
            rows.insert(row["id"].get<std::string>());
        std::set<std::string> explained;
        for (const FindingWords &words : spfWords())
            explained.emplace(words.id);
        QCOMPARE(explained, rows);
    }

    void theWordsAreWholeSentencesWithAllTheirPlacesFilled_data()
    {
        everyFindingAppearsWhereItShouldAndNowhereElse_data();
    }
    void theWordsAreWholeSentencesWithAllTheirPlacesFilled()
    {
        QFETCH(Json, row);
        const auto findings = findingsIn(zoneOf(row, "with", row.value("fail", Json::object())));
        for (const Finding &finding : findings) {
            const Explanation words = explain(finding);
            QVERIFY2(!words.title.empty() && !words.title.ends_with('.'), words.title.c_str());
            QVERIFY2(words.why.ends_with('.') || finding.id == "spf.include.permerror", words.why.c_str());
            QVERIFY2(words.whatToDo.ends_with('.'), words.whatToDo.c_str());
            for (const std::string &sentence : {words.title, words.why, words.whatToDo}) {
                // A brace is left only where the record has one or the text speaks of macros.
                const bool speaksOfMacros = sentence.find("%{") != std::string::npos;
                QVERIFY2(speaksOfMacros || sentence.find('{') == std::string::npos, sentence.c_str());
            }
            QVERIFY(!finding.reference.document.empty());
        }
    }

    void aStringOfMoreThan255OctetsIsTold()
    {
        spf::RecordCache records;
        FactStore store;
        dns::Answer answer = dns::emptyAnswer({Domain, dns::RrType::TXT}, dns::Outcome::Answered);
        const std::string longRecord = "v=spf1 " + std::string(260, ' ') + "-all";
        answer.records.push_back({Domain, dns::RrType::TXT, 300, dns::TxtData{{longRecord}}});
        store.put({answer, {}, {}, {}});
        const Report report = inspect(Domain, store, records, {});
        const Finding *finding = find(report.findings, "spf.syntax.string-length");
        QVERIFY(finding);
        QCOMPARE(std::get<std::int64_t>(finding->arguments.at("octets")), std::int64_t(longRecord.size()));
    }

    void anIncludeThatASnapshotDoesNotHoldIsNobodysFault()
    {
        Zone zone;
        zone.add("example.com MX 10 mail.example.net");
        zone.add("example.com TXT \"v=spf1 include:_spf.example.net -all\"");
        zone.fail({tests::name("_spf.example.net"), dns::RrType::TXT}, dns::Outcome::NotRecorded);
        const auto findings = findingsIn(std::move(zone));
        QVERIFY2(!find(findings, "spf.include.temperror"), qPrintable(idsOf(findings)));
    }

    void severalNonAsciiOctetsOfATermAreOneFinding()
    {
        Zone zone;
        zone.add("example.com MX 10 mail.example.net");
        zone.add("example.com TXT \"v=spf1 a:\\226\\128\\156mail.example.net\\226\\128\\157 mx\\160 -all\"");
        const auto findings = findingsIn(std::move(zone));
        std::vector<std::size_t> evidence;
        for (const Finding &finding : findings) {
            if (finding.id == "spf.syntax.nonascii")
                evidence.push_back(finding.evidence.size());
        }
        QCOMPARE(evidence, (std::vector<std::size_t>{2, 1}));
    }

    void nothingIsFoundBeforeTheAnswerIsThere()
    {
        spf::RecordCache records;
        const Report report = inspect(Domain, FactStore(), records, {});
        QVERIFY(report.findings.empty());
        QVERIFY(report.pending);
        QVERIFY(!report.complete);
    }

    void aLookUpThatFailedIsNeverAMissingRecord()
    {
        for (const dns::Outcome outcome :
             {dns::Outcome::ServerFailure, dns::Outcome::Refused, dns::Outcome::Timeout,
              dns::Outcome::Malformed, dns::Outcome::Unreachable, dns::Outcome::OtherRcode}) {
            Zone zone;
            zone.add("example.com MX 10 mail.example.net");
            const auto findings =
                findingsIn(std::move(zone), dns::emptyAnswer({Domain, dns::RrType::TXT}, outcome));
            QVERIFY(!find(findings, "spf.missing"));
            QVERIFY(!find(findings, "dns.nxdomain"));
            const Finding *finding = find(findings, "spf.temperror");
            QVERIFY(finding);
            QVERIFY(finding->severity == Severity::Info);
        }
    }
};

QTEST_APPLESS_MAIN(SpfFindings)
#include "tst_spf_findings.moc"
