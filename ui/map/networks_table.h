// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/networks_model.h"

#include <QTableView>

class QSortFilterProxyModel;

namespace mailoscope::ui
{

/// Blocks of addresses in a table that is sorted by its heads and copied as text.
class NetworksTable : public QTableView
{
    Q_OBJECT
public:
    explicit NetworksTable(QWidget *parent = nullptr);

    void setRows(std::vector<NetworkRow> rows);
    /// Goes to the row that holds the block or lies in it; false where there is none.
    bool goTo(const Cidr &block);

Q_SIGNALS:
    /// By Enter or a double click.
    void networkActivated(const mailoscope::ui::NetworkRow &row);
    void networkChosen(const mailoscope::ui::NetworkRow &row);

private:
    const NetworkRow *rowOf(const QModelIndex &index) const;

    NetworksModel *m_model;
    QSortFilterProxyModel *m_sorted;
};

} // namespace mailoscope::ui
