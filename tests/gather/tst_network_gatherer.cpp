// SPDX-License-Identifier: Apache-2.0
#include "gather/network_gatherer.h"

#include "support/asking.h"
#include "support/wait.h"
#include "support/zone_gatherer.h"

#include <QPointer>
#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;

namespace
{

std::shared_ptr<const Zone> smallZone()
{
    auto zone = std::make_shared<Zone>();
    zone->add("example.com TXT \"v=spf1 -all\"");
    https::Response page;
    page.url = *https::Url::parse("https://example.com/page");
    page.outcome = https::Outcome::Answered;
    page.status = 200;
    zone->add(page);
    smtp::Session session;
    session.target.host = name("mx.example.com");
    session.outcome = smtp::Outcome::Refused;
    zone->add(session);
    return zone;
}

const FactKey Question = dns::Question{name("example.com"), dns::RrType::TXT};
const FactKey Page = *https::Url::parse("https://example.com/page");

FactKey mailHost()
{
    smtp::Target target;
    target.host = name("mx.example.com");
    return target;
}

} // namespace

class TestNetworkGatherer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachKindGoesToItsGatherer()
    {
        auto dns = std::make_unique<ZoneGatherer>(smallZone());
        auto https = std::make_unique<ZoneGatherer>(smallZone());
        auto smtp = std::make_unique<ZoneGatherer>(smallZone());
        ZoneGatherer &ofDns = *dns;
        ZoneGatherer &ofHttps = *https;
        ZoneGatherer &ofSmtp = *smtp;
        gather::NetworkGatherer gatherer(std::move(dns), std::move(https), std::move(smtp));
        const auto page = ask(gatherer, Page);
        const auto greeting = ask(gatherer, mailHost());
        const auto text = ask(gatherer, Question);
        QCOMPARE(ofDns.waiting(), std::size_t(1));
        QCOMPARE(ofHttps.waiting(), std::size_t(1));
        QCOMPARE(ofSmtp.waiting(), std::size_t(1));
        QVERIFY(waitFor([&] { return page->isDone() && greeting->isDone() && text->isDone(); }));
        QVERIFY(page->fact->key() == Page);
        QVERIFY(greeting->fact->key() == mailHost());
        QVERIFY(text->fact->key() == Question);
        QCOMPARE(page->log.size(), std::size_t(1)); // the log passes through
        QVERIFY(gatherer.context().inspectedAt == ofDns.context().inspectedAt);
    }

    void kindWithoutAGathererIsLeftOut()
    {
        gather::NetworkGatherer gatherer(std::make_unique<ZoneGatherer>(smallZone()), nullptr, nullptr);
        const auto page = ask(gatherer, Page);
        const auto greeting = ask(gatherer, mailHost());
        QVERIFY(!page->isDone()); // never from within ask()
        QVERIFY(waitFor([&] { return page->isDone() && greeting->isDone(); }));
        QVERIFY(page->fact->outcome() == FactOutcome(https::Outcome::LeftOut));
        QVERIFY(page->fact->key() == Page);
        QVERIFY(greeting->fact->outcome() == FactOutcome(smtp::Outcome::LeftOut));
        QVERIFY(greeting->fact->key() == mailHost());
        QVERIFY(page->log.empty());
    }

    void cancelReachesTheRightOne()
    {
        auto dns = std::make_unique<ZoneGatherer>(smallZone());
        auto https = std::make_unique<ZoneGatherer>(smallZone());
        ZoneGatherer &ofDns = *dns;
        ZoneGatherer &ofHttps = *https;
        gather::NetworkGatherer gatherer(std::move(dns), std::move(https), nullptr);
        const auto page = ask(gatherer, Page);     // the first ticket of its own gatherer
        const auto text = ask(gatherer, Question); // and so is this
        const auto greeting = ask(gatherer, mailHost());
        gatherer.cancel(page->ticket);
        gatherer.cancel(greeting->ticket);
        gatherer.cancel(4711);
        QCOMPARE(ofHttps.waiting(), std::size_t(0));
        QCOMPARE(ofDns.waiting(), std::size_t(1));
        QVERIFY(waitFor([&] { return text->isDone(); }));
        QCoreApplication::processEvents();
        QVERIFY(!page->isDone());
        QVERIFY(!greeting->isDone());
    }

    void gatheredFactsAreAnnounced()
    {
        auto dns = std::make_unique<ZoneGatherer>(smallZone());
        ZoneGatherer &ofDns = *dns;
        gather::NetworkGatherer gatherer(std::move(dns), nullptr, nullptr);
        int announced = 0;
        connect(&gatherer, &gather::Gatherer::gathered, &gatherer, [&] { ++announced; });
        Q_EMIT ofDns.gathered(smallZone()->fact(Question));
        QCOMPARE(announced, 1);
    }

    void gathererMayGoInACallback()
    {
        for (const FactKey &key : {Question, Page}) {
            auto *gatherer =
                new gather::NetworkGatherer(std::make_unique<ZoneGatherer>(smallZone()), nullptr, nullptr);
            const QPointer<gather::Gatherer> alive(gatherer);
            if (key == Question) // the zone's gatherer must outlive its own callback
                gatherer->ask(key, [gatherer](const Fact &) { gatherer->deleteLater(); });
            else
                gatherer->ask(key, [gatherer](const Fact &) { delete gatherer; });
            QVERIFY(waitFor([&] { return alive.isNull(); }));
        }
    }
};

QTEST_GUILESS_MAIN(TestNetworkGatherer)
#include "tst_network_gatherer.moc"
