// SPDX-License-Identifier: Apache-2.0
// Every finding about mail hosts: a zone that makes it appear and a close one that does not.
#include "mx/findings.h"
#include "support/finding_rows.h"
#include "support/test_certificates.h"
#include "x509/certificate.h"

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

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

const DomainName Domain = tests::name("example.com");

x509::Certificate read(const QSslCertificate &certificate)
{
    const auto read = x509::fromDer(certificate.toDer().toStdString());
    if (!read)
        qFatal("a test certificate cannot be read");
    return *read;
}

/// The chain of that name, and the time at which it was seen.
tls::Session chainNamed(const std::string &kind)
{
    static const tests::TestAuthority authority;
    tests::CertificateWish wish{{"mail.example.net", "example.net"}};
    wish.rsaBits = kind == "short" ? 1024 : 0;
    wish.sha1 = kind == "sha1";
    const x509::Certificate leaf = read(authority.issue(wish).certificate);
    tls::Session session;
    session.chain = {leaf.der};
    session.at = kind == "expiring" ? leaf.notAfter - 24h * 5 : leaf.notBefore + 24h;
    if (kind == "in order")
        session.chain.push_back(read(authority.certificate()).der);
    if (kind == "out of order")
        session.chain.push_back(leaf.der);
    return session;
}

smtp::Session sessionOf(const Json &given)
{
    smtp::Session session;
    session.target = {tests::name("mail.example.net"), 25};
    session.outcome = *smtp::outcomeFromString(given.value("outcome", "encrypted"));
    session.detail = given.value("detail", "");
    if (smtp::isUnknown(session.outcome))
        return session;
    session.address = IpAddress::parse("192.175.48.25");
    session.greeting = given.value("greeting", "mail.example.net ESMTP");
    session.greetingDelay = std::chrono::milliseconds(given.value("delay", 20));
    session.extensionsUnderTls = given.value("under_tls", std::vector<std::string>());
    if (session.outcome != smtp::Outcome::Encrypted)
        return session;
    session.tls = given.contains("certificate") ? chainNamed(given["certificate"]) : tls::Session();
    session.tls->version = given.value("version", "TLSv1.3");
    session.tls->cipher = given.value("cipher", "TLS_AES_256_GCM_SHA384");
    for (const std::string &fault : given.value("faults", std::vector<std::string>()))
        session.tls->faults.insert(*tls::faultFromString(fault));
    return session;
}

Zone zoneOf(const Json &row, const char *which)
{
    Zone zone;
    if (!row.value("bare", false)) {
        zone.add("example.com MX 10 mail.example.net");
        zone.add("mail.example.net A 192.175.48.25");
        zone.add("25.48.175.192.in-addr.arpa PTR mail.example.net");
    }
    for (const Json &line : row.value(which, Json::array()))
        zone.add(line.get<std::string>());
    const Json failures = row.value("fail", Json::object());
    addFailures(zone, failures);
    if (row.contains("sessions")) {
        for (const Json &session : row["sessions"][which])
            zone.add(sessionOf(session));
    }
    return zone;
}

mx::Surroundings surroundingsOf(const Json &row)
{
    const Json given = row.value("surroundings", Json::object());
    mx::Surroundings surroundings;
    if (given.contains("spf"))
        surroundings.spfAuthorisesSenders = given["spf"].get<bool>();
    surroundings.stsEnforced = given.value("sts", false);
    surroundings.daneUsed = given.value("dane", false);
    if (given.contains("sending")) {
        surroundings.sendingAddresses.emplace();
        for (const Json &address : given["sending"])
            surroundings.sendingAddresses->insert(*IpAddress::parse(address.get<std::string>()));
    }
    return surroundings;
}

mx::Evaluation evaluated(Zone zone)
{
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    for (;;) {
        mx::Evaluation evaluation = mx::evaluate(Domain, facts);
        if (!facts.nextRound())
            return evaluation;
    }
}

std::vector<Finding> findingsIn(const Json &row, const char *which)
{
    return mx::findings(evaluated(zoneOf(row, which)), surroundingsOf(row));
}

} // namespace

