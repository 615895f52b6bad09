// SPDX-License-Identifier: Apache-2.0
#include "pages/section_page.h"

#include "models/outline_model.h"
#include "pages/page_parts.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/record_text.h"

#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

namespace mailoscope::ui
{

namespace
{

constexpr int MostRows = 24; // of a table, before it scrolls by itself

} // namespace

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
        part->setSpacing(halfEm(*this));
        rows->addLayout(part);
    }
    rows->addWidget(m_notes);
    rows->addStretch(1);

    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(toQString(titleOf(section)));
    scroll->setWidget(content);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
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

SectionPage::TableParts &SectionPage::addTable()
{
    TableParts parts{new QLabel, new QTableView, new OutlineModel(this)};
    parts.title->setTextFormat(Qt::PlainText);
    QFont bold = parts.title->font();
    bold.setBold(true);
    parts.title->setFont(bold);
    setUpTable(*parts.view);
    parts.view->setModel(parts.model);
    parts.view->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    parts.view->setWordWrap(false);
    addCopyAction(*parts.view);
    m_tableRows->addWidget(parts.title);
    m_tableRows->addWidget(parts.view);
    return m_tables.emplace_back(parts);
}

void SectionPage::showTables(const Outline &outline)
{
    while (m_tables.size() < outline.tables.size())
        addTable();
    for (std::size_t i = 0; i < m_tables.size(); ++i) {
        TableParts &parts = m_tables[i];
        const bool isShown = i < outline.tables.size();
        parts.title->setVisible(isShown);
        parts.view->setVisible(isShown);
        if (!isShown)
            continue;
        const OutlineTable &table = outline.tables[i];
        const bool hasNewShape = table.columns != parts.model->table().columns ||
                                 table.rows.size() != parts.model->table().rows.size();
        parts.title->setText(toQString(table.title));
        parts.view->setObjectName(toQString(table.id));
        parts.view->setAccessibleName(toQString(table.title));
        parts.model->setTable(table);
        if (hasNewShape)
            fit(parts);
    }
}

void SectionPage::fit(const TableParts &parts)
{
    QTableView &view = *parts.view;
    view.resizeColumnsToContents();
    const int widest = digits(view, 60);
    for (int column = 0; column + 1 < parts.model->columnCount(); ++column)
        view.setColumnWidth(column, std::min(view.columnWidth(column) + em(view), widest));
    view.horizontalHeader()->setStretchLastSection(true);
    const int rowHeight = view.verticalHeader()->defaultSectionSize();
    const int rows = std::clamp(parts.model->rowCount(), 1, MostRows);
    const int bar = view.style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    view.setFixedHeight(view.horizontalHeader()->sizeHint().height() + rows * rowHeight + bar / 2 +
                        2 * view.frameWidth());
}

} // namespace mailoscope::ui
