// SPDX-License-Identifier: Apache-2.0
// Who hears whom in the window.
#include "main_window.h"

#include "builders/tool_windows.h"
#include "pages/state_page.h"
#include "widgets/domain_field.h"
#include "widgets/look_ups_panel.h"
#include "widgets/message_strip.h"
#include "widgets/top_bar.h"

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
    connect(&m_making, &QTimer::timeout, this, [this] {
        m_making.setInterval(0);
        if (!makeOnePage())
            m_making.stop();
    });
    connect(m_pages, &QStackedWidget::currentChanged, this, [this] { bring(Pages::Visible); });
    for (QTabWidget *tabs : findChildren<QTabWidget *>())
        connect(tabs, &QTabWidget::currentChanged, this, [this] { bring(Pages::Visible); });

    connect(&m_session, &Session::began, this, &MainWindow::begin);
    connect(&m_session, &Session::reportReady, this, &MainWindow::takeReport);
    connect(&m_session, &Session::progressed, m_top, &TopBar::showProgress);
    connect(&m_session, &Session::lookUpChanged, this, [this](const gather::LookUp &lookUp) {
        if (m_lookUps.isMade())
            m_lookUps->put(lookUp);
        countLookUps();
    });
    connect(&m_session, &Session::stateChanged, this, &MainWindow::showState);

    connect(&m_session, &Session::stateChanged, this, &MainWindow::rememberSelectors);
    connect(m_tools, &ToolWindows::tryWanted, this, &MainWindow::tryChanges);
    connect(m_tools, &ToolWindows::copyFormChosen, &m_preferences, &Preferences::setCopyForm);
    connect(m_tools, &ToolWindows::refused, this,
            [this](const QString &sentence) { m_strip->say(Meaning::Medium, sentence); });
    connect(&m_whatIf, &WhatIf::reportChanged, this, &MainWindow::showDraftOrReality);
    connect(&m_preferences, &Preferences::changed, this, &MainWindow::follow);
    connect(m_top, &TopBar::backWanted, this, [this] { goTo(m_trail.back()); });
    connect(m_top, &TopBar::forwardWanted, this, [this] { goTo(m_trail.forward()); });
    connect(m_statePage, &StatePage::actionWanted, this, [this] {
        if (m_session.state() == Session::State::NoResolver)
            inspectTyped();
        else
            m_parts.choosers.openSnapshot(this, [this](const QString &path) { openSnapshotFile(path); });
    });
}

} // namespace mailoscope::ui
