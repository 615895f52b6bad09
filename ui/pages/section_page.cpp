// SPDX-License-Identifier: Apache-2.0
#include "pages/section_page.h"

#include "builders/forms.h"
#include "pages/page_parts.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/outline_table_view.h"
#include "widgets/record_editor.h"
#include "widgets/record_text.h"

#include <QLabel>
#include <QToolButton>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

/// The builder that makes the section's record; empty where there is none.
std::string_view formOf(Section section)
{
    switch (section) {
    case Section::Spf:
        return "spf";
    case Section::Dmarc:
        return "dmarc";
    case Section::Dkim:
        return "dkim";
    case Section::Bimi:
        return "bimi";
    case Section::MtaSts:
        return "mta-sts";
    case Section::Mx:
    case Section::Dns:
        break;
    }
    return {};
}

/// What stands in front of the domain where the section's record is looked for.
std::string_view labelsOf(Section section)
{
    switch (section) {
    case Section::Dmarc:
        return "_dmarc";
    case Section::Dkim:
        return "selector1._domainkey";
    case Section::Bimi:
        return "default._bimi";
    case Section::MtaSts:
        return "_mta-sts";
    case Section::Spf:
    case Section::Mx:
    case Section::Dns:
        break;
    }
    return {};
}

/// The type of a record that can be edited.
std::optional<dns::RrType> editableType(const OutlineRecord &record)
{
    const auto type = dns::rrTypeFromString(record.type);
    const auto &types = fixes::editableTypes();
    const bool isEditable = type && std::find(types.begin(), types.end(), *type) != types.end();
    return isEditable ? type : std::nullopt;
}

} // namespace

SectionPage::SectionPage(Section section, QWidget *parent)
    : QWidget(parent),
      m_section(section),
      m_mark(new QLabel),
      m_sentence(sentenceLabel()),
      m_notes(sentenceLabel()),
      m_recordRows(new QVBoxLayout),
      m_ownRows(new QVBoxLayout),
      m_tableRows(new QVBoxLayout),
      m_new(new QToolButton),
      m_make(new QToolButton)
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
    m_new->setObjectName(QStringLiteral("newRecord %1").arg(name));
    m_new->setText(tr("New record"));
    m_new->setToolTip(tr("Try a record that there is none of yet, on any name. Nothing is published."));
    m_make->setObjectName(QStringLiteral("make %1").arg(name));
    for (QToolButton *button : {m_new, m_make}) {
        head->addWidget(button, 0, Qt::AlignTop);
        button->hide();
    }
    rows->addLayout(head);
    for (QVBoxLayout *part : {m_recordRows, m_ownRows, m_tableRows}) {
        part->setSpacing(em(*this));
        rows->addLayout(part);
    }
    rows->addWidget(m_notes);
    rows->addStretch(1);

    putIntoScrollArea(*this, content, toQString(titleOf(section)));
}

void SectionPage::allowEditing(WhatIf &whatIf)
{
    m_editor = new RecordEditor(whatIf);
    m_recordRows->addWidget(m_editor);
    connect(m_editor, &RecordEditor::ended, this, [this] { showReport(m_report); });
    connect(m_new, &QToolButton::clicked, this, &SectionPage::beginNew);
    m_new->show();
    const builders::Form *form = builders::findForm(formOf(m_section));
    if (!form)
        return;
    m_make->setText(tr("Make…"));
    m_make->setAccessibleName(tr("Make: %1").arg(toQString(form->title)));
    m_make->setToolTip(toolTipFor(m_make->accessibleName()));
    m_make->show();
    connect(m_make, &QToolButton::clicked, this, [this] { Q_EMIT makeWanted(toQString(formOf(m_section))); });
}

void SectionPage::edit(std::size_t index)
{
    if (!m_editor || index >= m_shownRecords.size())
        return;
    const OutlineRecord record = m_shownRecords[index];
    const auto name = DomainName::parse(record.owner);
    const std::optional<dns::RrType> type = editableType(record);
    if (!name || !type)
        return;
    m_recordRows->insertWidget(m_recordRows->indexOf(m_records[index]), m_editor);
    m_editor->begin(*name, *type, record.text);
    showReport(m_report);
}

void SectionPage::beginNew()
{
    if (!m_report)
        return;
    const std::string_view labels = labelsOf(m_section);
    const auto name = m_report->domain.prefixed(labels.empty() ? "x" : labels);
    m_editor->beginNew(name && !labels.empty() ? *name : m_report->domain,
                       m_section == Section::Mx ? dns::RrType::MX : dns::RrType::TXT);
}

void SectionPage::showReport(std::shared_ptr<const Report> report)
{
    m_report = report;
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
    if (m_showOwn)
        m_showOwn(m_report);
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
        const std::size_t index = m_records.size();
        connect(record, &RecordText::editWanted, this, [this, index] { edit(index); });
        m_recordRows->addWidget(record);
        m_records.push_back(record);
    }
    m_shownRecords = outline.records;
    const auto isInEditor = [this](const OutlineRecord &record) {
        const auto name = DomainName::parse(record.owner);
        const auto type = editableType(record);
        return m_editor && name && type && m_editor->isAbout(*name, *type, record.text);
    };
    for (std::size_t i = 0; i < m_records.size(); ++i) {
        const bool isThere = i < outline.records.size();
        m_records[i]->setVisible(isThere && !isInEditor(outline.records[i]));
        if (!isThere)
            continue;
        m_records[i]->show(outline.records[i], findings);
        m_records[i]->setEditable(m_editor && editableType(outline.records[i]));
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
