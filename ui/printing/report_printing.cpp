// SPDX-License-Identifier: Apache-2.0
#include "printing/report_printing.h"

#include "print/layout.h"
#include "printing/export_dialog.h"
#include "printing/paper_form.h"
#include "printing/preview_window.h"
#include "text/shown_string.h"

#include <QAction>
#include <QKeySequence>
#include <QMenu>

#include <utility>

namespace mailoscope::ui
{

ReportPrinting::ReportPrinting(QWidget &window, QSettings &settings, FileChoosers choosers,
                               ReportAtHand report)
    : QObject(&window),
      m_window(window),
      m_settings(settings),
      m_choosers(std::move(choosers)),
      m_report(std::move(report))
{
}

void ReportPrinting::addTo(QMenu &menu)
{
    const auto add = [&](const QString &name, const QString &text, const QKeySequence &keys, auto &&act) {
        QAction *action = menu.addAction(text);
        action->setObjectName(name);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, act);
        m_actions.push_back(action);
    };
    add(QStringLiteral("exportReport"), tr("E&xport report…"), Qt::CTRL | Qt::SHIFT | Qt::Key_E,
        [this] { openExport(); });
    add(QStringLiteral("printPreview"), tr("Print previe&w…"), Qt::CTRL | Qt::SHIFT | Qt::Key_P,
        [this] { openPreview(Then::Show); });
    add(QStringLiteral("print"), tr("&Print…"), QKeySequence::Print, [this] { openPreview(Then::Print); });
    follow();
}

void ReportPrinting::follow()
{
    const bool isThere = m_report() != nullptr;
    for (QAction *action : m_actions)
        action->setEnabled(isThere);
}

void ReportPrinting::openExport()
{
    const std::shared_ptr<const Report> report = m_report();
    if (!report)
        return;
    for (const auto *other : m_window.findChildren<ExportDialog *>()) {
        if (other->isVisible()) // not one that is being stopped
            return;
    }
    auto *dialog = new ExportDialog(report, m_settings, m_choosers, &m_window);
    connect(dialog, &ExportDialog::exported, this, &ReportPrinting::exported);
    dialog->open();
}

void ReportPrinting::openPreview(Then then)
{
    const std::shared_ptr<const Report> report = m_report();
    if (!report || m_background.isRunning())
        return;
    const PaperChoices choices = readPaperChoices(m_settings);
    m_background.run([this, report, choices, then]() -> Background::Done {
        // A logo that is gone is told of where it is chosen.
        const print::Options options = optionsOf(choices).value_or(choices.options);
        auto pages = std::make_shared<std::vector<print::Page>>(print::pagesOf(*report, options));
        return [this, pages, options, report, then] {
            auto *preview = new PreviewWindow(std::move(*pages), options,
                                              tr("Report of %1").arg(toQString(report->domain)), &m_window);
            preview->show();
            if (then == Then::Print)
                preview->choosePrinter();
        };
    });
}

} // namespace mailoscope::ui
