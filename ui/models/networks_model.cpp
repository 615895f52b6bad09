// SPDX-License-Identifier: Apache-2.0
#include "models/networks_model.h"

#include "map/map_swatch.h"
#include "text/figures.h"
#include "text/shown_string.h"

namespace mailoscope::ui
{

namespace
{

QString textOf(const NetworkRow &row, int column)
{
    switch (column) {
    case NetworksModel::Network:
        return toQString(row.block.toString());
    case NetworksModel::Addresses:
        return countText(row.block);
    case NetworksModel::Change:
        return wordFor(row.kind);
    case NetworksModel::Branch:
        return row.branch;
    case NetworksModel::Provider:
        return row.provider;
    default:
        return {};
    }
}

/// A text that sorts as the number does.
QString ordered(IpFamily family, const Uint128 &number)
{
    return QStringLiteral("%1%2%3")
        .arg(family == IpFamily::V4 ? 4 : 6)
        .arg(number.high, 16, 16, QLatin1Char('0'))
        .arg(number.low, 16, 16, QLatin1Char('0'));
}

int hostBits(const Cidr &block)
{
    return addressBits(block.address.family()) - block.prefixLength;
}

} // namespace

QString countText(const Cidr &block)
{
    const int bits = hostBits(block);
    if (block.address.isV4())
        return grouped(quint64(1) << bits);
    return bits == 128 ? QStringLiteral("2¹²⁸") : ipv6Count(Uint128(1) << bits);
}

void NetworksModel::setRows(std::vector<NetworkRow> rows)
{
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const NetworkRow *NetworksModel::rowAt(int row) const
{
    return row >= 0 && static_cast<std::size_t>(row) < m_rows.size() ? &m_rows[static_cast<std::size_t>(row)]
                                                                     : nullptr;
}

int NetworksModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int NetworksModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant NetworksModel::data(const QModelIndex &index, int role) const
{
    const NetworkRow *row = rowAt(index.row());
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
            Qt::Alignment((column == Addresses ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(headerData(column, Qt::Horizontal).toString(),
                                            textOf(*row, column));
    case SortRole:
        if (column == Network)
            return ordered(row->block.address.family(), row->block.first().value());
        return column == Addresses ? QVariant(hostBits(row->block)) : QVariant(textOf(*row, column));
    default:
        return {};
    }
}

QVariant NetworksModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((section == Addresses ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Network:
        return tr("Network");
    case Addresses:
        return tr("Addresses");
    case Change:
        return tr("Change");
    case Branch:
        return tr("Branch");
    case Provider:
        return tr("Provider");
    default:
        return {};
    }
}

} // namespace mailoscope::ui
