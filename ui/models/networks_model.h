// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ip_address.h"
#include "map/map_branches.h"

#include <QAbstractTableModel>

namespace mailoscope::ui
{

/// A block of addresses and the branch that lets it in.
struct NetworkRow {
    Cidr block;
    MapBranch::Kind kind = MapBranch::Kind::Authorised;
    QString branch;
    QString provider;
    int look = -1; ///< of the branch, with its kind
    TermPath path; ///< where it is chosen in the tree
    friend bool operator==(const NetworkRow &, const NetworkRow &) = default;
};

/// Blocks of addresses, a row each, to be sorted and copied.
class NetworksModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Network, Addresses, Change, Branch, Provider, ColumnCount };
    enum Role { SortRole = Qt::UserRole };

    explicit NetworksModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    /// The same rows again change nothing.
    void setRows(std::vector<NetworkRow> rows);
    const NetworkRow *rowAt(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<NetworkRow> m_rows;
};

/// How many addresses a block has: "131,072", of IPv6 "2⁹⁶".
QString countText(const Cidr &block);

} // namespace mailoscope::ui
