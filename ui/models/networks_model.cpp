// SPDX-License-Identifier: Apache-2.0
#include "models/networks_model.h"

#include "map/map_swatch.h"
#include "text/figures.h"
#include "text/shown_string.h"

namespace mailoscope::ui
{

namespace
{

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

QString NetworksModel::titleOf(int column) const
{
    switch (column) {
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

QString NetworksModel::textOf(const NetworkRow &row, int column) const
{
    switch (column) {
    case Network:
        return toQString(row.block.toString());
    case Addresses:
        return countText(row.block);
    case Change:
        return wordFor(row.kind);
    case Branch:
        return row.branch;
    case Provider:
        return row.provider;
    default:
        return {};
    }
}

QVariant NetworksModel::sortedBy(const NetworkRow &row, int column) const
{
    if (column == Network)
        return ordered(row.block.address.family(), row.block.first().value());
    return column == Addresses ? QVariant(hostBits(row.block)) : RowsModel::sortedBy(row, column);
}

QVariant NetworksModel::decorationOf(const NetworkRow &row, int column) const
{
    return column == Branch ? mapSwatch(row.kind, row.look) : QVariant();
}

} // namespace mailoscope::ui
