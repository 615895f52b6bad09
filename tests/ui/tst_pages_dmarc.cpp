// SPDX-License-Identifier: Apache-2.0
// The DMARC walk and the policy for another name.
#include "models/dmarc_walk_model.h"
#include "policy_question.h"
#include "support/rows.h"
#include "support/zone_gatherer.h"
#include "text/shown_string.h"
#include "ui/page_parts.h"
#include "widgets/dmarc_panel.h"
#include "widgets/dmarc_walk_view.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;

namespace
{

/// A domain's walk as text.
QString walkText(const Zone &zone, std::string_view domain)
{
    const auto report = reportOf(zone, domain);
    QString text;
    for (const WalkRow &row : rowsOf(report->dmarc.walk, report->dmarc.policy, report->dmarc.existence))
        text += textOf(row) + QLatin1Char('\n');
    return text;
}

} // namespace

class PagesDmarcTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theWalkTellsEachStepAndWhatCameOfIt()
    {
        const QString text = walkText(protectedZone(), "news.example.com");
        const QStringList rows = text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QVERIFY2(rows.size() == 5, qPrintable(text));
        QVERIFY2(rows[0].startsWith(
                     QStringLiteral("Step 1: _dmarc.news.example.com; Nothing: the name does not exist")),
                 qPrintable(text));
        QVERIFY2(rows[1].contains(QStringLiteral("A record without psd")), qPrintable(text));
        QVERIFY2(rows[1].endsWith(QStringLiteral("Organizational Domain; its record applies")),
                 qPrintable(text));
        QVERIFY2(rows[2].contains(QStringLiteral("nothing is above")), qPrintable(text));
        QVERIFY2(rows[3].startsWith(QStringLiteral("Organizational Domain: example.com")), qPrintable(text));
        QVERIFY2(rows[4].startsWith(QStringLiteral(
                     "Policy: quarantine; news.example.com has no record of its own, so "
                     "sp=quarantine in the record of the Organizational Domain example.com counts.")),
                 qPrintable(text));
    }

    void psdEndsTheWalkAndTheRestIsNotPartOfIt()
    {
        const Zone zone = zoneOf(R"(
a.b.example.com A 192.0.2.1
_dmarc.b.example.com TXT "v=DMARC1; p=none; psd=n"
_dmarc.example.com TXT "v=DMARC1; p=reject"
)");
        const QString text = walkText(zone, "a.b.example.com");
        QVERIFY2(text.contains(QStringLiteral("psd=n ends the walk")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("example.com, com; Not part of the walk")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("Organizational Domain: b.example.com")), qPrintable(text));
        const QString suffix = walkText(zoneOf(R"(
a.b.example A 192.0.2.1
_dmarc.example TXT "v=DMARC1; p=reject; psd=y"
)"),
                                        "a.b.example");
        QVERIFY2(suffix.contains(QStringLiteral("psd=y ends the walk")), qPrintable(suffix));
        QVERIFY2(suffix.contains(QStringLiteral("one label below example")), qPrintable(suffix));
    }

    void aLongNameSkipsSome()
    {
        const QString text = walkText(zoneOf("_dmarc.example.com TXT \"v=DMARC1; p=reject\"\n"),
                                      "a.b.c.d.e.f.g.h.i.example.com");
        QCOMPARE(text.count(QStringLiteral("Step ")), 8);
        QVERIFY2(text.contains(QStringLiteral("skipped")), qPrintable(text));
    }

    void whatIsNotKnownIsSaid()
    {
        Zone zone = protectedZone();
        zone.fail({name("_dmarc.news.example.com"), dns::RrType::TXT}, dns::Outcome::Timeout);
        const QString text = walkText(zone, "news.example.com");
        QVERIFY2(text.contains(QStringLiteral("Step 1: _dmarc.news.example.com; Not known")),
                 qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("Organizational Domain: not known")), qPrintable(text));
        const auto first = reportsOf(protectedZone(), "news.example.com").front();
        const std::vector<WalkRow> rows =
            rowsOf(first->dmarc.walk, first->dmarc.policy, first->dmarc.existence);
        QCOMPARE(rows.front().meaning, Meaning::Waiting);
        QCOMPARE(rows.back().meaning, Meaning::Waiting);
    }

    void theWalkIsTravelledByKeysAndCopied()
    {
        PolicyQuestion question;
        DmarcPanel panel(question);
        panel.resize(900, 700);
        panel.show();
        panel.showReport(reportOf(protectedZone(), "news.example.com"));
        auto &walk = find<DmarcWalkView>(panel, "dmarcWalk");
        const QAbstractItemModelTester tester(walk.model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(!walk.accessibleName().isEmpty());
        walk.setFocus();
        walk.setCurrentIndex(walk.model()->index(0, 0));
        QTest::keyClick(&walk, Qt::Key_Down);
        QCOMPARE(walk.currentIndex().row(), 1);
        QTest::keyClick(&walk, Qt::Key_End);
        QCOMPARE(walk.currentIndex().row(), 4);
        QTest::keySequence(&walk, QKeySequence::Copy);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("Policy: quarantine")));
        for (int row = 0; row < walk.model()->rowCount(); ++row) {
            const QModelIndex index = walk.model()->index(row, 0);
            QVERIFY(!index.data(Qt::AccessibleTextRole).toString().isEmpty());
            QVERIFY(index.data(Qt::ToolTipRole).toString().startsWith(QStringLiteral("<qt>")));
        }
        QTRY_VERIFY(walk.height() >= walk.sizeHint().height());
    }

    void markupInRecordsStaysText()
    {
        Zone zone;
        zone.add("_dmarc.example.com TXT \"v=DMARC1; p=reject; x=<b>&\\010bold</b>\"");
        const auto report = reportOf(zone, "example.com");
        DmarcWalkModel model;
        model.setRows(rowsOf(report->dmarc.walk, report->dmarc.policy, report->dmarc.existence));
        const QString tip = model.index(0).data(Qt::ToolTipRole).toString();
        QVERIFY(tip.contains(QStringLiteral("&lt;b&gt;")));
        QVERIFY(!model.index(0).data().toString().contains(QLatin1Char('\n')));
    }

    // ---- the policy for another name

    void thePolicyForAnotherNameIsToldWithItsReason_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("policy");
        QTest::addColumn<QString>("why");
        QTest::newRow("a name that exists") << "news.example.com"
                                            << "Mail from news.example.com: quarantine"
                                            << "sp=quarantine";
        QTest::newRow("a word alone") << "news"
                                      << "Mail from news.example.com: quarantine"
                                      << "sp=quarantine";
        QTest::newRow("no such name") << "Nobody.Example.com."
                                      << "Mail from nobody.example.com: reject"
                                      << "nobody.example.com does not exist, so np=reject";
        QTest::newRow("the domain") << "example.com"
                                    << "Mail from example.com: reject"
                                    << "a record of its own";
        QTest::newRow("an address") << "someone@news.example.com"
                                    << "Mail from news.example.com: quarantine"
                                    << "sp=quarantine";
        QTest::newRow("elsewhere") << "example.org"
                                   << "Mail from example.org: no policy"
                                   << "The name is not below example.com.";
    }
    void thePolicyForAnotherNameIsToldWithItsReason()
    {
        QFETCH(QString, typed);
        QFETCH(QString, policy);
        QFETCH(QString, why);
        const auto zone = std::make_shared<const Zone>(protectedZone());
        const auto gatherer = std::make_shared<ZoneGatherer>(zone);
        PolicyQuestion question;
        DmarcPanel panel(question);
        connect(&panel, &DmarcPanel::nameAsked, &question,
                [&](const DomainName &name) { question.ask(gatherer, name); });
        panel.show();
        panel.showReport(reportOf(*zone, "example.com"));
        gatherer->setHeld(true);
        QTest::keyClicks(&find<QLineEdit>(panel, "otherName"), typed);
        QTest::keyClick(&find<QLineEdit>(panel, "otherName"), Qt::Key_Return);
        QVERIFY(find<QLabel>(panel, "otherPolicy").text().endsWith(QStringLiteral("waiting")));
        gatherer->setHeld(false);
        QTRY_COMPARE(find<QLabel>(panel, "otherPolicy").text(), policy);
        QVERIFY2(find<QLabel>(panel, "otherWhy").text().contains(why),
                 qPrintable(find<QLabel>(panel, "otherWhy").text()));
        QVERIFY(find<DmarcWalkView>(panel, "otherWalk").isVisible());
        QTest::keyClicks(&find<QLineEdit>(panel, "otherName"), QStringLiteral("x"));
        QVERIFY(!find<DmarcWalkView>(panel, "otherWalk").isVisible());
    }

    void aNameThatIsNoneGetsOneSentence()
    {
        PolicyQuestion question;
        DmarcPanel panel(question);
        QSignalSpy asked(&panel, &DmarcPanel::nameAsked);
        panel.show();
        panel.showReport(reportOf(protectedZone(), "example.com"));
        for (const char *typed : {"", "a..b.example.com", "192.0.2.1", "<b>bad</b>.example.com"}) {
            find<QLineEdit>(panel, "otherName").setText(QString::fromLatin1(typed));
            find<QPushButton>(panel, "otherGo").click();
            const QLabel &label = find<QLabel>(panel, "otherPolicy");
            QVERIFY(label.isVisible());
            QVERIFY2(label.text().endsWith(QLatin1Char('.')), qPrintable(label.text()));
            QCOMPARE(label.textFormat(), Qt::PlainText);
        }
        QCOMPARE(asked.size(), 0);
    }

    void aFailedLookUpIsNotKnown()
    {
        Zone zone = protectedZone();
        zone.fail({name("_dmarc.news.example.com"), dns::RrType::TXT}, dns::Outcome::ServerFailure);
        const auto gatherer = std::make_shared<ZoneGatherer>(std::make_shared<const Zone>(zone));
        PolicyQuestion question;
        question.ask(gatherer, name("news.example.com"));
        QTRY_VERIFY(question.answer() && !question.answer()->policy.pending);
        const PolicyText text =
            policyTextOf(question.answer()->name, question.answer()->policy, question.answer()->existence);
        QCOMPARE(text.meaning, Meaning::Unknown);
        QVERIFY(text.word.isEmpty());
        // One that is forgotten leaves nothing behind.
        gatherer->setHeld(true);
        question.ask(gatherer, name("other.example.com"));
        QVERIFY(gatherer->waiting() > 0);
        question.clear();
        QCOMPARE(gatherer->waiting(), std::size_t(0));
    }
};

QTEST_MAIN(PagesDmarcTest)
#include "tst_pages_dmarc.moc"
