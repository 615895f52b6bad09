// SPDX-License-Identifier: Apache-2.0
// The window's menus, and what they open.
#include "main_window.h"

#include "builders/tool_windows.h"
#include "help/guide_window.h"
#include "help/help_lines.h"
#include "models/sections_model.h"
#include "pages/dns_page.h"
#include "pages/spf_page.h"
#include "printing/report_printing.h"
#include "text/shown_string.h"
#include "widgets/domain_field.h"
#include "widgets/findings_panel.h"
#include "widgets/look_ups_panel.h"
#include "widgets/message_strip.h"
#include "widgets/notice.h"
#include "widgets/resolver_field.h"
#include "widgets/spf_tree_view.h"
#include "widgets/top_bar.h"
#include "widgets/walk_panel.h"
#include "widgets/what_if_panel.h"

#include <QAction>
#include <QFileInfo>
#include <QInputDialog>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSettings>
#include <QStackedWidget>
#include <QTabWidget>

namespace mailoscope::ui
{

QAction *MainWindow::addTo(QMenu &menu, const QString &name, const QString &text, const QKeySequence &keys)
{
    QAction *action = menu.addAction(text);
    action->setObjectName(name);
    action->setShortcut(keys);
    return action;
}

void MainWindow::makeFileMenu()
{
    QMenu &menu = *menuBar()->addMenu(tr("&File"));
    QAction *open = addTo(menu, QStringLiteral("openSnapshot"), tr("&Open snapshot…"), QKeySequence::Open);
    connect(open, &QAction::triggered, this, [this] {
        m_parts.choosers.openSnapshot(this, [this](const QString &path) { openSnapshotFile(path); });
    });
    m_recent = menu.addMenu(tr("Open &recent"));
    m_recent->setObjectName(QStringLiteral("recentMenu"));
    m_save = addTo(menu, QStringLiteral("saveSnapshot"), tr("&Save snapshot…"), QKeySequence::Save);
    connect(m_save, &QAction::triggered, this, [this] {
        const QString suggested = toQString(m_session.domain()) + QStringLiteral(".mailoscope");
        m_parts.choosers.saveSnapshot(this, suggested, [this](const QString &path) { saveSnapshot(path); });
    });
    m_domains = menu.addMenu(tr("Recent &domains"));
    m_domains->setObjectName(QStringLiteral("recentDomainsMenu"));
    connect(m_domains, &QMenu::aboutToShow, this, &MainWindow::fillDomainsMenu);
    menu.addSeparator();
    // What is published, not a draft; and not while it grows.
    auto *printing = new ReportPrinting(*this, *m_parts.settings, m_parts.choosers, [this] {
        return m_session.isRunning() ? nullptr : m_session.report();
    });
    printing->addTo(menu);
    connect(&m_session, &Session::stateChanged, printing, &ReportPrinting::follow);
    connect(printing, &ReportPrinting::exported, this, [this](const QString &path) {
        m_strip->say(Meaning::Ok,
                     tr("Exported as %1.").arg(shownString(QFileInfo(path).fileName().toStdString())));
    });
    menu.addSeparator();
    QAction *again = addTo(menu, QStringLiteral("inspectAfresh"),
                           tr("Inspect &afresh, nothing from the cache"), QKeySequence::Refresh);
    connect(again, &QAction::triggered, this, [this] {
        m_strip->fallSilent();
        m_session.inspectAfresh();
    });
    QAction *smtp = addTo(menu, QStringLiteral("allowSmtp"), tr("&Greet the mail hosts (SMTP)"), {});
    smtp->setCheckable(true);
    smtp->setToolTip(
        tr("Connects to port 25 of each mail host, asks for STARTTLS and says goodbye. Nothing else is sent. "
           "Many networks block port 25; then it stays not tested."));
    menu.setToolTipsVisible(true);
    connect(smtp, &QAction::toggled, this, [this](bool allowed) { m_preferences.setSmtpConsent(allowed); });
    QAction *servers = addTo(menu, QStringLiteral("askServers"), tr("Ask the zone's own ser&vers"), {});
    servers->setCheckable(true);
    servers->setToolTip(
        tr("Asks each name server of the zone itself, past the resolver: whether all of them "
           "answer, over TCP too, and say the same of SPF and MX. Many networks let nobody but "
           "their resolvers ask other servers; then it stays not tested."));
    connect(servers, &QAction::toggled, this, [this](bool asked) { m_preferences.setServersAsked(asked); });
    makeSelectorActions(menu);
    QAction *stop = addTo(menu, QStringLiteral("stop"), tr("S&top"), Qt::Key_Escape);
    connect(stop, &QAction::triggered, &m_session, &Session::stop);
    menu.addSeparator();
    QAction *settings = addTo(menu, QStringLiteral("settings"), tr("S&ettings…"), Qt::CTRL | Qt::Key_Comma);
    settings->setMenuRole(QAction::PreferencesRole);
    connect(settings, &QAction::triggered, this, &MainWindow::showSettings);
    menu.addSeparator();
    QAction *quit = addTo(menu, QStringLiteral("quit"), tr("&Quit"), QKeySequence::Quit);
    connect(quit, &QAction::triggered, this, &QWidget::close);
}

void MainWindow::makeSelectorActions(QMenu &menu)
{
    QAction *selectors = addTo(menu, QStringLiteral("chooseSelectors"), tr("DKIM se&lectors…"), {});
    connect(selectors, &QAction::triggered, this, &MainWindow::chooseSelectors);
    QAction *remember =
        addTo(menu, QStringLiteral("rememberSelectors"), tr("Re&member DKIM selectors of domains"), {});
    remember->setCheckable(true);
    remember->setChecked(m_remembered.isOn());
    remember->setToolTip(
        tr("Selectors that were found, given, or named by a message are looked up again at the next "
           "inspection of their domain. They are kept on this computer."));
    connect(remember, &QAction::toggled, &m_preferences, &Preferences::setKeepsSelectors);
    m_forget = addTo(menu, QStringLiteral("forgetSelectors"), tr("&Forget remembered selectors"), {});
    m_forget->setEnabled(!m_remembered.isEmpty());
    connect(m_forget, &QAction::triggered, this, [this] {
        m_remembered.forgetAll();
        m_forget->setEnabled(false);
        m_strip->say(Meaning::Ok, tr("The remembered DKIM selectors of all domains are forgotten."));
    });
    m_session.setRecall([this](const DomainName &domain) { return m_remembered.of(domain); });
}

void MainWindow::rememberSelectors()
{
    const std::shared_ptr<const Report> report = m_session.report();
    if (report && m_session.state() == Session::State::Done && !m_session.isRecorded())
        m_remembered.takeUp(report->dkim);
    m_forget->setEnabled(!m_remembered.isEmpty());
}

void MainWindow::makeViewMenu()
{
    QMenu &menu = *menuBar()->addMenu(tr("&View"));
    const auto go = [](QWidget *widget) { widget->setFocus(Qt::ShortcutFocusReason); };
    QAction *domain = addTo(menu, QStringLiteral("goToDomain"), tr("&Domain field"), Qt::CTRL | Qt::Key_L);
    connect(domain, &QAction::triggered, this, [this, go] {
        go(&m_top->domainField());
        m_top->domainField().selectAll();
    });
    menu.addSeparator();
    for (int row = 0; row < SectionsModel::RowCount; ++row) {
        const std::optional<Section> section = SectionsModel::sectionAt(row);
        const QString name = section ? toQString(titleOf(*section)) : tr("Overview");
        QAction *action = addTo(menu, QStringLiteral("goToSection%1").arg(row), name,
                                QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + row)));
        connect(action, &QAction::triggered, this, [this, row, section, go] {
            m_sectionList->setCurrentIndex(m_sections->index(row));
            if (section == Section::Spf)
                go(m_spfPage->currentView());
            else if (auto *view = m_pages->currentWidget()->findChild<QAbstractItemView *>())
                view->setFocus(Qt::ShortcutFocusReason);
        });
    }
    menu.addSeparator();
    QAction *findings = addTo(menu, QStringLiteral("goToFindings"), tr("F&indings"), Qt::CTRL | Qt::Key_9);
    connect(findings, &QAction::triggered, this, [this, go] {
        showLower(m_findings.place());
        go(m_findings->findChild<QWidget *>(QStringLiteral("findingsTable")));
    });
    QAction *lookUps =
        addTo(menu, QStringLiteral("goToLookUps"), tr("&Look-ups"), Qt::CTRL | Qt::SHIFT | Qt::Key_L);
    connect(lookUps, &QAction::triggered, this, [this, go] {
        showLower(m_lookUps.place());
        go(m_lookUps->findChild<QWidget *>(QStringLiteral("lookUpsTable")));
    });
    QAction *whatIf =
        addTo(menu, QStringLiteral("goToWhatIf"), tr("W&hat if"), Qt::CTRL | Qt::SHIFT | Qt::Key_I);
    connect(whatIf, &QAction::triggered, this, [this, go] {
        showLower(m_whatIfPanel.place());
        go(m_whatIfPanel->findChild<QWidget *>(QStringLiteral("whatIfRecords")));
    });
    menu.addSeparator();
    QAction *find = addTo(menu, QStringLiteral("find"), tr("&Find"), QKeySequence::Find);
    connect(find, &QAction::triggered, this, [this] {
        if (m_dnsPage.isMade() && m_dnsPage->isVisible()) {
            m_dnsPage->find();
            return;
        }
        showSection(Section::Spf);
        m_spfPage->find();
    });
    QAction *walk = addTo(menu, QStringLiteral("walk"), tr("&Walk an address"), Qt::CTRL | Qt::Key_K);
    connect(walk, &QAction::triggered, this, [this] {
        showSection(Section::Spf);
        m_spfPage->walkPanel().takeFocus();
    });
    QAction *expand =
        addTo(menu, QStringLiteral("expandAll"), tr("E&xpand the whole tree"), Qt::CTRL | Qt::Key_E);
    connect(expand, &QAction::triggered, this, [this] { m_spfPage->tree().expandAll(); });
    menu.addSeparator();
    QAction *lower = addTo(menu, QStringLiteral("showLowerPane"), tr("Findings and look-ups &below"),
                           Qt::CTRL | Qt::Key_J);
    lower->setCheckable(true);
    lower->setChecked(true);
    connect(lower, &QAction::toggled, this, &MainWindow::fitLowerPane);
    makeGraphActions(menu);
    menu.setToolTipsVisible(true);
}

