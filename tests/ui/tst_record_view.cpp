// SPDX-License-Identifier: Apache-2.0
#include "selection.h"
#include "text/place_details.h"
#include "text/shown_string.h"
#include "ui/reports.h"
#include "widgets/lines_view.h"
#include "widgets/record_view.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTest>
#include <QToolButton>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;

namespace
{

Zone zoneWithRecord(const std::string &record)
{
    Zone zone;
    dns::TxtData txt;
    for (std::size_t at = 0; at < record.size(); at += 255)
        txt.strings.push_back(record.substr(at, 255));
    zone.add(dns::ResourceRecord{name("example.com"), dns::RrType::TXT, 300, txt});
    return zone;
}

QString markedText(const QPlainTextEdit &edit, int which = 0)
{
    const auto marks = edit.extraSelections();
    return which < marks.size() ? marks[which].cursor.selectedText() : QString();
}

} // namespace

class RecordViewTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theSelectedTermIsMarked()
    {
        Selection selection;
        RecordView view(selection);
        view.showReport(reportOf(smallZone(), "example.com"));
        auto &text = *view.findChild<QPlainTextEdit *>(QStringLiteral("recordText"));
        QVERIFY(text.toPlainText().startsWith(QStringLiteral("v=spf1 mx include:_spf.example.net")));
        QVERIFY(text.extraSelections().isEmpty());
        selection.selectPath({1});
        QCOMPARE(markedText(text), QStringLiteral("include:_spf.example.net"));
        selection.selectPath({1, 0});
        QCOMPARE(view.findChild<QLabel *>(QStringLiteral("recordName"))->text(),
                 QStringLiteral("TXT _spf.example.net"));
        QCOMPARE(markedText(text), QStringLiteral("include:deep.example.net"));
    }

    void aClickOnATermSelectsIt()
    {
        Selection selection;
        RecordView view(selection);
        view.resize(900, 120);
        view.showReport(reportOf(smallZone(), "example.com"));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        auto &text = *view.findChild<QPlainTextEdit *>(QStringLiteral("recordText"));
        QTextCursor cursor(text.document());
        cursor.setPosition(static_cast<int>(text.toPlainText().indexOf(QStringLiteral("ip4:192.0.2.0"))) + 3);
        QTest::mouseClick(text.viewport(), Qt::LeftButton, {}, text.cursorRect(cursor).center());
        QCOMPARE(selection.path(), (TermPath{3}));
    }

    void theRecordIsCopiedAsShown()
    {
        Selection selection;
        RecordView view(selection);
        view.showReport(reportOf(smallZone(), "example.com"));
        view.findChild<QToolButton *>(QStringLiteral("copyRecord"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), view.recordText());
    }

    void hostileTextIsHarmless_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QString>("mustNotShow");
        QTest::newRow("ANSI") << QByteArray("\x1b[31mred\x1b[0m") << QStringLiteral("\x1b");
        QTest::newRow("bidi") << QByteArray("\xe2\x80\xaetxt.exe") << QString(QChar(0x202e));
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << QString(QChar(0));
        QTest::newRow("line end") << QByteArray("a\nb") << QStringLiteral("\n");
        QTest::newRow("zero width") << QByteArray("a\xe2\x80\x8b"
                                                  "b")
                                    << QString(QChar(0x200b));
        QTest::newRow("broken UTF-8") << QByteArray("\xff\xfe") << QString(QChar(0xfffd));
    }
    void hostileTextIsHarmless()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QString, mustNotShow);
        const auto report =
            reportOf(zoneWithRecord("v=spf1 " + octets.toStdString() + " ip4:192.0.2.1 -all"), "example.com");
        Selection selection;
        RecordView view(selection);
        view.showReport(report);
        const auto &text = *view.findChild<QPlainTextEdit *>(QStringLiteral("recordText"));
        QVERIFY(text.toPlainText().startsWith(QStringLiteral("v=spf1 ")));
        QVERIFY(!text.toPlainText().contains(mustNotShow));
        for (std::size_t i = 0; i < report->spf.root.terms.size(); ++i) {
            selection.selectPath({i});
            QVERIFY(!markedText(text).contains(mustNotShow));
            const auto place = placeAt(report->spf, {i});
            for (const DetailLine &line : detailsOf(*report, *place))
                QVERIFY(!line.text.contains(mustNotShow));
        }
    }

    void markupStaysText()
    {
        const auto report = reportOf(zoneWithRecord("v=spf1 <b>bold</b> <img/src=x> -all"), "example.com");
        Selection selection;
        RecordView view(selection);
        view.showReport(report);
        const auto &text = *view.findChild<QPlainTextEdit *>(QStringLiteral("recordText"));
        QCOMPARE(text.toPlainText(), QStringLiteral("v=spf1 <b>bold</b> <img/src=x> -all"));
        LinesView lines;
        lines.setLines(detailsOf(*report, *placeAt(report->spf, {0})));
        QVERIFY(lines.toPlainText().contains(QStringLiteral("<b>bold</b>")));
        QCOMPARE(toolTipFor(QStringLiteral("<b>x</b>")), QStringLiteral("<qt>&lt;b&gt;x&lt;/b&gt;</qt>"));
    }

    void aRecordOf64KilobytesIsShownInTime()
    {
        std::string record = "v=spf1";
        while (record.size() < 64000)
            record += " ip4:192.0.2." + std::to_string(record.size() % 256);
        const auto report = reportOf(zoneWithRecord(record), "example.com");
        Selection selection;
        RecordView view(selection);
        view.resize(900, 120);
        view.show();
        QElapsedTimer timer;
        timer.start();
        view.showReport(report);
        selection.selectPath({report->spf.root.terms.size() / 2});
        QCoreApplication::processEvents();
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(!markedText(*view.findChild<QPlainTextEdit *>(QStringLiteral("recordText"))).isEmpty());
    }

    void spansOfUnicodeStandWhereTheyBelong()
    {
        const std::string octets = "a\xf0\x9f\x98\x80 b\x01 c";
        const ShownString shown(octets);
        const auto range = shown.rangeOf({octets.size() - 1, octets.size()});
        QCOMPARE(shown.text().mid(range.begin, range.end - range.begin), QStringLiteral("c"));
        QCOMPARE(shown.octetAt(range.begin), octets.size() - 1);
    }

    void detailsTellQuestionsAndAddresses()
    {
        const auto report = reportOf(smallZone(), "example.com");
        const QString text = toText(detailsOf(*report, *placeAt(report->spf, {1})));
        QVERIFY(text.contains(QStringLiteral("TXT _spf.example.net: answered in 12 ms")));
        QVERIFY(text.contains(QStringLiteral("203.0.113.0/28")));
        QVERIFY(text.contains(QStringLiteral("2001:db8::/32")));
    }
};

QTEST_MAIN(RecordViewTest)
#include "tst_record_view.moc"
