// SPDX-License-Identifier: Apache-2.0
#include "gather/smtp_gatherer.h"
#include "support/asking.h"
#include "support/rows.h"
#include "support/test_smtp_server.h"
#include "support/tick_watch.h"
#include "support/wait.h"
#include "support/zone_gatherer.h"

#include <QPointer>
#include <QTcpServer>
#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace std::chrono_literals;
using gather::LookUp;
using smtp::Outcome;
using Handshake = SmtpScript::Handshake;

Q_DECLARE_METATYPE(mailoscope::tests::SmtpScript)

namespace
{

const DomainName Host = name("mx.example.com");

const TestAuthority &authority()
{
    static const TestAuthority one;
    return one;
}

SmtpScript goodScript()
{
    static const KeyAndCertificate identity = authority().issue({{"mx.example.com"}});
    SmtpScript script;
    script.identity = identity;
    return script;
}

SmtpScript with(KeyAndCertificate identity)
{
    SmtpScript script;
    script.identity = std::move(identity);
    return script;
}

/// A gatherer over a zone in which the host has the loopback address.
struct Setting {
    explicit Setting(std::vector<std::string> lines = {"mx.example.com A 127.0.0.1"},
                     bool allowPrivate = true)
    {
        auto zone = std::make_shared<Zone>();
        zone->add("example.com MX 10 mx.example.com");
        for (const std::string &line : lines)
            zone->add(line);
        dns = std::make_unique<ZoneGatherer>(zone);
        options.allowPrivate = allowPrivate;
        options.ehloName = QStringLiteral("probe.example.net");
    }
    /// Trusts authority(). Not everywhere: it takes all of the system's authorities along.
    Setting &trusting()
    {
        options.extraAuthorities = {authority().certificate()};
        return *this;
    }
    gather::SmtpGatherer &gatherer()
    {
        if (!m_gatherer)
            m_gatherer = std::make_unique<gather::SmtpGatherer>(options, *dns);
        return *m_gatherer;
    }
    smtp::Session probe(quint16 port)
    {
        asking = ask(gatherer(), smtp::Target{Host, port});
        if (!waitFor([&] { return asking->isDone(); }))
            qFatal("no fact came");
        return asking->fact->smtp();
    }

    std::unique_ptr<ZoneGatherer> dns;
    gather::SmtpGathererOptions options;
    std::shared_ptr<Asking> asking;
    std::unique_ptr<gather::SmtpGatherer> m_gatherer;
};

QString textOf(Outcome outcome)
{
    return text(smtp::toString(outcome));
}

QString faultsOf(const smtp::Session &session)
{
    QString all;
    for (const tls::Fault fault : session.tls.value().faults)
        all += (all.isEmpty() ? QString() : QStringLiteral(" ")) + text(tls::toString(fault));
    return all;
}

std::vector<std::string> commands(std::initializer_list<const char *> list)
{
    return {list.begin(), list.end()};
}

} // namespace

