// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/map_branches.h"

#include <QAbstractTableModel>

namespace mailoscope::ui
{

/// A branch as the legend of the map lists it.
struct LegendRow {
    int branch = -1; ///< in the map's own list
    MapBranch::Kind kind = MapBranch::Kind::Authorised;
    int look = -1;
    QString name;
    QString provider;
    quint64 addresses = 0; ///< IPv4 addresses that it lets in
    double part = 0;       ///< of all that are let in, 0 to 1
    TermPath path;
    friend bool operator==(const LegendRow &, const LegendRow &) = default;
};

/// The branches of a map: colour and hatch, addresses, their part of all, who runs them.
class MapLegendModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Branch, Addresses, Part, Provider, ColumnCount };
    enum Role { SortRole = Qt::UserRole };

    explicit MapLegendModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    /// Rows change in place where their number stays.
    void setRows(std::vector<LegendRow> rows);
    const LegendRow *rowAt(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<LegendRow> m_rows;
};

} // namespace mailoscope::ui
