// SPDX-License-Identifier: Apache-2.0
#include "print/layout.h"
#include "report/reference_url.h"
#include "ui/reports.h"

#include <QTest>

/// Pages as values: where things stand on them.
using namespace mailoscope;
using namespace mailoscope::tests;
using namespace mailoscope::print;

class TestPaper : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingStandsOutsideThePaper_data();
    void nothingStandsOutsideThePaper();
    void theSummaryIsOnePage();
    void referencesLeadToTheirSections_data();
    void referencesLeadToTheirSections();
    void everyInternalLinkHasItsAnchor();
};

void TestPaper::nothingStandsOutsideThePaper_data()
{
    QTest::addColumn<int>("paper");
    QTest::addColumn<int>("nodes");
    QTest::newRow("a4") << 0 << 30;
    QTest::newRow("letter") << 1 << 30;
    QTest::newRow("many nodes") << 0 << 300;
}

void TestPaper::nothingStandsOutsideThePaper()
{
    QFETCH(int, paper);
    QFETCH(int, nodes);
    Options options;
    options.paper = static_cast<Paper>(paper);
    const QRectF sheet(QPointF(0, 0), geometryOf(options.paper).paper);
    Fonts fonts;
    for (const Page &page : pagesOf(*reportOf(wideZone(nodes), "wide.example.org"), options)) {
        for (const Ink &ink : page.inks) {
            if (const auto *text = std::get_if<TextInk>(&ink)) {
                const qreal end = text->at.x() + fonts.widthOf(text->text, text->font);
                QVERIFY2(text->at.x() > 300 && end < sheet.width() - 300 &&
                             text->at.y() < sheet.height() - 300,
                         qPrintable(text->text));
            } else if (const auto *box = std::get_if<BoxInk>(&ink)) {
                QVERIFY(sheet.contains(box->area));
            }
        }
    }
}

void TestPaper::theSummaryIsOnePage()
{
    Options options;
    options.parts = {Part::Summary};
    for (const int nodes : {1, 12, 120})
        QCOMPARE(pagesOf(*reportOf(wideZone(nodes), "wide.example.org"), options).size(), std::size_t{2});
}

void TestPaper::referencesLeadToTheirSections_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<QString>("section");
    QTest::addColumn<QString>("url");
    const auto row = [](const char *document, const char *section, const char *url) {
        QTest::addRow("%s %s", document, section)
            << QString::fromLatin1(document) << QString::fromLatin1(section) << QString::fromLatin1(url);
    };
    row("RFC 7208", "4.6.4", "https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4");
    row("RFC 7208", "", "https://www.rfc-editor.org/rfc/rfc7208");
    row("RFC 8460", "3 and 4", "https://www.rfc-editor.org/rfc/rfc8460#section-3");
    row("RFC 9091", "A.1", "https://www.rfc-editor.org/rfc/rfc9091");
    row("draft-brand-indicators-for-message-identification-14", "4.1",
        "https://datatracker.ietf.org/doc/html/"
        "draft-brand-indicators-for-message-identification-14#section-4.1");
    row("UK NCSC, Email security", "", "");
    row("RFC <b>", "1", "");
}

void TestPaper::referencesLeadToTheirSections()
{
    QFETCH(QString, document);
    QFETCH(QString, section);
    QFETCH(QString, url);
    QCOMPARE(QString::fromStdString(urlOf({document.toStdString(), section.toStdString()})), url);
}

void TestPaper::everyInternalLinkHasItsAnchor()
{
    std::set<QString> anchors;
    const std::vector<Page> pages = pagesOf(*reportOf(smallZone(), "example.com"), {});
    for (const Page &page : pages) {
        for (const Anchor &anchor : page.anchors)
            QVERIFY2(anchors.insert(anchor.name).second, qPrintable(anchor.name));
    }
    for (const Page &page : pages) {
        for (const Link &link : page.links) {
            if (link.target.startsWith(QLatin1Char('#')))
                QVERIFY2(anchors.contains(link.target.mid(1)), qPrintable(link.target));
        }
    }
}

QTEST_MAIN(TestPaper)
#include "tst_paper.moc"
