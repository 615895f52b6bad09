// SPDX-License-Identifier: Apache-2.0
#include "pdf_tools.h"

#include "facts/snapshot.h"
#include "print/layout.h"
#include "report/sample.h"
#include "support/corpus.h"
#include "ui/reports.h"

#include <QFile>
#include <QTest>

#include <algorithm>

/// Reports as PDF, read back by poppler's and qpdf's programs.
using namespace mailoscope;
using namespace mailoscope::tests;

namespace
{

std::shared_ptr<const Report> sampleReport()
{
    const Result<Snapshot, SnapshotError> snapshot = readSnapshot(sampleSnapshot());
    FactStore facts = snapshot->facts;
    const DomainName domain = snapshot->domains.front();
    for (;;) {
        spf::RecordCache records;
        auto report = std::make_shared<const Report>(
            inspect(domain, facts, records, {Timestamp(std::chrono::hours(491000)), {"192.0.2.53:53"}}));
        if (report->needed.empty())
            return report;
        for (const FactKey &key : report->needed)
            facts.put(notRecorded(key, report->inspectedAt));
    }
}

/// Whatever an owner of a domain might publish to trouble a reader.
Zone hostileZone()
{
    Zone zone;
    zone.addMasterFile(R"(
evil.example TXT "v=spf1 include:<script>alert(1)</script>.example include:a\226\128\174b.example \027[31mred \000nul  two  blanks -all"
_dmarc.evil.example TXT "v=DMARC1; p=none; rua=mailto:<b>x</b>@evil.example; x=\226\128\143\216\167\217\132"
evil.example MX 10 mx.evil.example
mx.evil.example A 192.0.2.1
)");
    std::string strings;
    for (int i = 0; i < 250; ++i)
        strings += " \"" + std::string(255, static_cast<char>('a' + i % 26)) + '"';
    zone.add("default._bimi.evil.example TXT \"v=BIMI1; l=https://evil.example/\"" + strings);
    return zone;
}

std::shared_ptr<const Report> reportNamed(const QString &name)
{
    if (name == QLatin1String("sample"))
        return sampleReport();
    if (name == QLatin1String("small"))
        return reportOf(smallZone(), "example.com");
    if (name == QLatin1String("wide"))
        return reportOf(wideZone(200), "wide.example.org");
    if (name == QLatin1String("hostile"))
        return reportOf(hostileZone(), "evil.example");
    if (name == QLatin1String("nothing"))
        return reportOf(Zone(), "nothing.example");
    return reportOf(*corpusZone(), name.toStdString());
}

} // namespace

class TestPdf : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aPdfIsSound_data();
    void aPdfIsSound();
    void recordsComeBackWithoutACharacterMoreOrLess_data();
    void recordsComeBackWithoutACharacterMoreOrLess();
    void hostileRecordsAreHarmlessText();
    void theEvidenceIsAttached();
    void linksAndBookmarksLeadSomewhere();
    void severalDomainsHaveAMatrixInFront();
    void partsLeftOutAreNotThere();
    void whatIsTypedStandsOnThePages();
    void theSameFactsGiveTheSameOctets();
    void aStoppedDocumentGivesNothing();
    void aFullDiskIsTold();
};

void TestPdf::aPdfIsSound_data()
{
    QTest::addColumn<QString>("domain");
    QTest::addColumn<bool>("isLetter");
    for (const char *name : {"sample", "small", "wide", "hostile", "nothing"})
        QTest::newRow(name) << QString::fromLatin1(name) << false;
    QTest::newRow("letter") << QStringLiteral("sample") << true;
    // A few of the corpus: the whole of it is read by the reports' own tests.
    const std::vector<DomainName> domains = corpusMailDomains();
    for (std::size_t i = 0; i < domains.size(); i += std::max<std::size_t>(domains.size() / 6, 1))
        QTest::newRow(domains[i].text().c_str()) << QString::fromStdString(domains[i].text()) << (i % 2 == 1);
}

