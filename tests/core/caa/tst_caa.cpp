// SPDX-License-Identifier: Apache-2.0
#include "caa/findings.h"
#include "support/finding_rows.h"
#include "support/random_dns.h"

using namespace mailoscope;
using namespace mailoscope::tests;
using caa::Evaluation;
using caa::IssueKind;
using caa::Property;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

const DomainName Domain = tests::name("example.com");
const std::vector<DomainName> Hosts = {tests::name("mx.example.com"), tests::name("mail.example.net"),
                                       tests::name("mx.example.com")};

Evaluation evaluated(ScriptedFacts &facts, const DomainName &domain = Domain)
{
    return runToTheEnd([&] { return caa::evaluate(domain, Hosts, facts); }, facts);
}

std::vector<Finding> findingsIn(Zone zone, const Json &row)
{
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    return caa::findings(evaluated(facts), row.value("bimi", true) ? caa::Bimi::Yes : caa::Bimi::No);
}

Evaluation evaluated(const std::vector<std::string> &lines, const DomainName &domain = Domain)
{
    Zone zone;
    for (const std::string &line : lines)
        addLine(zone, line);
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    return evaluated(facts, domain);
}

caa::Record recordOf(std::string tag, std::string value)
{
    return *caa::parse({0, std::move(tag), std::move(value)}).record;
}

} // namespace

