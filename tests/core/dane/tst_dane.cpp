// SPDX-License-Identifier: Apache-2.0
#include "dane/findings.h"
#include "support/certificate_lines.h"

using namespace mailoscope;
using namespace mailoscope::tests;
using dane::Evaluation;
using dane::Host;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

const DomainName Domain = tests::name("example.com");
const std::vector<std::string> Base = {". SOA a b 1 2 3 4 5", "example.com SOA a b 1 2 3 4 5",
                                       "example.com MX 10 mx.example.com", "!sign .", "!sign example.com"};

Evaluation evaluated(ScriptedFacts &facts)
{
    return runToTheEnd(
        [&] {
            const mx::Evaluation mx = mx::evaluate(Domain, facts, mx::Depth::Addresses);
            return dane::evaluate(Domain, mx, dnssec::evaluate(Domain, mx, facts), facts);
        },
        facts);
}

Zone zoneWith(const std::vector<std::string> &lines)
{
    Zone zone;
    for (const auto *list : {&Base, &lines}) {
        for (const std::string &line : *list)
            addCertificateLine(zone, line);
    }
    return zone;
}

Evaluation evaluated(const std::vector<std::string> &lines)
{
    ScriptedFacts facts(zoneWith(lines), ScriptedFacts::Unscripted::IsNxDomain);
    return evaluated(facts);
}

std::vector<Finding> findingsIn(Zone zone, const Json &row)
{
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    std::vector<dane::StsVerdict> sts;
    if (row.contains("sts"))
        sts.push_back({tests::name("mx.example.com"), row["sts"].get<bool>()});
    return dane::findings(evaluated(facts), sts);
}

const std::string A = "mx.example.com A 192.0.2.1";
const std::string Alias = "mx.example.com CNAME host.example.net";
const std::string AliasA = "host.example.net A 192.0.2.1";
const std::string Leaf = " TLSA 3 1 1 @spki256:leaf";

} // namespace

