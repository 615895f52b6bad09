// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/map_branches.h"
#include "models/rows_model.h"

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
class MapLegendModel : public RowsModel<LegendRow>
{
    Q_OBJECT
public:
    enum Column { Branch, Addresses, Part, Provider, ColumnCount };

    explicit MapLegendModel(QObject *parent = nullptr) : RowsModel(parent) {}

    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : ColumnCount;
    }

protected:
    QString titleOf(int column) const override;
    QString textOf(const LegendRow &row, int column) const override;
    bool isNumber(int column) const override;
    QVariant sortedBy(const LegendRow &row, int column) const override;
    QVariant decorationOf(const LegendRow &row, int column) const override;
};

} // namespace mailoscope::ui
