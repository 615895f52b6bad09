// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"

#include <QWidget>

#include <memory>
#include <vector>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace mailoscope::ui
{

class OutlineTableView;
class RecordEditor;
class RecordText;
class WhatIf;

/// A section of the report as its outline has it: the sentence, the records, the tables, and what could not
/// be seen.
class SectionPage : public QWidget
{
    Q_OBJECT
public:
    explicit SectionPage(Section section, QWidget *parent = nullptr);

    void showReport(std::shared_ptr<const Report> report);
    /// A widget of the section's own between its records and its tables; the page owns it.
    void addWidget(QWidget *widget);
    /// Leaves out the table of this id: a widget of the section's own shows the same.
    void leaveOut(std::string tableId) { m_leftOut.push_back(std::move(tableId)); }

    /// From now on its records can be edited, and new ones begun, in this draft.
    void allowEditing(WhatIf &whatIf);

Q_SIGNALS:
    /// The builder of this name is to be opened.
    void makeWanted(const QString &form);

private:
    void edit(std::size_t record);
    void beginNew();
    void showRecords(const Outline &outline, const std::vector<const Finding *> &findings);
    void showTables(const Outline &outline);

    const Section m_section;
    QLabel *m_mark;
    QLabel *m_sentence;
    QLabel *m_notes;
    QVBoxLayout *m_recordRows;
    QVBoxLayout *m_ownRows;
    QVBoxLayout *m_tableRows;
    std::vector<RecordText *> m_records;
    std::shared_ptr<const Report> m_report;
    std::vector<OutlineRecord> m_shownRecords;
    RecordEditor *m_editor = nullptr; ///< null where nothing can be edited
    QToolButton *m_new;
    QToolButton *m_make;
    std::vector<OutlineTableView *> m_tables;
    std::vector<std::string> m_leftOut;
};

} // namespace mailoscope::ui
