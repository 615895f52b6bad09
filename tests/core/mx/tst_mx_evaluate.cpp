// SPDX-License-Identifier: Apache-2.0
// RFC 5321 section 5.1, RFC 7505, RFC 8601 section 2.7.3: where mail goes, and in how many rounds it is
// known.
#include "facts/fact_store.h"
#include "mx/evaluate.h"
#include "mx/reverse.h"
#include "report/json.h"
#include "support/rows.h"
#include "support/scripted_facts.h"
#include "support/test_certificates.h"

#include <QTest>

using namespace mailoscope;
using mailoscope::tests::ScriptedFacts;
using mailoscope::tests::text;
using mailoscope::tests::Zone;
using Status = mx::Evaluation::Status;
using HostStatus = mx::Host::Status;
using Reverse = mx::ReverseName::Status;

namespace
{

const DomainName Domain = tests::name("example.com");

Zone zoneOf(std::initializer_list<const char *> lines)
{
    Zone zone;
    for (const char *line : lines)
        zone.add(std::string_view(line));
    return zone;
}

mx::Evaluation evaluated(ScriptedFacts &facts)
{
    for (;;) {
        mx::Evaluation evaluation = mx::evaluate(Domain, facts);
        if (!facts.nextRound())
            return evaluation;
    }
}

mx::Evaluation evaluated(std::initializer_list<const char *> lines)
{
    ScriptedFacts facts(zoneOf(lines), ScriptedFacts::Unscripted::IsNxDomain);
    return evaluated(facts);
}

void put(FactStore &store, const Zone &zone, std::string_view owner, dns::RrType type)
{
    store.put(zone.fact(dns::Question{tests::name(owner), type}));
}

bool needs(const FactReader &reader, const std::string &key)
{
    const auto needed = reader.needed();
    return std::any_of(needed.begin(), needed.end(),
                       [&](const FactKey &one) { return toString(one) == key; });
}

} // namespace