void TestPdf::aPdfIsSound()
{
    QFETCH(QString, domain);
    QFETCH(bool, isLetter);
    const std::shared_ptr<const Report> report = reportNamed(domain);
    print::Options options;
    options.paper = isLetter ? print::Paper::Letter : print::Paper::A4;
    options.copyAs = fixes::CopyForm::Zone;
    const WrittenPdf pdf({report}, options);
    QVERIFY2(pdf.isWritten(), qPrintable(pdf.problem()));

    const ToolRun check = runTool(QStringLiteral("qpdf"), {QStringLiteral("--check"), pdf.fileName()});
    QVERIFY2(check.exitCode == 0, check.err.constData());
    QVERIFY(pdf.property(QStringLiteral("Title")).contains(ui::toQString(report->domain)));
    QVERIFY(pdf.property(QStringLiteral("Creator")).startsWith(QStringLiteral("Mailoscope")));
    QVERIFY2(pdf.property(QStringLiteral("Page size"))
                 .startsWith(isLetter ? QStringLiteral("612 x 792") : QStringLiteral("595 x 842")),
             qPrintable(pdf.property(QStringLiteral("Page size"))));

    const QStringList fonts = runTool(QStringLiteral("pdffonts"), {pdf.fileName()})
                                  .text()
                                  .split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QVERIFY(fonts.size() > 2); // two lines of heads
    for (qsizetype i = 2; i < fonts.size(); ++i) {
        // ... emb sub uni object ID
        const QStringList words = fonts[i].simplified().split(QLatin1Char(' '));
        QVERIFY2(words.size() > 5 && words[words.size() - 5] == QLatin1String("yes"), qPrintable(fonts[i]));
    }

    const QStringList pages = pdf.text().split(QLatin1Char('\f'), Qt::SkipEmptyParts);
    QCOMPARE(static_cast<int>(pages.size()), pdf.pages());
    for (qsizetype i = 0; i < pages.size(); ++i)
        QVERIFY2(pages[i].contains(QStringLiteral("Page %1 of %2").arg(i + 1).arg(pages.size())),
                 qPrintable(pages[i]));
}

void TestPdf::recordsComeBackWithoutACharacterMoreOrLess_data()
{
    QTest::addColumn<QString>("record");
    QString long1 = QStringLiteral("v=spf1");
    for (int i = 0; i < 40; ++i)
        long1 += QStringLiteral(" include:_spf%1.mail-provider.example.net ip4:192.0.2.%1/32").arg(i);
    QTest::newRow("includes and networks") << long1 + QStringLiteral(" -all");
    QTest::newRow("one endless word") << QStringLiteral("v=spf1 include:") + QString(180, QLatin1Char('x')) +
                                             QStringLiteral(".example -all ") +
                                             QString(700, QLatin1Char('y'));
    // Lines end where two letters meet: here far in front of the margin.
    QString letters =
        QStringLiteral("v=spf1 include:") + QString(27, QLatin1Char('x')) + QStringLiteral(".example");
    for (int i = 0; i < 30; ++i)
        letters += QStringLiteral(" a");
    QTest::newRow("a line that ends among words of one letter")
        << letters + QStringLiteral(" include:_spf.example.net -all");
    QTest::newRow("ligatures and dashes")
        << QStringLiteral("v=spf1 include:office-fi-ffl.example.fi exists:%{i}._fi.example ~all");
}

void TestPdf::recordsComeBackWithoutACharacterMoreOrLess()
{
    QFETCH(QString, record);
    Zone zone;
    std::string strings;
    const std::string text = record.toStdString();
    for (std::size_t at = 0; at < text.size(); at += 255)
        strings += " \"" + text.substr(at, 255) + '"';
    zone.add("example.com TXT" + strings);
    print::Options options;
    options.parts = {print::Part::Sections};
    const WrittenPdf pdf({reportOf(zone, "example.com")}, options);
    QVERIFY2(pdf.isWritten(), qPrintable(pdf.problem()));
    QVERIFY2(pdf.joined().contains(record), qPrintable(pdf.text()));
    // And as a reader without the order of the content sees it.
    QString laidOut = runTool(QStringLiteral("pdftotext"), {pdf.fileName(), QStringLiteral("-")}).text();
    QVERIFY(laidOut.remove(QLatin1Char('\n')).contains(record));
}

void TestPdf::hostileRecordsAreHarmlessText()
{
    const WrittenPdf pdf({reportNamed(QStringLiteral("hostile"))}, {});
    QVERIFY2(pdf.isWritten(), qPrintable(pdf.problem()));
    const QString text = pdf.text();
    QVERIFY(pdf.joined().contains(QStringLiteral("<script>alert(1)</script>")));
    QVERIFY(pdf.joined().contains(QStringLiteral("\\027[31mred")));
    QVERIFY(pdf.joined().contains(QStringLiteral("nul \\032two \\032blanks")));
    for (const QChar c : text) {
        if (c >= QChar(0x202a) && c <= QChar(0x202c))
            continue; // pdftotext's own, around letters that run from right to left
        const bool isControl = c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
        QVERIFY2(!isControl || c == QLatin1Char('\n') || c == QLatin1Char('\f'),
                 qPrintable(QString::number(c.unicode(), 16)));
    }
    QVERIFY2(pdf.pages() < 80, qPrintable(QString::number(pdf.pages()))); // 64 kB do not fill a book
    QVERIFY(!pdf.plainObjects().contains("/JavaScript"));
}