class TestSmtpGatherer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aGoodHostIsGreetedEncryptedAndLeftWithNothingElseSaid()
    {
        TestSmtpServer server(goodScript());
        Setting setting;
        TickWatch ticks;
        const smtp::Session session = setting.trusting().probe(server.port());
        QCOMPARE(textOf(session.outcome), textOf(Outcome::Encrypted));
        QCOMPARE(text(session.greeting), QStringLiteral("mx.example.com ESMTP"));
        QCOMPARE(session.extensions, (std::vector<std::string>{"SIZE 1000", "STARTTLS"}));
        QCOMPARE(session.extensionsUnderTls, (std::vector<std::string>{"REQUIRETLS"}));
        QCOMPARE(text(session.tls->version), QStringLiteral("TLSv1.3"));
        QVERIFY(!session.tls->cipher.empty());
        QCOMPARE(session.tls->chain.size(), std::size_t(1));
        QCOMPARE(QSslCertificate(QByteArray::fromStdString(session.tls->chain[0]), QSsl::Der)
                     .subjectAlternativeNames()
                     .values(QSsl::DnsEntry),
                 QStringList(QStringLiteral("mx.example.com")));
        QCOMPARE(faultsOf(session), QString());
        QCOMPARE(text(session.detail), QString());
        QCOMPARE(session.address->toString(), std::string("127.0.0.1"));
        QVERIFY(waitFor([&] { return server.hungUp() == 1; }));
        QCOMPARE(server.received(),
                 commands({"EHLO probe.example.net", "STARTTLS", "EHLO probe.example.net", "QUIT"}));
        const QString address = QStringLiteral("127.0.0.1:%1").arg(server.port());
        QCOMPARE(text(setting.asking->fact->from), address);
        QCOMPARE(setting.asking->log.size(), std::size_t(1));
        const LookUp &lookUp = setting.asking->log.front();
        QCOMPARE(lookUp.server, address);
        QVERIFY(lookUp.state == LookUp::State::Answered);
        QVERIFY(lookUp.outcome == FactOutcome(Outcome::Encrypted));
        QVERIFY(ticks.ticks() > 0);
    }

    void whatIsWrongWithACertificateIsToldAndNothingIsRefused_data()
    {
        QTest::addColumn<SmtpScript>("script");
        QTest::addColumn<QString>("faults");
        const std::string Long = "20000101000000Z";
        const std::string Ago = "20010101000000Z";
        const auto issued = [](CertificateWish wish) { return with(authority().issue(wish)); };
        QTest::newRow("wrong name") << issued({{"other.example.com"}}) << "name-mismatch";
        QTest::newRow("wildcard") << issued({{"*.example.com"}}) << "";
        const CertificateWish commonName{{}, "mx.example.com"};
        QTest::newRow("the name in the common name alone") << issued(commonName) << "name-mismatch";
        const CertificateWish besides{{"other.example.com"}, "mx.example.com"};
        QTest::newRow("the name in the common name, another beside it") << issued(besides) << "name-mismatch";
        QTest::newRow("expired") << issued({{"mx.example.com"}, "old", Long, Ago}) << "expired";
        QTest::newRow("not yet valid")
            << issued({{"mx.example.com"}, "new", "29980101000000Z"}) << "not-yet-valid";
        QTest::newRow("self-signed") << with(TestAuthority::selfSigned({{"mx.example.com"}}))
                                     << "self-signed";
        QTest::newRow("an authority that nobody trusts")
            << with(TestAuthority("another").issue({{"mx.example.com"}})) << "untrusted";
        QTest::newRow("expired, of another host")
            << issued({{"other.example.com"}, "old", Long, Ago}) << "name-mismatch expired";
    }
    void whatIsWrongWithACertificateIsToldAndNothingIsRefused()
    {
        QFETCH(SmtpScript, script);
        QFETCH(QString, faults);
        TestSmtpServer server(script);
        Setting setting;
        const smtp::Session session = setting.trusting().probe(server.port());
        QCOMPARE(textOf(session.outcome), textOf(Outcome::Encrypted));
        QCOMPARE(faultsOf(session), faults);
        QVERIFY(session.tls->chain.size() == 1);
        QCOMPARE(session.extensionsUnderTls.size(), std::size_t(1));
    }

    void outcomesAreToldApart_data()
    {
        QTest::addColumn<SmtpScript>("script");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char *tag, const std::function<void(SmtpScript &)> &change, Outcome outcome,
                            const char *detail = "") {
            SmtpScript script = goodScript();
            change(script);
            QTest::newRow(tag) << script << textOf(outcome) << QString::fromLatin1(detail);
        };
        row(
            "a greeting of several lines",
            [](SmtpScript &s) { s.greeting = "220-mx.example.com\r\n220-no spam\r\n220 please\r\n"; },
            Outcome::Encrypted);
        row(
            "line feeds alone", [](SmtpScript &s) { s.greeting = "220 mx.example.com\n"; },
            Outcome::Encrypted);
        row(
            "a code without text", [](SmtpScript &s) { s.greeting = "220\r\n"; }, Outcome::Encrypted);
        row(
            "starttls in lower case", [](SmtpScript &s) { s.hello = "250-mx\r\n250 starttls\r\n"; },
            Outcome::Encrypted);
        row(
            "no STARTTLS", [](SmtpScript &s) { s.hello = "250-mx\r\n250-STARTTLSX\r\n250 8BITMIME\r\n"; },
            Outcome::NotOffered);
        row(
            "no extensions at all", [](SmtpScript &s) { s.hello = "250 mx\r\n"; }, Outcome::NotOffered);
        row(
            "STARTTLS answered 454", [](SmtpScript &s) { s.startTls = "454 TLS not available\r\n"; },
            Outcome::TlsRefused, "454 TLS not available");
        row(
            "STARTTLS answered 250", [](SmtpScript &s) { s.startTls = "250 OK\r\n"; }, Outcome::TlsRefused);
        row(
            "greeted with 421", [](SmtpScript &s) { s.greeting = "421 try later\r\n"; }, Outcome::Rejected,
            "421 try later");
        row(
            "greeted with 554", [](SmtpScript &s) { s.greeting = "554-no\r\n554 never\r\n"; },
            Outcome::Rejected, "554 no\nnever");
        row(
            "EHLO answered 502", [](SmtpScript &s) { s.hello = "502 what?\r\n"; }, Outcome::Rejected,
            "502 what?");
        row(
            "garbage", [](SmtpScript &s) { s.greeting = "HTTP/1.1 400 Bad Request\r\n\r\n"; },
            Outcome::Malformed, "HTTP/1.1 400 Bad Request");
        row(
            "an endless line", [](SmtpScript &s) { s.greeting = "220-" + std::string(2'000'000, 'x'); },
            Outcome::Malformed);
        row(
            "endless lines",
            [](SmtpScript &s) {
                s.greeting = "";
                for (int i = 0; i < 100'000; ++i)
                    *s.greeting += "220-more\r\n";
            },
            Outcome::Malformed);
        row(
            "hangs up at once", [](SmtpScript &s) { s.greeting = std::nullopt; }, Outcome::Interrupted);
        row(
            "hangs up at EHLO", [](SmtpScript &s) { s.hello = std::nullopt; }, Outcome::Interrupted);
        row(
            "hangs up at STARTTLS", [](SmtpScript &s) { s.startTls = std::nullopt; }, Outcome::Interrupted);
        row(
            "hangs up in the handshake", [](SmtpScript &s) { s.handshake = Handshake::HangUp; },
            Outcome::TlsFailure);
        row(
            "garbage in the handshake", [](SmtpScript &s) { s.handshake = Handshake::Garbage; },
            Outcome::TlsFailure);
        row(
            "hangs up at EHLO under TLS", [](SmtpScript &s) { s.helloUnderTls = std::nullopt; },
            Outcome::Encrypted);
        row(
            "EHLO under TLS answered 503", [](SmtpScript &s) { s.helloUnderTls = "503 again?\r\n"; },
            Outcome::Encrypted, "EHLO under TLS: 503 again?");
    }
    void outcomesAreToldApart()
    {
        QFETCH(SmtpScript, script);
        QFETCH(QString, outcome);
        QFETCH(QString, detail);
        TestSmtpServer server(script);
        Setting setting;
        const smtp::Session session = setting.probe(server.port());
        QCOMPARE(textOf(session.outcome), outcome);
        if (!detail.isEmpty())
            QCOMPARE(text(session.detail), detail);
        QCOMPARE(session.tls.has_value() && !session.tls->version.empty(),
                 session.outcome == Outcome::Encrypted);
        QVERIFY(session.detail.size() < 1000);
        QCOMPARE(server.connections(), 1);
        for (const std::string &line : server.received())
            QVERIFY2(line == "EHLO probe.example.net" || line == "STARTTLS" || line == "QUIT", line.c_str());
    }

    void silenceIsNoVerdict_data()
    {
        QTest::addColumn<SmtpScript>("script");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char *tag, const std::function<void(SmtpScript &)> &change,
                            const char *detail) {
            SmtpScript script = goodScript();
            change(script);
            QTest::newRow(tag) << script << QString::fromLatin1(detail);
        };
        row(
            "no greeting", [](SmtpScript &s) { s.greeting = ""; }, "no greeting in time");
        row(
            "half a greeting", [](SmtpScript &s) { s.greeting = "220-wait\r\n220"; }, "no greeting in time");
        row(
            "no reply to EHLO", [](SmtpScript &s) { s.hello = ""; }, "no reply to EHLO in time");
        row(
            "no reply to STARTTLS", [](SmtpScript &s) { s.startTls = ""; }, "no reply to STARTTLS in time");
        row(
            "no handshake", [](SmtpScript &s) { s.handshake = Handshake::Silence; },
            "the TLS handshake did not end in time");
    }
    void silenceIsNoVerdict()
    {
        QFETCH(SmtpScript, script);
        QFETCH(QString, detail);
        TestSmtpServer server(script);
        Setting setting;
        setting.options.timeout = 500ms;
        const smtp::Session session = setting.probe(server.port());
        QCOMPARE(textOf(session.outcome), textOf(Outcome::Interrupted));
        QCOMPARE(text(session.detail), detail);
    }

    void aHostWithOldTlsAloneIsNotBroken()
    {
        SmtpScript script = goodScript();
        script.handshake = Handshake::Old;
        TestSmtpServer server(script);
        Setting setting;
        const smtp::Session session = setting.probe(server.port());
        QCOMPARE(textOf(session.outcome), textOf(Outcome::Encrypted));
        QCOMPARE(text(session.tls->version), QStringLiteral("TLSv1.1"));
    }

    void whatComesBeforeTheHandshakeIsDiscardedAndTold()
    {
        SmtpScript script = goodScript();
        script.startTls = "220 Go ahead\r\n250-injected\r\n250 INJECTED\r\n";
        TestSmtpServer server(script);
        Setting setting;
        const smtp::Session session = setting.probe(server.port());
        QCOMPARE(textOf(session.outcome), textOf(Outcome::Encrypted));
        QCOMPARE(session.extensionsUnderTls, (std::vector<std::string>{"REQUIRETLS"}));
        QVERIFY2(session.detail.find("discarded") != std::string::npos, session.detail.c_str());
    }

    void addressesAreTriedInOrderUntilOneConnects()
    {
        TestSmtpServer server(goodScript(), QHostAddress(QStringLiteral("127.0.0.3")));
        Setting setting(
            {"mx.example.com A 127.0.0.2", "mx.example.com A 127.0.0.3", "mx.example.com AAAA ::1"});
        const smtp::Session session = setting.probe(server.port());
        QCOMPARE(textOf(session.outcome), textOf(Outcome::Encrypted));
        QCOMPARE(session.address->toString(), std::string("127.0.0.3"));
        QCOMPARE(setting.asking->log.size(), std::size_t(2));
        QVERIFY(setting.asking->log[0].outcome == FactOutcome(Outcome::Refused));
        QVERIFY(setting.asking->log[1].outcome == FactOutcome(Outcome::Encrypted));
        QCOMPARE(setting.asking->log[1].attempt, 2);
    }

    void noConnectionIsRefused()
    {
        quint16 port = 0;
        {
            QTcpServer listener;
            QVERIFY(listener.listen(QHostAddress::LocalHost));
            port = listener.serverPort();
        }
        Setting setting;
        const smtp::Session session = setting.probe(port);
        QCOMPARE(textOf(session.outcome), textOf(Outcome::Refused));
        QVERIFY(!session.address);
        QVERIFY(!session.detail.empty());
    }

    void privateAddressesAreNeverConnectedTo_data()
    {
        QTest::addColumn<QString>("record");
        for (const char *record :
             {"A 127.0.0.1", "A 10.1.2.3", "A 192.168.0.1", "A 169.254.1.1", "A 172.16.0.1", "A 0.0.0.0",
              "AAAA ::1", "AAAA fe80::1", "AAAA fd00::1", "AAAA ::ffff:127.0.0.1", "AAAA ::"})
            QTest::newRow(record) << QString::fromLatin1(record);
    }
    void privateAddressesAreNeverConnectedTo()
    {
        QFETCH(QString, record);
        TestSmtpServer server(goodScript());
        Setting setting({"mx.example.com " + record.toStdString()}, false);
        const smtp::Session session = setting.probe(server.port());
        QCOMPARE(textOf(session.outcome), textOf(Outcome::PrivateAddress));
        QCOMPARE(server.connections(), 0);
        QCOMPARE(setting.asking->log.size(), std::size_t(1));
    }

    void addressesThatAreNotThereAreToldFromThoseThatAreNotKnown()
    {
        Setting none({"mx.example.com TXT \"hello\""});
        QCOMPARE(textOf(none.probe(25).outcome), textOf(Outcome::NoAddress));
        auto zone = std::make_shared<Zone>();
        zone->failOtherwise(Host, dns::Outcome::ServerFailure);
        Setting failing;
        failing.dns = std::make_unique<ZoneGatherer>(zone);
        QCOMPARE(textOf(failing.probe(25).outcome), textOf(Outcome::LookUpFailed));
        Setting silent;
        silent.options.timeout = 50ms;
        silent.dns->setHeld(true);
        QCOMPARE(textOf(silent.probe(25).outcome), textOf(Outcome::LookUpFailed));
        QCOMPARE(silent.dns->waiting(), std::size_t(0));
    }

    void theSameHostIsGreetedOnceAndKept()
    {
        TestSmtpServer server(goodScript());
        Setting setting;
        int gathered = 0;
        connect(&setting.gatherer(), &gather::Gatherer::gathered, this, [&] { ++gathered; });
        const smtp::Target target{Host, server.port()};
        const auto first = ask(setting.gatherer(), target);
        const auto second = ask(setting.gatherer(), target);
        QVERIFY(!first->isDone());
        QVERIFY(waitFor([&] { return first->isDone() && second->isDone(); }));
        QCOMPARE(server.connections(), 1);
        QCOMPARE(gathered, 1);
        QCOMPARE(second->log.size(), std::size_t(1));
        const auto third = ask(setting.gatherer(), target);
        QVERIFY(waitFor([&] { return third->isDone(); }));
        QCOMPARE(server.connections(), 1);
        QVERIFY(third->log.front().state == LookUp::State::Cached);
        setting.gatherer().clearCache();
        const auto fourth = ask(setting.gatherer(), target);
        QVERIFY(waitFor([&] { return fourth->isDone(); }));
        QCOMPARE(server.connections(), 2);
    }

    void whatIsCancelledIsForgotten()
    {
        SmtpScript silent = goodScript();
        silent.greeting = "";
        TestSmtpServer server(silent);
        Setting setting;
        const auto first = ask(setting.gatherer(), smtp::Target{Host, server.port()});
        const auto second = ask(setting.gatherer(), smtp::Target{Host, server.port()});
        QVERIFY(waitFor([&] { return server.connections() == 1; }));
        setting.gatherer().cancel(first->ticket);
        setting.gatherer().cancel(first->ticket);
        QCOMPARE(server.hungUp(), 0);
        setting.gatherer().cancel(second->ticket);
        QVERIFY(waitFor([&] { return server.hungUp() == 1; }));
        QVERIFY(!first->isDone() && !second->isDone());
        QCOMPARE(setting.dns->waiting(), std::size_t(0));
    }

    void cancelledBeforeTheAddressesCameAsksNobody()
    {
        Setting setting;
        setting.dns->setHeld(true);
        const auto asking = ask(setting.gatherer(), smtp::Target{Host, 25});
        QVERIFY(waitFor([&] { return setting.dns->waiting() == 2; })); // A and AAAA at once
        setting.gatherer().cancel(asking->ticket);
        QCOMPARE(setting.dns->waiting(), std::size_t(0));
    }

    void noMoreSessionsThanAllowedAreHeldAtOnce()
    {
        SmtpScript silent = goodScript();
        silent.greeting = "";
        TestSmtpServer one(silent);
        TestSmtpServer two(goodScript());
        Setting setting;
        setting.options.maxAtOnce = 1;
        const auto first = ask(setting.gatherer(), smtp::Target{Host, one.port()});
        const auto second = ask(setting.gatherer(), smtp::Target{Host, two.port()});
        QVERIFY(waitFor([&] { return one.connections() == 1; }));
        QCOMPARE(two.connections(), 0);
        setting.gatherer().cancel(first->ticket);
        QVERIFY(waitFor([&] { return second->isDone(); }));
    }

    void theCallbacksMayDeleteTheGatherer()
    {
        TestSmtpServer server(goodScript());
        Setting setting;
        const smtp::Target target{Host, server.port()};
        bool done = false;
        setting.gatherer().ask(target, [&](const Fact &) {
            setting.m_gatherer.reset();
            done = true;
        });
        const auto other = ask(setting.gatherer(), target);
        QVERIFY(waitFor([&] { return done; }));
        QVERIFY(!other->isDone());
        setting.gatherer().ask(
            target, [](const Fact &) {}, [&](int, const LookUp &) { setting.m_gatherer.reset(); });
        QVERIFY(waitFor([&] { return setting.m_gatherer == nullptr; }));
        ask(setting.gatherer(), target);
        setting.m_gatherer.reset(); // in the middle
    }

    void aMachineWithoutAFullNameGreetsWithItsAddress()
    {
        TestSmtpServer server(goodScript());
        Setting setting;
        setting.options.ehloName.clear();
        setting.probe(server.port());
        const std::string hello = server.received().front();
        QVERIFY2(hello == "EHLO [127.0.0.1]" || hello.find('.', 5) != std::string::npos, hello.c_str());
    }
};

QTEST_GUILESS_MAIN(TestSmtpGatherer)
#include "tst_smtp_gatherer.moc"
