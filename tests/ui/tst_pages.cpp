// SPDX-License-Identifier: Apache-2.0
// The overview, the verdict's rules, the profiles, the DMARC walk and the BIMI logo.
#include "models/dmarc_walk_model.h"
#include "pages/overview_page.h"
#include "pages/profiles_page.h"
#include "pages/rules_page.h"
#include "pages/section_page.h"
#include "policy_question.h"
#include "selection.h"
#include "support/rows.h"
#include "support/zone_gatherer.h"
#include "text/logo_text.h"
#include "text/shown_string.h"
#include "text/verdict_text.h"
#include "theme/theme.h"
#include "ui/reports.h"
#include "widgets/dmarc_panel.h"
#include "widgets/dmarc_walk_view.h"
#include "widgets/logo_panel.h"
#include "widgets/logo_stage.h"
#include "widgets/outline_table_view.h"
#include "widgets/section_card.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;

namespace
{

Zone zoneOf(std::string_view lines)
{
    Zone zone;
    zone.addMasterFile(lines);
    return zone;
}

Zone protectedZone()
{
    return zoneOf(R"(
example.com TXT "v=spf1 mx -all"
example.com MX 10 mail.example.com
mail.example.com A 198.51.100.7
_dmarc.example.com TXT "v=DMARC1; p=reject; sp=quarantine; np=reject; rua=mailto:dmarc@example.com"
news.example.com A 198.51.100.8
)");
}

template <typename Widget>
Widget &find(const QWidget &parent, const char *name)
{
    auto *widget = parent.findChild<Widget *>(QString::fromLatin1(name));
    if (!widget)
        qFatal("no widget is called %s", name);
    return *widget;
}

/// All cells of a table, a row a line.
QString printed(const QAbstractItemModel &model)
{
    QString text;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells << model.index(row, column).data().toString();
        text += cells.join(QLatin1Char('|')) + QLatin1Char('\n');
    }
    return text;
}

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

class PagesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // ---- overview

    void theOverviewTellsEachSectionAndWhatToDoFirst()
    {
        Selection selection;
        OverviewPage page(selection);
        page.resize(1100, 800);
        page.show();
        Zone zone = protectedZone();
        zone.add("default._bimi.example.com TXT \"v=BIMI1; l=http://example.com/logo.svg\"");
        const auto report = reportOf(zone, "example.com");
        page.showReport(report);
        QCOMPARE(find<QLabel>(page, "overviewDomain").text(), QStringLiteral("example.com"));
        QVERIFY(find<QLabel>(page, "verdict").text().startsWith(QStringLiteral("Protected.")));
        for (const Section section : allSections()) {
            const Standing standing = standingOf(*report, section);
            const QString name = toQString(shortTitleOf(section));
            const auto &card = find<SectionCard>(page, qPrintable(QStringLiteral("card %1").arg(name)));
            QVERIFY(card.accessibleName().startsWith(name));
            QVERIFY(card.accessibleName().contains(wordFor(meaningOf(standing.mark))));
            QVERIFY(card.accessibleName().contains(toQString(standing.gist)));
        }
        QVERIFY(find<QWidget>(page, "doFirst").isVisible());
        QVERIFY(!find<QLabel>(page, "nothingFirst").isVisible());
    }

    void aCardAndARowLeadToTheirSection()
    {
        Selection selection;
        OverviewPage page(selection);
        page.resize(1100, 800);
        page.show();
        Zone zone = protectedZone();
        zone.add("default._bimi.example.com TXT \"v=BIMI1; l=http://example.com/logo.svg\"");
        page.showReport(reportOf(zone, "example.com"));
        QSignalSpy wanted(&page, &OverviewPage::sectionWanted);
        QTest::keyClick(&find<SectionCard>(page, "card DMARC"), Qt::Key_Space);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.takeFirst().at(0).value<Section>(), Section::Dmarc);
        find<QPushButton>(page, "showFirst0").click();
        QCOMPARE(wanted.size(), 1);
        QVERIFY(selection.finding());
        QSignalSpy rules(&page, &OverviewPage::rulesWanted);
        find<QPushButton>(page, "showRules").click();
        QCOMPARE(rules.size(), 1);
    }

    void whatWaitsAndWhatIsNotKnownIsNeverOk()
    {
        Selection selection;
        OverviewPage page(selection);
        page.show();
        page.showReport(reportsOf(protectedZone(), "example.com").front());
        QVERIFY(find<SectionCard>(page, "card DMARC").accessibleName().contains(wordFor(Meaning::Waiting)));
        Zone silent = protectedZone();
        silent.remove(name("_dmarc.example.com"), dns::RrType::TXT);
        silent.fail({name("_dmarc.example.com"), dns::RrType::TXT}, dns::Outcome::ServerFailure);
        page.showReport(reportOf(silent, "example.com"));
        QVERIFY(find<SectionCard>(page, "card DMARC").accessibleName().contains(wordFor(Meaning::Unknown)));
        page.showReport(nullptr);
        QVERIFY(find<QLabel>(page, "verdict").text().isEmpty());
    }

    // ---- rules and profiles

    void theRulesTellWhatWasSeenAndWhetherTheyAreMet()
    {
        RulesPage page;
        page.resize(1100, 800);
        page.show();
        const auto report = reportOf(protectedZone(), "example.com");
        page.showReport(report);
        const auto &rules = find<QTableView>(page, "verdictRules");
        QCOMPARE(rules.model()->rowCount(), static_cast<int>(report->verdict.rules.size()));
        const QString text = printed(*rules.model());
        QVERIFY2(text.contains(
                     QStringLiteral("met|The policy that applies is reject.|p=reject at _dmarc.example.com")),
                 qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("everyone else gets fail")));
        QVERIFY(text.contains(QStringLiteral("RFC 9989")));
        for (const verdict::Rule &rule : report->verdict.rules)
            QVERIFY2(!seenFor(*report, rule.id).isEmpty(), std::string(rule.id).c_str());
        QVERIFY(printed(*find<QTableView>(page, "verdictTreatments").model())
                    .contains(QStringLiteral("rejected")));
        QCOMPARE(find<QTableView>(page, "verdictNotTestable").model()->rowCount(),
                 static_cast<int>(verdict::notTestable().size()));
    }

    void aRuleThatCouldNotBeToldSaysSo()
    {
        Zone zone = protectedZone();
        zone.remove(name("_dmarc.example.com"), dns::RrType::TXT);
        zone.fail({name("_dmarc.example.com"), dns::RrType::TXT}, dns::Outcome::Timeout);
        const OutlineTable rules = rulesOf(*reportOf(zone, "example.com"));
        QCOMPARE(rules.rows.front().front().text, std::string("could not tell"));
        QCOMPARE(rules.rows.front().front().mark, Mark::Unknown);
        const OutlineTable waiting = rulesOf(*reportsOf(zone, "example.com").front());
        QCOMPARE(waiting.rows.front().front().mark, Mark::Waiting);
    }

    void aProfileIsChosenAndKept()
    {
        Selection selection;
        ProfilesPage page(selection);
        page.resize(1100, 800);
        page.show();
        const auto report = reportOf(protectedZone(), "example.com");
        page.showReport(report);
        auto &chooser = find<QComboBox>(page, "profileChooser");
        const std::vector<profiles::ProfileResult> results = profilesOf(*report);
        QCOMPARE(chooser.count(), static_cast<int>(results.size()));
        QSignalSpy chosen(&page, &ProfilesPage::chosen);
        chooser.setFocus();
        QTest::keyClick(&chooser, Qt::Key_Down);
        QCOMPARE(chosen.size(), 1);
        const QString id = chosen.first().first().toString();
        QCOMPARE(id, toQString(results[1].profile->id));
        QCOMPARE(find<QTableView>(page, "profileRows").model()->rowCount(),
                 static_cast<int>(results[1].requirements.size()));
        // A new report leaves the choice alone.
        page.showReport(reportOf(smallZone(), "example.com"));
        QCOMPARE(chooser.currentData().toString(), id);
        page.setChosen(QStringLiteral("no such profile"));
        QCOMPARE(chooser.currentIndex(), 0);
        QVERIFY(!page.summary().isEmpty());
    }

    void aProfileWaitsForTheLastAnswer()
    {
        Selection selection;
        ProfilesPage page(selection);
        page.show();
        page.showReport(reportsOf(protectedZone(), "example.com").front());
        QCOMPARE(page.summaryMark(), Mark::Waiting);
        QVERIFY(page.summary().contains(QStringLiteral("still to come")));
        const QString rows = printed(*find<QTableView>(page, "profileRows").model());
        QVERIFY(rows.contains(QStringLiteral("waiting|")));
        QVERIFY(!rows.contains(QStringLiteral("not met|")));
    }

    void aRequirementThatIsNotMetLeadsToItsFinding()
    {
        Selection selection;
        ProfilesPage page(selection);
        page.resize(1100, 800);
        page.show();
        const auto report = reportOf(smallZone(), "example.com");
        page.showReport(report);
        const std::vector<profiles::ProfileResult> results = profilesOf(*report);
        for (const profiles::ProfileResult &result : results) {
            for (std::size_t row = 0; row < result.requirements.size(); ++row) {
                if (result.requirements[row].brokenBy.empty())
                    continue;
                page.setChosen(toQString(result.profile->id));
                auto &table = find<QTableView>(page, "profileRows");
                const QModelIndex index = table.model()->index(static_cast<int>(row), 0);
                QCOMPARE(index.data().toString(), QStringLiteral("not met"));
                QVERIFY(!index.siblingAtColumn(2).data().toString().isEmpty());
                table.setCurrentIndex(index);
                QTest::keyClick(&table, Qt::Key_Return);
                QVERIFY(selection.finding());
                return;
            }
        }
        QFAIL("the small zone breaks no profile");
    }

    // ---- the walk

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

    // ---- the logo

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

    // ---- pages

    void aPageLeavesOutWhatItsOwnWidgetShows()
    {
        SectionPage page(Section::Dmarc);
        page.leaveOut("dmarc.walk");
        page.resize(900, 700);
        page.show();
        page.showReport(reportOf(protectedZone(), "example.com"));
        QVERIFY(page.findChild<QTableView *>(QStringLiteral("dmarc.tags")));
        QVERIFY(!page.findChild<QTableView *>(QStringLiteral("dmarc.walk")));
    }

    void longCellsWrapAndTheTableIsAsHighAsItsRows()
    {
        OutlineTableView table;
        table.resize(300, 400);
        table.show();
        const auto row = [](std::string words) {
            return std::vector<OutlineCell>{{"a", Mark::Ok, false}, {std::move(words), Mark::None, false}};
        };
        OutlineTable content;
        content.id = "words";
        content.columns = {"A", "B"};
        content.rows = {row("short")};
        table.showTable(content);
        const int before = table.view().height();
        std::string words;
        for (int i = 0; i < 40; ++i)
            words += "words ";
        content.rows.push_back(row(words));
        table.showTable(content);
        QVERIFY(table.view().rowHeight(1) > table.view().rowHeight(0));
        QVERIFY(table.view().height() >= before + table.view().rowHeight(1));
    }
};

QTEST_MAIN(PagesTest)
#include "tst_pages.moc"
