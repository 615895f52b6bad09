// SPDX-License-Identifier: Apache-2.0
#include "models/findings_filter.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::ui;

class FindingsFilterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aQueryKeepsWhatItMatches_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char *query, bool matches) {
            QTest::newRow(query) << QString::fromLatin1(query) << matches;
        };
        row("", true);
        row("sev>=medium", true);
        row("sev>=critical", false);
        row("SEV>Low", true);
        row("sev<high", false);
        row("sev=high", true);
        row("sev==high && area==spf", true);
        row("sev!=high", false);
        row("area==mx", false);
        row("area!=mx", true);
        row("id:lookups", true);
        row("id==void", false);
        row("include", true);
        row("include:_spf.example.net", true);
        row("sev>=medium nothing", false);
    }
    void aQueryKeepsWhatItMatches()
    {
        QFETCH(QString, query);
        QFETCH(bool, matches);
        const auto parsed = FindingsQuery::parse(query);
        QVERIFY(parsed);
        QCOMPARE(parsed->matches(Severity::High, QStringLiteral("spf"), QStringLiteral("spf.lookups.over"),
                                 QStringLiteral("High\nSPF uses 12 look-ups\ninclude:_spf.example.net")),
                 matches);
    }
    void aQueryThatCannotBeReadSaysWhy_data()
    {
        QTest::addColumn<QString>("query");
        for (const char *query : {"sev>=loud", "sev>=", "colour>=red", "area>=spf", "id:"})
            QTest::newRow(query) << QString::fromLatin1(query);
    }
    void aQueryThatCannotBeReadSaysWhy()
    {
        QFETCH(QString, query);
        const auto parsed = FindingsQuery::parse(query);
        QVERIFY(!parsed);
        QVERIFY(parsed.error().endsWith(QLatin1Char('.')));
    }
};

QTEST_MAIN(FindingsFilterTest)
#include "tst_findings_filter.moc"
