// SPDX-License-Identifier: Apache-2.0
// Draws the window in its states, light and dark, with a small and a large font. With MAILOSCOPE_SHOTS set to
// a folder the pictures are kept there for people to look at.
#include "models/sections_model.h"
#include "models/spf_tree_model.h"
#include "report/sample.h"
#include "support/zone_gatherer.h"
#include "text/shown_string.h"
#include "theme/appearance.h"
#include "ui/reports.h"
#include "ui/window_fixture.h"
#include "widgets/spf_tree_view.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QFile>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QStyleFactory>
#include <QTabWidget>
#include <QTableView>
#include <QTextEdit>
#include <QToolButton>
#include <QTreeWidget>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;
using State = Session::State;

namespace
{

QPalette darkPalette()
{
    QPalette palette(QColor(49, 54, 59), QColor(35, 38, 41));
    palette.setColor(QPalette::Base, QColor(27, 30, 32));
    palette.setColor(QPalette::AlternateBase, QColor(35, 38, 41));
    palette.setColor(QPalette::Window, QColor(42, 46, 50));
    for (const QPalette::ColorRole role :
         {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::BrightText})
        palette.setColor(role, QColor(239, 240, 241));
    palette.setColor(QPalette::PlaceholderText, QColor(150, 155, 160));
    palette.setColor(QPalette::Highlight, QColor(29, 84, 120));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Disabled, QPalette::ButtonText, QColor(110, 114, 118));
    palette.setColor(QPalette::Disabled, QPalette::Text, QColor(110, 114, 118));
    return palette;
}

Zone troubledZone()
{
    Zone zone;
    zone.addMasterFile(R"(
troubled.example.com 3600 TXT "v=spf1 mx a:gone.example.com include:gone.example.net include:two.example.net include:broken.example.net include:silent.example.net include:troubled.example.com exists:%{i}._spf.example.net a:very-long-host-name-that-goes-on-and-on.with-many-labels.in-a-deep-tree-of-names.example.com include:a.example.net include:b.example.net include:c.example.net ptr +all ip4:192.0.2.1"
troubled.example.com 300 MX 10 mail.example.com
troubled.example.com 300 MX 20 alias.example.com
troubled.example.com 300 MX 30 nohost.example.com
mail.example.com A 198.51.100.7
alias.example.com CNAME mail.example.com
two.example.net TXT "v=spf1 -all"
two.example.net TXT "v=spf1 +all"
broken.example.net TXT "v=spf1 ipv4:192.0.2.0/24 include: -all"
a.example.net TXT "v=spf1 include:a1.example.net a:mail.example.com -all"
a1.example.net TXT "v=spf1 ip4:192.0.2.0/24 -all"
b.example.net TXT "v=spf1 ip4:10.0.0.0/8 ?all"
c.example.net TXT "v=spf1 ip6:2001:db8::/32 -all"
very-long-host-name-that-goes-on-and-on.with-many-labels.in-a-deep-tree-of-names.example.com A 192.0.2.3
)");
    return zone;
}

/// A domain with long names, a logo, and a DMARC record far above it.
Zone deepZone(const char *logo)
{
    Zone zone;
    const std::string domain =
        "a-very-long-label-that-somebody-thought-of-for-fun.b.newsletter.marketing.europe."
        "corporation.example.com";
    zone.add(domain + " TXT \"v=spf1 mx -all\"");
    zone.add(domain + " MX 10 mail.example.com");
    zone.add("mail.example.com A 198.51.100.7");
    zone.add("_dmarc.europe.corporation.example.com TXT \"v=DMARC1; p=none\"");
    zone.add("_dmarc.example.com TXT \"v=DMARC1; p=reject; sp=quarantine; np=reject; psd=n; "
             "rua=mailto:dmarc-reports@reports.example.com,mailto:d@example.org\"");
    zone.add("default._bimi." + domain + " TXT \"v=BIMI1; l=https://logo.example.com/logo.svg; a=;\"");
    https::Response page;
    page.url = *https::Url::parse("https://logo.example.com/logo.svg");
    page.outcome = https::Outcome::Answered;
    page.status = 200;
    page.contentType = "image/svg+xml";
    QFile file(QStringLiteral(MAILOSCOPE_TEST_DATA "/bimi/svg/%1").arg(QLatin1String(logo)));
    if (file.open(QIODevice::ReadOnly))
        page.body = file.readAll().toStdString();
    zone.add(std::move(page));
    return zone;
}

