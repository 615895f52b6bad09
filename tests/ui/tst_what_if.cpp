// SPDX-License-Identifier: Apache-2.0
// Records are edited in the window, and the report follows; nothing of reality changes.
#include "models/sections_model.h"
#include "pages/section_page.h"
#include "pages/spf_page.h"
#include "support/zone_gatherer.h"
#include "ui/reports.h"
#include "ui/window_fixture.h"
#include "widgets/record_text.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTextEdit>
#include <QToolButton>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;

using State = Session::State;

namespace
{

Zone zone()
{
    Zone zone;
    zone.add("example.com MX 10 mail.example.com");
    zone.add("mail.example.com A 192.175.48.25");
    zone.add("mail.example.com TXT \"v=spf1 a -all\"");
    zone.add("25.48.175.192.in-addr.arpa PTR mail.example.com");
    zone.add("example.com TXT \"v=spf1 mx ip4:192.175.48.77/24 ~all\"");
    zone.add("example.com TXT \"site-verification=1\"");
    zone.add("_dmarc.example.com TXT \"v=DMARC1; p=none; rua=mailto:d@example.com; pct=100\"");
    return zone;
}

void chooseFinding(const WindowFixture &f, const QString &filter)
{
    f.find<QLineEdit>("findingsFilter").setText(filter);
    auto &table = f.find<QTableView>("findingsTable");
    QVERIFY(table.model()->rowCount() > 0);
    table.setCurrentIndex(table.model()->index(0, 0));
}

void chooseRecord(const WindowFixture &f, const QString &part)
{
    auto &records = f.find<QComboBox>("whatIfRecords");
    for (int i = 1; i < records.count(); ++i) {
        if (records.itemText(i).contains(part)) {
            records.setCurrentIndex(i);
            Q_EMIT records.activated(i);
            return;
        }
    }
    QFAIL(qPrintable(QStringLiteral("no such record: ") + part));
}

} // namespace

