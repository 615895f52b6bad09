// SPDX-License-Identifier: Apache-2.0
// The pages of the window: when they are made, and when they follow the report.
#include "main_window.h"

#include "builders/tool_windows.h"
#include "pages/dns_page.h"
#include "pages/overview_page.h"
#include "pages/profiles_page.h"
#include "pages/rules_page.h"
#include "pages/section_page.h"
#include "pages/spf_page.h"
#include "text/shown_string.h"
#include "widgets/dmarc_panel.h"
#include "widgets/findings_panel.h"
#include "widgets/logo_panel.h"
#include "widgets/look_ups_panel.h"
#include "widgets/message_strip.h"
#include "widgets/walk_panel.h"
#include "widgets/what_if_panel.h"

#include <QShowEvent>
#include <QStackedWidget>
#include <QTabWidget>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

/// From the first paint to the pages that nobody has looked at: until then the window has the machine to
/// itself.
constexpr int BeforeMakingMs = 250;

} // namespace

template <typename Page>
void MainWindow::addSlot(Late<Page> &late)
{
    m_slots.push_back({late.place(),
                       [&late](const std::shared_ptr<const Report> &report) { late->showReport(report); },
                       [&late] { return late.isMade(); }, [&late] { late.get(); }});
}

void MainWindow::addPages()
{
    prepareOverview();
    for (const Section section : allSections()) {
        if (section == Section::Spf) {
            prepareSpfPage();
            m_pages->addWidget(m_spfPage.place());
            addSlot(m_spfPage);
            continue;
        }
        Late<SectionPage> &page = *m_sectionPages.emplace_back(std::make_unique<Late<SectionPage>>());
        prepareSectionPage(page, section);
        addSlot(page);
        if (section != Section::Dns) {
            m_pages->addWidget(page.place());
            continue;
        }
        m_dnsPage.prepare([] { return new DnsPage; },
                          [this](DnsPage &answers) {
                              restoreParts(answers);
                              answers.showReport(m_report);
                          });
        addSlot(m_dnsPage);
        auto *both = new QTabWidget;
        both->setObjectName(QStringLiteral("dnsTabs"));
        both->setDocumentMode(true);
        both->addTab(page.place(), tr("State"));
        both->addTab(m_dnsPage.place(), tr("All answers"));
        m_pages->addWidget(both);
    }
    m_laggards.setSingleShot(true);
    m_laggards.setInterval(200);
    m_making.setInterval(BeforeMakingMs);
}

void MainWindow::prepareOverview()
{
    m_overviewPage.prepare([this] { return new OverviewPage(m_selection); },
                           [this](OverviewPage &page) {
                               connect(&page, &OverviewPage::sectionWanted, this, &MainWindow::showSection);
                               connect(&page, &OverviewPage::fixWanted, this, [this](std::size_t finding) {
                                   if (const fixes::Fix *fix = m_report ? m_report->fixOf(finding) : nullptr)
                                       tryChanges(std::vector(fix->changes));
                               });
                               connect(&page, &OverviewPage::rulesWanted, this,
                                       [this] { showOverview(m_rulesPage.place()); });
                               connect(&page, &OverviewPage::profilesWanted, this,
                                       [this] { showOverview(m_profilesPage.place()); });
                               page.showReport(m_report);
                               showProfileInOverview();
                           });
    m_rulesPage.prepare([] { return new RulesPage; }, [this](RulesPage &page) { page.showReport(m_report); });
    m_profilesPage.prepare(
        [this] { return new ProfilesPage(m_selection); },
        [this](ProfilesPage &page) {
            page.setChosen(m_preferences.profile());
            page.showReport(m_report);
            connect(&page, &ProfilesPage::sectionWanted, this, &MainWindow::showSection);
            connect(&page, &ProfilesPage::summaryChanged, this, &MainWindow::showProfileInOverview);
            connect(&page, &ProfilesPage::chosen, &m_preferences, &Preferences::setProfile);
            showProfileInOverview();
        });
    m_overviewTabs->setObjectName(QStringLiteral("overviewTabs"));
    m_overviewTabs->setDocumentMode(true);
    m_overviewTabs->addTab(m_overviewPage.place(), tr("Summary"));
    m_overviewTabs->addTab(m_rulesPage.place(), tr("Why this verdict"));
    m_overviewTabs->addTab(m_profilesPage.place(), tr("Profiles"));
    m_pages->addWidget(m_overviewTabs);
    addSlot(m_overviewPage);
    addSlot(m_rulesPage);
    addSlot(m_profilesPage);
}

void MainWindow::showProfileInOverview()
{
    if (!m_overviewPage.isMade())
        return;
    if (m_profilesPage.isMade())
        m_overviewPage->showProfile(m_profilesPage->summary(), m_profilesPage->summaryMark());
    else
        m_overviewPage->showProfile({}, Mark::Waiting);
}

void MainWindow::prepareSpfPage()
{
    m_spfPage.prepare([this] { return new SpfPage(m_selection, m_walk); },
                      [this](SpfPage &page) {
                          page.allowEditing(m_whatIf);
                          connect(&page, &SpfPage::makeWanted, m_tools, &ToolWindows::make);
                          connect(&page, &SpfPage::sampleChanged, this, &MainWindow::setSample);
                          connect(&page.walkPanel(), &WalkPanel::walkRequested, this,
                                  [this](const spf::CheckArguments &arguments) {
                                      if (m_session.gatherer())
                                          m_walk.start(m_session.gatherer(), arguments);
                                  });
                          readySpfViews(page);
                          restoreParts(page);
                          if (m_session.state() != Session::State::Empty)
                              page.walkPanel().suggestDomain(toQString(m_session.domain()));
                          page.showReport(m_report);
                          Q_EMIT m_selection.changed(); // the page has not heard of it yet
                      });
}