class MxFindings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        addFindingRows(dataFile("mx/findings.json"));
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        verifyFinding(row, findingsIn(row, "with"), findingsIn(row, "without"), "mx");
    }

    void everyIdHasWordsAndARow() { verifyTable(mxWords(), dataFile("mx/findings.json")); }

    void theWordsAreWholeSentencesWithAllTheirPlacesFilled_data()
    {
        everyFindingAppearsWhereItShouldAndNowhereElse_data();
    }
    void theWordsAreWholeSentencesWithAllTheirPlacesFilled()
    {
        QFETCH(Json, row);
        verifyExplanations(findingsIn(row, "with"));
    }

    void aBlockedPortIsNoFaultOfAnyHost()
    {
        Zone zone;
        for (const char *host : {"one.example.net", "two.example.net"}) {
            zone.add(std::string("example.com MX 10 ") + host);
            zone.add(std::string(host) + " A 192.175.48.25");
            smtp::Session session;
            session.target = {tests::name(host), 25};
            session.outcome = smtp::Outcome::Timeout;
            zone.add(session);
        }
        const mx::Evaluation evaluation = evaluated(std::move(zone));
        QVERIFY(evaluation.nobodyReached());
        const auto findings = mx::findings(evaluation);
        int told = 0;
        for (const Finding &finding : findings) {
            QVERIFY2(!finding.id.starts_with("smtp.") || finding.id == "smtp.unreachable",
                     finding.id.c_str());
            told += finding.id == "smtp.unreachable" ? 1 : 0;
        }
        QCOMPARE(told, 1);
        QCOMPARE(std::get<std::string>(find(findings, "smtp.unreachable")->arguments.at("hosts")),
                 std::string("one.example.net, two.example.net"));
    }

    void hostsThatWereNotAskedAreNotSpokenOf()
    {
        Zone zone;
        zone.add("example.com MX 10 mail.example.net");
        zone.add("mail.example.net A 192.175.48.25");
        smtp::Session session;
        session.target = {tests::name("mail.example.net"), 25};
        session.outcome = smtp::Outcome::LeftOut;
        zone.add(session);
        for (const Finding &finding : mx::findings(evaluated(std::move(zone))))
            QVERIFY2(!finding.id.starts_with("smtp."), finding.id.c_str());
    }

    void whatFailedIsNeverAFault()
    {
        for (const dns::Outcome outcome :
             {dns::Outcome::ServerFailure, dns::Outcome::Refused, dns::Outcome::Timeout}) {
            Zone noMx;
            noMx.fail({Domain, dns::RrType::MX}, outcome);
            noMx.add("example.com A 192.175.48.1");
            QVERIFY(mx::findings(evaluated(std::move(noMx))).empty());
            Zone noAddress;
            noAddress.add("example.com MX 10 mail.example.net");
            noAddress.failOtherwise(tests::name("mail.example.net"), outcome);
            const auto findings = mx::findings(evaluated(std::move(noAddress)));
            QVERIFY2(findings.empty() || (findings.size() == 1 && findings[0].id == "smtp.unreachable"),
                     qPrintable(idsOf(findings)));
        }
    }

    void nothingIsFoundBeforeTheAnswerIsThere()
    {
        ScriptedFacts facts{Zone()};
        QVERIFY(mx::findings(mx::evaluate(Domain, facts)).empty());
    }

    void hostileGreetingsAreEscaped()
    {
        Json row = {{"sessions", {{"with", Json::array({{{"greeting", "\x1b[31m \xff\n\x01"}}})}}}};
        row["sessions"]["with"][0]["greeting"] = "\x1b[31mred 1.2.3\n";
        for (const Finding &finding : findingsIn(row, "with")) {
            const Explanation words = explain(finding);
            QVERIFY(words.title.find('\x1b') == std::string::npos);
        }
    }
};

QTEST_APPLESS_MAIN(MxFindings)
#include "tst_mx_findings.moc"
