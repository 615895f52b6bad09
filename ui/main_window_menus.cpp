// SPDX-License-Identifier: Apache-2.0
// The window's menus, files, and what it remembers.
#include "main_window.h"

#include "base/domain_input.h"
#include "message/header.h"
#include "models/sections_model.h"
#include "pages/dns_page.h"
#include "pages/profiles_page.h"
#include "pages/spf_page.h"
#include "pages/state_page.h"
#include "report/report.h"
#include "snapshot_file.h"
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
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileInfo>
#include <QInputDialog>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QRegularExpression>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QUrl>

namespace mailoscope::ui
{

namespace
{

constexpr int MostRecentFiles = 8;

QString localFileOf(const QMimeData &dropped)
{
    const QList<QUrl> urls = dropped.urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

} // namespace

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
    connect(smtp, &QAction::toggled, this, [this](bool allowed) {
        m_parts.settings->setValue(QStringLiteral("consent/smtp"), allowed);
        m_session.setSmtpAllowed(allowed);
    });
    makeSelectorActions(menu);
    QAction *stop = addTo(menu, QStringLiteral("stop"), tr("S&top"), Qt::Key_Escape);
    connect(stop, &QAction::triggered, &m_session, &Session::stop);
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
    connect(remember, &QAction::toggled, this, [this](bool on) {
        m_remembered.setOn(on);
        rememberSelectors();
    });
    m_forget = addTo(menu, QStringLiteral("forgetSelectors"), tr("F&orget remembered selectors"), {});
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
    const auto go = [this](QWidget *widget) { widget->setFocus(Qt::ShortcutFocusReason); };
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
                go(&m_spfPage->tree());
            else if (auto *view = m_pages->currentWidget()->findChild<QAbstractItemView *>())
                view->setFocus(Qt::ShortcutFocusReason);
        });
    }
    menu.addSeparator();
    QAction *findings = addTo(menu, QStringLiteral("goToFindings"), tr("F&indings"), Qt::CTRL | Qt::Key_9);
    connect(findings, &QAction::triggered, this, [this, go] {
        m_tabs->setCurrentWidget(m_findings);
        go(m_findings->findChild<QWidget *>(QStringLiteral("findingsTable")));
    });
    QAction *lookUps =
        addTo(menu, QStringLiteral("goToLookUps"), tr("&Look-ups"), Qt::CTRL | Qt::SHIFT | Qt::Key_L);
    connect(lookUps, &QAction::triggered, this, [this, go] {
        m_tabs->setCurrentWidget(m_lookUps);
        go(m_lookUps->findChild<QWidget *>(QStringLiteral("lookUpsTable")));
    });
    menu.addSeparator();
    QAction *find = addTo(menu, QStringLiteral("find"), tr("&Find"), QKeySequence::Find);
    connect(find, &QAction::triggered, this, [this] {
        if (m_dnsPage->isVisible()) {
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
    connect(expand, &QAction::triggered, &m_spfPage->tree(), &QTreeView::expandAll);
}

void MainWindow::makeHelpMenu()
{
    QMenu &menu = *menuBar()->addMenu(tr("&Help"));
    QAction *shortcuts =
        addTo(menu, QStringLiteral("shortcuts"), tr("&Keyboard shortcuts"), QKeySequence::HelpContents);
    connect(shortcuts, &QAction::triggered, this, &MainWindow::showShortcuts);
    QAction *about = addTo(menu, QStringLiteral("about"), tr("&About Mailoscope"), {});
    connect(about, &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::showShortcuts()
{
    std::vector<DetailLine> lines;
    lines.push_back({DetailLine::Kind::Heading, {}, tr("Everywhere")});
    for (const QAction *action : menuBar()->findChildren<QAction *>()) {
        if (!action->shortcut().isEmpty()) {
            lines.push_back({DetailLine::Kind::Words, action->shortcut().toString(QKeySequence::NativeText),
                             action->text().remove(QLatin1Char('&')).remove(QStringLiteral("…"))});
        }
    }
    const auto add = [&lines](const QString &keys, const QString &words) {
        lines.push_back({DetailLine::Kind::Words, keys, words});
    };
    add(tr("Alt+Up, Alt+Down"), tr("Previous and next domain of a pasted list"));
    add(tr("Alt+Left, Alt+Right"), tr("One step back and on in a walk"));
    add(tr("Alt+Home, Alt+End"), tr("First and last step of a walk"));
    add(tr("Alt and an underlined letter"), tr("Goes to the field or presses the button"));
    lines.push_back({DetailLine::Kind::Heading, {}, tr("In the include tree")});
    add(tr("Left, Right"), tr("Collapse and expand"));
    add(QStringLiteral("*"), tr("Expand everything"));
    add(tr("letters"), tr("Go to the row that begins with them"));
    add(tr("Ctrl+C"), tr("Copy the row as text"));
    add(tr("Menu key"), tr("Copy record, name, everything below, JSON"));
    showNotice(*this, tr("Keyboard shortcuts"), lines);
}

void MainWindow::showAbout()
{
    const auto words = [](const QString &label, const QString &text) {
        return DetailLine{DetailLine::Kind::Words, label, text};
    };
    showNotice(*this, tr("About Mailoscope"),
               {{DetailLine::Kind::Heading,
                 {},
                 QStringLiteral("%1 %2").arg(toQString(toolName()), toQString(toolVersion()))},
                words({}, tr("A looking glass for mail domains: who may send in a domain's name, and why.")),
                words(tr("Licence"), QStringLiteral("Apache-2.0")),
                words(QStringLiteral("Qt"), QString::fromLatin1(qVersion()))});
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

bool MainWindow::takeMessage(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const std::string message = file.read(qint64(message::MaxHeaderOctets)).toStdString();
    const std::vector<dkim::SignatureName> signatures = dkim::signatureNames(message);
    if (signatures.empty()) {
        m_strip->say(Meaning::Medium, tr("The message holds no DKIM signature that names a selector."));
        return true;
    }
    m_session.setSelectors(m_session.selectors(), signatures);
    const DomainName &domain = signatures.front().domain;
    QStringList names;
    for (const dkim::SignatureName &signature : signatures)
        names << QStringLiteral("%1 (%2)").arg(shownString(signature.selector), toQString(signature.domain));
    if (m_session.isRecorded() || m_session.state() == Session::State::Empty) {
        m_top->domainField().setText(toQString(unicodeForm(domain)));
        inspect(domain);
    }
    m_strip->say(Meaning::Info, tr("The message is signed with %1.").arg(names.join(QStringLiteral(", "))));
    return true;
}

void MainWindow::openSnapshotFile(const QString &path)
{
    if (path.endsWith(QStringLiteral(".eml"), Qt::CaseInsensitive) && takeMessage(path))
        return;
    Result<Snapshot, QString> snapshot = readSnapshotFile(path);
    if (!snapshot) {
        if (m_session.state() == Session::State::Empty) {
            m_statePage->tell(Meaning::High, tr("The snapshot cannot be shown"), snapshot.error(),
                              tr("&Open another…"));
        } else {
            m_strip->say(Meaning::High, snapshot.error());
        }
        return;
    }
    if (snapshot->domains.empty()) {
        m_strip->say(Meaning::Medium, tr("The snapshot does not say which domain was inspected."));
        return;
    }
    rememberFile(path);
    showSnapshot(std::move(*snapshot), QFileInfo(path).fileName());
}

void MainWindow::showSnapshot(Snapshot snapshot, const QString &name)
{
    m_strip->fallSilent();
    m_snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
    m_snapshotName = name;
    QStringList domains;
    for (const DomainName &domain : m_snapshot->domains)
        domains << toQString(unicodeForm(domain));
    m_top->setList(domains);
    if (!m_snapshot->domains.empty())
        m_session.show(m_snapshot, m_snapshot->domains.front());
}

void MainWindow::saveSnapshot(const QString &path)
{
    if (const std::optional<QString> problem = writeSnapshotFile(path, m_session.snapshot())) {
        m_strip->say(Meaning::High, *problem);
        return;
    }
    rememberFile(path);
    m_strip->say(Meaning::Ok, tr("Saved as %1.").arg(shownString(QFileInfo(path).fileName().toStdString())));
}

void MainWindow::rememberFile(const QString &path)
{
    const QString key = QStringLiteral("files/recent");
    QStringList files = m_parts.settings->value(key).toStringList();
    const QString whole = QFileInfo(path).absoluteFilePath();
    files.removeAll(whole);
    files.prepend(whole);
    m_parts.settings->setValue(key, QStringList(files.mid(0, MostRecentFiles)));
    fillRecentMenu();
}

void MainWindow::fillRecentMenu()
{
    m_recent->clear();
    for (const QString &path : m_parts.settings->value(QStringLiteral("files/recent")).toStringList()) {
        // In a menu a lone ampersand would underline what follows it.
        QString text = shownString(path.toStdString());
        QAction *action = m_recent->addAction(text.replace(QLatin1Char('&'), QStringLiteral("&&")));
        connect(action, &QAction::triggered, this, [this, path] { openSnapshotFile(path); });
    }
    m_recent->setEnabled(!m_recent->isEmpty());
}

void MainWindow::restore()
{
    QSettings &settings = *m_parts.settings;
    m_top->domainField().setHistory(settings.value(QStringLiteral("history/domains")).toStringList());
    m_top->resolverField().setHistory(settings.value(QStringLiteral("history/resolvers")).toStringList());
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    for (QSplitter *splitter : findChildren<QSplitter *>())
        splitter->restoreState(
            settings.value(QStringLiteral("window/%1").arg(splitter->objectName())).toByteArray());
    connect(&m_top->domainField(), &DomainField::historyChanged, this, [this] {
        m_parts.settings->setValue(QStringLiteral("history/domains"), m_top->domainField().history());
    });
    findChild<QAction *>(QStringLiteral("allowSmtp"))
        ->setChecked(settings.value(QStringLiteral("consent/smtp")).toBool());
    m_profilesPage->setChosen(settings.value(QStringLiteral("profiles/chosen")).toString());
    m_whatIfPanel->setCopyForm(settings.value(QStringLiteral("fixes/copyAs")).toString());
    fillRecentMenu();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    QSettings &settings = *m_parts.settings;
    settings.setValue(QStringLiteral("history/resolvers"), m_top->resolverField().history());
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    for (const QSplitter *splitter : findChildren<QSplitter *>())
        settings.setValue(QStringLiteral("window/%1").arg(splitter->objectName()), splitter->saveState());
    m_session.stop();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!localFileOf(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString path = localFileOf(*event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    openSnapshotFile(path);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_report)
        showReport(m_report);
}

} // namespace mailoscope::ui
