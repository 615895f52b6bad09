// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "builders/builder_window.h"
#include "what_if.h"

#include <QObject>
#include <QPointer>

#include <functional>

#include <map>
#include <string>

namespace mailoscope::gather
{
class Gatherer;
}

class QMenu;
class QSettings;
class QWidget;

namespace mailoscope::ui
{

/// The windows in which records are made, compared and flattened: the menu that opens them, one of each kind
/// at a time.
class ToolWindows : public QObject
{
    Q_OBJECT
public:
    /// All of them are the main window's and outlive this.
    using GathererNow = std::function<std::shared_ptr<gather::Gatherer>()>; ///< null where there is none
    ToolWindows(QWidget &window, WhatIf &whatIf, GathererNow gatherer, FileChoosers choosers,
                QSettings &settings);

    void fill(QMenu &menu);
    /// Opens the form of this name, such as "dmarc", or "spf-compare" or "spf-flatten".
    void make(const QString &form);

Q_SIGNALS:
    /// Changes are to be tried on the inspected domain.
    void tryWanted(const std::vector<mailoscope::fixes::Change> &changes);
    /// The form that changes are copied in from now on, by its option.
    void copyFormChosen(const QString &option);
    /// Something cannot be done: one sentence.
    void refused(const QString &sentence);

private:
    KnownDomain known() const;
    void compare();
    void flatten();
    void place(QDialog &dialog, const QString &key);
    void rememberForm(class CopyAsBar &bar);
    void takeTry(const DomainName &domain, const std::vector<fixes::Change> &changes);

    QWidget &m_window;
    WhatIf &m_whatIf;
    const GathererNow m_gatherer;
    const FileChoosers m_choosers;
    const QSettings &m_settings;
    std::map<QString, QPointer<QDialog>> m_open;
};

} // namespace mailoscope::ui