void keep(const QWidget &window, const QString &name)
{
    const QString folder = qEnvironmentVariable("MAILOSCOPE_SHOTS");
    const QPixmap picture = const_cast<QWidget &>(window).grab();
    QVERIFY(!picture.isNull());
    if (!folder.isEmpty())
        QVERIFY(picture.save(QStringLiteral("%1/%2.png").arg(folder, name)));
}

/// Lets layouts and paintings that were asked for be done, and those that they ask for in turn.
void settle(const WindowFixture &)
{
    for (int turn = 0; turn < 4; ++turn) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
}

/// Another view of the SPF page, and the tree again.
void keepView(WindowFixture &fixture, const char *view, const QString &name)
{
    QTest::mouseClick(&fixture.find<QToolButton>(view), Qt::LeftButton);
    settle(fixture);
    keep(*fixture.window, name);
    QTest::mouseClick(&fixture.find<QToolButton>("viewTree"), Qt::LeftButton);
}

void showSection(WindowFixture &fixture, Section section)
{
    auto &list = fixture.find<QListView>("sectionList");
    list.setCurrentIndex(list.model()->index(SectionsModel::rowOf(section), 0));
    settle(fixture);
}

/// The windows in which records are made, compared and flattened, and a record edited in place.
void keepTools(WindowFixture &fixture, const QString &tag)
{
    const auto keepDialog = [&](const char *action, const QString &name, const QString &dialogName) {
        fixture.find<QAction>(action).trigger();
        settle(fixture);
        auto *dialog = fixture.window->findChild<QDialog *>(dialogName);
        QVERIFY2(dialog, qPrintable(dialogName));
        keep(*dialog, tag + name);
        dialog->close();
    };
    keepDialog("make spf", QStringLiteral("-make-spf"), QStringLiteral("builder spf"));
    keepDialog("make dmarc", QStringLiteral("-make-dmarc"), QStringLiteral("builder dmarc"));
    keepDialog("make dkim", QStringLiteral("-make-dkim"), QStringLiteral("builder dkim"));
    keepDialog("make parked", QStringLiteral("-make-parked"), QStringLiteral("builder parked"));
    fixture.find<QAction>("flattenSpf").trigger();
    QTest::mouseClick(&fixture.find<QPushButton>("flattenUnderLimit"), Qt::LeftButton);
    settle(fixture);
    auto &branches = fixture.find<QTreeWidget>("flattenBranches");
    for (int i = 0; i < branches.topLevelItemCount(); ++i) {
        if (branches.topLevelItem(i)->flags() & Qt::ItemIsUserCheckable) {
            branches.topLevelItem(i)->setCheckState(0, Qt::Checked);
            break;
        }
    }
    QTRY_VERIFY(fixture.find<QPushButton>("flattenSave").isEnabled());
    settle(fixture);
    keep(fixture.find<QDialog>("flattenWindow"), tag + QStringLiteral("-flatten"));
    fixture.find<QDialog>("flattenWindow").close();
    fixture.find<QAction>("compareSpf").trigger();
    auto &fresh = fixture.find<QLineEdit>("compareNew");
    fresh.setText(QStringLiteral("v=spf1 include:_spf.google.com ip4:192.175.48.0/24 -all"));
    QTest::keyClick(&fresh, Qt::Key_Return);
    QTRY_VERIFY(!fixture.find<QLabel>("compareResultSentence").text().isEmpty());
    settle(fixture);
    keep(fixture.find<QDialog>("compareWindow"), tag + QStringLiteral("-compare"));
    QTest::mouseClick(&fixture.find<QToolButton>("compareAsMap"), Qt::LeftButton);
    settle(fixture);
    keep(fixture.find<QDialog>("compareWindow"), tag + QStringLiteral("-compare-map"));
    fixture.find<QDialog>("compareWindow").close();
    showSection(fixture, Section::Dmarc);
    auto *page = fixture.window->findChild<QWidget *>(QStringLiteral("page DMARC"));
    QTest::mouseClick(page->findChild<QToolButton *>(QStringLiteral("editRecord")), Qt::LeftButton);
    auto *text = page->findChild<QPlainTextEdit *>(QStringLiteral("editorText"));
    text->setPlainText(text->toPlainText().replace(QStringLiteral("reject"), QStringLiteral("none")));
    settle(fixture);
    keep(*fixture.window, tag + QStringLiteral("-edit"));
    QTest::mouseClick(page->findChild<QToolButton *>(QStringLiteral("editorRevert")), Qt::LeftButton);
    QTest::mouseClick(page->findChild<QToolButton *>(QStringLiteral("editorDone")), Qt::LeftButton);
}

} // namespace

class LooksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_font = QApplication::font(); }
    void cleanup()
    {
        applyTextSize(SmallestTextPercent);
        QApplication::setFont(m_font);
        QApplication::setPalette(QPalette());
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    }

    void statesAreDrawn_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("percent");
        QTest::newRow("light") << false << 100;
        QTest::newRow("dark") << true << 100;
        QTest::newRow("large") << false << 200;
    }
    void statesAreDrawn()
    {
        QFETCH(bool, dark);
        QFETCH(int, percent);
        const QString tag = QString::fromLatin1(QTest::currentDataTag());
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        QApplication::setPalette(dark ? darkPalette() : QApplication::style()->standardPalette());
        QFont font = m_font;
        font.setPointSizeF(font.pointSizeF() * percent / 100);
        QApplication::setFont(font);
        const QSize size(1440, 900);

        WindowFixture sample(TestDnsServer::nobody(), sampleSnapshot());
        sample.window->resize(size);
        keep(*sample.window, tag + QStringLiteral("-empty"));
        sample.window->open({});
        QTRY_COMPARE(sample.state(), State::Done);
        settle(sample);
        keep(*sample.window, tag + QStringLiteral("-overview"));
        for (const Section section :
             {Section::Dmarc, Section::Dkim, Section::Bimi, Section::MtaSts, Section::Mx}) {
            showSection(sample, section);
            keep(*sample.window, tag + QLatin1Char('-') + toQString(shortTitleOf(section)).toLower());
        }
        showSection(sample, Section::Spf);
        keep(*sample.window, tag + QStringLiteral("-sample"));
        keepView(sample, "viewGraph", tag + QStringLiteral("-graph"));
        sample.find<QAction>("showLowerPane").trigger();
        keepView(sample, "viewMap", tag + QStringLiteral("-map"));
        sample.find<QAction>("showLowerPane").trigger();
        auto &sampleTree = sample.find<SpfTreeView>("spfTree");
        sampleTree.setExpanded(sampleTree.model()->index(0, 0, sampleTree.model()->index(0, 0)), true);
        sample.type("walkIp", QStringLiteral("40.92.0.7"));
        QTest::keyClick(&sample.find<QLineEdit>("walkIp"), Qt::Key_Return);
        QTRY_VERIFY(!sample.text("walkResult").isEmpty());
        QTest::keyClick(sample.window.get(), Qt::Key_Left, Qt::AltModifier);
        keep(*sample.window, tag + QStringLiteral("-walk"));
        QTest::keyClick(sample.window.get(), Qt::Key_Left, Qt::AltModifier);
        keepView(sample, "viewGraph", tag + QStringLiteral("-graph-walk"));
        showSection(sample, Section::Dns);
        keep(*sample.window, tag + QStringLiteral("-zone"));
        sample.find<QTabWidget>("dnsTabs").setCurrentIndex(1);
        sample.find<QTabWidget>("tabs").setCurrentIndex(1);
        auto &facts = sample.find<QTableView>("factsTable");
        facts.setCurrentIndex(facts.model()->index(1, 0));
        keep(*sample.window, tag + QStringLiteral("-dns"));
        keepTools(sample, tag);

        TestDnsServer server(troubledZone(), [](const Received &received, int) {
            const bool silent = received.question.name == name("silent.example.net");
            return Treatment{silent ? Treatment::Kind::Silence : Treatment::Kind::Answer,
                             std::chrono::milliseconds(15), false};
        });
        WindowFixture troubled(server.resolver());
        troubled.window->resize(size);
        troubled.timeout = 1500;
        troubled.inspect(QStringLiteral("troubled.example.com"));
        showSection(troubled, Section::Spf);
        const QAbstractItemModel &growing = *troubled.find<QTreeView>("spfTree").model();
        QTRY_VERIFY(growing.rowCount(growing.index(0, 0)) > 5);
        troubled.find<QTabWidget>("tabs").setCurrentIndex(1);
        keep(*troubled.window, tag + QStringLiteral("-running"));
        QTRY_COMPARE_WITH_TIMEOUT(troubled.state(), State::Done, 20000);
        troubled.find<QTreeView>("spfTree").expandAll();
        keep(*troubled.window, tag + QStringLiteral("-lookups"));
        troubled.find<QTabWidget>("tabs").setCurrentIndex(0);
        keepView(troubled, "viewGraph", tag + QStringLiteral("-graph-troubled"));
        auto &findings = troubled.find<QTableView>("findingsTable");
        findings.setCurrentIndex(findings.model()->index(2, 0));
        keep(*troubled.window, tag + QStringLiteral("-troubled"));
        auto &tryFix = troubled.find<QToolButton>("tryFix");
        for (int row = 0; row < findings.model()->rowCount(); ++row) {
            findings.setCurrentIndex(findings.model()->index(row, 0));
            if (tryFix.isVisible())
                break;
        }
        QVERIFY(tryFix.isVisible());
        troubled.find<QSplitter>("down").setSizes({400, 400});
        auto &words = troubled.find<QTextEdit>("findingWords");
        settle(troubled);
        words.verticalScrollBar()->setValue(words.verticalScrollBar()->maximum());
        keep(*troubled.window, tag + QStringLiteral("-fix"));
        QTest::mouseClick(&tryFix, Qt::LeftButton);
        QTRY_VERIFY(troubled.message().contains(QStringLiteral("draft")));
        settle(troubled);
        keep(*troubled.window, tag + QStringLiteral("-what-if"));
        QTest::mouseClick(&troubled.find<QToolButton>("whatIfUndo"), Qt::LeftButton);
        troubled.find<QTabWidget>("tabs").setCurrentIndex(0);
        for (const Section section : {Section::Mx, Section::Dmarc, Section::Dns}) {
            showSection(troubled, section);
            keep(*troubled.window,
                 tag + QStringLiteral("-troubled-") + toQString(shortTitleOf(section)).toLower());
        }
        auto &sections = troubled.find<QListView>("sectionList");
        sections.setCurrentIndex(sections.model()->index(SectionsModel::OverviewRow, 0));
        settle(troubled);
        keep(*troubled.window, tag + QStringLiteral("-troubled-overview"));

        const QString deepName = QStringLiteral("a-very-long-label-that-somebody-thought-of-for-fun.b."
                                                "newsletter.marketing.europe.corporation.example.com");
        for (const char *logo : {"good-gradient-use.svg", "bad-script.svg"}) {
            WindowFixture deep(TestDnsServer::nobody());
            deep.gatherer = std::make_shared<ZoneGatherer>(std::make_shared<const Zone>(deepZone(logo)));
            deep.window->resize(size);
            deep.inspect(deepName);
            QTRY_COMPARE(deep.state(), State::Done);
            showSection(deep, Section::Bimi);
            const QString name = tag + QLatin1Char('-') + QString::fromLatin1(logo).left(4);
            keep(*deep.window, name + QStringLiteral("-logo"));
            if (QLatin1String(logo).startsWith(QLatin1String("bad")))
                continue;
            showSection(deep, Section::Dmarc);
            deep.type("otherName", QStringLiteral("nobody.example.com"));
            QTest::keyClick(&deep.find<QLineEdit>("otherName"), Qt::Key_Return);
            settle(deep);
            keep(*deep.window, tag + QStringLiteral("-deep-dmarc"));
            deep.window->resize(size.width(), size.height() * 2);
            settle(deep);
            keep(*deep.window, tag + QStringLiteral("-deep-dmarc-tall"));
            deep.window->resize(size);
            auto &list = deep.find<QListView>("sectionList");
            list.setCurrentIndex(list.model()->index(SectionsModel::OverviewRow, 0));
            settle(deep);
            keep(*deep.window, tag + QStringLiteral("-deep-overview"));
            deep.find<QTabWidget>("overviewTabs").setCurrentIndex(1);
            settle(deep);
            keep(*deep.window, tag + QStringLiteral("-rules"));
            deep.find<QTabWidget>("overviewTabs").setCurrentIndex(2);
            settle(deep);
            keep(*deep.window, tag + QStringLiteral("-profiles"));
        }

        WindowFixture nobody(TestDnsServer::nobody());
        nobody.window->resize(size);
        nobody.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE_WITH_TIMEOUT(nobody.state(), State::NoResolver, 20000);
        keep(*nobody.window, tag + QStringLiteral("-no-resolver"));
    }

    void theWindowStandsInOtherSurroundings_data()
    {
        QTest::addColumn<int>("appearance");
        QTest::addColumn<int>("percent");
        QTest::addColumn<bool>("rightToLeft");
        QTest::addColumn<QSize>("size");
        const auto row = [](const char *name, Appearance appearance, int percent, bool rightToLeft,
                            const QSize &size) {
            QTest::newRow(name) << static_cast<int>(appearance) << percent << rightToLeft << size;
        };
        row("contrast", Appearance::HighContrast, 100, false, {1440, 900});
        row("mirrored", Appearance::Light, 100, true, {1440, 900});
        row("small", Appearance::Light, 100, false, {800, 600});
        row("wide", Appearance::Light, 100, false, {2560, 1440});
    }
    void theWindowStandsInOtherSurroundings()
    {
        QFETCH(int, appearance);
        QFETCH(int, percent);
        QFETCH(bool, rightToLeft);
        QFETCH(QSize, size);
        const QString tag = QString::fromLatin1(QTest::currentDataTag());
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        applyAppearance(static_cast<Appearance>(appearance));
        QGuiApplication::setLayoutDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
        {
            WindowFixture sample(TestDnsServer::nobody(), sampleSnapshot());
            sample.window->resize(size);
            applyTextSize(percent);
            settle(sample);
            keep(*sample.window, tag + QStringLiteral("-empty"));
            sample.window->open({});
            QTRY_COMPARE(sample.state(), State::Done);
            settle(sample);
            keep(*sample.window, tag + QStringLiteral("-overview"));
            for (const Section section : allSections()) {
                showSection(sample, section);
                keep(*sample.window, tag + QLatin1Char('-') + toQString(shortTitleOf(section)).toLower());
            }
            sample.find<QAction>("settings").trigger();
            settle(sample);
            keep(sample.find<QWidget>("settingsDialog"), tag + QStringLiteral("-settings"));
            sample.find<QAction>("guide").trigger();
            settle(sample);
            keep(sample.find<QWidget>("guideWindow"), tag + QStringLiteral("-guide"));
            sample.find<QAction>("shortcuts").trigger();
            settle(sample);
            keep(sample.find<QWidget>("notice"), tag + QStringLiteral("-keys"));
        }
        {
            std::string longest;
            while (longest.size() + 50 < 240)
                longest += std::string(44, 'x') + ".";
            longest += "xn--bcher-kva.example.com"; // a label with an umlaut
            Zone zone;
            zone.add(longest + " TXT \"v=spf1 include:_spf." + longest.substr(45) +
                     " a:<b>bold</b>.example -all\"");
            zone.add("_spf." + longest.substr(45) + " TXT \"v=spf1 ip4:192.0.2.0/24 -all\"");
            zone.add(longest + " MX 10 mail." + longest.substr(45));
            WindowFixture longNames(TestDnsServer::nobody());
            longNames.gatherer = std::make_shared<ZoneGatherer>(std::make_shared<const Zone>(zone));
            longNames.window->resize(size);
            longNames.inspect(QString::fromStdString(longest));
            QTRY_COMPARE(longNames.state(), State::Done);
            settle(longNames);
            keep(*longNames.window, tag + QStringLiteral("-long-overview"));
            showSection(longNames, Section::Spf);
            keep(*longNames.window, tag + QStringLiteral("-long-spf"));
            showSection(longNames, Section::Mx);
            keep(*longNames.window, tag + QStringLiteral("-long-mx"));
        }
    }

    void theMapIsDrawn_data()
    {
        QTest::addColumn<int>("appearance");
        QTest::addColumn<int>("percent");
        QTest::newRow("map-light") << static_cast<int>(Appearance::Light) << 100;
        QTest::newRow("map-dark") << static_cast<int>(Appearance::Dark) << 100;
        QTest::newRow("map-contrast") << static_cast<int>(Appearance::HighContrast) << 100;
        QTest::newRow("map-large") << static_cast<int>(Appearance::Light) << 200;
    }
    void theMapIsDrawn()
    {
        QFETCH(int, appearance);
        QFETCH(int, percent);
        const QString tag = QString::fromLatin1(QTest::currentDataTag());
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        applyAppearance(static_cast<Appearance>(appearance));
        struct Record {
            const char *name;
            std::string text;
        };
        Zone zone;
        for (const Record &record :
             {Record{"all", "v=spf1 include:some.example.net +all"},
              Record{"some", "v=spf1 include:some.example.net include:spf.protection.outlook.com "
                             "ip4:203.0.113.7 exists:%{i}.example.net -all"},
              Record{"one", "v=spf1 ip4:192.175.48.7 -all"}, Record{"nobody", "v=spf1 -all"},
              Record{"many", "v=spf1 include:many0.example.net include:many1.example.net "
                             "include:many2.example.net -all"}})
            zone.add(std::string(record.name) + ".example.com TXT \"" + record.text + "\"");
        zone.add("some.example.net TXT \"v=spf1 ip4:35.190.247.0/24 ip4:64.233.160.0/19 ip4:66.102.0.0/20 "
                 "ip4:74.125.0.0/16 ip4:209.85.128.0/17 ip6:2001:4860:4000::/36 -all\"");
        zone.add("spf.protection.outlook.com TXT \"v=spf1 ip4:40.92.0.0/15 ip4:40.107.0.0/16 "
                 "ip4:52.100.0.0/14 ip4:104.47.0.0/17 ip6:2a01:111:f400::/48 -all\"");
        for (unsigned i = 0; i < 3; ++i) {
            std::string strings;
            for (unsigned network = 0; network < 3400; network += 10) {
                strings += network == 0 ? " \"v=spf1" : " \"";
                for (unsigned each = network; each < network + 10; ++each) {
                    const unsigned number = (each * 2654435761U + i * 977U) >> 4U;
                    strings += " ip4:" + std::to_string(11 + (each % 37) * 5 + i) + '.' +
                               std::to_string(number % 256) + '.' + std::to_string(number / 256 % 256) +
                               ".0/28";
                }
                strings += '"';
            }
            zone.add("many" + std::to_string(i) + ".example.net TXT" + strings);
        }
        WindowFixture f(TestDnsServer::nobody());
        applyTextSize(percent);
        f.gatherer = std::make_shared<ZoneGatherer>(std::make_shared<const Zone>(zone));
        f.window->resize(1440, 900);
        f.find<QAction>("showLowerPane").trigger();
        f.find<QAction>("showMap").trigger();
        for (const char *name : {"some", "all", "one", "nobody", "none", "many"}) {
            f.inspect(QString::fromLatin1(name) + QStringLiteral(".example.com"));
            QTRY_COMPARE(f.state(), State::Done);
            settle(f);
            keep(*f.window, tag + QLatin1Char('-') + QString::fromLatin1(name));
        }
        auto &map = f.find<QWidget>("addressMap");
        QTest::keyClick(&map, Qt::Key_Return);
        settle(f);
        keep(*f.window, tag + QStringLiteral("-many-inside"));
        applyAppearance(Appearance::Desktop);
    }

private:
    QFont m_font;
};

QTEST_MAIN(LooksTest)
#include "tst_looks.moc"
