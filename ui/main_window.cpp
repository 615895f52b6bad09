// SPDX-License-Identifier: Apache-2.0
#include "main_window.h"

#include "builders/tool_windows.h"
#include "delegates/section_delegate.h"
#include "models/sections_model.h"
#include "pages/profiles_page.h"
#include "pages/state_page.h"
#include "text/figures.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/window_size.h"
#include "widgets/domain_field.h"
#include "widgets/message_strip.h"
#include "widgets/resolver_field.h"
#include "widgets/top_bar.h"
#include "widgets/what_if_panel.h"

#include <QAction>
#include <QListView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace mailoscope::ui
{

MainWindow::MainWindow(MainWindowParts parts)
    : m_parts(std::move(parts)),
      m_preferences(*m_parts.settings),
      m_session(m_parts.makeGatherer),
      m_remembered(*m_parts.settings),
      m_top(new TopBar),
      m_strip(new MessageStrip),
      m_sections(new SectionsModel(this)),
      m_sectionList(new QListView),
      m_pages(new QStackedWidget),
      m_statePage(new StatePage),
      m_overviewTabs(new QTabWidget),
      m_content(new QStackedWidget),
      m_tabs(new QTabWidget),
      m_tools(new ToolWindows(
          *this, m_whatIf, [this] { return m_session.gatherer(); }, m_parts.choosers, *m_parts.settings)),
      m_across(new QSplitter(Qt::Horizontal)),
      m_down(new QSplitter(Qt::Vertical))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Mailoscope"));
    setAcceptDrops(true);
    layOut();
    makeFileMenu();
    makeViewMenu();
    makeMakeMenu();
    makeHelpMenu();
    wire();
    restore();
    showState();
}

MainWindow::~MainWindow()
{
    // What the session still has to say must not reach widgets that are going.
    m_session.disconnect(this);
    m_selection.disconnect();
    m_walk.disconnect();
    m_policyQuestion.disconnect();
    m_whatIf.disconnect();
}

void MainWindow::layOut()
{
    m_sectionList->setObjectName(QStringLiteral("sectionList"));
    m_sectionList->setAccessibleName(tr("Sections"));
    m_sectionList->setModel(m_sections);
    m_sectionList->setItemDelegate(new SectionDelegate(m_sectionList));
    m_sectionList->setFrameShape(QFrame::NoFrame);
    m_sectionList->setUniformItemSizes(true);
    m_sectionList->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_sectionList->setMinimumWidth(fontMetrics().horizontalAdvance(wordFor(Meaning::Unknown)) +
                                   3 * em(*this));
    m_sectionList->setEditTriggers(QAbstractItemView::NoEditTriggers);

    addPages();
    m_across->setObjectName(QStringLiteral("across"));
    m_across->addWidget(m_sectionList);
    m_across->addWidget(m_pages);
    m_across->setStretchFactor(0, 0);
    m_across->setStretchFactor(1, 1);
    m_across->setChildrenCollapsible(false);
    m_across->setSizes({digits(*this, 19), digits(*this, 150)});
    m_content->addWidget(m_statePage);
    m_content->addWidget(m_across);

    m_tabs->setObjectName(QStringLiteral("tabs"));
    m_tabs->setDocumentMode(true);
    addLowerPanels();
    m_down->setObjectName(QStringLiteral("down"));
    m_down->addWidget(m_content);
    m_down->addWidget(m_tabs);
    m_down->setStretchFactor(0, 3);
    m_down->setStretchFactor(1, 1);
    m_down->setChildrenCollapsible(false);

    m_down->setSizes({em(*this) * 34, em(*this) * 18});
    auto *central = new QWidget;
    auto *rows = new QVBoxLayout(central);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_top);
    rows->addWidget(m_strip);
    rows->addWidget(m_down, 1);
    setCentralWidget(central);
    resizeWithinScreen(*this, {em(*this) * 92, em(*this) * 58});
    m_sectionList->setCurrentIndex(m_sections->index(0));
}

void MainWindow::takeReport(std::shared_ptr<const Report> report)
{
    // A draft is laid over what is known; while a first picture grows there is none.
    if (!report || !report->pending || m_whatIf.isActive())
        m_whatIf.setReality(report, m_session.facts(), m_session.options(), m_session.gatherer());
    showReport(showsDraft() ? m_whatIf.report() : std::move(report));
}

void MainWindow::tryChanges(const std::vector<fixes::Change> &changes)
{
    m_whatIfPanel->take(changes);
    showLower(m_whatIfPanel.place());
    activateWindow();
}

void MainWindow::showDraftOrReality()
{
    const bool isDraft = showsDraft();
    const std::shared_ptr<const Report> wanted = isDraft ? m_whatIf.report() : m_session.report();
    const auto edits = static_cast<int>(m_whatIf.draft().changes().size());
    m_tabs->setTabText(2, edits > 0 ? tr("What if %1").arg(edits) : tr("What if"));
    if (isDraft)
        m_strip->say(Meaning::Info, tr("A draft is shown: %n change(s), not published.", nullptr, edits));
    else if (m_isDraftShown)
        m_strip->fallSilent();
    m_isDraftShown = isDraft;
    if (wanted && wanted != m_report)
        showReport(wanted);
}

