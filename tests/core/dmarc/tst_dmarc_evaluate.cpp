// SPDX-License-Identifier: Apache-2.0
// The tree walk, the policy that applies, where reports go, and what older receivers make of it.
#include "dmarc/evaluate.h"
#include "dmarc/findings.h"
#include "report/json.h"
#include "support/rows.h"
#include "support/scripted_facts.h"

#include <QTest>

#include <random>

using namespace mailoscope;
using namespace mailoscope::dmarc;
using mailoscope::tests::dataFile;
using mailoscope::tests::name;
using mailoscope::tests::ScriptedFacts;
using mailoscope::tests::text;
using mailoscope::tests::Zone;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

constexpr auto Whole = ScriptedFacts::Unscripted::IsNxDomain;

void addText(Zone &zone, const std::string &owner, const std::string &text)
{
    zone.add({name(owner), dns::RrType::TXT, 300, dns::TxtData{{text}}});
}

/// A zone of treewalk.json.
Zone vectorZone(const Json &entries)
{
    Zone zone;
    for (const auto &[owner, value] : entries.items()) {
        if (value.is_array()) {
            for (const Json &record : value)
                addText(zone, owner, record.get<std::string>());
            continue;
        }
        for (const Json &address : value.value("A", Json::array()))
            zone.add(owner + " A " + address.get<std::string>());
        for (const Json &record : value.value("TXT", Json::array()))
            addText(zone, owner, record.get<std::string>());
    }
    return zone;
}

Zone zoneOfLines(const Json &row)
{
    Zone zone;
    zone.add("example.com MX 10 mail.example.com");
    zone.add("mail.example.com A 192.0.2.25");
    zone.add("www.example.org A 192.0.2.1");
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

Json queriesOf(const Walk &walk)
{
    Json queries = Json::array();
    for (const WalkStep &step : walk.steps)
        queries.push_back(step.recordName.text());
    return queries;
}

Json nameOrNull(const std::optional<DomainName> &domain)
{
    return domain ? Json(domain->text()) : Json();
}

Evaluation evaluated(const std::string &domain, ScriptedFacts &facts)
{
    return tests::runToTheEnd([&] { return evaluate(name(domain), facts); }, facts);
}

/// Tells one answer at a time, in an order of its own.
class OneByOne : public FactSource
{
public:
    OneByOne(Zone zone, unsigned seed) : m_zone(std::move(zone)), m_random(seed) {}
    const dns::Answer *dns(const DomainName &domain, dns::RrType type) override
    {
        const dns::Question question{domain, type};
        const auto known = m_known.find(question);
        if (known != m_known.end())
            return known->second.get();
        m_needed.insert(question);
        return nullptr;
    }
    bool next()
    {
        if (m_needed.empty())
            return false;
        const auto chosen =
            std::next(m_needed.begin(), static_cast<std::ptrdiff_t>(m_random() % m_needed.size()));
        m_known[*chosen] = std::make_unique<dns::Answer>(m_zone.answer(*chosen));
        m_needed.clear();
        return true;
    }

private:
    Zone m_zone;
    std::mt19937 m_random;
    std::map<dns::Question, std::unique_ptr<dns::Answer>> m_known;
    std::set<dns::Question> m_needed;
};

/// Every member of `part` is in `whole`, with that value.
bool holds(const Json &whole, const Json &part)
{
    if (part.is_object() && whole.is_object()) {
        for (const auto &[key, value] : part.items()) {
            if (!whole.contains(key) || !holds(whole[key], value))
                return false;
        }
        return true;
    }
    if (part.is_array() && whole.is_array()) {
        if (part.size() != whole.size())
            return false;
        for (std::size_t i = 0; i < part.size(); ++i) {
            if (!holds(whole[i], part[i]))
                return false;
        }
        return true;
    }
    // "below": {"existing": "none"} is short for its effective policy.
    if (whole.is_object() && whole.contains("effective_policy"))
        return whole["effective_policy"] == part;
    return whole == part;
}

} // namespace