class MxEvaluate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsAskedAsSoonAsItsNameIsKnown()
    {
        ScriptedFacts facts(
            zoneOf({"example.com MX 10 a.example.net", "example.com MX 20 b.example.net",
                    "a.example.net A 192.175.48.1", "b.example.net AAAA 2a00:1450:4000::1",
                    "1.48.175.192.in-addr.arpa PTR a.example.net",
                    "1.48.175.192.in-addr.arpa PTR c.example.net", "c.example.net A 192.175.48.1"}),
            ScriptedFacts::Unscripted::IsNxDomain);
        const mx::Evaluation evaluation = evaluated(facts);
        using Round = std::vector<std::string>;
        QCOMPARE(facts.asked().size(), std::size_t(4));
        QCOMPARE(facts.asked()[0],
                 (Round{"A example.com", "AAAA example.com", "MX *.example.com", "MX example.com"}));
        QCOMPARE(facts.asked()[1], (Round{"A a.example.net", "A b.example.net", "AAAA a.example.net",
                                          "AAAA b.example.net", "a.example.net:25", "b.example.net:25"}));
        QCOMPARE(facts.asked()[2],
                 (Round{"PTR 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.4.0.5.4.1.0.0.a.2.ip6.arpa",
                        "PTR 1.48.175.192.in-addr.arpa"}));
        QCOMPARE(facts.asked()[3], (Round{"A c.example.net"}));
        QVERIFY(!evaluation.pending && !evaluation.reversePending && !evaluation.smtpPending);
        QVERIFY(evaluation.hosts[0].reverse[0].status == Reverse::Confirmed);
        QVERIFY(evaluation.hosts[1].reverse[0].status == Reverse::Missing);
        QVERIFY(evaluated(facts) == evaluation);
    }

    void aReverseNameIsAskedBeforeTheOtherFamilyHasAnswered()
    {
        const Zone zone = zoneOf({"example.com MX 10 a.example.net", "a.example.net A 192.175.48.1"});
        FactStore store;
        put(store, zone, "example.com", dns::RrType::MX);
        put(store, zone, "a.example.net", dns::RrType::A);
        FactReader reader(store);
        const mx::Evaluation evaluation = mx::evaluate(Domain, reader);
        QVERIFY(evaluation.pending);
        QVERIFY(needs(reader, "PTR 1.48.175.192.in-addr.arpa"));
        QVERIFY(needs(reader, "AAAA a.example.net"));
    }

    void hostsAreGreetedOnlyWhereThatIsWanted()
    {
        const Zone zone = zoneOf({"example.com MX 10 a.example.net", "a.example.net A 192.175.48.1"});
        FactStore store;
        put(store, zone, "example.com", dns::RrType::MX);
        FactReader without(store);
        QVERIFY(mx::evaluate(Domain, without).hosts[0].session->outcome == smtp::Outcome::LeftOut);
        QVERIFY(!needs(without, "a.example.net:25"));
        FactReader with(store, Reach{true, true});
        QVERIFY(!mx::evaluate(Domain, with).hosts[0].session);
        QVERIFY(needs(with, "a.example.net:25"));
    }

    // RFC 5321 section 5.1.
    void withoutMxTheDomainsAddressTakesTheMail()
    {
        const mx::Evaluation evaluation = evaluated({"example.com A 192.175.48.1"});
        QVERIFY(evaluation.status == Status::Missing);
        QVERIFY(evaluation.implicitMx);
        QCOMPARE(evaluation.hosts.size(), std::size_t(1));
        QCOMPARE(int(evaluation.hosts[0].preference), 0);
        QVERIFY(evaluation.hosts[0].name == Domain);
    }
    void anUnusableMxIsNotReplacedByTheAddress()
    {
        const mx::Evaluation evaluation =
            evaluated({"example.com MX 10 gone.example.net", "example.com A 192.175.48.1"});
        QVERIFY(evaluation.status == Status::Invalid);
        QVERIFY(!evaluation.implicitMx);
        QVERIFY(evaluation.hosts[0].status == HostStatus::NxDomain);
    }
    void anAliasOfTheDomainIsFollowed()
    {
        const mx::Evaluation evaluation =
            evaluated({"example.com CNAME example.net", "example.net MX 10 mail.example.net",
                       "mail.example.net A 192.175.48.1"});
        QVERIFY(evaluation.status == Status::Ok);
        QVERIFY(!evaluation.hosts[0].isAlias);
    }
    void anAliasAsAHostIsTold()
    {
        const mx::Evaluation evaluation =
            evaluated({"example.com MX 10 alias.example.net", "alias.example.net CNAME mail.example.net",
                       "mail.example.net A 192.175.48.1"});
        QVERIFY(evaluation.status == Status::Ok);
        QVERIFY(evaluation.hosts[0].isAlias);
        QCOMPARE(evaluation.hosts[0].canonicalName.text(), std::string("mail.example.net"));
        QCOMPARE(evaluation.hosts[0].addresses.size(), std::size_t(1));
    }
    void aFailingMxLookUpIsNoAbsence()
    {
        Zone zone = zoneOf({"example.com A 192.175.48.1"});
        zone.fail({Domain, dns::RrType::MX}, dns::Outcome::ServerFailure);
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        QVERIFY(evaluated(facts).status == Status::TempError);
    }
    void anAddressAsAHostIsNotLookedUp()
    {
        ScriptedFacts facts(zoneOf({"example.com MX 10 192.175.48.1", "192.175.48.1 A 192.175.48.1"}),
                            ScriptedFacts::Unscripted::IsNxDomain);
        const mx::Evaluation evaluation = evaluated(facts);
        QVERIFY(evaluation.hosts[0].isAddressLiteral);
        QVERIFY(evaluation.status == Status::Invalid);
        QCOMPARE(facts.asked().size(), std::size_t(1));
    }

    // RFC 7505 section 3.
    void aNullMxStandsAloneWithPreferenceZero()
    {
        const mx::Evaluation proper = evaluated({"example.com MX 0 ."});
        QVERIFY(proper.nullMx && proper.status == Status::Ok && proper.hosts.empty());
        const mx::Evaluation preference = evaluated({"example.com MX 10 ."});
        QVERIFY(!preference.nullMx && preference.status == Status::Invalid);
        QCOMPARE(int(preference.nullMxPreference.value()), 10);
        const mx::Evaluation mixed = evaluated(
            {"example.com MX 0 .", "example.com MX 10 mail.example.net", "mail.example.net A 192.175.48.1"});
        QVERIFY(!mixed.nullMx && mixed.nullMxBesideOthers && mixed.status == Status::Ok);
        QCOMPARE(mixed.hosts.size(), std::size_t(2));
    }

    void privateAddressesAreNotAskedForTheirNames()
    {
        const mx::Evaluation evaluation = evaluated(
            {"example.com MX 10 a.example.net", "a.example.net A 10.0.0.1", "a.example.net A 127.0.0.1"});
        QVERIFY(evaluation.hosts[0].hasOnlySpecialAddresses());
        for (const mx::ReverseName &reverse : evaluation.hosts[0].reverse)
            QVERIFY(reverse.status == Reverse::NotAsked);
    }

    void thereIsABoundToEverythingThatIsAsked()
    {
        Zone zone;
        for (int i = 0; i < 300; ++i) {
            const std::string host = "h" + std::to_string(i) + ".example.net";
            zone.add("example.com MX " + std::to_string(i) + ' ' + host);
            for (int j = 0; j < 40; ++j)
                zone.add(host + " A 193." + std::to_string(i % 200) + ".0" + '.' + std::to_string(j));
        }
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        const mx::Evaluation evaluation = evaluated(facts);
        QVERIFY(evaluation.cut);
        QCOMPARE(evaluation.hosts.size(), mx::MaxHosts);
        std::size_t sessions = 0;
        for (const std::string &asked : facts.asked()[1])
            sessions += asked.ends_with(":25") ? 1 : 0;
        QCOMPARE(sessions, mx::MaxSessions);
        QVERIFY(mx::isReverseCut(evaluation));
        QCOMPARE(facts.asked()[2].size(), mx::MaxHosts * mx::reverseAddressesOfOne(mx::MaxHosts));
        QVERIFY(facts.asked()[2].size() <= mx::MaxReverse);
    }

    void hostsShareWhatIsAskedAboutAddresses()
    {
        for (std::size_t hosts = 0; hosts <= mx::MaxHosts; ++hosts) {
            const std::size_t addresses = mx::reverseAddressesOfOne(hosts);
            const std::size_t names = mx::reverseNamesOfOne(hosts);
            QVERIFY(addresses >= 1 && addresses <= mx::MaxReverseAddresses);
            QVERIFY(names >= 1 && names <= mx::MaxReverseNames);
            QVERIFY(hosts * addresses <= mx::MaxReverse);
            QVERIFY(hosts * addresses * names <= mx::MaxReverseLookUps);
        }
        QCOMPARE(mx::reverseAddressesOfOne(4), mx::MaxReverseAddresses);
        QCOMPARE(mx::reverseNamesOfOne(1), mx::MaxReverseNames);
    }

    void ofManyNamesTheHostsOwnIsLookedUpFirst()
    {
        Zone zone = zoneOf({"example.com MX 10 mail.example.net", "mail.example.net A 192.175.48.1"});
        for (int i = 0; i < 30; ++i)
            zone.add("1.48.175.192.in-addr.arpa PTR a" + std::to_string(i) + ".example.net");
        ScriptedFacts facts(zone, ScriptedFacts::Unscripted::IsNxDomain);
        const mx::Evaluation without = evaluated(facts);
        QVERIFY(mx::isReverseCut(without));
        QCOMPARE(without.hosts[0].reverse[0].names.size(), mx::MaxReverseNames);
        QVERIFY2(without.hosts[0].reverse[0].status == Reverse::NotAsked, "a name left out may have it");
        zone.add("1.48.175.192.in-addr.arpa PTR mail.example.net");
        ScriptedFacts more(zone, ScriptedFacts::Unscripted::IsNxDomain);
        const mx::Evaluation with = evaluated(more);
        QCOMPARE(with.hosts[0].reverse[0].names[0], tests::name("mail.example.net"));
        QVERIFY(with.hosts[0].reverse[0].status == Reverse::Confirmed);
    }

    void aSessionHasOneWord_data()
    {
        QTest::addColumn<int>("outcome");
        QTest::addColumn<QString>("faults");
        QTest::addColumn<QString>("word");
        const auto row = [](smtp::Outcome outcome, const char *faults, const char *word) {
            QTest::addRow("%s %s", std::string(toString(outcome)).c_str(), faults)
                << static_cast<int>(outcome) << QString::fromLatin1(faults) << QString::fromLatin1(word);
        };
        using smtp::Outcome;
        row(Outcome::Encrypted, "", "ok");
        row(Outcome::Encrypted, "name-mismatch", "bad-name");
        row(Outcome::Encrypted, "name-mismatch expired untrusted", "bad-name");
        row(Outcome::Encrypted, "expired untrusted", "expired");
        row(Outcome::Encrypted, "not-yet-valid", "expired");
        row(Outcome::Encrypted, "untrusted", "untrusted");
        row(Outcome::Encrypted, "self-signed", "untrusted");
        row(Outcome::Encrypted, "other", "untrusted");
        row(Outcome::NotOffered, "", "absent");
        row(Outcome::TlsRefused, "", "broken");
        row(Outcome::TlsFailure, "", "broken");
        row(Outcome::Malformed, "", "broken");
        row(Outcome::Rejected, "", "refused");
        row(Outcome::Refused, "", "refused");
        row(Outcome::Timeout, "", "timeout");
        row(Outcome::Interrupted, "", "timeout");
        for (const Outcome outcome : {Outcome::NoAddress, Outcome::LookUpFailed, Outcome::PrivateAddress,
                                      Outcome::LeftOut, Outcome::NotRecorded})
            row(outcome, "", "");
    }
    void aSessionHasOneWord()
    {
        QFETCH(int, outcome);
        QFETCH(QString, faults);
        QFETCH(QString, word);
        smtp::Session session;
        session.outcome = static_cast<smtp::Outcome>(outcome);
        if (session.outcome == smtp::Outcome::Encrypted)
            session.tls.emplace();
        for (const QString &fault : faults.split(QLatin1Char(' '), Qt::SkipEmptyParts))
            session.tls->faults.insert(*tls::faultFromString(fault.toStdString()));
        const auto status = mx::smtpStatus(session);
        QCOMPARE(status ? text(toString(*status)) : QString(), word);
    }

    void theJsonIsAsTheContractHasIt()
    {
        Zone zone = zoneOf({"example.com MX 10 mail.example.net", "example.com MX 20 other.example.net",
                            "mail.example.net A 192.175.48.1", "other.example.net A 192.175.48.2"});
        const tests::TestAuthority authority;
        smtp::Session session;
        session.target = {tests::name("mail.example.net"), 25};
        session.outcome = smtp::Outcome::Encrypted;
        session.greeting = "mail.example.net \xff";
        session.tls.emplace();
        session.tls->version = "TLSv1.3";
        session.tls->chain = {authority.issue({{"mail.example.net"}}).certificate.toDer().toStdString()};
        session.tls->faults = {tls::Fault::Untrusted};
        zone.add(session);
        session = {};
        session.target = {tests::name("other.example.net"), 25};
        session.outcome = smtp::Outcome::LeftOut;
        zone.add(session);
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        const auto json = toJson(evaluated(facts));
        QCOMPARE(json["status"].get<std::string>(), std::string("ok"));
        QCOMPARE(json["null_mx"].get<bool>(), false);
        const auto &first = json["hosts"][0];
        QCOMPARE(first["preference"].get<int>(), 10);
        QCOMPARE(first["host"].get<std::string>(), std::string("mail.example.net"));
        QCOMPARE(first["addresses"][0].get<std::string>(), std::string("192.175.48.1"));
        QVERIFY(first["error"].is_null());
        QCOMPARE(first["smtp"]["status"].get<std::string>(), std::string("untrusted"));
        QCOMPARE(first["smtp"]["tls_version"].get<std::string>(), std::string("TLSv1.3"));
        QCOMPARE(first["smtp"]["certificate"]["dns_names"][0].get<std::string>(),
                 std::string("mail.example.net"));
        QVERIFY(json["hosts"][1]["smtp"].is_null());
        QVERIFY(!toText(json, JsonLayout::OneLine).empty());
    }
};

QTEST_APPLESS_MAIN(MxEvaluate)
#include "tst_mx_evaluate.moc"
