// SPDX-License-Identifier: Apache-2.0
#include "gather/https_gatherer.h"

#include "gather/dns_gatherer.h"
#include "gather/network_gatherer.h"
#include "support/asking.h"
#include "support/test_dns_server.h"
#include "support/test_https_server.h"
#include "support/tick_watch.h"
#include "support/wait.h"
#include "support/zone_gatherer.h"

#include <QNetworkCookie>
#include <QPointer>
#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace std::chrono_literals;
using gather::LookUp;
using https::Outcome;
using Kind = HttpsManner::Kind;

namespace
{

constexpr const char *Host = "mta-sts.example.com";

CertificateWish wishFor(std::vector<std::string> names)
{
    CertificateWish wish;
    wish.dnsNames = std::move(names);
    return wish;
}

const https::Response &responseOf(const Asking &asking)
{
    return asking.fact.value().https();
}

QByteArray outcomeOf(const Asking &asking)
{
    const std::string_view text = https::toString(responseOf(asking).outcome);
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QByteArray faultsOf(const Asking &asking)
{
    std::string text;
    if (!responseOf(asking).tls)
        return "no session";
    for (const tls::Fault fault : responseOf(asking).tls->faults)
        text += (text.empty() ? "" : " ") + std::string(tls::toString(fault));
    return QByteArray::fromStdString(text);
}

/// One host, its server and who fetches from it.
struct Scene {
    explicit Scene(const KeyAndCertificate &identity, const QHostAddress &address = QHostAddress::LocalHost)
        : server(identity, address)
    {
        server.setManner(
            {Kind::Answer, TestHttpsServer::response(200, "Content-Type: text/plain\r\n", "text")});
        options.allowPrivate = true;
        options.extraAuthorities = {authority().certificate()};
        zone->add(std::string(Host) + " A 127.0.0.1");
    }
    static const TestAuthority &authority()
    {
        static const TestAuthority theOne;
        return theOne;
    }
    Scene() : Scene(authority().issue(wishFor({Host}))) {}

    https::Url url(const std::string &target = "/.well-known/mta-sts.txt") const
    {
        https::Url url;
        url.host = name(Host);
        url.port = server.serverPort();
        url.target = target;
        return url;
    }
    gather::HttpsGatherer &gatherer()
    {
        if (!m_gatherer) {
            m_dns = std::make_unique<ZoneGatherer>(zone);
            m_gatherer = std::make_unique<gather::HttpsGatherer>(*m_dns, options);
        }
        return *m_gatherer;
    }
    std::shared_ptr<Asking> fetch(const FactKey &key)
    {
        const auto asking = ask(gatherer(), key);
        if (!waitFor([&] { return asking->isDone(); }))
            qFatal("the fetch did not end");
        return asking;
    }
    std::shared_ptr<Asking> fetch() { return fetch(url()); }

    std::shared_ptr<Zone> zone = std::make_shared<Zone>();
    TestHttpsServer server;
    gather::HttpsOptions options;

private:
    std::unique_ptr<ZoneGatherer> m_dns;
    std::unique_ptr<gather::HttpsGatherer> m_gatherer;
};

} // namespace

class TestHttpsGatherer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pageIsFetchedWithItsSession()
    {
        Scene scene;
        const TickWatch watch;
        const auto asking = scene.fetch();
        const https::Response &response = responseOf(*asking);
        QCOMPARE(outcomeOf(*asking), QByteArray("answered"));
        QCOMPARE(response.status, 200);
        QCOMPARE(response.body, "text");
        QCOMPARE(response.contentType, "text/plain");
        QVERIFY(!response.truncated);
        QCOMPARE(response.address.value().toString(), "127.0.0.1");
        QCOMPARE(response.url, scene.url());
        const tls::Session &session = response.tls.value();
        QVERIFY(session.faults.empty());
        QCOMPARE(session.version, "TLSv1.3");
        QVERIFY(!session.cipher.empty());
        QCOMPARE(session.chain.size(), std::size_t(1)); // as sent: the authority is not in it
        QVERIFY(session.at > Timestamp{});
        QVERIFY(watch.ticks() > 0);
    }

