// SPDX-License-Identifier: Apache-2.0
// Who hears whom in the window.
#include "main_window.h"

#include "builders/tool_windows.h"
#include "pages/overview_page.h"
#include "pages/profiles_page.h"
#include "pages/rules_page.h"
#include "pages/section_page.h"
#include "pages/spf_page.h"
#include "pages/state_page.h"
#include "text/shown_string.h"
#include "widgets/dmarc_panel.h"
#include "widgets/domain_field.h"
#include "widgets/findings_panel.h"
#include "widgets/look_ups_panel.h"
#include "widgets/message_strip.h"
#include "widgets/top_bar.h"
#include "widgets/walk_panel.h"
#include "widgets/what_if_panel.h"

#include <QListView>
#include <QStackedWidget>
#include <QTabWidget>

namespace mailoscope::ui
{

void MainWindow::wire()
{
    connect(m_top, &TopBar::inspectRequested, this, &MainWindow::inspectTyped);
    connect(m_top, &TopBar::stopRequested, &m_session, &Session::stop);
    connect(m_top, &TopBar::listEntryChosen, this, &MainWindow::chooseFromList);
    connect(&m_top->domainField(), &DomainField::listPasted, this, &MainWindow::takeList);
    connect(&m_top->domainField(), &QLineEdit::textEdited, m_strip, &MessageStrip::fallSilent);
    connect(m_sectionList->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) { m_pages->setCurrentIndex(current.row()); });
    connect(&m_laggards, &QTimer::timeout, this, [this] { bring(Pages::All); });
    connect(m_pages, &QStackedWidget::currentChanged, this, [this] { bring(Pages::Visible); });
    for (QTabWidget *tabs : m_pages->findChildren<QTabWidget *>())
        connect(tabs, &QTabWidget::currentChanged, this, [this] { bring(Pages::Visible); });

    connect(&m_session, &Session::began, this, &MainWindow::begin);
    connect(&m_session, &Session::reportReady, this, &MainWindow::takeReport);
    connect(&m_session, &Session::progressed, m_top, &TopBar::showProgress);
    connect(&m_session, &Session::lookUpChanged, m_lookUps, &LookUpsPanel::put);
    connect(&m_session, &Session::stateChanged, this, &MainWindow::showState);

    connect(m_findings, &FindingsPanel::countChanged, this, [this](int count) {
        m_tabs->setTabText(0, count > 0 ? tr("Findings %1").arg(count) : tr("Findings"));
    });
    connect(m_findings, &FindingsPanel::sectionWanted, this, [this](const QString &section) {
        if (const std::optional<Section> known = sectionOf(section.toStdString()))
            showSection(*known);
    });
    connect(m_overviewPage, &OverviewPage::sectionWanted, this, &MainWindow::showSection);
    connect(m_overviewPage, &OverviewPage::fixWanted, this, [this](std::size_t finding) {
        if (const fixes::Fix *fix = m_report ? m_report->fixOf(finding) : nullptr)
            tryChanges(std::vector(fix->changes));
    });
    connect(m_overviewPage, &OverviewPage::rulesWanted, this, [this] { showOverview(m_rulesPage); });
    connect(m_overviewPage, &OverviewPage::profilesWanted, this, [this] { showOverview(m_profilesPage); });
    connect(m_profilesPage, &ProfilesPage::sectionWanted, this, &MainWindow::showSection);
    connect(m_profilesPage, &ProfilesPage::summaryChanged, this, [this] {
        m_overviewPage->showProfile(m_profilesPage->summary(), m_profilesPage->summaryMark());
    });
    connect(m_profilesPage, &ProfilesPage::chosen, &m_preferences, &Preferences::setProfile);
    connect(m_dmarcPanel, &DmarcPanel::nameAsked, this, [this](const DomainName &name) {
        if (m_session.gatherer())
            m_policyQuestion.ask(m_session.gatherer(), name);
    });
    connect(&m_session, &Session::stateChanged, this, &MainWindow::rememberSelectors);
    connect(m_findings, &FindingsPanel::fixTried, this,
            [this](const fixes::Fix &fix) { tryChanges(fix.changes); });
    connect(m_findings, &FindingsPanel::makeWanted, m_tools, &ToolWindows::make);
    connect(m_tools, &ToolWindows::tryWanted, this, &MainWindow::tryChanges);
    connect(m_tools, &ToolWindows::copyFormChosen, &m_preferences, &Preferences::setCopyForm);
    connect(m_tools, &ToolWindows::refused, this,
            [this](const QString &sentence) { m_strip->say(Meaning::Medium, sentence); });
    connect(m_findings, &FindingsPanel::fixCopied, this,
            [this](const fixes::Fix &fix) { m_whatIfPanel->copyChanges(fix.changes); });
    connect(m_findings, &FindingsPanel::copyFormChosen, &m_preferences, &Preferences::setCopyForm);
    connect(m_findings, &FindingsPanel::referenceWanted, this, &MainWindow::openInBrowser);
    connect(&m_whatIf, &WhatIf::reportChanged, this, &MainWindow::showDraftOrReality);
    connect(m_whatIfPanel, &WhatIfPanel::realityWanted, this, &MainWindow::showDraftOrReality);
    connect(m_whatIfPanel, &WhatIfPanel::copyFormChosen, &m_preferences, &Preferences::setCopyForm);
    connect(&m_preferences, &Preferences::changed, this, &MainWindow::follow);
    connect(m_top, &TopBar::backWanted, this, [this] { goTo(m_trail.back()); });
    connect(m_top, &TopBar::forwardWanted, this, [this] { goTo(m_trail.forward()); });
    connect(m_whatIfPanel, &WhatIfPanel::told, this, [this](bool done, const QString &sentence) {
        m_strip->say(done ? Meaning::Ok : Meaning::High, sentence);
    });
    connect(m_whatIfPanel, &WhatIfPanel::openWanted, this,
            [this] { m_parts.choosers.openDraft(this, [this](const QString &path) { openDraft(path); }); });
    connect(m_whatIfPanel, &WhatIfPanel::saveWanted, this, [this] {
        m_parts.choosers.saveDraft(this,
                                   toQString(m_whatIf.draft().domain) + QStringLiteral(".mailoscope-draft"),
                                   [this](const QString &path) { saveDraft(path); });
    });
    connect(m_lookUps, &LookUpsPanel::countChanged, this, [this](int count) {
        m_tabs->setTabText(1, count > 0 ? tr("Look-ups %1").arg(count) : tr("Look-ups"));
    });

    connect(m_spfPage, &SpfPage::makeWanted, m_tools, &ToolWindows::make);
    connect(m_spfPage, &SpfPage::sampleChanged, this, &MainWindow::setSample);
    connect(&m_spfPage->walkPanel(), &WalkPanel::walkRequested, this,
            [this](const spf::CheckArguments &arguments) {
                if (m_session.gatherer())
                    m_walk.start(m_session.gatherer(), arguments);
            });
    connect(m_statePage, &StatePage::actionWanted, this, [this] {
        if (m_session.state() == Session::State::NoResolver)
            inspectTyped();
        else
            m_parts.choosers.openSnapshot(this, [this](const QString &path) { openSnapshotFile(path); });
    });
}

} // namespace mailoscope::ui
