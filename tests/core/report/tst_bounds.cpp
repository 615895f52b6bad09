// SPDX-License-Identifier: Apache-2.0
// What a hostile domain can make a report hold: where a list is cut, the report says so.
#include "report/dependencies.h"
#include "report/not_known.h"
#include "report/outline.h"
#include "support/zone.h"

#include <QTest>

#include <set>

using namespace mailoscope;
using namespace mailoscope::tests;

namespace
{

const DomainName Domain = tests::name("example.com");

Report inspected(const Zone &zone)
{
    FactStore store;
    spf::RecordCache records;
    for (;;) {
        Report report = inspect(Domain, store, records, {});
        if (report.needed.empty())
            return report;
        for (const FactKey &key : report.needed)
            store.put(zone.fact(key));
    }
}

void addText(Zone &zone, const std::string &owner, const std::string &text)
{
    zone.add({tests::name(owner), dns::RrType::TXT, 300, dns::TxtData{{text}}});
}

bool hasNote(const Outline &outline, const char *part)
{
    return std::any_of(outline.notes.begin(), outline.notes.end(),
                       [part](const std::string &note) { return note.find(part) != std::string::npos; });
}

std::size_t rowsOf(const Outline &outline, const std::string &id)
{
    for (const OutlineTable &table : outline.tables) {
        if (table.id == id)
            return table.rows.size();
    }
    return 0;
}

} // namespace

class TestBounds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void dependenciesAreCutAndTheCutIsTold_data()
    {
        QTest::addColumn<int>("servers");
        QTest::addColumn<int>("targets");
        QTest::newRow("three") << 3 << 3;
        QTest::newRow("as many as are looked at") << 256 << 256;
        QTest::newRow("one more") << 257 << 256;
        QTest::newRow("a thousand") << 1000 << 256;
    }
    void dependenciesAreCutAndTheCutIsTold()
    {
        QFETCH(int, servers);
        QFETCH(int, targets);
        Zone zone;
        zone.add("example.com SOA a b 1 2 3 4 5");
        for (int i = 0; i < servers; ++i)
            zone.add("example.com NS ns" + std::to_string(i) + ".example.net");
        const Report report = inspected(zone);
        QCOMPARE(report.takeover.targets.size(), std::size_t(targets));
        QCOMPARE(report.takeover.cut, servers > targets);
        QCOMPARE(hasNote(outlineOf(report, Section::Dns), "depends on more names"), servers > targets);
    }

    void whatFailedIsToldInItsOrderHoweverMuchItIs()
    {
        Zone zone;
        std::string record = "v=spf1";
        for (int i = 0; i < 2000; ++i) {
            const std::string host = "h" + std::to_string(i) + ".example.net";
            record += " a:" + host;
            zone.failOtherwise(tests::name(host), dns::Outcome::ServerFailure);
        }
        addText(zone, "example.com", record + " -all");
        zone.fail({tests::name("_dmarc.example.com"), dns::RrType::TXT}, dns::Outcome::ServerFailure);
        const NotKnown notKnown = notKnownOf(inspected(zone));
        QVERIFY(notKnown.askings.size() > 4000);
        for (std::size_t i = 0; i < 4000; ++i)
            QVERIFY2(notKnown.askings[i].find(".example.net: ") != std::string::npos,
                     notKnown.askings[i].c_str());
        QVERIFY2(notKnown.askings[4000].find("_dmarc.example.com") != std::string::npos,
                 notKnown.askings[4000].c_str());
    }

    void repetitionsCrowdOutNothing()
    {
        Zone zone;
        zone.add("example.com SOA a b 1 2 3 4 5");
        zone.add("example.com NS ns.example.net");
        std::string record = "v=spf1";
        for (int i = 0; i < 300; ++i)
            record += " include:_spf.example.org";
        addText(zone, "example.com", record + " -all");
        addText(zone, "_spf.example.org", "v=spf1 -all");
        std::set<std::string> names;
        for (const takeover::Dependency &dependency : dependenciesOf(inspected(zone)))
            names.insert(dependency.name.text());
        QVERIFY(names.contains("ns.example.net"));
        QVERIFY(names.contains("_spf.example.org"));
    }

    void outlinesAreCutAndTheCutIsTold_data()
    {
        QTest::addColumn<int>("tags");
        QTest::addColumn<int>("rows");
        QTest::newRow("two") << 2 << 2;
        QTest::newRow("a hundred") << 100 << 100;
        QTest::newRow("one more") << 101 << 100;
        QTest::newRow("a thousand") << 1000 << 100;
    }
    void outlinesAreCutAndTheCutIsTold()
    {
        QFETCH(int, tags);
        QFETCH(int, rows);
        Zone zone;
        std::string record = "v=DMARC1; p=none";
        for (int i = 2; i < tags; ++i)
            record += "; x" + std::to_string(i) + "=1";
        addText(zone, "_dmarc.example.com", record);
        const Outline outline = outlineOf(inspected(zone), Section::Dmarc);
        QCOMPARE(rowsOf(outline, "dmarc.tags"), std::size_t(rows));
        QCOMPARE(hasNote(outline, "of the record"), tags > rows);
    }

    void recordsAreCutAndTheCutIsTold_data()
    {
        QTest::addColumn<int>("records");
        QTest::addColumn<int>("shown");
        QTest::newRow("twelve") << 12 << 12;
        QTest::newRow("thirteen") << 13 << 12;
        QTest::newRow("a thousand") << 1000 << 12;
    }
    void recordsAreCutAndTheCutIsTold()
    {
        QFETCH(int, records);
        QFETCH(int, shown);
        Zone zone;
        zone.add("example.com MX 10 mail.example.net");
        zone.add("mail.example.net A 192.0.2.1");
        for (int i = 0; i < records; ++i)
            addText(zone, "_mta-sts.example.com", "v=STSv1; id=" + std::to_string(i));
        const Outline outline = outlineOf(inspected(zone), Section::MtaSts);
        QCOMPARE(outline.records.size(), std::size_t(shown));
        QCOMPARE(hasNote(outline, "not shown here"), records > shown);
    }
};

QTEST_APPLESS_MAIN(TestBounds)
#include "tst_bounds.moc"
