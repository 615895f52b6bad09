// SPDX-License-Identifier: Apache-2.0
// The sections dane, dnssec, caa, dns and takeover as others read them.
#include "caa/evaluate.h"
#include "dane/evaluate.h"
#include "dns_hygiene/evaluate.h"
#include "report/json.h"
#include "support/certificate_lines.h"
#include "takeover/evaluate.h"

#include <nlohmann/json.hpp>

using namespace mailoscope;
using namespace mailoscope::tests;
using Json = nlohmann::ordered_json;

class TestDaneJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sectionsSayWhatTheEvaluationsSay()
    {
        Zone zone;
        for (const char *line :
             {". SOA a b 1 2 3 4 5", "example.com SOA a b 1 2 3 4 5", "example.com MX 10 mx.example.com",
              "mx.example.com A 192.0.2.1", "_25._tcp.mx.example.com TLSA 3 1 1 @spki256:leaf",
              "_25._tcp.mx.example.com TLSA 3 0 1 00", "!smtp mx.example.com encrypted leaf+issuer",
              "example.com DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=",
              "example.com DS 3613 15 2 3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b",
              "example.com CAA 0 issue \";\"", "example.com TXT \"MS=ms1\"", "!sign .", "!sign example.com"})
            addCertificateLine(zone, line);
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        const DomainName domain = tests::name("example.com");
        const std::vector<takeover::Dependency> dependencies = {
            {tests::name("mx.gone.example"), takeover::Use::MailHost, {}}};
        const std::vector<DomainName> hosts = {tests::name("mx.example.com")};
        Json dane;
        Json dnssec;
        Json caa;
        Json dns;
        Json takeover;
        const auto run = [&] {
            const mx::Evaluation mx = mx::evaluate(domain, facts, mx::Depth::Addresses);
            const dnssec::Evaluation zoneOf = dnssec::evaluate(domain, mx, facts);
            dnssec = toJson(zoneOf);
            dane = toJson(dane::evaluate(domain, mx, zoneOf, facts));
            caa = toJson(caa::evaluate(domain, hosts, facts));
            dns = toJson(dns_hygiene::evaluate(domain, zoneOf, {}, facts));
            takeover = toJson(takeover::evaluate(domain, dependencies, facts));
            return 0;
        };
        run();
        for (const Json *section : {&dane, &dnssec, &caa, &dns, &takeover})
            QVERIFY((*section)["status"] == Json("not_checked")); // nothing is there yet
        runToTheEnd(run, facts);
        for (const Json *section : {&dane, &dnssec, &caa, &dns, &takeover})
            QCOMPARE(text((*section)["status"].dump()), QStringLiteral("\"ok\""));
        const Json &tlsa = dane["hosts"][0]["tlsa"];
        QVERIFY(dane["hosts"][0]["host"] == Json("mx.example.com"));
        QVERIFY(tlsa[0]["usage"] == Json(3));
        QVERIFY(tlsa[0]["matching_type"] == Json(1));
        QVERIFY(tlsa[0]["matched"] == Json(true));
        QVERIFY(tlsa[1]["data"] == Json("00"));
        QVERIFY(tlsa[1]["matched"] == Json(false));
        QVERIFY(dnssec["authenticated"] == Json(true));
        QVERIFY(dnssec["validating_resolver"] == Json(true));
        QVERIFY(dnssec["ds"][0]["match"] == Json("matches"));
        QVERIFY(caa["domain"]["issue"] == Json::array());
        QVERIFY(caa["domain"]["issuemail"].is_null());
        QVERIFY(dns["services"][0]["service"] == Json("Microsoft 365"));
        QVERIFY(takeover["dependencies"][0]["status"] == Json("does_not_exist"));
    }
};

QTEST_APPLESS_MAIN(TestDaneJson)
#include "tst_dane_json.moc"
