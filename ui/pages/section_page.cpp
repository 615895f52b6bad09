// SPDX-License-Identifier: Apache-2.0
#include "pages/section_page.h"

#include "pages/page_parts.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/outline_table_view.h"
#include "widgets/record_text.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace mailoscope::ui
{

SectionPage::SectionPage(Section section, QWidget *parent)
    : QWidget(parent),
      m_section(section),
      m_mark(new QLabel),
      m_sentence(sentenceLabel()),
      m_notes(sentenceLabel()),
      m_recordRows(new QVBoxLayout),
      m_ownRows(new QVBoxLayout),
      m_tableRows(new QVBoxLayout)
{
    const QString name = toQString(shortTitleOf(section));
    setObjectName(QStringLiteral("page %1").arg(name));
    m_sentence->setObjectName(QStringLiteral("sentence %1").arg(name));
    m_notes->setObjectName(QStringLiteral("notes %1").arg(name));
    auto *content = new QWidget;
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(halfEm(*this), halfEm(*this), halfEm(*this), halfEm(*this));
    rows->setSpacing(em(*this));
    auto *head = new QHBoxLayout;
    head->setSpacing(halfEm(*this));
    head->addWidget(m_mark, 0, Qt::AlignTop);
    head->addWidget(m_sentence, 1);
    rows->addLayout(head);
    for (QVBoxLayout *part : {m_recordRows, m_ownRows, m_tableRows}) {
        part->setSpacing(em(*this));
        rows->addLayout(part);
    }
    rows->addWidget(m_notes);
    rows->addStretch(1);

    putIntoScrollArea(*this, content, toQString(titleOf(section)));
}

void SectionPage::addWidget(QWidget *widget)
{
    m_ownRows->addWidget(widget);
}

void SectionPage::showReport(std::shared_ptr<const Report> report)
{
    const Outline outline = report ? outlineOf(*report, m_section) : Outline();
    std::vector<const Finding *> findings;
    if (report) {
        for (const Finding &finding : report->findings) {
            if (sectionOf(finding.section) == m_section)
                findings.push_back(&finding);
        }
        const Meaning meaning = meaningOf(standingOf(*report, m_section).mark);
        m_mark->setPixmap(icon(meaning).pixmap(em(*this)));
        m_mark->setAccessibleName(wordFor(meaning));
        m_mark->setToolTip(wordFor(meaning));
    } else {
        m_mark->clear();
    }
    m_sentence->setText(toQString(outline.sentence));
    showRecords(outline, findings);
    showTables(outline);
    QStringList notes;
    for (const std::string &note : outline.notes)
        notes << toQString(note);
    m_notes->setText(notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
}

void SectionPage::showRecords(const Outline &outline, const std::vector<const Finding *> &findings)
{
    while (m_records.size() < outline.records.size()) {
        auto *record = new RecordText;
        record->setObjectName(QStringLiteral("record %1").arg(m_records.size()));
        m_recordRows->addWidget(record);
        m_records.push_back(record);
    }
    for (std::size_t i = 0; i < m_records.size(); ++i) {
        m_records[i]->setVisible(i < outline.records.size());
        if (i < outline.records.size())
            m_records[i]->show(outline.records[i], findings);
    }
}

void SectionPage::showTables(const Outline &outline)
{
    std::size_t shown = 0;
    for (const OutlineTable &table : outline.tables) {
        if (std::find(m_leftOut.begin(), m_leftOut.end(), table.id) != m_leftOut.end())
            continue;
        if (shown == m_tables.size()) {
            m_tables.push_back(new OutlineTableView);
            m_tableRows->addWidget(m_tables.back());
        }
        m_tables[shown]->showTable(table);
        m_tables[shown++]->show();
    }
    for (; shown < m_tables.size(); ++shown)
        m_tables[shown]->hide();
}

} // namespace mailoscope::ui
