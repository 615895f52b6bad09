// SPDX-License-Identifier: Apache-2.0
#include "facts/fact_json.h"
#include "facts/fact_store.h"
#include "support/cases.h"
#include "support/random_facts.h"
#include "support/zone.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <algorithm>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace std::chrono_literals;
using dns::Outcome;
using dns::RrType;

namespace
{

Fact factOf(const char *domain, RrType type, Outcome outcome, const char *from = "")
{
    Fact fact;
    fact.dns() = dns::emptyAnswer({name(domain), type}, outcome);
    fact.from = from;
    return fact;
}

QStringList textsOf(const std::vector<FactKey> &keys)
{
    QStringList texts;
    for (const FactKey &key : keys)
        texts.append(visible(toString(key)));
    return texts;
}

QStringList textsOf(const std::vector<FactPointer> &facts)
{
    QStringList texts;
    for (const FactPointer &fact : facts)
        texts.append(visible(toString(fact->key())));
    return texts;
}

} // namespace

class TestFactStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void factIsFoundByItsKey()
    {
        FactStore store;
        QVERIFY(store.isEmpty());
        store.put(factOf("a.example", RrType::TXT, Outcome::NoData));
        QVERIFY(store.contains(dns::Question{name("A.EXAMPLE"), RrType::TXT}));
        QVERIFY(!store.contains(dns::Question{name("a.example"), RrType::MX}));
        QVERIFY(!store.contains(dns::Question{name("b.example"), RrType::TXT}));
        QVERIFY(store.find(dns::Question{name("a.example"), RrType::TXT})->dns().outcome == Outcome::NoData);
        QVERIFY(!store.find(name("a.example"), RrType::MX));
    }

    void newerFactTakesThePlaceOfTheOlder()
    {
        FactStore store;
        store.put(factOf("a.example", RrType::TXT, Outcome::Timeout));
        const FactPointer before = *store.find(name("a.example"), RrType::TXT);
        store.put(factOf("a.example", RrType::TXT, Outcome::NoData));
        QCOMPARE(store.size(), std::size_t(1));
        QVERIFY(store.find(dns::Question{name("a.example"), RrType::TXT})->dns().outcome == Outcome::NoData);
        QVERIFY(before->dns().outcome == Outcome::Timeout); // who holds it keeps it
    }

    void orderOfArrivalLeavesNoTrace()
    {
        Random random(2308);
        std::vector<Fact> facts;
        FactStore one;
        for (int i = 0; i < 200; ++i) {
            facts.push_back(randomFact(random));
            if (one.contains(facts.back().key()))
                facts.pop_back();
            else
                one.put(facts.back());
        }
        std::reverse(facts.begin(), facts.end());
        FactStore other;
        for (const Fact &fact : facts)
            other.put(fact);
        QVERIFY(one == other);
        const auto sorted = other.sorted();
        QCOMPARE(sorted.size(), facts.size());
        QVERIFY(std::is_sorted(sorted.begin(), sorted.end(),
                               [](const Fact *a, const Fact *b) { return a->key() < b->key(); }));
        Fact changed = facts.front();
        changed.from += 'x';
        other.put(changed);
        QVERIFY(!(one == other));
    }

    void readerNotesWhatIsMissingOnceAndInOrder()
    {
        const FactStore store;
        FactReader reader(store);
        QVERIFY(!reader.dns(name("b.example"), RrType::TXT));
        QVERIFY(!reader.dns(name("a.example"), RrType::MX));
        QVERIFY(!reader.dns(name("B.example"), RrType::TXT));
        QVERIFY(!reader.dns(name("b.example"), RrType::A));
        QCOMPARE(textsOf(reader.needed()),
                 (QStringList{QStringLiteral("TXT b.example"), QStringLiteral("MX a.example"),
                              QStringLiteral("A b.example")}));
        QVERIFY(reader.used().empty());
    }

    void readerNotesWhatWasUsedOnceAndInOrder()
    {
        FactStore store;
        store.put(factOf("a.example", RrType::TXT, Outcome::NoData));
        store.put(factOf("b.example", RrType::TXT, Outcome::NxDomain));
        store.put(factOf("c.example", RrType::TXT, Outcome::NoData));
        FactReader reader(store);
        QVERIFY(reader.dns(name("b.example"), RrType::TXT)->outcome == Outcome::NxDomain);
        QVERIFY(reader.dns(name("a.example"), RrType::TXT)->outcome == Outcome::NoData);
        QVERIFY(reader.dns(name("b.example"), RrType::TXT));
        QCOMPARE(textsOf(reader.used()),
                 (QStringList{QStringLiteral("TXT b.example"), QStringLiteral("TXT a.example")}));
        QVERIFY(reader.needed().empty());
    }

    void failureIsAFactAndNotMissing()
    {
        FactStore store;
        store.put(factOf("a.example", RrType::TXT, Outcome::Timeout));
        FactReader reader(store);
        QVERIFY(reader.dns(name("a.example"), RrType::TXT));
        QVERIFY(reader.needed().empty());
    }

    void answersLiveAsLongAsTheSource()
    {
        FactStore store;
        Random random(7);
        store.put(factOf("first.example", RrType::TXT, Outcome::NoData, "first"));
        FactReader reader(store);
        const dns::Answer *first = reader.dns(name("first.example"), RrType::TXT);
        for (int i = 0; i < 1000; ++i)
            store.put(randomFact(random));
        QCOMPARE(first, reader.dns(name("first.example"), RrType::TXT));
        QVERIFY(first->outcome == Outcome::NoData);
    }

    void overlayAnswersOnlyForWhatWasEdited()
    {
        FactStore store;
        store.put(factOf("a.example", RrType::TXT, Outcome::NoData));
        store.put(factOf("b.example", RrType::TXT, Outcome::NoData));
        FactReader reader(store);
        Overlay overlay(reader);
        overlay.put(dns::emptyAnswer({name("a.example"), RrType::TXT}, Outcome::NxDomain));
        overlay.put(dns::emptyAnswer({name("new.example"), RrType::TXT}, Outcome::Refused));
        QVERIFY(overlay.dns(name("a.example"), RrType::TXT)->outcome == Outcome::NxDomain);
        QVERIFY(overlay.dns(name("new.example"), RrType::TXT)->outcome == Outcome::Refused);
        QVERIFY(overlay.dns(name("b.example"), RrType::TXT)->outcome == Outcome::NoData);
        QVERIFY(!overlay.dns(name("a.example"), RrType::MX));
        // What was edited need not be gathered.
        QCOMPARE(textsOf(reader.needed()), QStringList(QStringLiteral("MX a.example")));
        QCOMPARE(textsOf(reader.used()), QStringList(QStringLiteral("TXT b.example")));
        overlay.put(dns::emptyAnswer({name("a.example"), RrType::TXT}, Outcome::NoData));
        QVERIFY(overlay.dns(name("a.example"), RrType::TXT)->outcome == Outcome::NoData);
    }

    void overlaysCanBeStacked()
    {
        const FactStore store;
        FactReader reader(store);
        Overlay lower(reader);
        lower.put(dns::emptyAnswer({name("a.example"), RrType::TXT}, Outcome::NoData));
        lower.put(dns::emptyAnswer({name("b.example"), RrType::TXT}, Outcome::NoData));
        Overlay upper(static_cast<FactSource &>(lower));
        upper.put(dns::emptyAnswer({name("a.example"), RrType::TXT}, Outcome::NxDomain));
        QVERIFY(upper.dns(name("a.example"), RrType::TXT)->outcome == Outcome::NxDomain);
        QVERIFY(upper.dns(name("b.example"), RrType::TXT)->outcome == Outcome::NoData);
        QVERIFY(reader.needed().empty());
    }

    void anyFactSurvivesItsJson()
    {
        Random random(20261121);
        for (int round = 0; round < 5000; ++round) {
            const Fact fact = randomFact(random);
            const std::string text = factToJson(fact).dump();
            const auto again = factFromJson(nlohmann::ordered_json::parse(text));
            QVERIFY2(again, text.c_str());
            QVERIFY2(*again == fact, text.c_str());
        }
    }

    void timeIsWrittenAndReadAsRfc3339_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(*text ? text : "empty")
                << QString::fromLatin1(text) << QString::fromLatin1(expected);
        };
        row("2026-11-21T12:31:07Z", "2026-11-21T12:31:07Z");
        row("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z");
        row("2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.999Z");
        row("2026-11-21T12:31:07.5Z", "2026-11-21T12:31:07.500Z");
        row("2026-11-21T12:31:07.0019Z", "2026-11-21T12:31:07.001Z");
        row("1969-12-31T23:59:59.900Z", "1969-12-31T23:59:59.900Z");
        row("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"); // a leap second
        row("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z");
        for (const char *bad :
             {"", "9999-12-31T23:59:60Z", "2026-11-21", "2026-11-21T12:31:07", "2026-11-21 12:31:07Z",
              "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z",
              "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z", "2026-01-01T00:00:00Zx",
              "2026-01-01T00:00:00+01:00", "26-01-01T00:00:00Z", "+026-01-01T00:00:00Z",
              "2026-1-01T00:00:00Z", "2026-01-01T0:00:00Z"})
            row(bad, "none");
    }
    void timeIsWrittenAndReadAsRfc3339()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const auto time = timestampFromRfc3339(text.toStdString());
        QCOMPARE(time ? visible(toRfc3339(*time)) : QStringLiteral("none"), expected);
    }
};

QTEST_APPLESS_MAIN(TestFactStore)
#include "tst_fact_store.moc"
