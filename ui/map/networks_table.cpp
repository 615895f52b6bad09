// SPDX-License-Identifier: Apache-2.0
#include "map/networks_table.h"

#include "pages/page_parts.h"
#include "theme/metrics.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>

namespace mailoscope::ui
{

NetworksTable::NetworksTable(QWidget *parent)
    : QTableView(parent), m_model(new NetworksModel(this)), m_sorted(new QSortFilterProxyModel(this))
{
    setUpTable(*this);
    setIconSize(QSize(em(*this) * 12 / 5, em(*this))); // hatch and mark of a branch
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(RowSortRole);
    setModel(m_sorted);
    setSortingEnabled(true);
    sortByColumn(NetworksModel::Network, Qt::AscendingOrder);
    setColumnWidth(NetworksModel::Network, digits(*this, 26));
    setColumnWidth(NetworksModel::Addresses, digits(*this, 12));
    setColumnWidth(NetworksModel::Change, digits(*this, 8));
    setColumnWidth(NetworksModel::Branch, digits(*this, 28));
    addCopyAction(*this);
    connect(this, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        if (const NetworkRow *row = rowOf(index))
            Q_EMIT networkActivated(*row);
    });
    connect(this, &QAbstractItemView::clicked, this, [this](const QModelIndex &index) {
        if (const NetworkRow *row = rowOf(index))
            Q_EMIT networkChosen(*row);
    });
}

const NetworkRow *NetworksTable::rowOf(const QModelIndex &index) const
{
    return m_model->rowAt(m_sorted->mapToSource(index).row());
}

void NetworksTable::setRows(std::vector<NetworkRow> rows)
{
    m_model->setRows(std::move(rows));
}

bool NetworksTable::goTo(const Cidr &block)
{
    for (int row = 0; row < m_sorted->rowCount(); ++row) {
        const QModelIndex index = m_sorted->index(row, 0);
        const Cidr &each = rowOf(index)->block;
        if (!each.contains(block.first()) && !block.contains(each.first()))
            continue;
        setCurrentIndex(index);
        scrollTo(index);
        return true;
    }
    return false;
}

} // namespace mailoscope::ui
