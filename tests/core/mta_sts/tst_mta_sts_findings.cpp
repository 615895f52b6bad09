// SPDX-License-Identifier: Apache-2.0
// MTA-STS from facts to findings: each finding has a scenario that makes it appear and a close one that does
// not.
#include "mta_sts/evaluate.h"
#include "mta_sts/findings.h"
#include "report/json.h"
#include "support/finding_rows.h"
#include "x509/certificate.h"

#include <set>

using namespace mailoscope;
using namespace std::chrono_literals;
using mailoscope::tests::addFailures;
using mailoscope::tests::addFindingRows;
using mailoscope::tests::dataFile;
using mailoscope::tests::find;
using mailoscope::tests::idsOf;
using mailoscope::tests::ScriptedFacts;
using mailoscope::tests::text;
using mailoscope::tests::verifyExplanations;
using mailoscope::tests::verifyFinding;
using mailoscope::tests::verifyTable;
using mailoscope::tests::Zone;
using Json = nlohmann::ordered_json;
using mta_sts::Evaluation;
using mta_sts::Problem;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

constexpr const char *GoodPolicy =
    "version: STSv1\r\nmode: enforce\r\nmx: mail.example.net\r\nmax_age: 2419200\r\n";

std::set<tls::Fault> faultsOf(const Json &names)
{
    std::set<tls::Fault> faults;
    for (const Json &name : names)
        faults.insert(tls::faultFromString(name.get<std::string>()).value());
    return faults;
}

