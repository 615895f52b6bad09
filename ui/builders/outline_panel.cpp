// SPDX-License-Identifier: Apache-2.0
#include "builders/outline_panel.h"

#include "pages/page_parts.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "widgets/outline_table_view.h"

#include <QLabel>
#include <QVBoxLayout>

namespace mailoscope::ui
{

OutlinePanel::OutlinePanel(const QString &name, QWidget *parent)
    : QWidget(parent), m_sentence(sentenceLabel()), m_notes(sentenceLabel()), m_rows(new QVBoxLayout)
{
    setObjectName(name);
    m_sentence->setObjectName(name + QStringLiteral("Sentence"));
    m_notes->setObjectName(name + QStringLiteral("Notes"));
    QFont bold = m_sentence->font();
    bold.setBold(true);
    m_sentence->setFont(bold);
    auto *content = new QWidget;
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, halfEm(*this), 0);
    rows->setSpacing(halfEm(*this));
    rows->addWidget(m_sentence);
    rows->addWidget(m_notes);
    m_rows->setSpacing(em(*this));
    rows->addLayout(m_rows);
    rows->addStretch(1);
    putIntoScrollArea(*this, content, tr("What came out"));
}

QString OutlinePanel::sentence() const
{
    return m_sentence->text();
}

void OutlinePanel::showOutline(const Outline &outline)
{
    m_sentence->setText(toQString(outline.sentence));
    QStringList notes;
    for (const std::string &note : outline.notes)
        notes << toQString(note);
    m_notes->setText(notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
    while (m_tables.size() < outline.tables.size()) {
        m_tables.push_back(new OutlineTableView);
        m_rows->addWidget(m_tables.back());
    }
    for (std::size_t i = 0; i < m_tables.size(); ++i) {
        m_tables[i]->setVisible(i < outline.tables.size());
        if (i < outline.tables.size())
            m_tables[i]->showTable(outline.tables[i]);
    }
}

} // namespace mailoscope::ui
