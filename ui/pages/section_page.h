// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"

#include <QVBoxLayout>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

class QLabel;
class QToolButton;

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
    /// A panel of the section's own, between its records and its tables, that shows the report as the page
    /// does; the page owns it. The table of this id is left out: the panel says the same.
    template <typename Panel>
    void addPanel(Panel *panel, std::string tableId)
    {
        m_ownRows->addWidget(panel);
        m_leftOut.push_back(std::move(tableId));
        m_showOwn = [panel](const std::shared_ptr<const Report> &report) { panel->showReport(report); };
    }

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
    std::function<void(const std::shared_ptr<const Report> &)> m_showOwn; ///< in the panel; empty without one
};

} // namespace mailoscope::ui
