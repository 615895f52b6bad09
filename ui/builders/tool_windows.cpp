// SPDX-License-Identifier: Apache-2.0
#include "builders/tool_windows.h"

#include "builders/compare_window.h"
#include "builders/flatten_window.h"
#include "text/shown_string.h"
#include "widgets/copy_as_bar.h"

#include <QAction>
#include <QMenu>
#include <QSettings>

namespace mailoscope::ui
{

namespace
{

const QString CopyAsKey = QStringLiteral("fixes/copyAs");

} // namespace

ToolWindows::ToolWindows(QWidget &window, WhatIf &whatIf, GathererNow gatherer, FileChoosers choosers,
                         QSettings &settings)
    : QObject(&window),
      m_window(window),
      m_whatIf(whatIf),
      m_gatherer(std::move(gatherer)),
      m_choosers(std::move(choosers)),
      m_settings(settings)
{
}

void ToolWindows::fill(QMenu &menu)
{
    static const std::map<std::string_view, const char *> Titles = {
        {"spf", QT_TR_NOOP("&SPF record…")},
        {"dmarc", QT_TR_NOOP("&DMARC record…")},
        {"mta-sts", QT_TR_NOOP("&MTA-STS record and policy…")},
        {"tls-rpt", QT_TR_NOOP("&TLS-RPT record…")},
        {"bimi", QT_TR_NOOP("&BIMI record…")},
        {"dkim", QT_TR_NOOP("D&KIM record from a public key…")},
        {"null-mx", QT_TR_NOOP("&Null MX record…")},
        {"parked", QT_TR_NOOP("Records of a &parked domain…")}};
    for (const builders::Form &form : builders::forms()) {
        const QString name = toQString(form.name);
        const auto title = Titles.find(form.name);
        QAction *action = menu.addAction(title == Titles.end() ? toQString(form.title) : tr(title->second));
        action->setObjectName(QStringLiteral("make %1").arg(name));
        connect(action, &QAction::triggered, this, [this, name] { make(name); });
    }
    menu.addSeparator();
    QAction *compare = menu.addAction(tr("&Compare SPF records…"));
    compare->setObjectName(QStringLiteral("compareSpf"));
    connect(compare, &QAction::triggered, this, &ToolWindows::compare);
    QAction *flatten = menu.addAction(tr("&Flatten the SPF record…"));
    flatten->setObjectName(QStringLiteral("flattenSpf"));
    connect(flatten, &QAction::triggered, this, &ToolWindows::flatten);
}

void ToolWindows::compare()
{
    if (QDialog *open = m_open[QStringLiteral("spf-compare")])
        open->close();
    place(*new CompareWindow(m_whatIf, m_gatherer(), &m_window), QStringLiteral("spf-compare"));
}

void ToolWindows::flatten()
{
    if (QDialog *open = m_open[QStringLiteral("spf-flatten")])
        open->close();
    auto *window = new FlattenWindow(m_whatIf, m_gatherer(), m_choosers, &m_window);
    rememberForm(window->copyBar());
    connect(window, &FlattenWindow::tryWanted, this, &ToolWindows::takeTry);
    place(*window, QStringLiteral("spf-flatten"));
}

KnownDomain ToolWindows::known() const
{
    return {m_whatIf.reality(), m_whatIf.facts()};
}

void ToolWindows::place(QDialog &dialog, const QString &key)
{
    m_open[key] = &dialog;
    dialog.show();
    dialog.raise();
    dialog.activateWindow();
}

void ToolWindows::rememberForm(CopyAsBar &bar)
{
    bar.setForm(m_settings.value(CopyAsKey).toString());
    connect(&bar, &CopyAsBar::formChosen, this, &ToolWindows::copyFormChosen);
}

void ToolWindows::make(const QString &name)
{
    if (name == QStringLiteral("spf-compare"))
        return compare();
    if (name == QStringLiteral("spf-flatten"))
        return flatten();
    const builders::Form *form = builders::findForm(name.toStdString());
    if (!form)
        return;
    if (QDialog *open = m_open[name]) { // begun for the domain of now, or again
        const auto *builder = qobject_cast<BuilderWindow *>(open);
        if (builder && builder->isAbout(m_whatIf.reality())) {
            place(*open, name);
            return;
        }
        open->close();
    }
    auto *window = new BuilderWindow(*form, known(), m_choosers, &m_window);
    rememberForm(window->copyBar());
    connect(window, &BuilderWindow::tryWanted, this, &ToolWindows::takeTry);
    place(*window, name);
}

void ToolWindows::takeTry(const DomainName &domain, const std::vector<fixes::Change> &changes)
{
    const std::shared_ptr<const Report> reality = m_whatIf.reality();
    if (reality && reality->domain == domain)
        Q_EMIT tryWanted(changes);
    else
        Q_EMIT refused(tr("The draft belongs to the domain that is shown. Inspect %1 to try this.")
                           .arg(toQString(domain)));
}

} // namespace mailoscope::ui
