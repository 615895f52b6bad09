// SPDX-License-Identifier: Apache-2.0
#include "models/map_legend_model.h"

#include "map/map_swatch.h"
#include "text/figures.h"
#include "text/shown_string.h"

namespace mailoscope::ui
{

namespace
{

QString textOf(const LegendRow &row, int column)
{
    switch (column) {
    case MapLegendModel::Branch:
        return row.name;
    case MapLegendModel::Addresses:
        return grouped(row.addresses);
    case MapLegendModel::Part:
        return percentage(row.part);
    case MapLegendModel::Provider:
        return row.provider;
    default:
        return {};
    }
}

bool isNumber(int column)
{
    return column == MapLegendModel::Addresses || column == MapLegendModel::Part;
}

} // namespace

void MapLegendModel::setRows(std::vector<LegendRow> rows)
{
    if (rows == m_rows)
        return;
    if (rows.size() == m_rows.size()) {
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const LegendRow *MapLegendModel::rowAt(int row) const
{
    return row >= 0 && static_cast<std::size_t>(row) < m_rows.size() ? &m_rows[static_cast<std::size_t>(row)]
                                                                     : nullptr;
}

int MapLegendModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MapLegendModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MapLegendModel::data(const QModelIndex &index, int role) const
{
    const LegendRow *row = rowAt(index.row());
    if (!row)
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return textOf(*row, column);
    case Qt::ToolTipRole:
        return toolTipFor(textOf(*row, column));
    case Qt::DecorationRole:
        return column == Branch ? mapSwatch(row->kind, row->look) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(headerData(column, Qt::Horizontal).toString(),
                                            textOf(*row, column));
    case SortRole:
        return isNumber(column) ? QVariant(row->addresses) : QVariant(textOf(*row, column));
    default:
        return {};
    }
}

QVariant MapLegendModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
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

} // namespace mailoscope::ui
