// SPDX-License-Identifier: Apache-2.0
// Every finding of DMARC: a zone that makes it appear and a close one that does not.
#include "dmarc/findings.h"
#include "support/corpus.h"
#include "support/finding_rows.h"

#include <QTest>

#include <map>
#include <memory>
#include <set>

using namespace mailoscope;
using mailoscope::tests::addFailures;
using mailoscope::tests::addFindingRows;
using mailoscope::tests::dataFile;
using mailoscope::tests::idsOf;
using mailoscope::tests::name;
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

Zone zoneOf(const Json &lines, const Json &failures)
{
    Zone zone;
    zone.add("example.com MX 10 mail.example.com");
    zone.add("mail.example.com A 192.0.2.25");
    zone.add("www.example.com A 192.0.2.80");
    zone.add("a.b.example.com A 192.0.2.80");
    for (const Json &line : lines)
        zone.add(line.get<std::string>());
    addFailures(zone, failures);
    return zone;
}

/// Knows everything at once.
class KnownZone : public FactSource
{
public:
    explicit KnownZone(std::shared_ptr<const Zone> zone) : m_zone(std::move(zone)) {}
    const dns::Answer *dns(const DomainName &domain, dns::RrType type) override
    {
        auto &answer = m_answers[dns::Question{domain, type}];
        if (!answer)
            answer = std::make_unique<dns::Answer>(m_zone->answer({domain, type}));
        return answer.get();
    }

private:
    std::shared_ptr<const Zone> m_zone;
    std::map<dns::Question, std::unique_ptr<dns::Answer>> m_answers;
};

std::optional<bool> flag(const Json &from, const char *key)
{
    return from.contains(key) ? std::optional(from[key].get<bool>()) : std::nullopt;
}

dmarc::Surroundings surroundingsOf(const Json &from)
{
    dmarc::Surroundings surroundings;
    surroundings.sendsNoMail = flag(from, "sendsNoMail");
    surroundings.anyDkimKey = flag(from, "anyDkimKey");
    surroundings.spfAuthorisesSomeone = flag(from, "spfAuthorisesSomeone");
    surroundings.validatingResolver = flag(from, "validatingResolver");
    surroundings.hasBimi = from.value("hasBimi", false);
    for (const Json &domain : from.value("spfDomainsSeen", Json::array()))
        surroundings.spfDomainsSeen.push_back(name(domain.get<std::string>()));
    for (const Json &domain : from.value("dkimDomainsSeen", Json::array()))
        surroundings.dkimDomainsSeen.push_back(name(domain.get<std::string>()));
    return surroundings;
}

std::vector<Finding> findingsIn(const std::string &domain, Zone zone, const Json &surroundings)
{
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    const auto evaluation = tests::runToTheEnd([&] { return dmarc::evaluate(name(domain), facts); }, facts);
    return dmarc::findings(evaluation, surroundingsOf(surroundings));
}

std::vector<Finding> findingsWith(const Json &row)
{
    return findingsIn(row.value("domain", "example.com"),
                      zoneOf(row["with"], row.value("fail", Json::object())),
                      row.value("surroundings", Json::object()));
}

} // namespace

class DmarcFindings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        addFindingRows(dataFile("dmarc/findings.json"));
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        const Json surroundings = row.value("surroundings", Json::object());
        verifyFinding(row, findingsWith(row),
                      findingsIn(row.value("otherDomain", row.value("domain", "example.com")),
                                 zoneOf(row["without"], Json::object()),
                                 row.value("otherwise", surroundings)));
    }

    void everyIdHasWordsAndARow() { verifyTable(dmarcWords(), dataFile("dmarc/findings.json")); }

    void theWordsAreWholeSentencesWithAllTheirPlacesFilled_data()
    {
        everyFindingAppearsWhereItShouldAndNowhereElse_data();
    }
    void theWordsAreWholeSentencesWithAllTheirPlacesFilled()
    {
        QFETCH(Json, row);
        verifyExplanations(findingsWith(row));
    }

    void nothingIsFoundBeforeAnAnswerIsThere()
    {
        ScriptedFacts facts{Zone(), ScriptedFacts::Unscripted::IsNxDomain};
        const auto evaluation = dmarc::evaluate(name("example.com"), facts);
        QVERIFY(evaluation.pending);
        QVERIFY(evaluation.status == dmarc::Evaluation::Status::Pending);
        QVERIFY(dmarc::findings(evaluation).empty());
    }

    void aLookUpThatFailedIsNeverAMissingRecord()
    {
        for (const dns::Outcome outcome :
             {dns::Outcome::ServerFailure, dns::Outcome::Refused, dns::Outcome::Timeout}) {
            for (const char *failing : {"_dmarc.example.com", "_dmarc.com"}) {
                Zone zone = zoneOf(Json::array(), Json::object());
                zone.fail({name(failing), dns::RrType::TXT}, outcome);
                const auto found = findingsIn("example.com", std::move(zone), Json::object());
                QVERIFY2(found.size() == 1 && found.front().id == "dmarc.temperror",
                         qPrintable(idsOf(found)));
            }
        }
    }

    void realZonesAreJudgedInWholeSentences()
    {
        KnownZone facts(tests::corpusZone());
        std::size_t records = 0;
        for (const DomainName &domain : tests::corpusDomains()) {
            const auto evaluation = dmarc::evaluate(domain, facts);
            QVERIFY(!evaluation.pending);
            records += evaluation.record() ? 1 : 0;
            const auto found = dmarc::findings(evaluation);
            QVERIFY2(found.size() < 20, domain.text().c_str());
            for (const Finding &finding : found) {
                const Explanation words = explain(finding);
                QVERIFY2(!words.title.empty() && words.title.find('{') == std::string::npos,
                         words.title.c_str());
                if (!qEnvironmentVariableIsEmpty("MAILOSCOPE_SHOW"))
                    qInfo("%s: %s %s", domain.text().c_str(), std::string(toString(finding.severity)).c_str(),
                          words.title.c_str());
            }
        }
        QVERIFY(records > 0);
    }

    void aRecordOfThousandsOfFaultsGivesFewFindings()
    {
        Zone zone;
        std::string record = "v=DMARC1; p=reject";
        for (int i = 0; i < 5000; ++i)
            record += ";;x" + std::to_string(i) + "=1";
        zone.add({name("_dmarc.example.com"), dns::RrType::TXT, 300, dns::TxtData{{record}}});
        const auto found = findingsIn("example.com", std::move(zone), Json::object());
        QVERIFY(found.size() < 100);
    }
};

QTEST_APPLESS_MAIN(DmarcFindings)
#include "tst_dmarc_findings.moc"