void MainWindow::showReport(std::shared_ptr<const Report> report)
{
    m_report = report;
    m_sections->setReport(report);
    const std::size_t findings = report ? report->findings.size() : 0;
    m_tabs->setTabText(0, findings > 0 ? tr("Findings %1").arg(findings) : tr("Findings"));
    if (report)
        m_profilesPage.get(); // the overview tells of it
    for (PageSlot &slot : m_slots)
        slot.isBehind = true;
    const bool isGrowing = report && report->pending;
    bring(isGrowing ? Pages::Visible : Pages::All);
    if (!isGrowing)
        m_laggards.stop();
    else if (!m_laggards.isActive())
        m_laggards.start();
}

void MainWindow::showState()
{
    m_top->showRunning(m_session.isRunning());
    m_save->setEnabled(m_session.report() != nullptr);
    switch (m_session.state()) {
    case Session::State::Empty:
        m_statePage->tell(
            Meaning::NotTested, tr("Nothing inspected yet"),
            tr("Type a mail domain above and press Enter. An address or a URL will do: the domain is taken "
               "out of it. Recorded inspections can be opened as snapshots, or dropped here."),
            tr("&Open a snapshot…"));
        break;
    case Session::State::NoResolver: {
        QStringList asked;
        if (m_report) {
            for (const std::string &resolver : m_report->resolvers)
                asked << shownString(resolver);
        }
        const QString text =
            asked.isEmpty() ? tr("The system has no DNS resolver set up. Type the address of one above, such "
                                 "as 192.0.2.53.")
                            : tr("Not one question was answered by %1. Check the network, or type the "
                                 "address of another resolver above. The look-ups below tell what became "
                                 "of each question.")
                                  .arg(asked.join(QStringLiteral(", ")));
        m_statePage->tell(Meaning::High, tr("No resolver answers"), text, tr("&Try again"));
        m_tabs->setCurrentWidget(m_lookUps.place());
        break;
    }
    case Session::State::Running:
    case Session::State::Done:
    case Session::State::Stopped:
        break;
    }
    const bool hasContent =
        m_session.state() != Session::State::Empty && m_session.state() != Session::State::NoResolver;
    m_content->setCurrentWidget(hasContent ? static_cast<QWidget *>(m_across) : m_statePage);
    fitLowerPane();
    bring(Pages::Visible);
    if (!m_session.isRunning())
        tellEnd();
}

void MainWindow::fitLowerPane()
{
    // Where nobody answers, the look-ups are what there is to see.
    const bool wantsLower = findChild<QAction *>(QStringLiteral("showLowerPane"))->isChecked() ||
                            m_session.state() == Session::State::NoResolver;
    m_tabs->setVisible(m_session.state() != Session::State::Empty && wantsLower);
}

void MainWindow::tellEnd()
{
    const std::shared_ptr<const Report> report = m_session.report();
    if (!report)
        return;
    std::chrono::microseconds took{0};
    for (const gather::LookUp &lookUp : m_session.log())
        took = std::max(took, lookUp.start + lookUp.took);
    const QString lookUps = tr("%n look-up(s)", nullptr, static_cast<int>(m_session.log().size()));
    const QString how = m_session.isRecorded() ? tr("recorded") : milliseconds(took);
    m_top->showSummary(QStringLiteral("%1  ·  %2  ·  %3").arg(utcTime(report->inspectedAt), lookUps, how),
                       toolTipFor(localTime(report->inspectedAt)));
    if (m_snapshotName.isEmpty() && m_session.isRecorded()) {
        m_strip->say(Meaning::Info,
                     tr("This is a recorded sample. Type a domain above to inspect it, or open a snapshot."));
        return;
    }
    const auto failed =
        std::count_if(report->facts.begin(), report->facts.end(),
                      [](const FactPointer &fact) { return isTemporaryFailure(fact->outcome()); });
    if (m_session.state() == Session::State::Stopped) {
        m_strip->say(
            Meaning::NotTested,
            tr("Stopped. What was known by then is shown; %n answer(s) missing. Inspect again to go on.",
               nullptr, static_cast<int>(report->needed.size())));
    } else if (m_session.state() == Session::State::Done && failed > 0) {
        m_strip->say(Meaning::Unknown,
                     m_session.isRecorded()
                         ? tr("The snapshot lacks %n answer(s): what depends on that is not known.", nullptr,
                              static_cast<int>(failed))
                         : tr("%n look-up(s) failed: what depends on that is not known. Inspect again to ask "
                              "once more.",
                              nullptr, static_cast<int>(failed)));
    }
}

void MainWindow::showSection(Section section)
{
    m_sectionList->setCurrentIndex(m_sections->index(SectionsModel::rowOf(section)));
}

void MainWindow::showOverview(QWidget *page)
{
    m_sectionList->setCurrentIndex(m_sections->index(SectionsModel::OverviewRow));
    m_overviewTabs->setCurrentWidget(page);
}

} // namespace mailoscope::ui
