// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <QWidget>

#include <memory>

class QLineEdit;
class QPlainTextEdit;
class QSortFilterProxyModel;
class QTableView;

namespace mailoscope::ui
{

class FactsModel;

/// Every answer that the report was made from, and the selected one in full.
class DnsPage : public QWidget
{
    Q_OBJECT
public:
    explicit DnsPage(QWidget *parent = nullptr);

    void showReport(std::shared_ptr<const Report> report);
    void find();

private:
    void showAnswer();

    FactsModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QLineEdit *m_filter;
    QTableView *m_table;
    QPlainTextEdit *m_answer;
};

} // namespace mailoscope::ui
