// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/map_legend_model.h"

#include <QTableView>

class QSortFilterProxyModel;

namespace mailoscope::ui
{

/// The branches of a map beside it: chosen by mouse and keys, sorted by their heads, copied as text.
class MapLegend : public QTableView
{
    Q_OBJECT
public:
    explicit MapLegend(QWidget *parent = nullptr);

    void setRows(std::vector<LegendRow> rows);
    /// Marks the row of a branch of the map; -1 for none. Nothing is chosen by it.
    void markBranch(int branch);

Q_SIGNALS:
    void branchChosen(int branch);
    /// By Enter or a double click: its addresses are to be shown.
    void branchActivated(int branch);

private:
    int branchOf(const QModelIndex &index) const;

    MapLegendModel *m_model;
    QSortFilterProxyModel *m_sorted;
    int m_marked = -1;
    bool m_isMarking = false;
};

} // namespace mailoscope::ui