class TestDane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsAreAskedAsSoonAsTheHostsAreKnown()
    {
        ScriptedFacts facts(zoneWith({A}), ScriptedFacts::Unscripted::IsNxDomain);
        evaluated(facts);
        QCOMPARE(facts.asked().size(), std::size_t(2)); // MX, then all that it names
        const auto &second = facts.asked()[1];
        for (const char *question : {"A mx.example.com", "TLSA _25._tcp.mx.example.com", "mx.example.com:25"})
            QVERIFY2(std::count(second.begin(), second.end(), question) == 1, question);
        // RFC 7672 section 2.2.3: of the host, never of the mail domain.
        for (const auto &round : facts.asked())
            QVERIFY(std::count(round.begin(), round.end(), "TLSA _25._tcp.example.com") == 0);
    }

    // RFC 7672 section 2.2
    void answersLeadToWhatSendersDo_data()
    {
        QTest::addColumn<QStringList>("lines");
        QTest::addColumn<int>("status");
        const auto row = [](const char *title, const QStringList &lines, Host::Status status) {
            QTest::newRow(title) << lines << int(status);
        };
        const QString a = text(A);
        const QString tlsa = QStringLiteral("_25._tcp.mx.example.com TLSA ");
        const QString digest(64, QLatin1Char('0'));
        const QString good = tlsa + QStringLiteral("3 1 1 ") + digest;
        row("secure and of use", {a, good}, Host::Status::Authenticated);
        row("one of use beside one of none", {a, good, tlsa + QStringLiteral("9 9 9 00")},
            Host::Status::Authenticated);
        row("secure and none of use", {a, tlsa + QStringLiteral("1 1 1 ") + digest}, Host::Status::Encrypted);
        row("proven absent", {a}, Host::Status::Opportunistic);
        row("server failure", {a, QStringLiteral("!fail TLSA _25._tcp.mx.example.com servfail")},
            Host::Status::Failed);
        row("time-out", {a, QStringLiteral("!fail TLSA _25._tcp.mx.example.com timeout")},
            Host::Status::Failed);
        row("insecure by an alias of the records",
            {a, QStringLiteral("_25._tcp.mx.example.com CNAME t.example.org"),
             QStringLiteral("t.example.org TLSA 3 1 1 ") + digest},
            Host::Status::Insecure);
        row("no address", {good}, Host::Status::NoAddress);
    }
    void answersLeadToWhatSendersDo()
    {
        QFETCH(QStringList, lines);
        QFETCH(int, status);
        std::vector<std::string> zone;
        for (const QString &line : lines)
            zone.push_back(line.toStdString());
        const Evaluation evaluation = evaluated(zone);
        QVERIFY(!evaluation.pending);
        QCOMPARE(int(evaluation.hosts.at(0).status), status);
    }

    // RFC 7672 section 2.2.2
    void aliasOfAHostIsFollowedAsFarAsItIsSecure()
    {
        // All secure: the name at the end first.
        Host host =
            evaluated({Alias, AliasA, "!sign example.net", "_25._tcp.host.example.net" + Leaf}).hosts.at(0);
        QCOMPARE(host.base, tests::name("host.example.net"));
        QVERIFY(host.status == Host::Status::Authenticated);
        // Nothing there: the host's own name.
        host = evaluated({Alias, AliasA, "!sign example.net", "_25._tcp.mx.example.com" + Leaf}).hosts.at(0);
        QCOMPARE(host.base, tests::name("mx.example.com"));
        QVERIFY(host.status == Host::Status::Authenticated);
        // The alias is secure, its target is not: the host's own name alone.
        host =
            evaluated({Alias, AliasA, "_25._tcp.host.example.net" + Leaf, "_25._tcp.mx.example.com" + Leaf})
                .hosts.at(0);
        QCOMPARE(host.base, tests::name("mx.example.com"));
        QVERIFY(host.status == Host::Status::Authenticated);
    }

    void withoutAValidatingResolverNothingIsCalledSecureOrInsecure()
    {
        Zone zone;
        for (const std::string &line :
             {std::string(". SOA a b 1 2 3 4 5"), Base[1], Base[2], A, "_25._tcp.mx.example.com" + Leaf})
            addCertificateLine(zone, line);
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        const Evaluation evaluation = evaluated(facts);
        QVERIFY(evaluation.hosts.at(0).status == Host::Status::Unverified);
        QVERIFY(evaluation.status == Evaluation::Status::NotChecked);
    }

    // RFC 7672 section 3.1.1: neither names nor dates of the certificate count.
    void usage3WantsNeitherNamesNorDates()
    {
        const Host host =
            evaluated({A, "_25._tcp.mx.example.com TLSA 3 1 1 @spki256:self_signed_ed25519",
                       "!smtp mx.example.com encrypted self_signed_ed25519 2099-01-01T00:00:00Z"})
                .hosts.at(0);
        QVERIFY(host.authenticated == true);
    }

    void whatWasNotSeenFitsNeitherWay()
    {
        for (const char *session : {"!smtp mx.example.com timeout", "!smtp mx.example.com left-out"}) {
            const Host host = evaluated({A, "_25._tcp.mx.example.com" + Leaf, session}).hosts.at(0);
            QVERIFY(!host.probed && !host.authenticated && !host.parameters.at(0).matched);
        }
    }

    void certificatesThatCannotBeReadMatchNothing()
    {
        Zone zone = zoneWith({A, "_25._tcp.mx.example.com" + Leaf});
        smtp::Session session;
        session.target.host = tests::name("mx.example.com");
        session.outcome = smtp::Outcome::Encrypted;
        session.tls.emplace();
        session.tls->chain = {"garbage"};
        zone.add(session);
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        QVERIFY(!evaluated(facts).hosts.at(0).authenticated);
    }

    void manyRecordsAreBounded()
    {
        std::vector<std::string> lines = {A};
        for (int i = 0; i < 200; ++i)
            lines.push_back("_25._tcp.mx.example.com TLSA 3 1 1 " +
                            toHex(std::string(32, static_cast<char>(i))));
        QCOMPARE(evaluated(lines).hosts.at(0).parameters.size(), dane::MaxParameters);
    }

    void nullMxHasNothingToCheck()
    {
        Zone zone;
        for (const char *line : {". SOA a b 1 2 3 4 5", "example.com MX 0 ."})
            zone.add(line);
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        const Evaluation evaluation = evaluated(facts);
        QVERIFY(evaluation.status == Evaluation::Status::NotApplicable);
        QVERIFY(dane::findings(evaluation).empty());
    }

    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        QTest::addColumn<Json>("row");
        int number = 0;
        const Json file = dataFile("dane/findings.json");
        for (const Json &row : file["rows"])
            QTest::addRow("%02d %s", ++number, row["id"].get<std::string>().c_str()) << row;
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        const Json common = dataFile("dane/findings.json")["common"];
        verifyRow(row, common, findingsIn, addCertificateLine);
        verifyWords(findingsIn(zoneOf(row["with"], common, addCertificateLine), row), daneWords());
    }

    void everyIdHasWordsAndARow() { verifyTable(daneWords(), dataFile("dane/findings.json")["rows"]); }
};

QTEST_APPLESS_MAIN(TestDane)
#include "tst_dane.moc"
