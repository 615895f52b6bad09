// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "file_choosers.h"
#include "printing/background.h"
#include "printing/report_files.h"
#include "report/report.h"

#include <QDialog>

#include <memory>
#include <optional>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSettings;

namespace mailoscope::ui
{

class PaperForm;

/// Writes the report to a file, on a thread of its own, and shows how far it has come.
class ExportDialog : public QDialog
{
    Q_OBJECT
public:
    ExportDialog(std::shared_ptr<const Report> report, QSettings &settings, FileChoosers choosers,
                 QWidget *parent);

    /// Stops the work where some is under way; a file that was there before stays as it was.
    void reject() override;

Q_SIGNALS:
    /// The file is complete.
    void exported(const QString &path);

private:
    ReportForm form() const;
    void followChoices();
    void ask();
    void write(const QString &path);
    void end(const std::optional<QString> &problem, const QString &path);
    void showRunning(bool isRunning);

    std::shared_ptr<const Report> m_report;
    QSettings &m_settings;
    FileChoosers m_choosers;
    QComboBox *m_format;
    PaperForm *m_paper;
    QProgressBar *m_progress;
    QLabel *m_problem;
    QPushButton *m_export = nullptr;
    Background m_background;
};

} // namespace mailoscope::ui
