// SPDX-License-Identifier: Apache-2.0
#include "widgets/first_list.h"

#include "pages/page_parts.h"
#include "report/explain.h"
#include "report/fix_words.h"
#include "report/outline.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace mailoscope::ui
{

namespace
{

constexpr int MostRows = 6;

/// Look-ups that a fix of the SPF record saves; 0 where that is none or cannot be told.
int lookupsSaved(const Report &report, const fixes::Fix &fix, const FactStore &facts)
{
    const FactStore then = fixes::published(fix.changes, facts);
    FactReader reader(then, report.reach);
    spf::RecordCache records;
    const spf::Evaluation after = spf::evaluate(report.domain, reader, records);
    return after.pending ? 0 : report.spf.lookups - after.lookups;
}

QString fixText(const Report &report, const Finding &finding, const fixes::Fix &fix)
{
    FactStore facts;
    if (finding.section == "spf") {
        for (const FactPointer &fact : report.facts)
            facts.put(*fact);
    }
    const int saved = finding.section == "spf" ? lookupsSaved(report, fix, facts) : 0;
    const QString what =
        saved > 0 ? FirstList::tr("Fix: −%n look-up(s)", nullptr, saved) : FirstList::tr("Fix");
    return fix.isProven() ? FirstList::tr("%1 ✓ proven").arg(what)
                          : FirstList::tr("%1 ? suggested").arg(what);
}

} // namespace

FirstList::FirstList(QWidget *parent) : QWidget(parent), m_grid(nullptr)
{
    setObjectName(QStringLiteral("doFirst"));
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(halfEm(*this) / 2);
    auto *title = new QLabel(tr("Do first"));
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    rows->addWidget(title);
}

void FirstList::showReport(const std::shared_ptr<const Report> &report)
{
    if (m_sheet) { // one of its buttons may be what brought us here
        m_sheet->setParent(nullptr);
        m_sheet->deleteLater();
    }
    m_sheet = new QWidget;
    m_rows = 0;
    m_grid = new QGridLayout(m_sheet);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(halfEm(*this));
    m_grid->setVerticalSpacing(halfEm(*this) / 2);
    m_grid->setColumnStretch(2, 1);
    for (std::size_t i = 0; report && i < report->findings.size() && m_rows < MostRows; ++i) {
        if (report->findings[i].severity >= Severity::Medium)
            addRow(*report, i);
    }
    layout()->addWidget(m_sheet);
    setVisible(m_rows > 0);
}

void FirstList::addRow(const Report &report, std::size_t index)
{
    const Finding &finding = report.findings[index];
    const Explanation words = explain(finding);
    const Meaning meaning = meaningOf(finding.severity);
    auto *shape = new QLabel;
    shape->setPixmap(icon(meaning).pixmap(em(*this)));
    auto *severity = new QLabel(wordFor(meaning));
    const std::optional<Section> section = sectionOf(finding.section);
    QLabel *title = sentenceLabel();
    title->setText(
        section ? QStringLiteral("%1: %2").arg(toQString(shortTitleOf(*section)), toQString(words.title))
                : toQString(words.title));
    title->setToolTip(toolTipFor(toQString(words.whatToDo)));
    QLabel *todo = sentenceLabel();
    QPalette palette = QGuiApplication::palette();
    palette.setColor(QPalette::WindowText, Theme(palette).quietText());
    todo->setPalette(palette);
    todo->setText(toQString(words.whatToDo));
    auto *text = new QVBoxLayout;
    text->setSpacing(0);
    text->addWidget(title);
    text->addWidget(todo);
    auto *show = new QPushButton(tr("Show"));
    show->setObjectName(QStringLiteral("showFirst%1").arg(m_rows));
    show->setAccessibleName(tr("Show: %1").arg(toQString(words.title)));
    connect(show, &QPushButton::clicked, this, [this, index] { Q_EMIT findingWanted(index); });
    const int row = m_rows++;
    m_grid->addWidget(shape, row, 0, Qt::AlignTop);
    m_grid->addWidget(severity, row, 1, Qt::AlignTop);
    m_grid->addLayout(text, row, 2);
    m_grid->addWidget(show, row, 3, Qt::AlignTop);
    const fixes::Fix *fix = report.fixOf(index);
    if (!fix)
        return;
    auto *mend = new QPushButton(fixText(report, finding, *fix));
    mend->setObjectName(QStringLiteral("fixFirst%1").arg(row));
    mend->setAccessibleName(QStringLiteral("%1: %2").arg(mend->text(), toQString(words.title)));
    mend->setToolTip(toolTipFor(toQString(explain(*fix).summary)));
    connect(mend, &QPushButton::clicked, this, [this, index] { Q_EMIT fixWanted(index); });
    m_grid->addWidget(mend, row, 4, Qt::AlignTop);
}

} // namespace mailoscope::ui
