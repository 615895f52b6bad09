// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "file_choosers.h"
#include "printing/background.h"
#include "report/report.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

class QAction;
class QMenu;
class QSettings;
class QWidget;

namespace mailoscope::ui
{

/// The ways of a report out of the window: files, preview, printer.
class ReportPrinting : public QObject
{
    Q_OBJECT
public:
    using ReportAtHand = std::function<std::shared_ptr<const Report>()>;

    /// `window` owns it; `settings` outlives it.
    ReportPrinting(QWidget &window, QSettings &settings, FileChoosers choosers, ReportAtHand report);

    /// Adds its actions.
    void addTo(QMenu &menu);
    /// Offers them where there is a report at hand.
    void follow();

Q_SIGNALS:
    void exported(const QString &path);

private:
    enum class Then { Show, Print };
    void openExport();
    void openPreview(Then then);

    QWidget &m_window;
    QSettings &m_settings;
    FileChoosers m_choosers;
    ReportAtHand m_report;
    std::vector<QAction *> m_actions;
    Background m_background;
};

} // namespace mailoscope::ui
