// SPDX-License-Identifier: Apache-2.0
// What the menus offer of the include graph and of the address map.
#include "main_window.h"

#include "graph/graph_export.h"
#include "graph/graph_view.h"
#include "map/map_export.h"
#include "map/map_panel.h"
#include "pages/spf_page.h"
#include "text/shown_string.h"
#include "widgets/message_strip.h"
#include "widgets/view_switch.h"

#include <QAction>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>

namespace mailoscope::ui
{

void MainWindow::makeGraphActions(QMenu &menu)
{
    QAction *show = addTo(menu, QStringLiteral("showGraph"), tr("Include &graph"), Qt::CTRL | Qt::Key_G);
    connect(show, &QAction::triggered, this, [this] {
        showSection(Section::Spf);
        m_spfPage->views().setCurrent(SpfPage::GraphIndex);
        m_spfPage->graph().setFocus(Qt::ShortcutFocusReason);
    });
    QMenu *save = menu.addMenu(tr("&Save the include graph"));
    save->setObjectName(QStringLiteral("saveGraphMenu"));
    connect(addTo(*save, QStringLiteral("saveGraphSvg"), tr("As &SVG…"), {}), &QAction::triggered, this,
            [this] { chooseGraphFile(QStringLiteral("svg")); });
    connect(addTo(*save, QStringLiteral("saveGraphPng"), tr("As &PNG…"), {}), &QAction::triggered, this,
            [this] { chooseGraphFile(QStringLiteral("png")); });

    QAction *animate = addTo(menu, QStringLiteral("animate"), tr("Ani&mate"), {});
    animate->setCheckable(true);
    animate->setToolTip(
        tr("The steps of a walk slide on the include graph. Where the desktop asks for less motion, nothing "
           "moves."));
    animate->setChecked(m_parts.settings->value(QStringLiteral("view/animate"), true).toBool());
    connect(animate, &QAction::toggled, this, [this](bool on) {
        if (m_spfPage.isMade())
            m_spfPage->graph().setAnimated(on);
        m_parts.settings->setValue(QStringLiteral("view/animate"), on);
    });
    makeMapActions(menu);
}

/// What the menus and the last start say of the views of the SPF page, once it is made.
void MainWindow::readySpfViews(SpfPage &page)
{
    connect(&page.graph(), &GraphView::saveRequested, this, &MainWindow::chooseGraphFile);
    connect(&page.map().map(), &MapView::saveRequested, this, &MainWindow::chooseMapFile);
    page.graph().setAnimated(findChild<QAction *>(QStringLiteral("animate"))->isChecked());
    page.views().setCurrent(m_parts.settings->value(QStringLiteral("view/spf")).toInt());
    connect(&page.views(), &ViewSwitch::currentChanged, this,
            [this](int index) { m_parts.settings->setValue(QStringLiteral("view/spf"), index); });
}

void MainWindow::chooseGraphFile(const QString &suffix)
{
    if (!m_report)
        return;
    const QString suggested = QStringLiteral("%1-spf.%2").arg(toQString(m_report->domain), suffix);
    m_parts.choosers.savePicture(this, tr("Save the include graph"), suggested,
                                 [this](const QString &path) { saveGraphAs(path); });
}

/// As it is folded now, on white: files are looked at and printed anywhere.
void MainWindow::saveGraphAs(const QString &path)
{
    tellSaved(path, saveGraph(path, m_spfPage->graph().picture(), paperStyle(font())));
}

void MainWindow::makeMapActions(QMenu &menu)
{
    QAction *show =
        addTo(menu, QStringLiteral("showMap"), tr("Address ma&p"), Qt::CTRL | Qt::SHIFT | Qt::Key_G);
    connect(show, &QAction::triggered, this, [this] {
        showSection(Section::Spf);
        m_spfPage->views().setCurrent(SpfPage::MapIndex);
        m_spfPage->map().setFocus(Qt::ShortcutFocusReason);
    });
}

/// What is shown now, on white.
void MainWindow::chooseMapFile(const QString &suffix)
{
    if (!m_report || !m_spfPage->map().hasMap())
        return;
    const QString domain = toQString(m_report->domain);
    const MapView &view = m_spfPage->map().map();
    const MapExport shown{view.sharedMap(), view.window(), tr("Who may send for %1").arg(domain)};
    m_parts.choosers.savePicture(
        this, tr("Save the address map"), QStringLiteral("%1-map.%2").arg(domain, suffix),
        [this, shown](const QString &path) { tellSaved(path, saveMap(path, shown, paperStyle(font()))); });
}

void MainWindow::tellSaved(const QString &path, bool isSaved)
{
    const QString name = shownString(QFileInfo(path).fileName().toStdString());
    if (isSaved)
        m_strip->say(Meaning::Ok, tr("Saved as %1.").arg(name));
    else
        m_strip->say(Meaning::High, tr("The picture could not be saved as %1.").arg(name));
}

} // namespace mailoscope::ui
