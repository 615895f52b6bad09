// SPDX-License-Identifier: Apache-2.0
#include "models/map_legend_model.h"

#include "map/map_swatch.h"
#include "text/figures.h"

namespace mailoscope::ui
{

QString MapLegendModel::titleOf(int column) const
{
    switch (column) {
    case Branch:
        return tr("Branch");
    case Addresses:
        return tr("IPv4");
    case Part:
        return tr("Part");
    case Provider:
        return tr("Provider");
    default:
        return {};
    }
}

QString MapLegendModel::textOf(const LegendRow &row, int column) const
{
    switch (column) {
    case Branch:
        return row.name;
    case Addresses:
        return grouped(row.addresses);
    case Part:
        return percentage(row.part);
    case Provider:
        return row.provider;
    default:
        return {};
    }
}

bool MapLegendModel::isNumber(int column) const
{
    return column == Addresses || column == Part;
}

QVariant MapLegendModel::sortedBy(const LegendRow &row, int column) const
{
    return isNumber(column) ? QVariant(row.addresses) : RowsModel::sortedBy(row, column);
}

QVariant MapLegendModel::decorationOf(const LegendRow &row, int column) const
{
    return column == Branch ? mapSwatch(row.kind, row.look) : QVariant();
}

} // namespace mailoscope::ui
