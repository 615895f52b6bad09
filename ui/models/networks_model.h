// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ip_address.h"
#include "map/map_branches.h"
#include "models/rows_model.h"

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
class NetworksModel : public RowsModel<NetworkRow>
{
    Q_OBJECT
public:
    enum Column { Network, Addresses, Change, Branch, Provider, ColumnCount };

    explicit NetworksModel(QObject *parent = nullptr) : RowsModel(parent) {}

    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : ColumnCount;
    }

protected:
    QString titleOf(int column) const override;
    QString textOf(const NetworkRow &row, int column) const override;
    bool isNumber(int column) const override { return column == Addresses; }
    QVariant sortedBy(const NetworkRow &row, int column) const override;
    QVariant decorationOf(const NetworkRow &row, int column) const override;
};

/// How many addresses a block has: "131,072", of IPv6 "2⁹⁶".
QString countText(const Cidr &block);

} // namespace mailoscope::ui
