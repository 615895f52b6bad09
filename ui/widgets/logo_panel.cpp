// SPDX-License-Identifier: Apache-2.0
#include "widgets/logo_panel.h"

#include "pages/page_parts.h"
#include "text/logo_text.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "widgets/logo_stage.h"
#include "widgets/outline_table_view.h"

#include <QLabel>
#include <QVBoxLayout>

namespace mailoscope::ui
{

LogoPanel::LogoPanel(QWidget *parent)
    : QWidget(parent),
      m_shape(new QLabel),
      m_sentence(sentenceLabel()),
      m_stage(new LogoStage),
      m_faults(new OutlineTableView)
{
    setObjectName(QStringLiteral("logoPanel"));
    m_sentence->setObjectName(QStringLiteral("logoSentence"));
    auto *head = new QHBoxLayout;
    head->setSpacing(halfEm(*this));
    head->addWidget(m_shape, 0, Qt::AlignTop);
    head->addWidget(m_sentence, 1);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(halfEm(*this));
    rows->addLayout(head);
    rows->addWidget(m_stage);
    rows->addWidget(m_faults);
    showReport(nullptr);
}

void LogoPanel::showReport(std::shared_ptr<const Report> report)
{
    const bool hasLogo =
        report && report->bimi.status == bimi::Evaluation::Status::Ok && !report->bimi.declined;
    setVisible(hasLogo);
    if (!hasLogo) {
        m_stage->setLogo({}, {});
        return;
    }
    const bimi::Indicator &indicator = report->bimi.indicator;
    LogoVerdict verdict = logoVerdictOf(*report);
    QByteArray svg;
    QString title;
    if (verdict.mayBeDrawn) {
        svg = QByteArray(indicator.image.data(), static_cast<qsizetype>(indicator.image.size()));
        title = shownString(indicator.check->title);
    }
    if (!m_stage->setLogo(svg, title)) {
        verdict.meaning = Meaning::Unknown;
        verdict.sentence = tr("The logo passes the check, but it cannot be drawn here.");
    }
    m_stage->setVisible(m_stage->hasLogo());
    m_shape->setPixmap(icon(verdict.meaning).pixmap(em(*this)));
    m_shape->setAccessibleName(wordFor(verdict.meaning));
    m_sentence->setText(verdict.sentence);
    const bool hasFaults = indicator.check && !indicator.check->faults.empty();
    m_faults->setVisible(hasFaults);
    if (hasFaults)
        m_faults->showTable(faultsOf(*indicator.check));
}

} // namespace mailoscope::ui
