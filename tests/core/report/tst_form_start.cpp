// SPDX-License-Identifier: Apache-2.0
// Where the forms begin for a domain that publishes something already, and what becomes of that.
#include "report/form_start.h"

#include "fixes/change.h"
#include "support/zone.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;

namespace
{

const DomainName Domain = tests::name("example.com");

struct Inspected {
    FactStore facts;
    Report report;
};

Inspected inspected(const Zone &zone)
{
    Inspected inspected;
    spf::RecordCache records;
    for (;;) {
        inspected.report = inspect(Domain, inspected.facts, records, {});
        if (inspected.report.needed.empty())
            return inspected;
        for (const FactKey &key : inspected.report.needed)
            inspected.facts.put(zone.fact(key));
    }
}

Zone zoneWith(const QString &owner, const QString &text)
{
    Zone zone;
    zone.add("example.com A 192.0.2.1");
    zone.add({tests::name(owner.toStdString()), dns::RrType::TXT, 300, fixes::txtData(text.toStdString())});
    return zone;
}

} // namespace

class TestFormStart : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// Whoever opens a form and changes nothing gets a record, and no complaint.
    void everySoundRecordIsABeginningThatCanBeBuilt_data()
    {
        QTest::addColumn<QString>("form");
        QTest::addColumn<QString>("owner");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("leftOut"); // a part of the one sentence; empty: nothing is
        const auto row = [](const char *form, const char *owner, const char *text, const char *leftOut = "") {
            QTest::newRow(text) << form << owner << text << leftOut;
        };
        row("spf", "example.com", "v=spf1 -all");
        row("spf", "example.com", "V=SPF1 MX a:mail.example.com/24//64 include:_spf.example.net ~all");
        row("spf", "example.com", "v=spf1 exists:%{i}._spf.%{d} redirect=_spf.example.net");
        row("spf", "example.com", "v=spf1 ptr -all", "\"ptr\"");
        row("dmarc", "_dmarc.example.com", "v=DMARC1; p=none");
        row("dmarc", "_dmarc.example.com", "v=DMARC1; p=none; rua=mailto:a@example.com; fo=1", "without ruf");
        row("dmarc", "_dmarc.example.com", "v=DMARC1; p=none; ruf=mailto:a@example.com; fo=1 : d : s");
        row("dmarc", "_dmarc.example.com", "v=DMARC1; p=none; ruf=mailto:a@example.com; fo=D");
        row("dmarc", "_dmarc.example.com", "v=DMARC1; p=none; ruf=mailto:a@example.com; fo=2", "fo");
        row("dmarc", "_dmarc.example.com", "v=DMARC1; p=none; rua=mailto:a@example.com!10m", "size");
        row("dmarc", "_dmarc.example.com",
            "v=DMARC1; p=reject; rua=mailto:a%2Bb@example.com,mailto:c@example.com");
        row("dmarc", "_dmarc.example.com", "v=DMARC1; p=none; pct=50", "pct");
        row("tls-rpt", "_smtp._tls.example.com",
            "v=TLSRPTv1; rua=https://example.com/r,mailto:a%2Bb@example.com");
    }
    void everySoundRecordIsABeginningThatCanBeBuilt()
    {
        QFETCH(QString, form);
        QFETCH(QString, owner);
        QFETCH(QString, text);
        QFETCH(QString, leftOut);
        const builders::Form &built = *builders::findForm(form.toStdString());
        const Inspected known = inspected(zoneWith(owner, text));
        const FormStart start = startOf(built, known.report);
        const builders::BuildResult result = built.build(Domain, start.choices);
        QVERIFY2(result, result ? "" : result.error().sentence.c_str());
        QCOMPARE(start.leftOut.size(), std::size_t(leftOut.isEmpty() ? 0 : 1));
        if (!leftOut.isEmpty())
            QVERIFY2(QString::fromStdString(start.leftOut[0]).contains(leftOut), start.leftOut[0].c_str());
    }

    void aNewRecordTakesThePlaceOfTheOneOfItsProtocol_data()
    {
        QTest::addColumn<QString>("owner");
        QTest::addColumn<QString>("today");
        QTest::addColumn<QString>("then");
        QTest::addColumn<bool>("isReplaced");
        const auto row = [](const char *owner, const char *today, const char *then, bool isReplaced) {
            QTest::newRow(today) << owner << today << then << isReplaced;
        };
        row("example.com", "v=spf1 a -all", "v=spf1 -all", true);
        row("example.com", "V=SPF1 a -all", "v=spf1 -all", true);
        row("example.com", "v=spf1", "v=spf1 -all", true);
        row("example.com", "site-verification=1", "v=spf1 -all", false);
        row("example.com", "v=spf2 -all", "v=spf1 -all", false);
        row("_dmarc.example.com", "v=DMARC1;p=none", "v=DMARC1; p=reject", true);
        row("_dmarc.example.com", "v = DMARC1 ; p=none", "v=DMARC1; p=reject", true);
        row("_dmarc.example.com", "v=dmarc1; p=none", "v=DMARC1; p=reject", true);
        row("s._domainkey.example.com", "p=", "v=DKIM1; p=abc", true);
        row("s._domainkey.example.com", "k=rsa; p=abc", "v=DKIM1; p=", true);
        row("s._domainkey.example.com", "v=DKIM1; p=abc", "v=DKIM1; p=", true);
    }
    void aNewRecordTakesThePlaceOfTheOneOfItsProtocol()
    {
        QFETCH(QString, owner);
        QFETCH(QString, today);
        QFETCH(QString, then);
        QFETCH(bool, isReplaced);
        const Zone zone = zoneWith(owner, today);
        FactStore facts;
        const DomainName name = tests::name(owner.toStdString());
        facts.put(zone.fact(dns::Question{name, dns::RrType::TXT}));
        fixes::RecordChange fresh;
        fresh.name = name;
        fresh.after = fixes::txtData(then.toStdString());
        const auto changes = inPlace({fresh}, facts);
        QCOMPARE(changes.size(), std::size_t(1));
        const auto &change = std::get<fixes::RecordChange>(changes[0]);
        QCOMPARE(change.before.has_value(), isReplaced);
        QCOMPARE(fixes::recordSets(changes, facts)[0].after.size(), std::size_t(isReplaced ? 1 : 2));
    }
};

QTEST_GUILESS_MAIN(TestFormStart)
#include "tst_form_start.moc"