    void requestTellsNoMoreThanItMust()
    {
        Scene scene;
        scene.server.setManner(
            {Kind::Answer, TestHttpsServer::response(200,
                                                     "Set-Cookie: a=b\r\nCache-Control: max-age=9999\r\n"
                                                     "Strict-Transport-Security: max-age=9999\r\n",
                                                     "1")});
        scene.fetch();
        const auto again = scene.fetch();
        QCOMPARE(outcomeOf(*again), QByteArray("answered"));
        QCOMPARE(scene.server.requests().size(), std::size_t(2)); // nothing came from a cache
        const QByteArray head = scene.server.requests().back();
        const QByteArray port = QByteArray::number(scene.server.serverPort());
        QVERIFY(head.startsWith("GET /.well-known/mta-sts.txt HTTP/1.1\r\n"));
        QVERIFY(head.contains("Host: mta-sts.example.com:" + port + "\r\n"));
        QVERIFY(head.contains("User-Agent: Mailoscope/"));
        QVERIFY(head.contains("Accept-Encoding: identity\r\n"));
        QVERIFY(head.contains("Accept-Language: *\r\n"));
        QVERIFY(!head.contains("Cookie"));
        QVERIFY(!head.contains("Authorization"));
        QVERIFY(scene.server.hellos().back().contains(Host)); // SNI
    }

    void logTellsEachConnection()
    {
        Scene scene;
        const auto asking = scene.fetch();
        QCOMPARE(asking->log.size(), std::size_t(1));
        const LookUp &lookUp = asking->log[0];
        QCOMPARE(lookUp.server, QStringLiteral("127.0.0.1:%1").arg(scene.server.serverPort()));
        QCOMPARE(lookUp.state, LookUp::State::Answered);
        QVERIFY(lookUp.outcome == FactOutcome(Outcome::Answered));
        QVERIFY(lookUp.key == FactKey(scene.url()));
        QCOMPARE(asking->fact->from, lookUp.server.toStdString());
    }