void TestPdf::theEvidenceIsAttached()
{
    const std::shared_ptr<const Report> report = sampleReport();
    const WrittenPdf pdf({report}, {});
    const EvidenceFile evidence = evidenceOf(*report);
    QVERIFY(runTool(QStringLiteral("pdfdetach"), {QStringLiteral("-list"), pdf.fileName()})
                .text()
                .contains(QString::fromStdString(evidence.name)));
    const QString saved = pdf.folder() + QStringLiteral("/saved.json");
    runTool(QStringLiteral("pdfdetach"),
            {QStringLiteral("-save"), QStringLiteral("1"), QStringLiteral("-o"), saved, pdf.fileName()});
    QFile file(saved);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().toStdString(), evidence.json);
    QVERIFY(pdf.joined(1).contains(QString::fromStdString(evidence.sha256)));
}

void TestPdf::linksAndBookmarksLeadSomewhere()
{
    const WrittenPdf pdf({sampleReport()}, {});
    const QByteArray objects = pdf.plainObjects();
    QVERIFY(objects.contains("https://www.rfc-editor.org/rfc/rfc7208#section-"));
    QVERIFY(objects.contains("/Outlines"));
    QVERIFY(objects.count("/Dest [") + objects.count("/Dest\n") > 20);
    // Every word that leads on to another page has a page to lead to.
    QVERIFY(!objects.contains("/Dest null"));
}

void TestPdf::severalDomainsHaveAMatrixInFront()
{
    const auto one = reportOf(smallZone(), "example.com");
    const auto two = reportOf(smallZone(), "_spf.example.net");
    const WrittenPdf pdf({one, two, one}, {});
    QVERIFY2(pdf.isWritten(), qPrintable(pdf.problem()));
    QVERIFY(pdf.text(1).contains(QStringLiteral("3 domains")));
    const QString matrix = pdf.text(2);
    QVERIFY2(matrix.contains(QStringLiteral("example.com")) &&
                 matrix.contains(QStringLiteral("_spf.example.net")),
             qPrintable(matrix));
    // The number in the row is that of the domain's first page.
    const QStringList pages = pdf.text().split(QLatin1Char('\f'));
    qsizetype second = 2;
    while (second < pages.size() && !pages[second].contains(QStringLiteral("_spf.example.net · Summary")))
        ++second;
    QVERIFY(second < pages.size());
    QVERIFY2(matrix.contains(QString::number(second + 1)), qPrintable(matrix));
    const QString list =
        runTool(QStringLiteral("pdfdetach"), {QStringLiteral("-list"), pdf.fileName()}).text();
    QVERIFY2(list.contains(QStringLiteral("3 embedded files")), qPrintable(list));
}

void TestPdf::partsLeftOutAreNotThere()
{
    print::Options options;
    options.parts = {print::Part::Summary};
    const WrittenPdf summary({sampleReport()}, options);
    QCOMPARE(summary.pages(), 2); // the cover, and one page
    options.light = true;
    options.parts = print::lightParts();
    const WrittenPdf light({sampleReport()}, options);
    QVERIFY(!light.text().contains(QStringLiteral("Look-ups and answers")));
    QVERIFY(light.pages() < WrittenPdf({sampleReport()}, {}).pages());
}

void TestPdf::whatIsTypedStandsOnThePages()
{
    print::Options options;
    options.company = QStringLiteral("Example & Sons <Ltd>");
    options.confidentiality = QStringLiteral("For the eyes of example.com alone");
    options.logo = QImage(64, 32, QImage::Format_RGB32);
    options.logo.fill(Qt::darkBlue);
    const WrittenPdf pdf({reportOf(smallZone(), "example.com")}, options);
    QCOMPARE(pdf.property(QStringLiteral("Author")), options.company);
    QVERIFY(pdf.text(1).contains(options.company));
    for (const QString &page : pdf.text().split(QLatin1Char('\f'), Qt::SkipEmptyParts))
        QVERIFY(page.contains(options.confidentiality));
    QVERIFY(runTool(QStringLiteral("pdfimages"), {QStringLiteral("-list"), pdf.fileName()})
                .text()
                .contains(QStringLiteral("64")));
}

void TestPdf::theSameFactsGiveTheSameOctets()
{
    const WrittenPdf one({sampleReport()}, {});
    const WrittenPdf two({sampleReport()}, {});
    QVERIFY(one.octets() == two.octets());
}

void TestPdf::aStoppedDocumentGivesNothing()
{
    print::PdfDocument document({}, false, [](int done, int) { return done < 2; });
    QVERIFY(!document.add(*sampleReport()));
    QVERIFY(document.isStopped());
    bool isWritten = false;
    QVERIFY(document.finish([&](std::string_view) { return isWritten = true; }).has_value());
    QVERIFY(!isWritten);
}

void TestPdf::aFullDiskIsTold()
{
    print::PdfDocument document({}, false);
    QVERIFY(document.add(*reportOf(smallZone(), "example.com")));
    std::size_t written = 0;
    const std::optional<QString> problem = document.finish([&](std::string_view octets) {
        written += octets.size();
        return written < 1000;
    });
    QVERIFY(problem && problem->contains(QStringLiteral("could not be written")));
}

QTEST_MAIN(TestPdf)
#include "tst_pdf.moc"
