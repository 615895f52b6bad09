// SPDX-License-Identifier: Apache-2.0
#include "base/hex.h"
#include "dnssec/findings.h"
#include "dnssec/key.h"
#include "support/finding_rows.h"
#include "support/master_file.h"

using namespace mailoscope;
using namespace mailoscope::tests;
using dnssec::Delegation;
using dnssec::Evaluation;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

const DomainName Domain = tests::name("example.com");
const std::string Root = ". SOA a b 1 2 3 4 5";
const std::string Key = "example.com DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=";
const std::string Ds =
    "example.com DS 3613 15 2 3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b";
const std::string Soa = "example.com SOA ns1.example.com hostmaster.example.com 1 7200 900 1209600 300";

Evaluation evaluated(ScriptedFacts &facts, const DomainName &domain = Domain)
{
    return runToTheEnd(
        [&] {
            const mx::Evaluation mx = mx::evaluate(domain, facts, mx::Depth::Addresses);
            return dnssec::evaluate(domain, mx, facts);
        },
        facts);
}

Evaluation evaluated(const std::vector<std::string> &lines, const DomainName &domain = Domain)
{
    Zone zone;
    for (const std::string &line : lines)
        addLine(zone, line);
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    return evaluated(facts, domain);
}

std::vector<Finding> findingsIn(Zone zone, const Json & = {})
{
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    return dnssec::findings(evaluated(facts), timestampFromRfc3339("2026-11-22T00:00:00Z"));
}

dns::DnskeyData keyOf(const std::string &line)
{
    return std::get<dns::DnskeyData>(recordFromLine(line)->data);
}

} // namespace