class TestCaa : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // RFC 8659 section 4.2
    void valuesOfTheRfcAreRead()
    {
        QCOMPARE(recordOf("issue", "ca1.example.net").issuer, std::string("ca1.example.net"));
        QCOMPARE(recordOf("issue", ";").issuer, std::string());
        QVERIFY(caa::parse({0, "issue", ";"}).isFlawless());
        QVERIFY(caa::parse({0, "issue", ""}).isFlawless());
        const caa::Record record = recordOf("issue", "ca1.example.net; account=230123");
        QCOMPARE(record.issuer, std::string("ca1.example.net"));
        QVERIFY(record.parameters == (std::vector<caa::Parameter>{{"account", "230123"}}));
        // Malformed: nobody may issue.
        const auto malformed = caa::parse({0, "issue", "%%%%%"});
        QCOMPARE(malformed.record->issuer, std::string());
        QVERIFY(malformed.issues.front().kind == IssueKind::BadIssuer);
        // RFC 8657 section 4
        const auto account = caa::parse({0, "issue",
                                         "ca.example.net ; accounturi=https://ca.example.net/1 ; "
                                         "validationmethods=dns-01"});
        QVERIFY(account.isFlawless());
        QCOMPARE(account.record->parameters.size(), std::size_t(2));
        // RFC 9495 section 3
        QVERIFY(recordOf("issuemail", ";").property == Property::IssueMail);
        QVERIFY(recordOf("IssueWild", ";").property == Property::IssueWild);
    }

    void moreRecordsThanAreReadAreCutInAnyOrderAlikeAndTold_data()
    {
        QTest::addColumn<int>("records");
        QTest::addColumn<int>("leftOut");
        QTest::newRow("one") << 1 << 0;
        QTest::newRow("as many as are read") << int(caa::MaxRecords) << 0;
        QTest::newRow("one more") << int(caa::MaxRecords) + 1 << 1;
        QTest::newRow("a thousand") << 1000 << 1000 - int(caa::MaxRecords);
    }
    void moreRecordsThanAreReadAreCutInAnyOrderAlikeAndTold()
    {
        QFETCH(int, records);
        QFETCH(int, leftOut);
        std::vector<std::string> lines;
        for (int i = 0; i < records; ++i)
            lines.push_back("example.com CAA 0 issue \"ca" + std::to_string(i) + ".example.net\"");
        const Evaluation forwards = evaluated(lines);
        std::reverse(lines.begin(), lines.end());
        const Evaluation backwards = evaluated(lines);
        QCOMPARE(forwards.domain.leftOut, std::size_t(leftOut));
        QCOMPARE(forwards.domain.issuersOf(Property::Issue), backwards.domain.issuersOf(Property::Issue));
        const auto findings = caa::findings(forwards, caa::Bimi::No);
        QCOMPARE(tests::find(findings, "caa.syntax") != nullptr, leftOut > 0);
    }

    void faultsWithoutEndAreCutAndTheRestIsCounted_data()
    {
        QTest::addColumn<int>("faults");
        QTest::addColumn<int>("findings");
        QTest::newRow("two") << 2 << 2;
        QTest::newRow("sixteen") << 16 << 16;
        QTest::newRow("seventeen") << 17 << 17; // the last of them counts
        QTest::newRow("thousands") << 5000 << 17;
    }
    void faultsWithoutEndAreCutAndTheRestIsCounted()
    {
        QFETCH(int, faults);
        QFETCH(int, findings);
        dns::CaaData data{0, "issue", "ca.example.net"};
        for (int i = 0; i < faults; ++i)
            data.value += "; %";
        Zone zone;
        zone.add({Domain, dns::RrType::CAA, 300, data});
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        int told = 0;
        const auto all = caa::findings(evaluated(facts), caa::Bimi::No);
        for (const Finding &finding : all)
            told += finding.id == "caa.syntax" ? 1 : 0;
        QCOMPARE(told, findings);
        verifyWords(all, caaWords());
    }

    void anyRecordSurvivesItsText()
    {
        Random random(8659);
        for (int round = 0; round < 3000; ++round) {
            const char *tags[] = {"issue", "issuewild", "iodef", "issuemail", "x"};
            std::string value = randomOctets(random, 20);
            for (char &c : value)
                c = upTo(random, 2) ? "ca.=; -x"[upTo(random, 7)] : c;
            const auto parsed =
                caa::parse({static_cast<std::uint8_t>(random()), tags[upTo(random, 4)], value});
            QVERIFY(parsed.record);
            for (const caa::Issue &issue : parsed.issues)
                QVERIFY(issue.span.begin <= issue.span.end && issue.span.end <= value.size());
            QVERIFY(*caa::parse(caa::toData(*parsed.record)).record == *parsed.record);
        }
    }

    // RFC 8659 section 3
    void theNearestRecordsAboveGovern()
    {
        const DomainName name = tests::name("x.y.example.com");
        const auto found = [&](const std::vector<std::string> &lines) {
            return evaluated(lines, name).domain;
        };
        const std::string top = "example.com CAA 0 issue \"top.example\"";
        const std::string low = "y.example.com CAA 0 iodef \"mailto:a@example.com\"";
        QCOMPARE(found({top}).foundAt, Domain);
        QCOMPARE(found({top, low}).foundAt,
                 tests::name("y.example.com")); // the whole set, though it restricts nothing
        QVERIFY(found({top, low}).issuersOf(Property::Issue).empty());
        QVERIFY(found({}).status == caa::NameRecords::Status::Missing);
        // An alias is followed, the names above its target are not.
        QCOMPARE(found({"x.y.example.com CNAME a.b.example.org",
                        "a.b.example.org CAA 0 issue \"there.example\"", top})
                     .issuersOf(Property::Issue),
                 std::vector<std::string>{"there.example"});
        QCOMPARE(found({"x.y.example.com CNAME a.b.example.org",
                        "b.example.org CAA 0 issue \"there.example\"", top})
                     .foundAt,
                 Domain);
        // A failure below hides what is above.
        QVERIFY(found({top, "!fail CAA y.example.com servfail"}).status ==
                caa::NameRecords::Status::TempError);
        QVERIFY(found({top, low, "!fail CAA example.com servfail"}).status == caa::NameRecords::Status::Ok);
    }

    void issuersAddUpAndIssueStandsForWildcards()
    {
        const auto set =
            evaluated({"example.com CAA 0 issue \";\"", "example.com CAA 0 issue \"A.example\"",
                       "example.com CAA 0 issue \"a.example; x=y\"", "example.com CAA 0 issue \"b.example\""})
                .domain;
        QCOMPARE(set.issuersOf(Property::Issue), (std::vector<std::string>{"a.example", "b.example"}));
        QCOMPARE(set.issuersOf(Property::IssueWild), (std::vector<std::string>{"a.example", "b.example"}));
        QVERIFY(!set.has(Property::IssueMail));
    }

    void everythingIsAskedInOneRoundAndBounded()
    {
        ScriptedFacts facts(Zone(), ScriptedFacts::Unscripted::IsNxDomain);
        const Evaluation evaluation = evaluated(facts);
        QCOMPARE(facts.asked().size(), std::size_t(1));
        QCOMPARE(facts.asked().front(),
                 (std::vector<std::string>{"CAA com", "CAA example.com", "CAA example.net",
                                           "CAA mail.example.net", "CAA mx.example.com", "CAA net"}));
        QCOMPARE(evaluation.hosts.size(), std::size_t(2)); // each once
        ScriptedFacts deep(Zone(), ScriptedFacts::Unscripted::IsNxDomain);
        std::string labels;
        for (int i = 0; i < 100; ++i)
            labels += "a.";
        caa::evaluate(tests::name(labels + "example"), {}, deep);
        deep.nextRound();
        QCOMPARE(deep.asked().front().size(), std::size_t(10));
    }

    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        QTest::addColumn<Json>("row");
        int number = 0;
        const Json file = dataFile("caa/findings.json");
        for (const Json &row : file["rows"])
            QTest::addRow("%02d %s", ++number, row["id"].get<std::string>().c_str()) << row;
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        verifyRow(row, Json::array(), findingsIn);
        verifyWords(findingsIn(zoneOf(row["with"]), row), caaWords());
    }

    void everyIdHasWordsAndARow() { verifyTable(caaWords(), dataFile("caa/findings.json")["rows"]); }
};

QTEST_APPLESS_MAIN(TestCaa)
#include "tst_caa.moc"
