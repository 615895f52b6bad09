// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/look_up.h"
#include "report/report.h"

#include <QWidget>

#include <memory>

class QSortFilterProxyModel;
class QTableView;

namespace mailoscope::ui
{

class LookUpsModel;
class Selection;

/// All look-ups with their times, as a browser's network panel shows requests. Those of the selected place
/// are marked; choosing one selects the place that asked.
class LookUpsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit LookUpsPanel(Selection &selection, QWidget *parent = nullptr);

    void clear();
    void put(const gather::LookUp &lookUp);
    void showReport(std::shared_ptr<const Report> report);

Q_SIGNALS:
    void countChanged(int count);

private:
    void choose(const QModelIndex &index);
    void follow();
    void copy();

    Selection &m_selection;
    std::shared_ptr<const Report> m_report;
    LookUpsModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QTableView *m_table;
};

} // namespace mailoscope::ui