class TestDnssec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void digestsAndTagsAreThoseOfTheRfcs_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("ds");
        const auto row = [](const char *title, const char *key, const char *ds) {
            QTest::newRow(title) << QString::fromLatin1(key) << QString::fromLatin1(ds);
        };
        const char *rsaKey = "dskey.example.com DNSKEY 256 3 5 "
                             "AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZ"
                             "DRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9Xzc"
                             "nOf+EPbtG9DMBmADjFDc2w/rljwvFw==";
        row("RFC 4034 section 5.4", rsaKey,
            "dskey.example.com DS 60485 5 1 2bb183af5f22588179a53b0a98631fad1a292118");
        row("RFC 4509 section 2.3", rsaKey,
            "dskey.example.com DS 60485 5 2 "
            "d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a");
        row("RFC 8080 section 6.1", Key.c_str(), Ds.c_str());
        row("RFC 6605 section 6.2",
            "example.net DNSKEY 257 3 14 "
            "xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbY"
            "Q+OB+v8/uX45NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40",
            "example.net DS 10771 14 4 "
            "72d7b62976ce06438e9c0bf319013cf801f09ecc84b8d7e9495f27e305c6a9b0563a9b5f4d288405c3008a946"
            "df983d6");
    }
    void digestsAndTagsAreThoseOfTheRfcs()
    {
        QFETCH(QString, key);
        QFETCH(QString, ds);
        const auto record = recordFromLine(ds.toStdString());
        const auto &data = std::get<dns::DsData>(record->data);
        const dns::DnskeyData dnskey = keyOf(key.toStdString());
        QCOMPARE(dnssec::keyTagOf(dnskey), data.keyTag);
        QCOMPARE(text(toHex(dnssec::digestOf(record->owner, dnskey, data.digestType).value())),
                 text(toHex(data.digest)));
        QVERIFY(!dnssec::digestOf(record->owner, dnskey, 99));
    }

    void sizesOfRsaKeysAreRead()
    {
        QCOMPARE(dnssec::rsaBits(keyOf("a DNSKEY 256 3 8 AwEAAYE=")), std::optional<int>(8));
        QCOMPARE(dnssec::rsaBits(keyOf("a DNSKEY 256 3 8 AwEAAQAB")),
                 std::optional<int>(1)); // leading zeros do not count
        QCOMPARE(dnssec::rsaBits(keyOf("a DNSKEY 256 3 8 AAADAQABgQ==")), std::optional<int>(8));
        for (const char *key : {"", "AA==", "AwEAAQ==", "AwEAAQA=", "AP//AQ==", "Aw=="})
            QVERIFY2(!dnssec::rsaBits(keyOf(std::string("a DNSKEY 256 3 8 ") + key)), key);
        QVERIFY(!dnssec::rsaBits(keyOf(Key)));
    }

    void everythingThatCanBeNamedIsAskedInOneRound()
    {
        Zone zone;
        for (const std::string &line : {Soa, std::string("example.com MX 10 mail.example.com"),
                                        std::string("mail.example.com A 192.0.2.1")})
            zone.add(line);
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        const Evaluation evaluation = evaluated(facts, tests::name("a.example.com"));
        QCOMPARE(facts.asked().size(), std::size_t(1));
        for (const char *question : {"SOA .", "SOA a.example.com", "SOA example.com", "DS a.example.com",
                                     "DS example.com", "DNSKEY a.example.com", "DNSKEY example.com"})
            QVERIFY2(std::count(facts.asked()[0].begin(), facts.asked()[0].end(), question) == 1, question);
        QCOMPARE(evaluation.apex, Domain);
    }

    void theNearestSoaRecordIsTheTopOfTheZone()
    {
        const DomainName sub = tests::name("b.a.example.com");
        Evaluation evaluation = evaluated({Soa, "b.a.example.com MX 10 mail.example.com"}, sub);
        QVERIFY(evaluation.apexKnown);
        QCOMPARE(evaluation.apex, Domain);
        evaluation = evaluated({Soa, "a.example.com SOA ns1.example.com h.example.com 1 2 3 4 5",
                                "b.a.example.com MX 10 mail.example.com"},
                               sub);
        QCOMPARE(evaluation.apex, tests::name("a.example.com"));
        // Behind an alias stands another zone's SOA record.
        evaluation = evaluated({Soa, "b.a.example.com CNAME example.net",
                                "example.net SOA ns1.example.com h.example.com 1 2 3 4 5"},
                               sub);
        QCOMPARE(evaluation.apex, Domain);
        // Nothing can be said of what could not be asked.
        evaluation = evaluated({Soa, "!fail SOA a.example.com timeout"}, sub);
        QVERIFY(!evaluation.apexKnown);
        QVERIFY(evaluation.status == Evaluation::Status::TempError);
    }

    void statusTellsSignedFromUnsigned()
    {
        using Status = Evaluation::Status;
        QVERIFY(evaluated({Soa, Key, Ds}).status == Status::Ok);
        QVERIFY(evaluated({Soa}).status == Status::Missing);
        QVERIFY(evaluated({Soa, Key}).status == Status::Invalid);
        QVERIFY(evaluated({Soa, Key, Ds, "!fail DS example.com servfail"}).status == Status::TempError);
        QVERIFY(evaluated({"com SOA a b 1 2 3 4 5"}).status == Status::NotApplicable);
        QVERIFY(evaluated({Soa, "example.com DS 3613 15 77 00", Key}).status == Status::NotChecked);
        // Signatures that cannot be had are no fault.
        QVERIFY(evaluated({Soa, Key, Ds, "!fail RRSIG example.com refused"}).status == Status::Ok);
    }

    void adIsTheResolversWord()
    {
        Evaluation evaluation = evaluated({Root, Soa, Key, Ds, "!sign .", "!sign example.com"});
        QVERIFY(evaluation.authenticated && evaluation.validatingResolver == true);
        evaluation = evaluated({Root, Soa, Key, Ds, "!sign ."});
        QVERIFY(!evaluation.authenticated && evaluation.validatingResolver == true);
        evaluation = evaluated({Root, Soa, Key, Ds, "!sign example.com"});
        QVERIFY(evaluation.authenticated && evaluation.validatingResolver == true); // AD anywhere says so
        evaluation = evaluated({Root, Soa, Key, Ds});
        QVERIFY(!evaluation.authenticated && evaluation.validatingResolver == false);
        evaluation = evaluated({Root, Soa, Key, Ds, "!fail SOA . timeout"});
        QVERIFY(!evaluation.validatingResolver);
    }

    void nothingIsFoundBeforeTheAnswersAreThere()
    {
        ScriptedFacts facts(Zone(), ScriptedFacts::Unscripted::IsNxDomain);
        const Evaluation evaluation = dnssec::evaluate(Domain, {}, facts);
        QVERIFY(evaluation.pending);
        QVERIFY(dnssec::findings(evaluation, Timestamp()).empty());
    }

    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        QTest::addColumn<Json>("row");
        int number = 0;
        const Json file = dataFile("dnssec/findings.json");
        for (const Json &row : file["rows"])
            QTest::addRow("%02d %s", ++number, row["id"].get<std::string>().c_str()) << row;
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        const Json common = dataFile("dnssec/findings.json")["common"];
        verifyRow(row, common, findingsIn);
        verifyWords(findingsIn(zoneOf(row["with"], common)), dnssecWords());
    }

    void everyIdHasWordsAndARow() { verifyTable(dnssecWords(), dataFile("dnssec/findings.json")["rows"]); }
};

QTEST_APPLESS_MAIN(TestDnssec)
#include "tst_dnssec.moc"