class TestWhatIf : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anEditChangesTheReportAndUndoTakesItBack()
    {
        InspectedWindow f(zone());
        f.find<QTabWidget>("tabs").setCurrentIndex(2);
        chooseRecord(f, QStringLiteral("v=DMARC1"));
        auto &after = f.find<QPlainTextEdit>("whatIfAfter");
        QVERIFY(after.toPlainText().startsWith(QStringLiteral("v=DMARC1; p=none")));
        after.setPlainText(QStringLiteral("v=DMARC1; p=reject; rua=mailto:d@example.com"));
        auto &effect = f.find<QTextEdit>("whatIfEffect");
        QTRY_VERIFY(effect.toPlainText().contains(QStringLiteral("protected then")));
        QVERIFY(effect.toPlainText().contains(QStringLiteral("Gone")));
        QVERIFY(f.message().contains(QStringLiteral("draft")));
        QCOMPARE(f.find<QTabWidget>("tabs").tabText(2), QStringLiteral("What if 1"));
        QVERIFY(f.window->session().report()->verdict.level == verdict::Level::Monitored);
        QTest::mouseClick(&f.find<QToolButton>("whatIfUndo"), Qt::LeftButton);
        QTRY_VERIFY(effect.toPlainText().contains(QStringLiteral("Edit a record")));
        QVERIFY(after.toPlainText().startsWith(QStringLiteral("v=DMARC1; p=none")));
        QTest::mouseClick(&f.find<QToolButton>("whatIfRedo"), Qt::LeftButton);
        QTRY_VERIFY(effect.toPlainText().contains(QStringLiteral("protected then")));
    }

    void aProvenFixIsTakenIntoTheDraftAndCopiedInThreeForms()
    {
        InspectedWindow f(zone());
        chooseFinding(f, QStringLiteral("spf.cidr.host-bits"));
        auto &words = f.find<QTextEdit>("findingWords");
        QVERIFY(!f.window->session().report()->fixes.empty());
        QVERIFY2(words.toPlainText().contains(QStringLiteral("Proven fix")), qPrintable(words.toPlainText()));
        QVERIFY(words.toPlainText().contains(QStringLiteral("{+ip4:192.175.48.0/24+}")));
        auto &form = f.find<QComboBox>("whatIfForm");
        const auto copied = [&](const char *option) {
            form.setCurrentIndex(form.findData(QString::fromLatin1(option)));
            QTest::mouseClick(&f.find<QToolButton>("copyFix"), Qt::LeftButton);
            return QGuiApplication::clipboard()->text();
        };
        const QString record = QStringLiteral("v=spf1 mx ip4:192.175.48.0/24 ~all");
        QVERIFY(copied("plain").contains(record));
        QVERIFY(copied("zone").contains(QStringLiteral("\"site-verification=1\""))); // the whole set
        QVERIFY(copied("nsupdate").contains(QStringLiteral("update add")));
        QTest::mouseClick(&f.find<QToolButton>("tryFix"), Qt::LeftButton);
        auto &effect = f.find<QTextEdit>("whatIfEffect");
        QTRY_VERIFY(effect.toPlainText().contains(QStringLiteral("Gone")));
        QCOMPARE(f.find<QPlainTextEdit>("whatIfAfter").toPlainText(), record);
    }

    void aNewRecordOnAnyNameCanBeTried()
    {
        InspectedWindow f(zone());
        f.find<QTabWidget>("tabs").setCurrentIndex(2);
        f.type("whatIfNewName", QStringLiteral("not..a name"));
        QTest::keyClick(&f.find<QLineEdit>("whatIfNewName"), Qt::Key_Return);
        QVERIFY(f.find<QWidget>("whatIfProblem").isVisible());
        f.type("whatIfNewName", QStringLiteral("_smtp._tls.example.com"));
        QTest::keyClick(&f.find<QLineEdit>("whatIfNewName"), Qt::Key_Return);
        QTest::keyClicks(&f.find<QPlainTextEdit>("whatIfAfter"),
                         QStringLiteral("v=TLSRPTv1; rua=mailto:t@example.com"));
        QTRY_VERIFY(f.find<QTextEdit>("whatIfEffect").toPlainText().contains(QStringLiteral("TLS")));
        f.find<QCheckBox>("whatIfReality").setChecked(true);
        QVERIFY(!f.message().contains(QStringLiteral("draft")));
    }

    void aDraftIsSavedAndOpenedAgain()
    {
        InspectedWindow f(zone());
        f.find<QTabWidget>("tabs").setCurrentIndex(2);
        chooseRecord(f, QStringLiteral("v=spf1 mx"));
        f.find<QPlainTextEdit>("whatIfAfter").setPlainText(QStringLiteral("v=spf1 -all"));
        f.toSave = f.path("try.mailoscope-draft");
        QTest::mouseClick(&f.find<QToolButton>("whatIfSaveDraft"), Qt::LeftButton);
        QVERIFY(QFile::exists(f.toSave));
        QTest::mouseClick(&f.find<QToolButton>("whatIfDiscard"), Qt::LeftButton);
        QCOMPARE(f.find<QListWidget>("whatIfEdits").count(), 0);
        f.toOpen = f.toSave;
        QTest::mouseClick(&f.find<QToolButton>("whatIfOpenDraft"), Qt::LeftButton);
        QCOMPARE(f.find<QListWidget>("whatIfEdits").count(), 1);
        QCOMPARE(f.find<QPlainTextEdit>("whatIfAfter").toPlainText(), QStringLiteral("v=spf1 -all"));
    }

    void aFixOfATtlAloneIsTried()
    {
        Zone slow = zone();
        slow.add("slow.example.com 1000000 TXT \"v=spf1 -all\"");
        slow.add("slow.example.com 300 MX 0 .");
        TestDnsServer server(slow);
        WindowFixture f(server.resolver());
        f.inspect(QStringLiteral("slow.example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        chooseFinding(f, QStringLiteral("dns.ttl.high"));
        QVERIFY(f.find<QTextEdit>("findingWords").toPlainText().contains(QStringLiteral("3,600 seconds")));
        QTest::mouseClick(&f.find<QToolButton>("tryFix"), Qt::LeftButton);
        auto &effect = f.find<QTextEdit>("whatIfEffect");
        QTRY_VERIFY(effect.toPlainText().contains(QStringLiteral("Gone")));
        QVERIFY(f.find<QListWidget>("whatIfEdits").item(0)->text().contains(QStringLiteral("TTL")));
        auto &ttl = f.find<QLineEdit>("whatIfTtl");
        QCOMPARE(ttl.text(), QStringLiteral("3600"));
        QVERIFY(ttl.placeholderText().contains(QStringLiteral("1,000,000")));
        // And by hand: what is no number changes nothing, and says so.
        f.type("whatIfTtl", QStringLiteral("x"));
        QVERIFY(f.find<QLabel>("whatIfReading").text().contains(QStringLiteral("3600")));
        f.type("whatIfTtl", QStringLiteral("2000000"));
        QTRY_VERIFY(!effect.toPlainText().contains(QStringLiteral("Gone")));
    }

    void aFixWithAPolicyFileIsTriedAndTheFileEdited()
    {
        Zone without = zone();
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = std::make_shared<ZoneGatherer>(std::make_shared<const Zone>(without));
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        chooseFinding(f, QStringLiteral("sts.missing"));
        QTest::mouseClick(&f.find<QToolButton>("tryFix"), Qt::LeftButton);
        auto &edits = f.find<QListWidget>("whatIfEdits");
        QCOMPARE(edits.count(), 2);
        auto &effect = f.find<QTextEdit>("whatIfEffect");
        QTRY_VERIFY(effect.toPlainText().contains(QStringLiteral("Gone")));
        edits.setCurrentRow(1);
        QVERIFY(edits.item(1)->text().contains(QStringLiteral("/.well-known/mta-sts.txt")));
        auto &after = f.find<QPlainTextEdit>("whatIfAfter");
        QVERIFY(after.toPlainText().startsWith(QStringLiteral("version: STSv1\nmode: testing\n")));
        after.setPlainText(after.toPlainText().replace(QStringLiteral("testing"), QStringLiteral("enforce")));
        after.moveCursor(QTextCursor::End);
        const int at = after.textCursor().position();
        QTest::keyClick(&after, Qt::Key_Return);
        QCOMPARE(after.textCursor().position(), at + 1);
        QTRY_VERIFY(!effect.toPlainText().contains(QStringLiteral("testing")));
        f.toSave = f.path("changes.txt");
        auto &form = f.find<QComboBox>("whatIfForm");
        form.setCurrentIndex(form.findData(QStringLiteral("zone")));
        QTest::mouseClick(&f.find<QToolButton>("whatIfSave"), Qt::LeftButton);
        QVERIFY(f.message().contains(QStringLiteral("changes.txt")));
        QFile saved(f.toSave);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        const QByteArray text = saved.readAll();
        QVERIFY(text.contains("v=STSv1"));
        QVERIFY(text.contains("mode: enforce"));
        QTest::mouseClick(&f.find<QToolButton>("whatIfDiscard"), Qt::LeftButton);
        QCOMPARE(edits.count(), 1);
    }

    void changesThatCannotBeSavedSayWhy()
    {
        TestDnsServer server(zone());
        WindowFixture f(server.resolver());
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        f.find<QTabWidget>("tabs").setCurrentIndex(2);
        QVERIFY(!f.find<QToolButton>("whatIfSave").isEnabled());
        chooseRecord(f, QStringLiteral("v=spf1 mx"));
        f.find<QPlainTextEdit>("whatIfAfter").setPlainText(QStringLiteral("v=spf1 -all"));
        auto &form = f.find<QComboBox>("whatIfForm");
        form.setCurrentIndex(form.findData(QStringLiteral("route53")));
        f.toSave = f.path("no/such/folder/changes.json");
        QTest::mouseClick(&f.find<QToolButton>("whatIfSave"), Qt::LeftButton);
        QCOMPARE(f.suggestedName, QStringLiteral("example.com.json"));
        QVERIFY2(f.message().contains(QStringLiteral("changes.json cannot be written: ")),
                 qPrintable(f.message()));
        QTest::mouseClick(&f.find<QToolButton>("whatIfSaveDraft"), Qt::LeftButton);
        QVERIFY2(f.message().contains(QStringLiteral("cannot be written: ")), qPrintable(f.message()));
    }

    void aFixIsCopiedInTheFormThatIsChosenBesideIt()
    {
        TestDnsServer server(zone());
        WindowFixture f(server.resolver());
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        chooseFinding(f, QStringLiteral("spf.cidr.host-bits"));
        for (QAction *action : f.find<QMenu>("copyFixAs").actions()) {
            if (action->data().toString() == QStringLiteral("route53"))
                action->trigger();
        }
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("\"ResourceRecordSet\"")));
        QCOMPARE(f.find<QComboBox>("whatIfForm").currentData().toString(), QStringLiteral("route53"));
        QVERIFY(f.find<QToolButton>("copyFix").toolTip().contains(QStringLiteral("Route")));
    }

    void theStandardIsOpenedOnlyWhereTheUserWishes()
    {
        TestDnsServer server(zone());
        WindowFixture f(server.resolver());
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        auto &button = f.find<QToolButton>("openReference");
        QVERIFY(!button.isVisible());
        QVERIFY(!f.find<QAction>("openReferenceAction").isEnabled());
        chooseFinding(f, QStringLiteral("spf.cidr.host-bits"));
        QVERIFY(button.isVisible());
        QVERIFY(f.opened.isEmpty());
        QTest::mouseClick(&button, Qt::LeftButton);
        f.find<QAction>("openReferenceAction").trigger();
        QCOMPARE(f.opened.size(), 2);
        QVERIFY(f.opened[0].toString().startsWith(
            QStringLiteral("https://www.rfc-editor.org/rfc/rfc7208#section-")));
        QCOMPARE(f.opened[0], f.opened[1]);
    }

    void aRecordIsEditedWhereItIsShown()
    {
        InspectedWindow f(zone());
        auto &sections = f.find<QListView>("sectionList");
        sections.setCurrentIndex(sections.model()->index(SectionsModel::rowOf(Section::Dmarc), 0));
        auto &page = f.find<SectionPage>("page DMARC");
        auto *record = page.findChild<RecordText *>(QStringLiteral("record 0"));
        QVERIFY(record && record->isVisible());
        auto *shown = record->findChild<QPlainTextEdit *>();
        QTest::keyClick(shown, Qt::Key_F2);
        auto *text = page.findChild<QPlainTextEdit *>(QStringLiteral("editorText"));
        QVERIFY(text->isVisible());
        QVERIFY(!record->isVisible());
        auto *effect = page.findChild<QLabel *>(QStringLiteral("editorEffect"));
        // The report follows at every keystroke, also where the record can no longer be found in it.
        for (const char *half : {"v=D", "v=DMARC1; p=rej", "v=DMARC1; p=reject; rua=mailto:d@example.com"}) {
            text->setPlainText(QLatin1String(half));
            QTRY_VERIFY(effect->text().contains(QStringLiteral("Against today")));
            QVERIFY(text->isVisible());
        }
        QTRY_VERIFY(effect->text().contains(QStringLiteral("another verdict")));
        QVERIFY(page.findChild<QLabel *>(QStringLiteral("editorToday"))
                    ->text()
                    .contains(QStringLiteral("p=[-none")));
        QCOMPARE(f.find<QListWidget>("whatIfEdits").count(), 1);
        f.find<QToolButton>("whatIfUndo").click();
        QTRY_VERIFY(text->toPlainText().startsWith(QStringLiteral("v=DMARC1; p=none")));
        f.find<QToolButton>("whatIfRedo").click();
        QTRY_VERIFY(text->toPlainText().startsWith(QStringLiteral("v=DMARC1; p=reject")));
        QTest::keyClick(text, Qt::Key_Escape);
        QVERIFY(!text->isVisible());
        QTRY_VERIFY(record->isVisible());
        QVERIFY(record->recordText().startsWith(QStringLiteral("v=DMARC1; p=reject"))); // kept in the draft
    }

    void theSpfRecordIsEditedBelowItsTree()
    {
        InspectedWindow f(zone());
        auto &sections = f.find<QListView>("sectionList");
        sections.setCurrentIndex(sections.model()->index(SectionsModel::rowOf(Section::Spf), 0));
        auto &page = f.find<SpfPage>("spfPage");
        QTest::mouseClick(page.findChild<QToolButton *>(QStringLiteral("editSpfRecord")), Qt::LeftButton);
        auto *text = page.findChild<QPlainTextEdit *>(QStringLiteral("editorText"));
        QVERIFY(text->isVisible());
        text->setPlainText(QStringLiteral("v=spf1 ip4:192.175.48.0/25 -all"));
        QTRY_VERIFY(page.findChild<QLabel *>(QStringLiteral("editorEffect"))
                        ->text()
                        .contains(QStringLiteral("look-ups 1 → 0")));
        for (const QString &nonsense :
             {QStringLiteral("v=spf1 include:%{"), QString(100000, QLatin1Char('%')),
              QStringLiteral("v=spf1 \u0001\u001b[31m mx")}) {
            text->setPlainText(nonsense);
            QCoreApplication::processEvents();
            QCOMPARE(f.find<QListWidget>("whatIfEdits").count(), 1);
        }
        QTest::mouseClick(page.findChild<QToolButton *>(QStringLiteral("editorRevert")), Qt::LeftButton);
        QCOMPARE(text->toPlainText(), QStringLiteral("v=spf1 mx ip4:192.175.48.77/24 ~all"));
        QTest::mouseClick(page.findChild<QToolButton *>(QStringLiteral("editorDone")), Qt::LeftButton);
        QVERIFY(page.findChild<QWidget *>(QStringLiteral("recordView"))->isVisible());
    }

    void whatIsToBeDoneFirstIsTriedFromTheOverview()
    {
        InspectedWindow f(zone());
        QPushButton *fix = nullptr;
        for (int row = 0; row < 6 && !fix; ++row)
            fix = f.window->findChild<QPushButton *>(QStringLiteral("fixFirst%1").arg(row));
        QVERIFY(fix);
        QVERIFY(fix->text().startsWith(QStringLiteral("Fix")));
        fix->click();
        QTRY_VERIFY(f.find<QTextEdit>("whatIfEffect").toPlainText().contains(QStringLiteral("Gone")));
        QCOMPARE(f.find<QTabWidget>("tabs").currentIndex(), 2);
    }

    void nonsenseNeitherStallsNorLosesTheDraft()
    {
        InspectedWindow f(zone());
        f.find<QTabWidget>("tabs").setCurrentIndex(2);
        chooseRecord(f, QStringLiteral("v=spf1 mx"));
        auto &after = f.find<QPlainTextEdit>("whatIfAfter");
        for (const QString &text : {QStringLiteral("v=spf1 include:%{"), QString(100000, QLatin1Char('%')),
                                    QStringLiteral("v=spf1 \u0001\u001b[31m mx"), QString(),
                                    QStringLiteral("v=spf1 exists:%{i}._spf.%{d2} -all")}) {
            after.setPlainText(text);
            QCoreApplication::processEvents();
            QCOMPARE(f.find<QListWidget>("whatIfEdits").count(), 1);
        }
        chooseRecord(f, QStringLiteral("MX example.com"));
        after.setPlainText(QStringLiteral("10"));
        QVERIFY(f.find<QWidget>("whatIfReading").isVisible());
        QCOMPARE(f.find<QListWidget>("whatIfEdits").count(), 2);
    }
};

QTEST_MAIN(TestWhatIf)
#include "tst_what_if.moc"
