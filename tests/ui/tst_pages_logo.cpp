// SPDX-License-Identifier: Apache-2.0
// The BIMI logo: drawn only where it passed.
#include "text/logo_text.h"
#include "text/shown_string.h"
#include "ui/page_parts.h"
#include "widgets/logo_panel.h"
#include "widgets/logo_stage.h"

#include <QFile>
#include <QLabel>
#include <QTableView>
#include <QTest>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;

namespace
{

std::string svgFile(const char *name)
{
    QFile file(QStringLiteral(MAILOSCOPE_TEST_DATA "/bimi/svg/%1").arg(QLatin1String(name)));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no test data %s", name);
    return file.readAll().toStdString();
}

/// A domain with a BIMI record whose logo is answered like this.
std::shared_ptr<const Report> reportWithLogo(std::string body, int status = 200)
{
    Zone zone = protectedZone();
    zone.add("default._bimi.example.com TXT \"v=BIMI1; l=https://logo.example.com/logo.svg; a=;\"");
    https::Response page;
    page.url = *https::Url::parse("https://logo.example.com/logo.svg");
    page.outcome = https::Outcome::Answered;
    page.status = status;
    page.contentType = "image/svg+xml";
    page.body = std::move(body);
    zone.add(std::move(page));
    return reportOf(zone, "example.com");
}

} // namespace

class PagesLogoTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLogoThatPassedIsDrawn()
    {
        LogoPanel panel;
        panel.resize(900, 500);
        panel.show();
        panel.showReport(reportWithLogo(svgFile("good.svg")));
        auto &stage = find<LogoStage>(panel, "logoStage");
        QVERIFY(stage.isVisible());
        QVERIFY(stage.accessibleName().contains(QStringLiteral("Example Ltd")));
        QVERIFY(find<QLabel>(panel, "logoSentence").text().contains(QStringLiteral("passes the check")));
        const QImage picture = stage.grab().toImage();
        const QColor blue(0x0a, 0x3d, 0x91);
        // The largest ones: the corner of the round one is cut away, that of the square one is not.
        QCOMPARE(picture.pixelColor(16 + 48, 16 + 48), blue);
        QCOMPARE(picture.pixelColor(16 + 2, 16 + 2), Theme::mailboxGround(false));
        const int square = 16 + (96 + 16) + (48 + 16) + (24 + 16);
        QCOMPARE(picture.pixelColor(square + 2, 16 + 2), blue);
    }

    void aLogoThatDidNotPassIsNeverDrawn_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("fault");
        QTest::newRow("script") << "bad-script.svg"
                                << "Scripts are forbidden.";
        QTest::newRow("bitmap") << "bad-image-data.svg"
                                << "Bitmaps are forbidden.";
        QTest::newRow("outside") << "bad-external-use.svg"
                                 << "References to other places are forbidden.";
        QTest::newRow("entity") << "bad-doctype-entity.svg"
                                << "A document type is forbidden.";
    }
    void aLogoThatDidNotPassIsNeverDrawn()
    {
        QFETCH(QString, file);
        QFETCH(QString, fault);
        LogoPanel panel;
        panel.resize(900, 500);
        panel.show();
        panel.showReport(reportWithLogo(svgFile("good.svg")));
        panel.showReport(reportWithLogo(svgFile(qPrintable(file))));
        QVERIFY(!find<LogoStage>(panel, "logoStage").hasLogo());
        QVERIFY(!find<LogoStage>(panel, "logoStage").isVisible());
        QVERIFY(
            find<QLabel>(panel, "logoSentence").text().contains(QStringLiteral("does not pass the check")));
        const QString faults = printed(*find<QTableView>(panel, "logoFaults").model());
        QVERIFY2(faults.contains(fault), qPrintable(faults));
        QVERIFY2(faults.at(0).isDigit(), qPrintable(faults)); // its line
    }

    void aLogoThatWouldTakeForEverIsNotDrawn()
    {
        std::string svg =
            R"(<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.2" baseProfile="tiny-ps" viewBox="0 0 9 9"><title>Example</title><g id="g0"><rect width="9" height="9" fill="red"/></g>)";
        for (int level = 1; level < 10; ++level) {
            svg += "<g id=\"g" + std::to_string(level) + "\">";
            for (int i = 0; i < 9; ++i)
                svg += "<use xlink:href=\"#g" + std::to_string(level - 1) + "\"/>";
            svg += "</g>";
        }
        const auto report = reportWithLogo(svg + "</svg>");
        QVERIFY(report->bimi.indicator.check->isValid());
        const LogoVerdict verdict = logoVerdictOf(*report);
        QVERIFY(!verdict.mayBeDrawn);
        QVERIFY(verdict.sentence.contains(QStringLiteral("so many shapes")));
    }

    void aLogoThatIsNotThereIsExplained()
    {
        LogoPanel panel;
        panel.show();
        panel.showReport(reportOf(protectedZone(), "example.com"));
        QVERIFY(!panel.isVisible()); // nothing is offered, so nothing is missing
        panel.showReport(reportWithLogo("gone", 404));
        QVERIFY(panel.isVisible());
        QVERIFY(find<QLabel>(panel, "logoSentence").text().contains(QStringLiteral("404")));
        Zone zone = protectedZone();
        zone.add("default._bimi.example.com TXT \"v=BIMI1; l=https://logo.example.com/logo.svg; a=;\"");
        InspectOptions options;
        options.reach.https = false;
        panel.showReport(reportsOf(zone, "example.com", 1000, options).back());
        QVERIFY(find<QLabel>(panel, "logoSentence").text().contains(QStringLiteral("nothing was fetched")));
    }

    void everyFaultHasWords()
    {
        for (int kind = 0; kind <= static_cast<int>(bimi::SvgFault::Kind::Discouraged); ++kind)
            QVERIFY(wordsOf(static_cast<bimi::SvgFault::Kind>(kind)).endsWith(QLatin1Char('.')));
    }
};

QTEST_MAIN(PagesLogoTest)
#include "tst_pages_logo.moc"