    void certificateFaultsEndTheFetchBeforeAnythingIsSent_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("faults");
        QTest::newRow("wrong name") << "wrong-name"
                                    << "name-mismatch";
        QTest::newRow("parent's name") << "parent"
                                       << "name-mismatch";
        QTest::newRow("wildcard of two levels") << "wide-wildcard"
                                                << "name-mismatch";
        QTest::newRow("common name alone") << "common-name"
                                           << "name-mismatch";
        QTest::newRow("expired") << "expired"
                                 << "expired";
        QTest::newRow("not yet valid") << "not-yet"
                                       << "not-yet-valid";
        QTest::newRow("self-signed") << "self-signed"
                                     << "self-signed";
        QTest::newRow("unknown authority") << "unknown"
                                           << "untrusted";
    }
    void certificateFaultsEndTheFetchBeforeAnythingIsSent()
    {
        QFETCH(QString, kind);
        QFETCH(QString, faults);
        const TestAuthority &authority = Scene::authority();
        CertificateWish wish = wishFor({Host});
        KeyAndCertificate identity;
        if (kind == QStringLiteral("wrong-name")) {
            identity = authority.issue(wishFor({"www.example.com"}));
        } else if (kind == QStringLiteral("parent")) {
            identity = authority.issue(wishFor({"example.com"}));
        } else if (kind == QStringLiteral("wide-wildcard")) {
            identity = authority.issue(wishFor({"*.com"}));
        } else if (kind == QStringLiteral("common-name")) {
            wish = wishFor({});
            wish.commonName = Host;
            identity = authority.issue(wish);
        } else if (kind == QStringLiteral("expired")) {
            wish.notAfter = "20010101000000Z";
            identity = authority.issue(wish);
        } else if (kind == QStringLiteral("not-yet")) {
            wish.notBefore = "29900101000000Z";
            identity = authority.issue(wish);
        } else if (kind == QStringLiteral("self-signed")) {
            identity = TestAuthority::selfSigned(wish);
        } else {
            identity = TestAuthority().issue(wish);
        }
        Scene scene(identity);
        const auto asking = scene.fetch();
        QCOMPARE(outcomeOf(*asking), QByteArray("tls-failure"));
        QCOMPARE(faultsOf(*asking), faults.toUtf8());
        QCOMPARE(responseOf(*asking).tls->chain.size(), std::size_t(1));
        QCOMPARE(responseOf(*asking).tls->chain.front(), identity.certificate.toDer().toStdString());
        QVERIFY(!responseOf(*asking).tls->detail.empty());
        QVERIFY(scene.server.requests().empty());
    }

    void wildcardOfOneLabelFits()
    {
        Scene scene(Scene::authority().issue(wishFor({"*.example.com"})));
        QCOMPARE(outcomeOf(*scene.fetch()), QByteArray("answered"));
    }

    void whatTheServerSaysIsKeptAsItIs_data()
    {
        QTest::addColumn<QByteArray>("response");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        using Server = TestHttpsServer;
        QTest::newRow("not found") << Server::response(404, "", "no") << 404 << QByteArray("no");
        QTest::newRow("bad request") << Server::response(400, "", "no") << 400 << QByteArray("no");
        QTest::newRow("authentication wanted")
            << Server::response(401, "WWW-Authenticate: Basic realm=\"x\"\r\n", "no") << 401
            << QByteArray("no");
        QTest::newRow("server error") << Server::response(500, "", "no") << 500 << QByteArray("no");
        QTest::newRow("unavailable") << Server::response(503, "", "") << 503 << QByteArray("");
        QTest::newRow("empty") << Server::response(200, "", "") << 200 << QByteArray("");
        QTest::newRow("up to the close")
            << QByteArray("HTTP/1.1 200 OK\r\n\r\nbody") << 200 << QByteArray("body");
        QTest::newRow("chunks") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                              "3\r\nbod\r\n1\r\ny\r\n0\r\n\r\n")
                                << 200 << QByteArray("body");
        QTest::newRow("coding nobody asked for")
            << Server::response(200, "Content-Encoding: gzip\r\n", "\x1f\x8b") << 200
            << QByteArray("\x1f\x8b");
        QTest::newRow("octets") << Server::response(200, "", QByteArray("\0\xff\r\n", 4)) << 200
                                << QByteArray("\0\xff\r\n", 4);
    }
    void whatTheServerSaysIsKeptAsItIs()
    {
        QFETCH(QByteArray, response);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        Scene scene;
        scene.server.setManner({Kind::Answer, response});
        const auto asking = scene.fetch();
        QCOMPARE(outcomeOf(*asking), QByteArray("answered"));
        QCOMPARE(responseOf(*asking).status, status);
        QCOMPARE(QByteArray::fromStdString(responseOf(*asking).body), body);
    }

    void redirectIsToldAndNotFollowed()
    {
        for (const int status : {301, 302, 303, 307, 308}) {
            Scene scene;
            const QByteArray location =
                "https://mta-sts.example.com:" + QByteArray::number(scene.server.serverPort()) + "/other";
            scene.server.setManner(
                {Kind::Answer, TestHttpsServer::response(status, "Location: " + location + "\r\n", "moved")});
            const auto asking = scene.fetch();
            QCOMPARE(outcomeOf(*asking), QByteArray("answered"));
            QCOMPARE(responseOf(*asking).status, status);
            QCOMPARE(responseOf(*asking).location, location.toStdString());
            QCOMPARE(scene.server.requests().size(), std::size_t(1));
        }
    }

    void bodyIsBounded()
    {
        Scene scene;
        const auto size = static_cast<qsizetype>(https::MaxBodyOctets);
        scene.server.setManner({Kind::Answer, TestHttpsServer::response(200, "", QByteArray(size, 'x'))});
        const auto fits = scene.fetch();
        QCOMPARE(responseOf(*fits).body.size(), https::MaxBodyOctets);
        QVERIFY(!responseOf(*fits).truncated);
        scene.server.setManner(
            {Kind::Answer, TestHttpsServer::response(200, "", QByteArray(size + 500000, 'x'))});
        const auto tooMuch = scene.fetch();
        QCOMPARE(outcomeOf(*tooMuch), QByteArray("answered"));
        QCOMPARE(responseOf(*tooMuch).status, 200);
        QCOMPARE(responseOf(*tooMuch).body.size(), https::MaxBodyOctets);
        QVERIFY(responseOf(*tooMuch).truncated);
    }

    void whatIsNoWholeResponseIsMalformed_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("response");
        QTest::newRow("garbage") << int(Kind::Answer) << QByteArray("no HTTP here\r\n\r\n");
        QTest::newRow("zeros") << int(Kind::Answer) << QByteArray(5000, '\0');
        QTest::newRow("nothing") << int(Kind::HangUp) << QByteArray();
        QTest::newRow("cut short") << int(Kind::Answer)
                                   << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf");
        QTest::newRow("cut in the head") << int(Kind::Answer) << QByteArray("HTTP/1.1 200 OK\r\nConte");
    }
    void whatIsNoWholeResponseIsMalformed()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, response);
        Scene scene;
        scene.server.setManner({static_cast<Kind>(kind), response});
        const auto asking = scene.fetch();
        QCOMPARE(outcomeOf(*asking), QByteArray("malformed"));
        QVERIFY(!responseOf(*asking).detail.empty());
        QVERIFY(responseOf(*asking).tls.has_value());
    }

    void handshakeThatFailsIsTlsFailure_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("no TLS") << int(Kind::NoTls);
        QTest::newRow("closed at once") << int(Kind::CloseAtOnce);
    }
    void handshakeThatFailsIsTlsFailure()
    {
        QFETCH(int, kind);
        Scene scene;
        scene.server.setManner({static_cast<Kind>(kind), {}});
        const auto asking = scene.fetch();
        QCOMPARE(outcomeOf(*asking), QByteArray("tls-failure"));
        QCOMPARE(faultsOf(*asking), QByteArray());
        QVERIFY(!responseOf(*asking).tls->detail.empty());
    }

    void slowDripEnds()
    {
        for (const char *response : {"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
                                     "HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 "}) {
            Scene scene;
            scene.options.timeout = 300ms;
            scene.server.setManner({Kind::Drip, response});
            const auto asking = scene.fetch();
            QCOMPARE(outcomeOf(*asking), QByteArray("timeout"));
            QVERIFY(responseOf(*asking).body.empty());
        }
    }

    void silenceIsTimeout()
    {
        Scene scene;
        scene.options.timeout = 100ms;
        scene.server.setManner({Kind::Silence, {}});
        QCOMPARE(outcomeOf(*scene.fetch()), QByteArray("timeout"));
    }

    void closedPortIsRefused()
    {
        Scene scene;
        const https::Url url = scene.url();
        scene.server.close();
        const auto asking = scene.fetch(url);
        QCOMPARE(outcomeOf(*asking), QByteArray("refused"));
        QVERIFY(!responseOf(*asking).tls.has_value());
    }

    void ipv4IsTriedWhereIpv6Fails()
    {
        Scene scene;
        scene.zone->add(std::string(Host) + " AAAA ::1"); // nobody listens there
        const auto asking = scene.fetch();
        QCOMPARE(outcomeOf(*asking), QByteArray("answered"));
        QCOMPARE(responseOf(*asking).address.value().toString(), "127.0.0.1");
        QCOMPARE(asking->log.size(), std::size_t(2));
        QCOMPARE(asking->log[0].server, QStringLiteral("[::1]:%1").arg(scene.server.serverPort()));
        QVERIFY(asking->log[0].outcome == FactOutcome(Outcome::Refused));
        QVERIFY(asking->log[0].note.contains(asking->log[1].server));
        QCOMPARE(asking->log[1].attempt, 2);
    }

    void silentAddressIsLeftForTheNext()
    {
        Scene scene;
        TestHttpsServer silent(Scene::authority().issue(wishFor({Host})),
                               QHostAddress(QStringLiteral("127.0.0.2")));
        silent.close();
        QVERIFY(silent.listen(QHostAddress(QStringLiteral("127.0.0.2")), scene.server.serverPort()));
        silent.setManner({Kind::Silence, {}});
        scene.zone->remove(name(Host), dns::RrType::A);
        scene.zone->add(std::string(Host) + " A 127.0.0.2");
        scene.zone->add(std::string(Host) + " A 127.0.0.1");
        scene.zone->add(std::string(Host) + " A 127.0.0.3"); // one more than is tried
        scene.options.patience = 60ms;
        const auto asking = scene.fetch();
        QCOMPARE(outcomeOf(*asking), QByteArray("answered"));
        QCOMPARE(responseOf(*asking).address.value().toString(), "127.0.0.1");
        QVERIFY(asking->log[0].outcome == FactOutcome(Outcome::Timeout));
    }

    void lastAddressHasAllTheTimeThatIsLeft()
    {
        Scene scene;
        scene.zone->add(std::string(Host) + " AAAA ::1"); // nobody listens there
        scene.server.setManner({Kind::Silence, {}});
        scene.options.patience = 20ms; // of the first, which is over at once
        scene.options.timeout = 200ms;
        const auto asking = scene.fetch();
        QCOMPARE(outcomeOf(*asking), QByteArray("timeout"));
        QCOMPARE(asking->log.size(), std::size_t(2));
        QVERIFY2(!responseOf(*asking).detail.ends_with(" 20 ms"), responseOf(*asking).detail.c_str());
    }

    void privateAddressesAreNotConnectedTo_data()
    {
        QTest::addColumn<QString>("record");
        for (const char *record :
             {"A 127.0.0.1", "A 10.1.2.3", "A 192.168.0.1", "A 172.16.5.5", "A 169.254.169.254", "A 0.0.0.0",
              "A 224.0.0.1", "A 255.255.255.255", "A 100.64.0.1", "AAAA ::1", "AAAA ::", "AAAA fe80::1",
              "AAAA fc00::1", "AAAA ff02::1", "AAAA ::ffff:127.0.0.1", "AAAA 64:ff9b::10.0.0.1",
              "AAAA 2002:7f00:1::"})
            QTest::newRow(record) << QString::fromLatin1(record);
    }
    void privateAddressesAreNotConnectedTo()
    {
        QFETCH(QString, record);
        Scene scene;
        scene.options.allowPrivate = false;
        scene.zone->remove(name(Host), dns::RrType::A);
        scene.zone->add(std::string(Host) + ' ' + record.toStdString());
        const auto asking = scene.fetch();
        QCOMPARE(outcomeOf(*asking), QByteArray("private-address"));
        QVERIFY(!responseOf(*asking).detail.empty());
        QCOMPARE(asking->log.size(), std::size_t(1));
        QVERIFY(asking->log[0].server.isEmpty());
        QCOMPARE(scene.server.connections(), 0);
    }

    void hostWithoutAddressIsTold()
    {
        Scene scene;
        scene.zone->remove(name(Host), dns::RrType::A);
        QCOMPARE(outcomeOf(*scene.fetch()), QByteArray("no-address"));
        scene.zone->fail({name(Host), dns::RrType::A}, dns::Outcome::ServerFailure);
        QCOMPARE(outcomeOf(*scene.fetch()), QByteArray("lookup-failed"));
        // One family is enough.
        scene.zone->fail({name(Host), dns::RrType::AAAA}, dns::Outcome::ServerFailure);
    }

    void oneFamilyIsEnough()
    {
        Scene scene;
        scene.zone->fail({name(Host), dns::RrType::AAAA}, dns::Outcome::ServerFailure);
        QCOMPARE(outcomeOf(*scene.fetch()), QByteArray("answered"));
    }

    void samePageAskedForTwiceIsFetchedOnce()
    {
        Scene scene;
        const auto first = ask(scene.gatherer(), scene.url());
        const auto second = ask(scene.gatherer(), scene.url());
        const auto other = ask(scene.gatherer(), scene.url("/other"));
        QVERIFY(waitFor([&] { return first->isDone() && second->isDone() && other->isDone(); }));
        QCOMPARE(scene.server.requests().size(), std::size_t(2));
        QCOMPARE(first->answers, 1);
        QCOMPARE(responseOf(*first), responseOf(*second));
        QCOMPARE(second->log.size(), std::size_t(1));
    }

    void fetchesAtOnceAreBounded()
    {
        Scene scene;
        scene.options.maxInFlight = 1;
        std::vector<std::shared_ptr<Asking>> all;
        for (int i = 0; i < 5; ++i)
            all.push_back(ask(scene.gatherer(), scene.url('/' + std::to_string(i))));
        scene.gatherer().cancel(all[1]->ticket);
        scene.gatherer().cancel(all[0]->ticket);
        QVERIFY(waitFor([&] { return all[2]->isDone() && all[3]->isDone() && all[4]->isDone(); }));
        QVERIFY(!all[0]->isDone() && !all[1]->isDone());
    }

    void cancelledFetchIsForgottenAndAskedAnew()
    {
        Scene scene;
        scene.server.setManner({Kind::Silence, {}});
        const auto first = ask(scene.gatherer(), scene.url());
        QVERIFY(waitFor([&] { return scene.server.connections() == 1; }));
        scene.gatherer().cancel(first->ticket);
        scene.gatherer().cancel(first->ticket);
        scene.server.setManner({Kind::Answer, TestHttpsServer::response(200, "", "new")});
        const auto second = scene.fetch();
        QCOMPARE(responseOf(*second).body, "new");
        QVERIFY(!first->isDone());
    }

    void gathererMayGoAtAnyTime()
    {
        for (const bool isHandshaking : {false, true}) {
            Scene scene;
            auto dns = std::make_unique<ZoneGatherer>(scene.zone);
            auto gatherer = std::make_unique<gather::HttpsGatherer>(*dns, scene.options);
            scene.server.setManner({Kind::Silence, {}});
            const auto asking = ask(*gatherer, scene.url());
            if (isHandshaking)
                QVERIFY(waitFor([&] { return scene.server.connections() == 1; }));
            gatherer.reset();
            QVERIFY(!asking->isDone());
        }
        Scene scene;
        ZoneGatherer dns(scene.zone);
        auto *gatherer = new gather::HttpsGatherer(dns, scene.options);
        const QPointer<gather::Gatherer> alive(gatherer);
        gatherer->ask(scene.url(), [gatherer](const Fact &) { delete gatherer; });
        QVERIFY(waitFor([&] { return alive.isNull(); }));
    }

    void addressesComeOverOurResolver()
    {
        Scene scene;
        TestDnsServer dnsServer(*scene.zone);
        gather::GathererOptions dnsOptions;
        dnsOptions.resolvers = {dnsServer.resolver()};
        gather::DnsGatherer dns(dnsOptions);
        gather::HttpsGatherer gatherer(dns, scene.options);
        const auto asking = ask(gatherer, scene.url());
        QVERIFY(waitFor([&] { return asking->isDone(); }));
        QCOMPARE(outcomeOf(*asking), QByteArray("answered"));
        QCOMPARE(dnsServer.timesAsked({name(Host), dns::RrType::A}), 1);
        QCOMPARE(dnsServer.timesAsked({name(Host), dns::RrType::AAAA}), 1);
    }
};

QTEST_GUILESS_MAIN(TestHttpsGatherer)
#include "tst_https_gatherer.moc"