x509::Certificate leaf()
{
    QFile file(QStringLiteral(MAILOSCOPE_TEST_DATA "/x509/leaf.pem"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no leaf.pem");
    return x509::fromPem(file.readAll().toStdString())->front();
}

/// What differs from a domain where all is in order.
struct Scenario {
    explicit Scenario(const Json &given)
        : row(given), domain(tests::name(given.value("domain", "example.com")))
    {
        const Json mx = given.value(
            "mx", Json::array({"example.com MX 10 mail.example.net", "mail.example.net A 192.0.2.25"}));
        for (const Json &line : mx)
            zone.add(line.get<std::string>());
        for (const Json &txt : given.value("records", Json::array({"v=STSv1; id=20261121"})))
            zone.add("_mta-sts.example.com TXT \"" + txt.get<std::string>() + '"');
        for (const Json &line : given.value("zone", Json::array()))
            zone.add(line.get<std::string>());
        const Json failing = given.value("fail", Json::object());
        addFailures(zone, failing);
        if (given.value("noHost", false))
            return;
        zone.add("mta-sts.example.com A 192.0.2.80");
        zone.add(page());
    }

    https::Response page() const
    {
        const Json given = row.value("page", Json::object());
        https::Response page;
        page.url = *https::Url::parse("https://mta-sts.example.com/.well-known/mta-sts.txt");
        page.outcome = https::outcomeFromString(given.value("outcome", "answered")).value();
        page.detail = given.value("detail", "");
        if (page.outcome == https::Outcome::TlsFailure)
            page.tls.emplace().faults = faultsOf(given.value("faults", Json::array()));
        if (page.outcome != https::Outcome::Answered)
            return page;
        page.status = given.value("status", 200);
        page.contentType = given.value("type", "text/plain");
        page.location = given.value("location", "");
        page.body = row.value("body", GoodPolicy);
        for (int left = row.value("padding", 0); left > 0; left -= 100)
            page.body += "x-note: " + std::string(90, 'x') + "\r\n";
        page.tls.emplace();
        if (row.contains("leafDaysLeft")) {
            const x509::Certificate certificate = leaf();
            page.tls->chain = {certificate.der};
            page.tls->at = certificate.notAfter - row["leafDaysLeft"].get<int>() * std::chrono::hours(24);
        }
        return page;
    }

    struct Outcome {
        Evaluation evaluation;
        mx::Evaluation mx;
        std::vector<Finding> findings;
        std::vector<std::vector<std::string>> asked;
    };
    Outcome run() const
    {
        ScriptedFacts facts(zone, ScriptedFacts::Unscripted::IsNxDomain);
        Outcome outcome;
        const auto evaluate = [&] {
            outcome.mx = mx::evaluate(domain, facts, mx::Depth::Addresses);
            outcome.evaluation = mta_sts::evaluate(domain, outcome.mx, facts);
            return 0;
        };
        tests::runToTheEnd(evaluate, facts);
        outcome.asked = facts.asked();
        mta_sts::Surroundings surroundings;
        surroundings.daneOnAllMx = row.value("dane", false);
        surroundings.tlsRptMissing = row.value("tlsRptMissing", false);
        smtp::Session session;
        std::vector<const smtp::Session *> sessions;
        if (row.contains("session")) {
            const Json &given = row["session"];
            session.target.host = tests::name("mail.example.net");
            session.outcome = smtp::outcomeFromString(given["outcome"].get<std::string>()).value();
            if (given.contains("faults"))
                session.tls.emplace().faults = faultsOf(given["faults"]);
            sessions.push_back(&session);
        }
        surroundings.sessions = sessions;
        outcome.findings = mta_sts::findings(outcome.evaluation, outcome.mx, surroundings);
        return outcome;
    }

    Json row;
    DomainName domain;
    Zone zone;
};

Scenario::Outcome outcomeOf(const char *json)
{
    return Scenario(Json::parse(json)).run();
}

} // namespace

class TestMtaStsFindings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        addFindingRows(dataFile("mta_sts/findings.json"));
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        verifyFinding(row, Scenario(row["with"]).run().findings, Scenario(row["without"]).run().findings,
                      "mta_sts");
    }

    void everyIdHasWordsAndARow() { verifyTable(mtaStsWords(), dataFile("mta_sts/findings.json")); }

    void theWordsAreWholeSentencesWithAllTheirPlacesFilled_data()
    {
        everyFindingAppearsWhereItShouldAndNowhereElse_data();
    }
    void theWordsAreWholeSentencesWithAllTheirPlacesFilled()
    {
        QFETCH(Json, row);
        verifyExplanations(Scenario(row["with"]).run().findings);
    }

    void wellKeptDomainHasNothingToTell()
    {
        const auto outcome = outcomeOf("{}");
        QCOMPARE(idsOf(outcome.findings), QString());
        QVERIFY(outcome.evaluation.status == Evaluation::Status::Ok);
        QVERIFY(!outcome.evaluation.pending);
        QVERIFY(outcome.evaluation.matched && outcome.evaluation.unmatchedMx.empty());
    }

    void everythingIsAskedInTheFirstRound()
    {
        const auto outcome =
            outcomeOf(R"({"domain": "sub.example.com", "zone": ["sub.example.com MX 10 mail.example.net"]})");
        std::set<std::string> later;
        for (std::size_t round = 1; round < outcome.asked.size(); ++round)
            later.insert(outcome.asked[round].begin(), outcome.asked[round].end());
        // The addresses of the MX hosts alone, which mx asks for.
        QCOMPARE(later, (std::set<std::string>{"A mail.example.net", "AAAA mail.example.net"}));
        const std::vector<std::string> &first = outcome.asked.front();
        for (const char *question :
             {"TXT _mta-sts.sub.example.com", "A mta-sts.sub.example.com", "AAAA mta-sts.sub.example.com",
              "TXT _mta-sts.example.com", "https://mta-sts.sub.example.com/.well-known/mta-sts.txt"})
            QVERIFY2(std::find(first.begin(), first.end(), question) != first.end(), question);
    }

    void failuresAreAStatusAndNeverSomethingMissing_data()
    {
        QTest::addColumn<QByteArray>("given");
        QTest::addColumn<QString>("status");
        QTest::addColumn<QString>("ids");
        QTest::newRow("TXT fails")
            << QByteArray(R"({"records": [], "fail": {"TXT _mta-sts.example.com": "servfail"}})")
            << "temperror"
            << "";
        QTest::newRow("MX fails")
            << QByteArray(
                   R"({"records": [], "noHost": true, "mx": [], "fail": {"MX example.com": "timeout"}})")
            << "missing"
            << "";
        QTest::newRow("host fails") << QByteArray(R"({"page": {"outcome": "lookup-failed"}})") << "temperror"
                                    << "";
        QTest::newRow("timeout") << QByteArray(R"({"page": {"outcome": "timeout"}})") << "temperror"
                                 << "sts.https.timeout info, ";
        QTest::newRow("left out") << QByteArray(R"({"page": {"outcome": "left-out"}})") << "not_checked"
                                  << "";
        QTest::newRow("not recorded")
            << QByteArray(R"({"page": {"outcome": "not-recorded"}})") << "not_checked"
            << "";
        QTest::newRow("private") << QByteArray(R"({"page": {"outcome": "private-address", "detail": "::1"}})")
                                 << "not_checked"
                                 << "sts.https.private medium, ";
        QTest::newRow("no mail") << QByteArray(
                                        R"({"records": [], "noHost": true, "mx": ["example.com MX 0 ."]})")
                                 << "not_applicable"
                                 << "";
    }
    void failuresAreAStatusAndNeverSomethingMissing()
    {
        QFETCH(QByteArray, given);
        const auto outcome = outcomeOf(given.constData());
        QTEST(idsOf(outcome.findings), "ids");
        QTEST(text(toJson(outcome.evaluation)["status"].get<std::string>()), "status");
        QVERIFY(!outcome.evaluation.pending);
    }

    void fetchesOfTheVectors_data()
    {
        QTest::addColumn<Json>("given");
        const Json data = dataFile("mta_sts/fetch.json");
        for (const Json &given : data["cases"]) {
            if (!given.contains("seconds")) // how long is the gatherer's affair
                QTest::addRow("%s", given["id"].get<std::string>().c_str()) << given;
        }
    }
    void fetchesOfTheVectors()
    {
        QFETCH(Json, given);
        Json scenario = Json::object();
        Json page;
        page["status"] = given["status"];
        page["type"] = given.value("content_type", "text/plain");
        scenario["padding"] = given.value("bytes", 0);
        if (given.contains("cert_dns")) {
            // The rule by which the gatherer judges.
            x509::Certificate certificate;
            for (const Json &dnsName : given["cert_dns"])
                certificate.dnsNames.push_back(dnsName);
            if (!x509::fitsHost(certificate, tests::name(given["host"].get<std::string>())))
                page = Json::parse(R"({"outcome": "tls-failure", "faults": ["name-mismatch"]})");
        }
        scenario["page"] = page;
        const auto outcome = Scenario(scenario).run();
        const bool isOk = outcome.evaluation.status == Evaluation::Status::Ok;
        if (given["usable"].is_boolean())
            QCOMPARE(isOk, given["usable"].get<bool>());
        else // left to the sender: told in a finding
            QVERIFY(!outcome.findings.empty());
    }

    void emptyPageIsAPolicyThatCannotBeRead()
    {
        const auto outcome = outcomeOf(R"({"body": ""})");
        QVERIFY(outcome.evaluation.problem == Problem::PolicySyntax);
        QVERIFY(find(outcome.findings, "sts.policy.syntax"));
        const Json json = toJson(outcome.evaluation);
        QVERIFY(json["status"] == "invalid");
        QVERIFY(json["mode"].is_null());
    }

    void jsonHasWhatTheContractNames()
    {
        const Json json = toJson(outcomeOf("{}").evaluation);
        QVERIFY(json["status"] == "ok");
        QVERIFY(json["record"] == "v=STSv1; id=20261121");
        QVERIFY(json["record_name"] == "_mta-sts.example.com");
        QVERIFY(json["id"] == "20261121");
        QVERIFY(json["mode"] == "enforce");
        QVERIFY(json["max_age"] == 2419200);
        QVERIFY(json["mx"] == Json::array({"mail.example.net"}));
        QVERIFY(json["unmatched_mx"] == Json::array());
        const Json other =
            toJson(outcomeOf(R"({"mx": ["example.com MX 10 a.example.org", "a.example.org A 192.0.2.1"]})")
                       .evaluation);
        QVERIFY(other["unmatched_mx"] == Json::array({"a.example.org"}));
    }

    void octetsThatAreNoTextAreKept()
    {
        Scenario scenario(Json::object());
        https::Response page = scenario.page();
        page.body = "mode: \xff\n\x80\n";
        scenario.zone.add(page);
        const auto outcome = scenario.run();
        QVERIFY(!toText(toJson(outcome.evaluation), JsonLayout::OneLine).empty());
    }

    void nothingIsJudgedWhileItIsPending()
    {
        ScriptedFacts facts(Zone(), ScriptedFacts::Unscripted::IsNxDomain);
        const DomainName domain = tests::name("example.com");
        const mx::Evaluation mx = mx::evaluate(domain, facts, mx::Depth::Addresses);
        const Evaluation evaluation = mta_sts::evaluate(domain, mx, facts);
        QVERIFY(evaluation.pending);
        QVERIFY(mta_sts::findings(evaluation, mx, {}).empty());
    }

    void namesTooLongForTheirLabelsAreNotApplicable()
    {
        std::string label(63, 'a');
        const DomainName domain = tests::name(label + '.' + label + '.' + label + '.' + std::string(59, 'a'));
        ScriptedFacts facts(Zone(), ScriptedFacts::Unscripted::IsNxDomain);
        const Evaluation evaluation = mta_sts::evaluate(domain, {}, facts);
        QVERIFY(evaluation.status == Evaluation::Status::NotApplicable && !evaluation.pending);
    }
};

QTEST_APPLESS_MAIN(TestMtaStsFindings)
#include "tst_mta_sts_findings.moc"