class DmarcEvaluate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void walksAndPoliciesAreThoseOfTheVectors_data()
    {
        QTest::addColumn<Json>("row");
        const Json file = dataFile("dmarc/treewalk.json");
        for (const Json &row : file["cases"])
            QTest::newRow(row["id"].get<std::string>().c_str()) << row;
    }
    void walksAndPoliciesAreThoseOfTheVectors()
    {
        QFETCH(Json, row);
        ScriptedFacts facts(vectorZone(row["zone"]), Whole);
        const std::string author = row["author_domain"];
        const Evaluation evaluation = evaluated(author, facts);
        const Json &expect = row["expect"];
        QVERIFY(!evaluation.pending);
        QCOMPARE(text(queriesOf(evaluation.walk).dump()), text(expect["queries"].dump()));
        Json found = Json::array();
        for (const WalkStep &step : evaluation.walk.steps) {
            if (step.hasRecord())
                found.push_back(step.domain.text());
        }
        QCOMPARE(text(found.dump()), text(expect["records_found_at"].dump()));
        QCOMPARE(text(nameOrNull(evaluation.organizationalDomain).dump()), text(expect["org_domain"].dump()));

        const AppliedPolicy &policy = evaluation.policy;
        const bool implied = policy.usability == Usability::AsNone;
        const bool applies = policy.effective.has_value();
        QCOMPARE(text(nameOrNull(policy.domain).dump()), text(expect["policy_domain"].dump()));
        QCOMPARE(applies, expect["dmarc_applies"].get<bool>());
        if (expect.contains("author_exists"))
            QCOMPARE(evaluation.existence == Existence::Exists, expect["author_exists"].get<bool>());
        if (!applies)
            return;
        QCOMPARE(text(implied ? "p (implied none)" : toString(policy.tag)),
                 text(expect["policy_tag"].get<std::string>()));
        QCOMPARE(text(implied ? "none" : toString(*policy.published)),
                 text(expect["published_policy"].get<std::string>()));
        QCOMPARE(text(toString(*policy.effective)), text(expect["effective_policy"].get<std::string>()));
        const Record &record = *evaluation.record();
        QCOMPARE(record.isTesting(), expect["t"] == "y");
        QCOMPARE(record.dkimAlignment() == Alignment::Strict, expect["adkim"] == "s");
        QCOMPARE(record.spfAlignment() == Alignment::Strict, expect["aspf"] == "s");
        // The same by the short way, which any name can go.
        QVERIFY(policyFor(name(author), facts) == policy);
    }

    void identifiersAlignByTheirOwnWalks_data() { walksAndPoliciesAreThoseOfTheVectors_data(); }
    void identifiersAlignByTheirOwnWalks()
    {
        QFETCH(Json, row);
        const DomainName author = name(row["author_domain"].get<std::string>());
        const Json identifiers = row.value("identifiers", Json::object());
        for (const auto &[identifier, expect] : identifiers.items()) {
            ScriptedFacts facts(vectorZone(row["zone"]), Whole);
            const DomainName other = name(identifier);
            const Walk found = tests::runToTheEnd([&] { return walk(other, facts); }, facts);
            QCOMPARE(facts.asked().size(), std::size_t(1));
            QCOMPARE(text(queriesOf(found).dump()), text(expect["queries"].dump()));
            QCOMPARE(text(nameOrNull(found.organizationalDomain).dump()), text(expect["org_domain"].dump()));
            const auto aligned = [&](Alignment mode) {
                return tests::runToTheEnd([&] { return isAligned(author, other, mode, facts); }, facts);
            };
            QVERIFY(aligned(Alignment::Relaxed) == expect["relaxed_aligned"].get<bool>());
            QVERIFY(aligned(Alignment::Strict) == expect["strict_aligned"].get<bool>());
        }
    }

    void destinationsAgreeAsTheVectorsSay_data()
    {
        QTest::addColumn<Json>("row");
        const Json file = dataFile("dmarc/external-destinations.json");
        for (const Json &row : file["cases"])
            QTest::newRow(row["id"].get<std::string>().c_str()) << row;
    }
    void destinationsAgreeAsTheVectorsSay()
    {
        QFETCH(Json, row);
        const std::string policyDomain = row["policy_domain"];
        Zone zone;
        addText(zone, "_dmarc." + policyDomain, "v=DMARC1; p=none; rua=" + row["uri"].get<std::string>());
        for (const char *organization : {"org_of_policy", "org_of_host"}) {
            const std::string domain = row[organization];
            if (domain != policyDomain && !zone.knows(name("_dmarc." + domain)))
                addText(zone, "_dmarc." + domain, "v=DMARC1; p=reject");
        }
        const Json texts = row.value("txt", Json::object());
        for (const auto &[owner, records] : texts.items()) {
            if (records == "SERVFAIL")
                zone.fail({name(owner), dns::RrType::TXT}, dns::Outcome::ServerFailure);
            else {
                for (const Json &record : records)
                    addText(zone, owner, record.get<std::string>());
            }
        }
        ScriptedFacts facts(std::move(zone), Whole);
        const Evaluation evaluation = evaluated(row.value("author_domain", policyDomain), facts);
        QCOMPARE(evaluation.rua.size(), std::size_t(1));
        const Destination &destination = evaluation.rua.front();
        const Json &expect = row["expect"];
        const bool needed = destination.authorization != Authorization::NotNeeded;
        QCOMPARE(needed, expect["check_needed"].get<bool>());
        if (expect["authorized"].is_boolean()) {
            const bool agrees = !needed || destination.authorization == Authorization::Authorized;
            QCOMPARE(agrees, expect["authorized"].get<bool>());
        } else {
            QVERIFY(destination.authorization == Authorization::Unknown);
        }
        if (expect.contains("query"))
            QCOMPARE(text(nameOrNull(destination.question).dump()), text(expect["query"].dump()));
        if (expect.contains("send_to")) {
            const std::string to =
                destination.overrides.empty() ? destination.uri.uri : destination.overrides.front();
            QCOMPARE(text(to), text(expect["send_to"].get<std::string>()));
        }
    }

    void evaluationsAreAsDecided_data()
    {
        QTest::addColumn<Json>("row");
        for (const Json &row : dataFile("dmarc/evaluations.json"))
            QTest::newRow(row["name"].get<std::string>().c_str()) << row;
    }
    void evaluationsAreAsDecided()
    {
        QFETCH(Json, row);
        ScriptedFacts facts(zoneOfLines(row), Whole);
        const Evaluation evaluation = evaluated(row["domain"], facts);
        QVERIFY(!evaluation.pending);
        const Json json = toJson(evaluation);
        for (const auto &[key, value] : row["expect"].items())
            QVERIFY2(json.contains(key) && holds(json[key], value),
                     (key + ": " + json.value(key, Json()).dump() + ", not " + value.dump()).c_str());
        const bool hasError = evaluation.status == Evaluation::Status::Invalid ||
                              evaluation.status == Evaluation::Status::TempError;
        QCOMPARE(json.contains("error"), hasError);
    }

    void theOrderOfArrivalDoesNotMatter_data() { evaluationsAreAsDecided_data(); }
    void theOrderOfArrivalDoesNotMatter()
    {
        QFETCH(Json, row);
        const DomainName domain = name(row["domain"].get<std::string>());
        ScriptedFacts atOnce(zoneOfLines(row), Whole);
        const std::string expected = toJson(evaluated(row["domain"], atOnce)).dump();
        for (unsigned seed = 1; seed <= 3; ++seed) {
            OneByOne facts(zoneOfLines(row), seed);
            Evaluation evaluation = evaluate(domain, facts);
            while (facts.next()) {
                // What is asked ahead may turn out not to be needed; then all is said already.
                if (!evaluation.pending)
                    QCOMPARE(text(toJson(evaluation).dump()), text(expected));
                for (const Finding &finding : findings(evaluation)) {
                    const bool saysAll = finding.id == "dmarc.missing" || finding.id == "dmarc.temperror";
                    QVERIFY2(!saysAll || !evaluation.walk.pending, finding.id.c_str());
                }
                evaluation = evaluate(domain, facts);
            }
            QVERIFY(!evaluation.pending);
            QCOMPARE(text(toJson(evaluation).dump()), text(expected));
        }
    }

    void aDomainWithoutExternalReportsNeedsOneRound()
    {
        Zone zone;
        zone.add("a.b.example.com A 192.0.2.1");
        zone.add("_dmarc.example.com TXT \"v=DMARC1; p=reject\"");
        ScriptedFacts facts(std::move(zone), Whole);
        const Evaluation evaluation = evaluated("a.b.example.com", facts);
        QVERIFY(evaluation.status == Evaluation::Status::Ok);
        QCOMPARE(facts.asked().size(), std::size_t(1));
    }

    void anExternalDestinationNeedsOneMoreRoundForItsAgreement()
    {
        Zone zone;
        zone.add("example.com A 192.0.2.1");
        zone.add("_dmarc.example.com TXT \"v=DMARC1; p=reject; rua=mailto:d@reports.example.net\"");
        zone.add("example.com._report._dmarc.reports.example.net TXT \"v=DMARC1\"");
        zone.add("reports.example.net A 192.0.2.2");
        ScriptedFacts facts(std::move(zone), Whole);
        const Evaluation evaluation = evaluated("example.com", facts);
        QVERIFY(evaluation.rua.front().works());
        QCOMPARE(facts.asked().size(), std::size_t(2));
    }

    void noWalkAsksMoreThanEightNames()
    {
        std::string deep;
        for (int i = 0; i < 120; ++i)
            deep += "a.";
        const std::vector<DomainName> names = walkNames(name(deep + "com"));
        QCOMPARE(names.size(), MaxQueries);
        QCOMPARE(names[1].labelCount(), std::size_t(7));
        QCOMPARE(walkNames(name("com")).size(), std::size_t(1));
        QVERIFY(walkNames(DomainName()).empty());
    }

    void aNameTooLongForAPrefixHasNoRecord()
    {
        const std::string label(60, 'x');
        const std::string longName = label + '.' + label + '.' + label + '.' + label + ".example";
        ScriptedFacts facts(Zone(), Whole);
        const Evaluation evaluation = evaluated(longName, facts);
        QVERIFY(evaluation.walk.steps.front().status == WalkStep::Status::NoName);
        QVERIFY(evaluation.status == Evaluation::Status::Missing);
        QVERIFY(toJson(evaluation).is_object());
    }

    void strayRecordsWithoutEndAreCutInAnyOrderAlike_data()
    {
        QTest::addColumn<int>("records");
        QTest::addColumn<int>("kept");
        QTest::newRow("one") << 1 << 1;
        QTest::newRow("eight") << 8 << 8;
        QTest::newRow("nine") << 9 << 8;
        QTest::newRow("a thousand") << 1000 << 8;
    }
    void strayRecordsWithoutEndAreCutInAnyOrderAlike()
    {
        QFETCH(int, records);
        QFETCH(int, kept);
        const auto evaluated = [records](bool backwards) {
            Zone zone;
            for (int i = 0; i < records; ++i)
                addText(zone, "example.com",
                        "v=DMARC1; p=none; x=" + std::to_string(backwards ? records - 1 - i : i));
            ScriptedFacts facts(std::move(zone), Whole);
            return tests::runToTheEnd([&] { return dmarc::evaluate(name("example.com"), facts); }, facts);
        };
        const Evaluation forwards = evaluated(false);
        QCOMPARE(forwards.strays.size(), std::size_t(kept));
        QCOMPARE(forwards.straysLeftOut, std::size_t(records - kept));
        QVERIFY(forwards.strays == evaluated(true).strays);
    }

    void theRootIsJudgedWithoutHarm()
    {
        ScriptedFacts facts(Zone(), Whole);
        const Evaluation evaluation =
            tests::runToTheEnd([&] { return evaluate(DomainName(), facts); }, facts);
        QVERIFY(findings(evaluation).empty());
        QVERIFY(toJson(evaluation).is_object());
    }
};

QTEST_APPLESS_MAIN(DmarcEvaluate)
#include "tst_dmarc_evaluate.moc"
