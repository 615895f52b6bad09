// SPDX-License-Identifier: Apache-2.0
// What the zone's own servers say: asked at once, compared, and never called wrong where they were not heard.
#include "zone_servers/findings.h"

#include "report/json.h"
#include "support/finding_rows.h"

using namespace mailoscope;
using namespace mailoscope::tests;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

const DomainName Domain = tests::name("example.com");

zone_servers::Evaluation evaluated(ScriptedFacts &facts)
{
    return runToTheEnd(
        [&] {
            const dns::Answer *servers = facts.dns(Domain, dns::RrType::NS);
            return servers ? zone_servers::evaluate(Domain, Domain, servers->records, facts)
                           : zone_servers::Evaluation();
        },
        facts);
}

zone_servers::Evaluation evaluated(const Json &lines)
{
    ScriptedFacts facts(zoneOf(lines, dataFile("zone_servers/findings.json")["common"]),
                        ScriptedFacts::Unscripted::IsNxDomain);
    return evaluated(facts);
}

std::vector<Finding> findingsIn(Zone zone, const Json &)
{
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    return zone_servers::findings(evaluated(facts));
}

} // namespace

class TestZoneServers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allServersAreAskedInOneRound()
    {
        ScriptedFacts facts(zoneOf({}, dataFile("zone_servers/findings.json")["common"]),
                            ScriptedFacts::Unscripted::IsNxDomain);
        const zone_servers::Evaluation evaluation = evaluated(facts);
        QVERIFY(!evaluation.pending);
        QCOMPARE(facts.asked().size(),
                 std::size_t(3)); // the servers' names, their addresses, they themselves
        for (const char *question : {"SOA example.com @192.175.48.1", "SOA example.com @192.175.48.1 tcp",
                                     "TXT example.com @192.175.48.2", "MX example.com @192.175.48.2"})
            QVERIFY2(std::count(facts.asked()[2].begin(), facts.asked()[2].end(), question) == 1, question);
        QVERIFY(evaluation.status == zone_servers::Evaluation::Status::Ok);
        QCOMPARE(evaluation.servers.size(), std::size_t(2));
        for (const zone_servers::Server &server : evaluation.servers) {
            QVERIFY(server.state == zone_servers::Server::State::Answers);
            QCOMPARE(server.serial.value_or(0), 1U);
            QVERIFY(server.overTcp.value_or(false));
        }
    }

    void serversThatAreNotHeardAreNotKnown()
    {
        const auto evaluation = evaluated(Json{"!at 192.175.48.1 silent", "!at 192.175.48.2 silent"});
        QVERIFY(evaluation.status == zone_servers::Evaluation::Status::TempError);
        QVERIFY(zone_servers::findings(evaluation).empty());
    }

    void serversThatASnapshotDoesNotHoldAreNotChecked()
    {
        const auto evaluation =
            evaluated(Json{"!at 192.175.48.1 not-recorded", "!at 192.175.48.2 not-recorded"});
        QVERIFY(evaluation.status == zone_servers::Evaluation::Status::NotChecked);
        QVERIFY(zone_servers::findings(evaluation).empty());
    }

    void aServerWithAPrivateAddressIsNotAsked()
    {
        Zone zone;
        for (const char *line : {"example.com NS ns.example.com", "ns.example.com A 10.0.0.1",
                                 "ns.example.com AAAA fd00::1", "example.com MX 0 ."})
            zone.add(line);
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        const auto evaluation = evaluated(facts);
        QCOMPARE(evaluation.servers.size(), std::size_t(1));
        QVERIFY(evaluation.servers[0].state == zone_servers::Server::State::NotAsked);
        for (const auto &round : facts.asked()) {
            for (const std::string &question : round)
                QVERIFY2(question.find('@') == std::string::npos, question.c_str());
        }
    }

    void aServerWhoseAddressesCouldNotBeLookedUpIsNotKnown_data()
    {
        QTest::addColumn<bool>("hasAddress");
        QTest::newRow("IPv4 fails, IPv6 is not there") << false;
        QTest::newRow("IPv4 fails, IPv6 is there") << true;
    }
    void aServerWhoseAddressesCouldNotBeLookedUpIsNotKnown()
    {
        QFETCH(bool, hasAddress);
        Zone zone;
        zone.add("example.com NS ns.example.net");
        zone.add("example.com MX 0 .");
        if (hasAddress)
            zone.add("ns.example.net AAAA 2620:4f:8000::1");
        zone.fail({tests::name("ns.example.net"), dns::RrType::A}, dns::Outcome::ServerFailure);
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        const auto evaluation = evaluated(facts);
        QCOMPARE(evaluation.servers.size(), std::size_t(1));
        QCOMPARE(evaluation.servers[0].address.has_value(), hasAddress);
        QVERIFY(evaluation.servers[0].state != zone_servers::Server::State::NotAsked);
        if (!hasAddress) {
            QVERIFY(evaluation.servers[0].outcome == dns::Outcome::ServerFailure);
            QVERIFY(evaluation.status == zone_servers::Evaluation::Status::TempError);
        }
    }

    void aLongRecordIsCutInTheSentenceWithASign()
    {
        const std::string record = "v=spf1 " + std::string(200, '+') + "a -all";
        const auto all = zone_servers::findings(
            evaluated(Json::array({"!at 192.175.48.2 example.com TXT \"" + record + "\""})));
        QCOMPARE(all.size(), std::size_t(1));
        const std::string told = std::get<std::string>(all[0].arguments.at("told"));
        QVERIFY2(told.find("++...") != std::string::npos, told.c_str());
        QVERIFY(std::any_of(all[0].evidence.begin(), all[0].evidence.end(),
                            [&](const Evidence &evidence) { return evidence.record == record; }));
    }

    void noMoreServersAreAskedThanTheBound()
    {
        Zone zone;
        zone.add("example.com MX 0 .");
        for (int i = 0; i < 40; ++i) {
            const std::string host = "ns" + std::to_string(i) + ".example.net";
            zone.add("example.com NS " + host);
            zone.add(host + " A 192.175.48." + std::to_string(i + 1));
        }
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        const auto evaluation = evaluated(facts);
        QVERIFY(evaluation.cut);
        QVERIFY(toJson(evaluation)["cut"] == true);
        QCOMPARE(evaluation.servers.size(), zone_servers::MaxServers);
    }

    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        addFindingRows(dataFile("zone_servers/findings.json")["rows"]);
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        const Json common = dataFile("zone_servers/findings.json")["common"];
        verifyRow(row, common, findingsIn);
        verifyWords(findingsIn(zoneOf(row["with"], common), row), zoneServerWords());
    }

    void everyIdHasWordsAndARow()
    {
        verifyTable(zoneServerWords(), dataFile("zone_servers/findings.json")["rows"]);
    }

    void aQuestionToAServerReadsBackFromItsText_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"TXT example.com @192.0.2.53", "SOA example.com @2001:db8::53 tcp",
                                 "TYPE65280 a.example @192.0.2.1"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void aQuestionToAServerReadsBackFromItsText()
    {
        QFETCH(QString, text);
        const auto question = dns::serverQuestionFromString(text.toStdString());
        QVERIFY(question);
        QCOMPARE(QString::fromStdString(dns::toString(*question)), text);
    }

    void otherTextsAreNoQuestionToAServer()
    {
        for (const char *text :
             {"", "TXT example.com", "TXT example.com @", "TXT example.com @ns.example.com", "@192.0.2.1",
              "TXT example.com @192.0.2.1 udp", " tcp"})
            QVERIFY2(!dns::serverQuestionFromString(text), text);
    }
};

QTEST_APPLESS_MAIN(TestZoneServers)
#include "tst_zone_servers.moc"
