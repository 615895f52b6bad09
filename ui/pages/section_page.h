// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"

#include <QWidget>

#include <memory>
#include <vector>

class QLabel;
class QTableView;
class QVBoxLayout;

namespace mailoscope::ui
{

class OutlineModel;
class RecordText;

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

private:
    struct TableParts {
        QLabel *title;
        QTableView *view;
        OutlineModel *model;
    };
    void showRecords(const Outline &outline, const std::vector<const Finding *> &findings);
    void showTables(const Outline &outline);
    TableParts &addTable();
    static void fit(const TableParts &parts);

    const Section m_section;
    QLabel *m_mark;
    QLabel *m_sentence;
    QLabel *m_notes;
    QVBoxLayout *m_recordRows;
    QVBoxLayout *m_ownRows;
    QVBoxLayout *m_tableRows;
    std::vector<RecordText *> m_records;
    std::vector<TableParts> m_tables;
};

} // namespace mailoscope::ui
