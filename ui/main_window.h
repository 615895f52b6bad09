// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "address_walk.h"
#include "file_choosers.h"
#include "late.h"
#include "launch_options.h"
#include "policy_question.h"
#include "remembered_selectors.h"
#include "report/outline.h"
#include "selection.h"
#include "session.h"
#include "settings/preferences.h"
#include "trail.h"
#include "what_if.h"
#include "widgets/heard_tool_tips.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

class QListView;
class QMenu;
class QSettings;
class QSplitter;
class QStackedWidget;
class QTabWidget;
class QUrl;

namespace mailoscope::ui
{

class DnsPage;
class FindingsPanel;
class GuideWindow;
class LookUpsPanel;
class MessageStrip;
class OverviewPage;
class ProfilesPage;
class RulesPage;
class SectionPage;
class SectionsModel;
class SettingsDialog;
class SpfPage;
class StatePage;
class ToolWindows;
class TopBar;
class WhatIfPanel;

/// What the window is given from outside, so that tests can give something else.
struct MainWindowParts {
    QSettings *settings = nullptr; ///< not owned; outlives the window
    MakeGatherer makeGatherer;
    FileChoosers choosers;
    std::function<void(const QUrl &)> openUrl; ///< in a browser; only where the user asks for it
    std::string_view sample;                   ///< a snapshot to show where no domain is given; may be empty
};

/// The window: what to inspect on top, the sections on the left, the chosen one beside them, findings and
/// look-ups below.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(MainWindowParts parts);
    ~MainWindow() override;

    /// Does what the command line asks for: opens a file, inspects a domain, or shows the sample.
    void open(const LaunchOptions &options);
    void openSnapshotFile(const QString &path);
    const Session &session() const { return m_session; }
    /// Makes the pages that nobody has looked at yet. A while after the first paint it is done without
    /// asking, one in each turn of the event loop.
    void makePages();

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void layOut();
    void wire();
    void makeFileMenu();
    void makeViewMenu();
    void makeMakeMenu();
    void makeHelpMenu();
    void makeGraphActions(QMenu &menu);
    void makeMapActions(QMenu &menu);
    void readySpfViews(SpfPage &page);
    void chooseGraphFile(const QString &suffix);
    void saveGraphAs(const QString &path);
    void chooseMapFile(const QString &suffix);
    void tellSaved(const QString &path, bool isSaved);
    QAction *addTo(QMenu &menu, const QString &name, const QString &text, const QKeySequence &keys);
    void restore();
    void restoreView();
    /// The columns and dividers of what has just been made, or of the whole window.
    void restoreParts(const QWidget &part);
    /// Does what the user chose in the settings.
    void follow(Preferences::Topic topic);
    void showSettings();
    void forgetDomains();

    void inspectTyped();
    void inspect(const DomainName &domain);
    void takeList(const QString &text);
    void chooseFromList(const QString &domain);
    void showSnapshot(Snapshot snapshot, const QString &name);
    void saveSnapshot(const QString &path);
    void rememberFile(const QString &path);
    void fillRecentMenu();
    void fillDomainsMenu();
    void goTo(const Trail::Stop &stop);

    void begin();
    /// Takes a report of the session; the pages show it, or the draft laid over it.
    void takeReport(std::shared_ptr<const Report> report);
    void showReport(std::shared_ptr<const Report> report);
    void showDraftOrReality();
    /// Takes changes into the draft and shows it.
    void tryChanges(const std::vector<fixes::Change> &changes);
    /// Brings pages up to the report: those that are to be seen, or all.
    enum class Pages { Visible, All };
    void bring(Pages pages);
    /// Makes one page that nobody has looked at yet; false where all are made.
    bool makeOnePage();
    bool showsDraft();
    void openDraft(const QString &path);
    void saveDraft(const QString &path);
    void showState();
    /// Shows or hides the pane below.
    void fitLowerPane();
    void tellEnd();
    void addPages();
    void prepareOverview();
    void showProfileInOverview();
    void prepareSpfPage();
    void addLowerPanels();
    void countLookUps();
    void prepareSectionPage(Late<SectionPage> &late, Section section);
    void prepareWhatIfPanel();
    template <typename Page>
    void addSlot(Late<Page> &late);
    void showSection(Section section);
    void showOverview(QWidget *page);
    /// Shows the pane below with this panel in it.
    void showLower(QWidget *panel);
    void setSample(const QString &sender);
    void chooseSelectors();
    void makeSelectorActions(QMenu &menu);
    void rememberSelectors();
    /// Takes the selectors out of a message; false where the file cannot be read.
    bool takeMessage(const QString &path);
    void showGuide();
    void openInBrowser(const QUrl &url);
    void showShortcuts();
    void showAbout();

    HeardToolTips m_heardToolTips; ///< before any widget is made
    MainWindowParts m_parts;
    Preferences m_preferences;
    Session m_session;
    Selection m_selection;
    AddressWalk m_walk;
    WhatIf m_whatIf;
    PolicyQuestion m_policyQuestion;
    RememberedSelectors m_remembered;
    std::shared_ptr<const Snapshot> m_snapshot; ///< the one that the list of domains comes from, if it does
    QString m_snapshotName;                     ///< empty for the sample
    Trail m_trail;
    DomainName m_shownDomain;
    std::shared_ptr<const Report> m_report; ///< that the pages show

    TopBar *m_top;
    MessageStrip *m_strip;
    SectionsModel *m_sections;
    QListView *m_sectionList;
    QStackedWidget *m_pages;
    StatePage *m_statePage;
    QTabWidget *m_overviewTabs;
    Late<OverviewPage> m_overviewPage;
    Late<RulesPage> m_rulesPage;
    Late<ProfilesPage> m_profilesPage;
    Late<SpfPage> m_spfPage;
    Late<DnsPage> m_dnsPage;
    std::vector<std::unique_ptr<Late<SectionPage>>> m_sectionPages; ///< those that show an outline
    QStackedWidget *m_content;                                      ///< the state page, or the sections
    QTabWidget *m_tabs;
    bool m_isDraftShown = false;
    /// While answers arrive, pages that nobody sees follow now and then only.
    struct PageSlot {
        QWidget *place; ///< the page, or where it is made when it is wanted
        std::function<void(const std::shared_ptr<const Report> &)> show;
        std::function<bool()> isMade;
        std::function<void()> make; ///< and shows the report
        bool isBehind = true;
    };
    std::vector<PageSlot> m_slots;
    QTimer m_laggards;
    QTimer m_making; ///< of pages that nobody has looked at yet
    Late<FindingsPanel> m_findings;
    Late<LookUpsPanel> m_lookUps;
    Late<WhatIfPanel> m_whatIfPanel;
    ToolWindows *m_tools;
    QSplitter *m_across;
    QSplitter *m_down;
    QPointer<SettingsDialog> m_settingsDialog;
    QPointer<GuideWindow> m_guide;
    QMenu *m_recent = nullptr;
    QMenu *m_domains = nullptr;
    QAction *m_save = nullptr;
    QAction *m_forget = nullptr;
};

} // namespace mailoscope::ui