void MainWindow::makeMakeMenu()
{
    m_tools->fill(*menuBar()->addMenu(tr("&Make")));
}

void MainWindow::makeHelpMenu()
{
    QMenu &menu = *menuBar()->addMenu(tr("&Help"));
    QAction *guide = addTo(menu, QStringLiteral("guide"), tr("&Guide"), Qt::SHIFT | Qt::Key_F1);
    connect(guide, &QAction::triggered, this, &MainWindow::showGuide);
    QAction *shortcuts =
        addTo(menu, QStringLiteral("shortcuts"), tr("&Keyboard shortcuts"), QKeySequence::HelpContents);
    shortcuts->setShortcuts({QKeySequence(Qt::Key_F1), QKeySequence(Qt::CTRL | Qt::Key_Question)});
    connect(shortcuts, &QAction::triggered, this, &MainWindow::showShortcuts);
    QAction *about = addTo(menu, QStringLiteral("about"), tr("&About Mailoscope"), {});
    connect(about, &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::showGuide()
{
    if (!m_guide) {
        m_guide = new GuideWindow(this);
        connect(m_guide, &GuideWindow::linkWanted, this, &MainWindow::openInBrowser);
    }
    m_guide->show();
    m_guide->raise();
    m_guide->activateWindow();
}

void MainWindow::openInBrowser(const QUrl &url)
{
    if (m_parts.openUrl)
        m_parts.openUrl(url);
}

void MainWindow::showShortcuts()
{
    showNotice(*this, tr("Keyboard shortcuts"), shortcutLines(*menuBar()));
}

void MainWindow::showAbout()
{
    showNotice(*this, tr("About Mailoscope"), aboutLines());
}

void MainWindow::fillDomainsMenu()
{
    constexpr int Most = 15;
    m_domains->clear();
    for (const QString &domain : m_top->domainField().history().mid(0, Most)) {
        QString text = shownString(domain.toStdString());
        QAction *action = m_domains->addAction(text.replace(QLatin1Char('&'), QStringLiteral("&&")));
        connect(action, &QAction::triggered, this, [this, domain] {
            m_top->domainField().setText(domain);
            inspectTyped();
        });
    }
    if (m_domains->isEmpty())
        m_domains->addAction(tr("None yet"))->setEnabled(false);
    m_domains->addSeparator();
    QAction *forget = addTo(*m_domains, QStringLiteral("forgetDomains"), tr("&Forget all"), {});
    forget->setEnabled(!m_top->domainField().history().isEmpty());
    connect(forget, &QAction::triggered, this, &MainWindow::forgetDomains);
}

void MainWindow::showLower(QWidget *panel)
{
    findChild<QAction *>(QStringLiteral("showLowerPane"))->setChecked(true);
    m_tabs->setCurrentWidget(panel);
}

void MainWindow::chooseSelectors()
{
    QStringList known;
    for (const std::string &selector : m_session.selectors())
        known << shownString(selector);
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("selectorsDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("DKIM selectors"));
    dialog->setLabelText(tr("Selectors to look up besides those that are tried anyway, divided by blanks.\n"
                            "A message dropped on the window gives those of its signatures."));
    if (auto *label = dialog->findChild<QLabel *>())
        label->setWordWrap(true);
    dialog->setTextValue(known.join(QLatin1Char(' ')));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        std::vector<std::string> selectors;
        static const QRegularExpression Dividers(QStringLiteral("[\\s,;]+"));
        for (const QString &part : text.split(Dividers, Qt::SkipEmptyParts))
            selectors.push_back(part.toStdString());
        m_session.setSelectors(std::move(selectors), {});
    });
    dialog->open();
}

} // namespace mailoscope::ui
