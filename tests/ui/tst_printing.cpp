// SPDX-License-Identifier: Apache-2.0
// Reports on their way out of the window: files, preview, printer. With MAILOSCOPE_SHOTS set to a folder
// pictures are kept there for people to look at.
#include "print/layout.h"
#include "printing/export_dialog.h"
#include "printing/paper_form.h"
#include "printing/preview_window.h"
#include "printing/report_printing.h"
#include "ui/reports.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QPrintDialog>
#include <QPrintPreviewWidget>
#include <QPrinter>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace mailoscope::ui;

namespace
{

QByteArray read(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void keepShot(QWidget &window, const QString &name)
{
    const QString folder = qEnvironmentVariable("MAILOSCOPE_SHOTS");
    QCoreApplication::sendPostedEvents();
    if (!folder.isEmpty())
        QVERIFY(window.grab().save(QStringLiteral("%1/%2.png").arg(folder, name)));
}

/// Clicks through to the file.
void pressExport(QWidget &dialog)
{
    QTest::mouseClick(dialog.findChild<QPushButton *>(QStringLiteral("exportButton")), Qt::LeftButton);
}

} // namespace

class TestPrinting : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void exportWritesTheFile_data();
    void exportWritesTheFile();
    void cancelLeavesTheFileAsItWas();
    void aFolderThatCannotBeWrittenIsTold();
    void aLogoThatIsNoPictureIsTold();
    void choicesAreRemembered();
    void thePreviewShowsThePages();
    void printingTakesThePagesThatWereChosen();
    void withoutAReportNothingOpens();

private:
    FileChoosers choosersFor(const QString &path)
    {
        FileChoosers choosers;
        choosers.saveAny = [this, path](QWidget *, const QString &, const QString &suggested,
                                        const FileChoosers::Chosen &chosen) {
            m_suggested = suggested;
            chosen(path);
        };
        return choosers;
    }
    QString m_suggested;
    QTemporaryDir m_folder;
    QSettings m_settings{m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    std::shared_ptr<const Report> m_report = reportOf(smallZone(), "example.com");
};

void TestPrinting::exportWritesTheFile_data()
{
    QTest::addColumn<QByteArray>("begins");
    QTest::addColumn<QByteArray>("holds");
    QTest::newRow("pdf") << QByteArray("%PDF-") << QByteArray("%%EOF");
    QTest::newRow("html") << QByteArray("<!DOCTYPE html>") << QByteArray("</html>");
    QTest::newRow("md") << QByteArray("# ") << QByteArray("example.com");
    QTest::newRow("csv") << QByteArray("\"domain\"") << QByteArray("\"example.com\"");
    QTest::newRow("json") << QByteArray("{") << QByteArray("\"domain\": \"example.com\"");
    QTest::newRow("sarif") << QByteArray("{") << QByteArray("\"version\": \"2.1.0\"");
    QTest::newRow("txt") << QByteArray() << QByteArray("example.com");
}

void TestPrinting::exportWritesTheFile()
{
    QFETCH(QByteArray, begins);
    QFETCH(QByteArray, holds);
    const QString path = m_folder.filePath(QStringLiteral("out"));
    QWidget window;
    auto *dialog = new ExportDialog(m_report, m_settings, choosersFor(path), &window);
    QSignalSpy exported(dialog, &ExportDialog::exported);
    dialog->open();
    const QString suffix = QString::fromLatin1(QTest::currentDataTag());
    auto *formats = dialog->findChild<QComboBox *>(QStringLiteral("exportFormat"));
    formats->setCurrentIndex(formats->findData(suffix));
    const bool isPaper = suffix == QLatin1String("pdf");
    const bool hasParts = isPaper || suffix == QLatin1String("html") || suffix == QLatin1String("md");
    QCOMPARE(dialog->findChild<QWidget *>(QStringLiteral("paperPart-fixes"))->isEnabled(), hasParts);
    QCOMPARE(dialog->findChild<QWidget *>(QStringLiteral("paperLight"))->isEnabled(), hasParts);
    QCOMPARE(dialog->findChild<QWidget *>(QStringLiteral("paperCompany"))->isEnabled(), isPaper);
    keepShot(*dialog, QStringLiteral("export-") + suffix);
    QVERIFY(dialog->findChild<QPushButton *>(QStringLiteral("exportButton"))->isDefault());
    pressExport(*dialog);
    QTRY_COMPARE(exported.count(), 1);
    QCOMPARE(m_suggested, QStringLiteral("example.com.") + suffix);
    const QByteArray written = read(path);
    QVERIFY2(written.startsWith(begins), written.left(80).constData());
    QVERIFY(written.contains(holds));
    // The form is offered again the next time.
    QCOMPARE(m_settings.value(QStringLiteral("paper/format")).toString(), suffix);
}

void TestPrinting::cancelLeavesTheFileAsItWas()
{
    const QString path = m_folder.filePath(QStringLiteral("kept"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("before") == 6);
    file.close();
    QWidget window;
    QPointer<ExportDialog> dialog =
        new ExportDialog(reportOf(wideZone(400), "wide.example.org"), m_settings, choosersFor(path), &window);
    dialog->open();
    dialog->findChild<QComboBox *>(QStringLiteral("exportFormat"))->setCurrentIndex(0);
    pressExport(*dialog);
    QVERIFY(dialog->findChild<QWidget *>(QStringLiteral("exportProgress"))->isVisible());
    dialog->reject();
    QVERIFY(!dialog->isVisible());
    QTRY_VERIFY(!dialog);
    QCOMPARE(read(path), QByteArray("before"));
}

void TestPrinting::aFolderThatCannotBeWrittenIsTold()
{
    QWidget window;
    auto *dialog = new ExportDialog(m_report, m_settings,
                                    choosersFor(m_folder.filePath(QStringLiteral("none/out"))), &window);
    dialog->open();
    pressExport(*dialog);
    auto *problem = dialog->findChild<QLabel *>(QStringLiteral("exportProblem"));
    QTRY_VERIFY(problem->isVisible());
    QVERIFY(problem->text().contains(QStringLiteral("could not be written")));
    QVERIFY(dialog->findChild<QPushButton *>(QStringLiteral("exportButton"))->isEnabled());
}

void TestPrinting::aLogoThatIsNoPictureIsTold()
{
    QWidget window;
    const QString path = m_folder.filePath(QStringLiteral("unwritten"));
    QPointer<ExportDialog> dialog = new ExportDialog(m_report, m_settings, choosersFor(path), &window);
    dialog->open();
    dialog->findChild<QComboBox *>(QStringLiteral("exportFormat"))->setCurrentIndex(0);
    dialog->findChild<QLineEdit *>(QStringLiteral("paperLogo"))
        ->setText(m_folder.filePath(QStringLiteral("none.png")));
    pressExport(*dialog);
    auto *problem = dialog->findChild<QLabel *>(QStringLiteral("exportProblem"));
    QTRY_VERIFY(problem->isVisible());
    QVERIFY(problem->text().startsWith(QStringLiteral("The logo cannot be read")));
    QVERIFY(!QFile::exists(path));
    m_settings.clear();
}

void TestPrinting::choicesAreRemembered()
{
    PaperForm form(m_settings, {});
    form.findChild<QComboBox *>(QStringLiteral("paperSize"))->setCurrentIndex(1);
    form.findChild<QLineEdit *>(QStringLiteral("paperCompany"))->setText(QStringLiteral("Postmasters Ltd"));
    form.findChild<QCheckBox *>(QStringLiteral("paperPart-appendix"))->setChecked(false);
    form.remember();
    const print::Options options = readPaperChoices(m_settings).options;
    QVERIFY(options.paper == print::Paper::Letter);
    QCOMPARE(options.company, QStringLiteral("Postmasters Ltd"));
    QVERIFY(!options.parts.contains(print::Part::Appendix) && options.parts.contains(print::Part::Summary));
    const PaperForm again(m_settings, {});
    QCOMPARE(again.findChild<QLineEdit *>(QStringLiteral("paperCompany"))->text(),
             QStringLiteral("Postmasters Ltd"));
    for (QCheckBox *box : form.findChildren<QCheckBox *>(QRegularExpression(QStringLiteral("^paperPart"))))
        box->setChecked(false);
    QVERIFY(!form.isComplete());
    m_settings.clear();
}

void TestPrinting::thePreviewShowsThePages()
{
    QWidget window;
    std::shared_ptr<const Report> report = m_report;
    ReportPrinting printing(window, m_settings, {}, [&report] { return report; });
    QMenu menu;
    printing.addTo(menu);
    menu.actions()[1]->trigger();
    QTRY_VERIFY(window.findChild<PreviewWindow *>());
    auto *preview = window.findChild<PreviewWindow *>();
    auto *pages = preview->findChild<QPrintPreviewWidget *>();
    const auto count =
        static_cast<int>(print::pagesOf(*m_report, readPaperChoices(m_settings).options).size());
    QTRY_COMPARE(pages->pageCount(), count);
    QTest::mouseClick(preview->findChild<QPushButton *>(QStringLiteral("previewOn")), Qt::LeftButton);
    QCOMPARE(pages->currentPage(), 2);
    QCOMPARE(preview->findChild<QLabel *>(QStringLiteral("previewWhere"))->text(),
             QStringLiteral("Page 2 of %1").arg(count));
    keepShot(*preview, QStringLiteral("preview"));
    delete preview;
}

void TestPrinting::printingTakesThePagesThatWereChosen()
{
    const print::Options options = readPaperChoices(m_settings).options;
    PreviewWindow preview(print::pagesOf(*m_report, options), options, QStringLiteral("example.com"),
                          nullptr);
    preview.setAttribute(Qt::WA_DeleteOnClose, false);
    preview.show();
    preview.choosePrinter();
    auto *dialog = preview.findChild<QPrintDialog *>();
    QVERIFY(dialog);
    const QString path = m_folder.filePath(QStringLiteral("printed.pdf"));
    dialog->printer()->setOutputFormat(QPrinter::PdfFormat);
    dialog->printer()->setOutputFileName(path);
    dialog->printer()->setPrintRange(QPrinter::PageRange);
    dialog->printer()->setFromTo(2, 3);
    dialog->done(QDialog::Accepted);
    auto *print = preview.findChild<QPushButton *>(QStringLiteral("previewPrint"));
    QVERIFY(!print->isEnabled());
    QTRY_VERIFY(print->isEnabled());
    const QByteArray printed = read(path);
    QVERIFY(printed.startsWith("%PDF-"));
    QVERIFY(printed.contains("/Count 2"));
}

void TestPrinting::withoutAReportNothingOpens()
{
    QWidget window;
    ReportPrinting printing(window, m_settings, {}, [] { return nullptr; });
    QMenu menu;
    printing.addTo(menu);
    for (QAction *action : menu.actions())
        action->trigger();
    QVERIFY(window.findChildren<QDialog *>().isEmpty());
}

QTEST_MAIN(TestPrinting)
#include "tst_printing.moc"
