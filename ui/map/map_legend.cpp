// SPDX-License-Identifier: Apache-2.0
#include "map/map_legend.h"

#include "pages/page_parts.h"
#include "theme/metrics.h"

#include <QHeaderView>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>

namespace mailoscope::ui
{

MapLegend::MapLegend(QWidget *parent)
    : QTableView(parent), m_model(new MapLegendModel(this)), m_sorted(new QSortFilterProxyModel(this))
{
    setObjectName(QStringLiteral("mapLegend"));
    setAccessibleName(tr("Branches on the map"));
    setUpTable(*this);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setIconSize(QSize(em(*this) * 12 / 5, em(*this))); // hatch and mark of a branch
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(RowSortRole);
    setModel(m_sorted);
    setSortingEnabled(true);
    sortByColumn(MapLegendModel::Addresses, Qt::DescendingOrder);
    setColumnWidth(MapLegendModel::Branch, digits(*this, 22));
    setColumnWidth(MapLegendModel::Addresses, digits(*this, 12));
    setColumnWidth(MapLegendModel::Part, digits(*this, 8));
    addCopyAction(*this);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (!m_isMarking && current.isValid())
                    Q_EMIT branchChosen(branchOf(current));
            });
    connect(this, &QAbstractItemView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT branchActivated(branchOf(index)); });
}

int MapLegend::branchOf(const QModelIndex &index) const
{
    const LegendRow *row = m_model->rowAt(m_sorted->mapToSource(index).row());
    return row ? row->branch : -1;
}

void MapLegend::setRows(std::vector<LegendRow> rows)
{
    const QScopedValueRollback<bool> marking(m_isMarking, true);
    m_model->setRows(std::move(rows));
    markBranch(m_marked);
}

void MapLegend::markBranch(int branch)
{
    const QScopedValueRollback<bool> marking(m_isMarking, true);
    m_marked = branch;
    for (int row = 0; row < m_sorted->rowCount(); ++row) {
        const QModelIndex index = m_sorted->index(row, 0);
        if (branchOf(index) != branch)
            continue;
        if (currentIndex().row() != row || !selectionModel()->isRowSelected(row))
            selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect |
                                                         QItemSelectionModel::Rows);
        scrollTo(index);
        return;
    }
    clearSelection();
    setCurrentIndex({});
}

} // namespace mailoscope::ui
