// SPDX-License-Identifier: Apache-2.0
// What the window remembers from one start to the next, and what the user chose.
#include "main_window.h"

#include "models/sections_model.h"
#include "pages/profiles_page.h"
#include "settings/settings_dialog.h"
#include "theme/appearance.h"
#include "widgets/domain_field.h"
#include "widgets/findings_panel.h"
#include "widgets/message_strip.h"
#include "widgets/resolver_field.h"
#include "widgets/top_bar.h"
#include "widgets/what_if_panel.h"

#include <QAction>
#include <QCloseEvent>
#include <QHeaderView>
#include <QListView>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>

#include <array>

namespace mailoscope::ui
{

namespace
{

const QString PercentKey = QStringLiteral("window/columns/percent");

QString stateKey(const QWidget &widget)
{
    return QStringLiteral("window/%1").arg(widget.objectName());
}

/// The tables and trees whose columns the user may set. Those that fit their columns to what they show are
/// left alone.
constexpr std::array RememberedViews{"findingsTable", "lookUpsTable", "factsTable",
                                     "spfTree",       "mapLegend",    "mapV6"};

std::vector<QHeaderView *> rememberedHeads(const QWidget &part)
{
    std::vector<QHeaderView *> heads;
    for (const char *view : RememberedViews) {
        const auto *widget = part.findChild<QAbstractItemView *>(QString::fromLatin1(view));
        for (auto *head : widget ? widget->findChildren<QHeaderView *>() : QList<QHeaderView *>()) {
            if (head->orientation() == Qt::Horizontal)
                heads.push_back(head);
        }
    }
    return heads;
}

QString headKey(const QString &view)
{
    return QStringLiteral("window/columns/%1").arg(view);
}

QString headKey(const QHeaderView &head)
{
    return headKey(head.parentWidget()->objectName());
}

} // namespace

void MainWindow::restore()
{
    QSettings &settings = *m_parts.settings;
    follow(Preferences::Topic::KeepHistory);
    connect(&m_top->domainField(), &DomainField::historyChanged, this, [this] {
        if (m_preferences.keepsHistory())
            m_parts.settings->setValue(QStringLiteral("history/domains"), m_top->domainField().history());
    });
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    restoreView();
    m_top->resolverField().setResolvers(m_preferences.resolvers());
    follow(Preferences::Topic::SmtpConsent);
    follow(Preferences::Topic::ServersAsked);
    fillRecentMenu();
}

void MainWindow::restoreParts(const QWidget &part)
{
    const QSettings &settings = *m_parts.settings;
    // Columns are measured in the text of their time.
    const int percent = settings.value(PercentKey, 100).toInt();
    if (percent == m_preferences.textPercent()) {
        for (QHeaderView *head : rememberedHeads(part))
            head->restoreState(settings.value(headKey(*head)).toByteArray());
    }
    for (QSplitter *splitter : part.findChildren<QSplitter *>())
        splitter->restoreState(settings.value(stateKey(*splitter)).toByteArray());
}

void MainWindow::restoreView()
{
    QSettings &settings = *m_parts.settings;
    restoreParts(*this);
    for (QTabWidget *tabs : {m_tabs, m_overviewTabs}) {
        // Those of pages that a later version has, or no longer has, are not asked for.
        const int index = settings.value(stateKey(*tabs), 0).toInt();
        if (index > 0 && index < tabs->count())
            tabs->setCurrentIndex(index);
    }
    const int section = settings.value(QStringLiteral("window/section"), 0).toInt();
    if (section > 0 && section < SectionsModel::RowCount)
        m_sectionList->setCurrentIndex(m_sections->index(section));
    findChild<QAction *>(QStringLiteral("showLowerPane"))
        ->setChecked(settings.value(QStringLiteral("window/lowerPane"), true).toBool());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    QSettings &settings = *m_parts.settings;
    if (m_preferences.keepsHistory())
        settings.setValue(QStringLiteral("history/resolvers"), m_top->resolverField().history());
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    for (const QSplitter *splitter : findChildren<QSplitter *>())
        settings.setValue(stateKey(*splitter), splitter->saveState());
    // Those that nobody has looked at keep what is known of them, as long as it was measured in the text of
    // now.
    if (settings.value(PercentKey, 100).toInt() != m_preferences.textPercent()) {
        for (const char *view : RememberedViews)
            settings.remove(headKey(QString::fromLatin1(view)));
    }
    for (const QHeaderView *head : rememberedHeads(*this))
        settings.setValue(headKey(*head), head->saveState());
    settings.setValue(PercentKey, m_preferences.textPercent());
    for (const QTabWidget *tabs : {m_tabs, m_overviewTabs})
        settings.setValue(stateKey(*tabs), tabs->currentIndex());
    settings.setValue(QStringLiteral("window/section"), m_sectionList->currentIndex().row());
    settings.setValue(QStringLiteral("window/lowerPane"),
                      findChild<QAction *>(QStringLiteral("showLowerPane"))->isChecked());
    m_session.stop();
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    // Shapes are drawn in the colours and the size of the text.
    if (event->type() == QEvent::PaletteChange && m_report)
        showReport(m_report);
    if (event->type() == QEvent::FontChange && m_report) // when everything in the window has changed as well
        QMetaObject::invokeMethod(
            this, [this] { showReport(m_report); }, Qt::QueuedConnection);
}

void MainWindow::follow(Preferences::Topic topic)
{
    QSettings &settings = *m_parts.settings;
    switch (topic) {
    case Preferences::Topic::Resolvers:
        m_top->resolverField().setResolvers(m_preferences.resolvers());
        break;
    case Preferences::Topic::Timeout:
        m_session.renewGatherer();
        break;
    case Preferences::Topic::SmtpConsent:
        findChild<QAction *>(QStringLiteral("allowSmtp"))->setChecked(m_preferences.smtpConsent());
        m_session.setSmtpAllowed(m_preferences.smtpConsent());
        break;
    case Preferences::Topic::ServersAsked:
        findChild<QAction *>(QStringLiteral("askServers"))->setChecked(m_preferences.serversAsked());
        m_session.setServersAsked(m_preferences.serversAsked());
        break;
    case Preferences::Topic::CopyForm:
        if (m_whatIfPanel.isMade())
            m_whatIfPanel->setCopyForm(m_preferences.copyForm());
        if (m_findings.isMade())
            m_findings->setCopyForm(m_preferences.copyForm());
        break;
    case Preferences::Topic::Profile:
        if (m_profilesPage.isMade())
            m_profilesPage->setChosen(m_preferences.profile());
        break;
    case Preferences::Topic::Appearance:
        applyAppearance(m_preferences.appearance());
        break;
    case Preferences::Topic::TextSize:
        applyTextSize(m_preferences.textPercent());
        break;
    case Preferences::Topic::Animations:
        setAnimationsWanted(m_preferences.animations());
        break;
    case Preferences::Topic::KeepHistory: {
        // What is remembered stays when it is turned off, unused.
        const bool keeps = m_preferences.keepsHistory();
        const auto known = [&](const char *key) {
            return keeps ? settings.value(QString::fromLatin1(key)).toStringList() : QStringList();
        };
        m_top->domainField().setHistory(known("history/domains"));
        m_top->resolverField().setHistory(known("history/resolvers"));
        break;
    }
    case Preferences::Topic::Selectors:
        findChild<QAction *>(QStringLiteral("rememberSelectors"))->setChecked(m_preferences.keepsSelectors());
        rememberSelectors();
        break;
    }
}

void MainWindow::showSettings()
{
    if (!m_settingsDialog) {
        m_settingsDialog = new SettingsDialog(m_preferences, this);
        connect(m_settingsDialog, &SettingsDialog::forgetDomainsWanted, this, &MainWindow::forgetDomains);
        connect(m_settingsDialog, &SettingsDialog::forgetSelectorsWanted, m_forget, &QAction::trigger);
    }
    m_settingsDialog->show();
    m_settingsDialog->raise();
    m_settingsDialog->activateWindow();
}

void MainWindow::forgetDomains()
{
    m_top->domainField().setHistory({});
    m_top->resolverField().setHistory({});
    m_parts.settings->remove(QStringLiteral("history/domains"));
    m_parts.settings->remove(QStringLiteral("history/resolvers"));
    m_strip->say(Meaning::Ok, tr("The domains and resolvers that were inspected are forgotten."));
}

} // namespace mailoscope::ui
