// SPDX-License-Identifier: Apache-2.0
// The overview, the verdict's rules, the profiles, and what pages share.
#include "pages/overview_page.h"
#include "pages/profiles_page.h"
#include "pages/rules_page.h"
#include "pages/section_page.h"
#include "policy_question.h"
#include "report/rule_table.h"
#include "selection.h"
#include "text/shown_string.h"
#include "theme/theme.h"
#include "ui/page_parts.h"
#include "ui/reports.h"
#include "widgets/dmarc_panel.h"
#include "widgets/dmarc_walk_view.h"
#include "widgets/logo_panel.h"
#include "widgets/logo_stage.h"
#include "widgets/outline_table_view.h"
#include "widgets/section_card.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;

namespace
{

QTableView &requirements(const ProfilesPage &page)
{
    return *page.findChild<QTableView *>();
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
        const auto &rules = find<QTableView>(page, "verdict.rules");
        QCOMPARE(rules.model()->rowCount(), static_cast<int>(report->verdict.rules.size()));
        const QString text = printed(*rules.model());
        QVERIFY2(text.contains(QStringLiteral("yes|The policy that applies is reject.|reject|RFC 9989")),
                 qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("everyone else: fail")));
        QVERIFY(printed(*find<QTableView>(page, "verdict.treatment").model())
                    .contains(QStringLiteral("example.com|rejected|p=reject at _dmarc.example.com")));
        QCOMPARE(find<QTableView>(page, "verdict.not-testable").model()->rowCount(),
                 static_cast<int>(verdict::notTestable().size()));
    }

    void aRuleThatCouldNotBeToldSaysSo()
    {
        Zone zone = protectedZone();
        zone.remove(name("_dmarc.example.com"), dns::RrType::TXT);
        zone.fail({name("_dmarc.example.com"), dns::RrType::TXT}, dns::Outcome::Timeout);
        const OutlineTable rules = ruleTable(*reportOf(zone, "example.com"));
        QCOMPARE(rules.rows.front().front().text, std::string("not known"));
        QCOMPARE(rules.rows.front().front().mark, Mark::Unknown);
        const OutlineTable waiting = ruleTable(*reportsOf(zone, "example.com").front());
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
        QCOMPARE(requirements(page).model()->rowCount(), static_cast<int>(results[1].requirements.size()));
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
        const QString rows = printed(*requirements(page).model());
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
            const std::vector<const profiles::RequirementResult *> rows = rowsOf(result);
            for (std::size_t row = 0; row < rows.size(); ++row) {
                if (rows[row]->brokenBy.empty())
                    continue;
                page.setChosen(toQString(result.profile->id));
                auto &table = requirements(page);
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

    // ---- pages

    void aPageLeavesOutWhatItsOwnWidgetShows()
    {
        PolicyQuestion question;
        SectionPage page(Section::Dmarc);
        page.addPanel(new DmarcPanel(question), "dmarc.walk");
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
