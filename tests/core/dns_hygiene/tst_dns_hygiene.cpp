// SPDX-License-Identifier: Apache-2.0
#include "dns/message.h"
#include "dns_hygiene/findings.h"
#include "dns_hygiene/tokens.h"
#include "support/finding_rows.h"

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace mailoscope::dns_hygiene;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

const DomainName Domain = tests::name("example.com");

const Subjects TheSubjects = {{tests::name("mail.example.com"), tests::name("autodiscover.example.com")},
                              {{tests::name("_dmarc.example.com"), dns::RrType::TXT},
                               {tests::name("s._domainkey.example.com"), dns::RrType::TXT}}};

Evaluation evaluated(ScriptedFacts &facts)
{
    return runToTheEnd(
        [&] {
            return dns_hygiene::evaluate(
                Domain, dnssec::evaluate(Domain, mx::evaluate(Domain, facts, mx::Depth::Addresses), facts),
                TheSubjects, facts);
        },
        facts);
}

std::vector<Finding> findingsIn(Zone zone, const Json &row)
{
    if (zone.answer({Domain, dns::RrType::SOA}).outcome == dns::Outcome::NoData)
        zone.add("example.com SOA ns1.example.net h.example.com 1 7200 900 1209600 3600");
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    return dns_hygiene::findings(evaluated(facts),
                                 row.value("published", false) ? Ttls::AsPublished : Ttls::CountedDown);
}

} // namespace

class TestDnsHygiene : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsAskedInOneRound()
    {
        Zone zone;
        for (const char *line : {"example.com SOA a b 1 2 3 4 5", "example.com MX 0 ."})
            zone.add(line);
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        const Evaluation evaluation = evaluated(facts);
        QVERIFY(!evaluation.pending);
        QCOMPARE(facts.asked().size(), std::size_t(1));
        for (const char *question : {"NS example.com", "TXT mailoscope-no-such-name.example.com",
                                     "CNAME mail.example.com", "TXT _domainkey.example.com"})
            QVERIFY2(std::count(facts.asked()[0].begin(), facts.asked()[0].end(), question) == 1, question);
    }

    void sizeOfTheAnswerIsThatOnTheWire()
    {
        Zone zone;
        zone.add("example.com TXT \"v=spf1 -all\"");
        zone.add("example.com TXT \"x\"");
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        // Header 12, question 13 + 4, OPT 11, two records of a pointer, 10 octets and their strings.
        QCOMPARE(evaluated(facts).textAnswerOctets, std::size_t(12 + 17 + 11 + (12 + 12) + (12 + 2)));
    }

    void servicesAreRecognised()
    {
        QVERIFY(verificationService("MS=ms12345678") == "Microsoft 365");
        QVERIFY(verificationService("Google-Site-Verification=abc") == "Google");
        for (const char *text : {"", "MS=12", "v=spf1 include:google.com -all", "site-verification"})
            QVERIFY2(verificationService(text).empty(), text);
    }

    void ordinaryRecordsAreNoSecrets()
    {
        for (const char *text :
             {"", "v=spf1 include:_spf.example.com -all", "google-site-verification=AKIA", "password",
              "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A", "docker-client-secret", "MS=ms123",
              "t=verify_password_reset=yes", "x/AKIAIOSFODNN7EXAMPLE", "password=  ", "SG."})
            QVERIFY2(!secretIn(text), text);
        const std::string many(200000, 'a');
        QVERIFY(!secretIn(many));
    }

    void aDomainThatDoesNotExistIsToldApart()
    {
        ScriptedFacts facts(Zone(), ScriptedFacts::Unscripted::IsNxDomain);
        const Evaluation evaluation = evaluated(facts);
        QVERIFY(evaluation.status == Evaluation::Status::Missing);
        QVERIFY(dns_hygiene::findings(evaluation).empty());
    }

    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        QTest::addColumn<Json>("row");
        int number = 0;
        const Json file = dataFile("dns_hygiene/findings.json");
        for (const Json &row : file["rows"])
            QTest::addRow("%02d %s", ++number, row["id"].get<std::string>().c_str()) << row;
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        const Json common = dataFile("dns_hygiene/findings.json")["common"];
        verifyRow(row, common, findingsIn);
        verifyWords(findingsIn(zoneOf(row["with"], common), row), dnsWords());
    }

    void everyIdHasWordsAndARow() { verifyTable(dnsWords(), dataFile("dns_hygiene/findings.json")["rows"]); }
};

QTEST_APPLESS_MAIN(TestDnsHygiene)
#include "tst_dns_hygiene.moc"