void MainWindow::prepareSectionPage(Late<SectionPage> &late, Section section)
{
    late.prepare([section] { return new SectionPage(section); },
                 [this, section](SectionPage &page) {
                     page.allowEditing(m_whatIf);
                     connect(&page, &SectionPage::makeWanted, m_tools, &ToolWindows::make);
                     if (section == Section::Dmarc) {
                         auto *panel = new DmarcPanel(m_policyQuestion);
                         connect(panel, &DmarcPanel::nameAsked, this, [this](const DomainName &name) {
                             if (m_session.gatherer())
                                 m_policyQuestion.ask(m_session.gatherer(), name);
                         });
                         page.addPanel(panel, "dmarc.walk");
                     } else if (section == Section::Bimi) {
                         page.addPanel(new LogoPanel, "bimi.svg");
                     }
                     page.showReport(m_report);
                 });
}

void MainWindow::prepareWhatIfPanel()
{
    m_whatIfPanel.prepare(
        [this] { return new WhatIfPanel(m_whatIf, m_parts.choosers); },
        [this](WhatIfPanel &panel) {
            connect(&panel, &WhatIfPanel::realityWanted, this, &MainWindow::showDraftOrReality);
            connect(&panel, &WhatIfPanel::copyFormChosen, &m_preferences, &Preferences::setCopyForm);
            connect(&panel, &WhatIfPanel::told, this, [this](bool done, const QString &sentence) {
                m_strip->say(done ? Meaning::Ok : Meaning::High, sentence);
            });
            connect(&panel, &WhatIfPanel::openWanted, this, [this] {
                m_parts.choosers.openDraft(this, [this](const QString &path) { openDraft(path); });
            });
            connect(&panel, &WhatIfPanel::saveWanted, this, [this] {
                m_parts.choosers.saveDraft(
                    this, toQString(m_whatIf.draft().domain) + QStringLiteral(".mailoscope-draft"),
                    [this](const QString &path) { saveDraft(path); });
            });
            panel.setCopyForm(m_preferences.copyForm());
            restoreParts(panel);
        });
}

void MainWindow::addLowerPanels()
{
    m_findings.prepare(
        [this] { return new FindingsPanel(m_selection); },
        [this](FindingsPanel &panel) {
            connect(&panel, &FindingsPanel::sectionWanted, this, [this](const QString &section) {
                if (const std::optional<Section> known = sectionOf(section.toStdString()))
                    showSection(*known);
            });
            connect(&panel, &FindingsPanel::fixTried, this,
                    [this](const fixes::Fix &fix) { tryChanges(fix.changes); });
            connect(&panel, &FindingsPanel::makeWanted, m_tools, &ToolWindows::make);
            connect(&panel, &FindingsPanel::fixCopied, this,
                    [this](const fixes::Fix &fix) { m_whatIfPanel->copyChanges(fix.changes); });
            connect(&panel, &FindingsPanel::copyFormChosen, &m_preferences, &Preferences::setCopyForm);
            connect(&panel, &FindingsPanel::referenceWanted, this, &MainWindow::openInBrowser);
            panel.setCopyForm(m_preferences.copyForm());
            restoreParts(panel);
            panel.showReport(m_report);
            Q_EMIT m_selection.changed();
        });
    m_lookUps.prepare([this] { return new LookUpsPanel(m_selection); },
                      [this](LookUpsPanel &panel) {
                          restoreParts(panel);
                          for (const gather::LookUp &lookUp : m_session.log())
                              panel.put(lookUp);
                          panel.showReport(m_report);
                          Q_EMIT m_selection.changed();
                      });
    prepareWhatIfPanel();
    m_tabs->addTab(m_findings.place(), tr("Findings"));
    m_tabs->addTab(m_lookUps.place(), tr("Look-ups"));
    m_tabs->addTab(m_whatIfPanel.place(), tr("What if"));
    addSlot(m_findings);
    addSlot(m_lookUps);
    m_slots.push_back({m_whatIfPanel.place(), [](const std::shared_ptr<const Report> &) {},
                       [this] { return m_whatIfPanel.isMade(); }, [this] { m_whatIfPanel.get(); }});
}

void MainWindow::countLookUps()
{
    const std::size_t count = m_session.log().size();
    m_tabs->setTabText(1, count > 0 ? tr("Look-ups %1").arg(count) : tr("Look-ups"));
}

void MainWindow::bring(Pages pages)
{
    for (PageSlot &slot : m_slots) {
        const bool isSeen = slot.place->isVisible();
        if (!slot.isBehind || (!isSeen && (pages == Pages::Visible || !slot.isMade())))
            continue;
        slot.isBehind = false;
        if (slot.isMade())
            slot.show(m_report);
        else
            slot.make();
    }
}

bool MainWindow::makeOnePage()
{
    const auto unmade =
        std::find_if(m_slots.begin(), m_slots.end(), [](const PageSlot &slot) { return !slot.isMade(); });
    if (unmade == m_slots.end())
        return false;
    unmade->isBehind = false;
    unmade->make();
    return true;
}

void MainWindow::makePages()
{
    while (makeOnePage()) {
    }
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    bring(Pages::Visible);
    // A timer of 0 fires when nothing else is left to do: after the first paint.
    if (!event->spontaneous())
        QTimer::singleShot(0, &m_making, qOverload<>(&QTimer::start));
}

bool MainWindow::showsDraft()
{
    return m_whatIf.isActive() && !(m_whatIfPanel.isMade() && m_whatIfPanel->showsReality());
}

} // namespace mailoscope::ui
