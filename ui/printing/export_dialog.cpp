// SPDX-License-Identifier: Apache-2.0
#include "printing/export_dialog.h"

#include "printing/paper_form.h"
#include "text/shown_string.h"
#include "theme/metrics.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace mailoscope::ui
{

namespace
{

const QString FormKey = QStringLiteral("paper/format");

/// Names in DNS may hold what file names may not.
QString fileNameOf(const Report &report, const QString &suffix)
{
    static const QRegularExpression Unfit(QStringLiteral("[/\\\\:*?\"<>|]"));
    constexpr qsizetype Longest = 200;
    QString name = toQString(report.domain);
    return name.replace(Unfit, QStringLiteral("_")).left(Longest) + QLatin1Char('.') + suffix;
}

} // namespace

ExportDialog::ExportDialog(std::shared_ptr<const Report> report, QSettings &settings, FileChoosers choosers,
                           QWidget *parent)
    : QDialog(parent),
      m_report(std::move(report)),
      m_settings(settings),
      m_choosers(std::move(choosers)),
      m_format(new QComboBox),
      m_paper(new PaperForm(settings, m_choosers)),
      m_progress(new QProgressBar),
      m_problem(new QLabel)
{
    setObjectName(QStringLiteral("exportDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Export the report of %1").arg(toQString(m_report->domain)));
    m_format->setObjectName(QStringLiteral("exportFormat"));
    m_format->setAccessibleName(tr("Format"));
    for (const ReportFormRow &row : reportForms())
        m_format->addItem(titleOf(row), QString::fromLatin1(row.suffix));
    m_format->setCurrentIndex(std::max(m_format->findData(settings.value(FormKey)), 0));
    m_progress->setObjectName(QStringLiteral("exportProgress"));
    m_progress->setAccessibleName(tr("Pages written"));
    m_progress->setVisible(false);
    m_problem->setObjectName(QStringLiteral("exportProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setVisible(false);

    auto *buttons = new QDialogButtonBox;
    m_export = buttons->addButton(tr("&Export…"), QDialogButtonBox::AcceptRole);
    m_export->setObjectName(QStringLiteral("exportButton"));
    QPushButton *cancel = buttons->addButton(QDialogButtonBox::Cancel);
    cancel->setObjectName(QStringLiteral("exportCancel"));
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::ask);
    connect(cancel, &QPushButton::clicked, this, &ExportDialog::reject);
    connect(m_paper, &PaperForm::changed, this, &ExportDialog::followChoices);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::followChoices);
    connect(&m_background, &Background::stopped, this, &QObject::deleteLater);

    auto *head = new QFormLayout;
    head->setHorizontalSpacing(halfEm(*this));
    head->addRow(tr("For&mat:"), m_format);
    auto *rows = new QVBoxLayout(this);
    rows->setSpacing(halfEm(*this));
    rows->addLayout(head);
    rows->addWidget(m_paper);
    rows->addWidget(m_progress);
    rows->addWidget(m_problem);
    rows->addStretch(1);
    rows->addWidget(buttons);
    m_export->setDefault(true);
    followChoices();
    m_format->setFocus();
}

ReportForm ExportDialog::form() const
{
    return reportForms()[static_cast<std::size_t>(m_format->currentIndex())].form;
}

void ExportDialog::followChoices()
{
    const bool isIdle = !m_background.isRunning();
    const bool isPaper = form() == ReportForm::Pdf;
    const bool hasParts = isPaper || form() == ReportForm::Html || form() == ReportForm::Markdown;
    m_format->setEnabled(isIdle);
    m_paper->setEnabled(isIdle && hasParts);
    m_paper->setReach(isPaper ? PaperForm::Reach::Paper : PaperForm::Reach::Parts);
    m_export->setEnabled(isIdle && (!hasParts || m_paper->isComplete()));
    m_progress->setVisible(!isIdle);
}

void ExportDialog::ask()
{
    m_paper->remember();
    m_settings.setValue(FormKey, m_format->currentData());
    m_problem->setVisible(false);
    const QString suggested = fileNameOf(*m_report, m_format->currentData().toString());
    m_choosers.saveAny(this, tr("Export the report"), suggested,
                       [this](const QString &path) { write(path); });
}

void ExportDialog::write(const QString &path)
{
    if (m_background.isRunning())
        return;
    m_progress->setRange(0, 0); // how many pages there will be shows when all are laid out
    const ReportWatch watch = [this](int done, int known) {
        QMetaObject::invokeMethod(
            this,
            [this, done, known] {
                m_progress->setRange(0, known);
                m_progress->setValue(done);
            },
            Qt::QueuedConnection);
        return !m_background.isStopped();
    };
    m_background.run([this, watch, path, report = m_report, form = form(),
                      choices = readPaperChoices(m_settings)]() -> Background::Done {
        const auto options = form == ReportForm::Pdf ? optionsOf(choices) : std::optional(choices.options);
        if (!options)
            return [this, path] {
                end(tr("The logo cannot be read: PNG, JPEG and SVG of up to 16 MiB can."), path);
            };
        const std::optional<QString> problem = writeReport(path, form, *report, *options, watch);
        return [this, problem, path] { end(problem, path); };
    });
    followChoices();
}

void ExportDialog::end(const std::optional<QString> &problem, const QString &path)
{
    followChoices();
    if (!problem) {
        Q_EMIT exported(path);
        accept();
        return;
    }
    m_problem->setText(*problem);
    m_problem->setVisible(true);
}

void ExportDialog::reject()
{
    if (m_background.isRunning()) {
        // Out of sight at once; it goes for good when the work has noticed.
        m_background.stop();
        setAttribute(Qt::WA_DeleteOnClose, false);
    }
    QDialog::reject();
}

} // namespace mailoscope::ui
