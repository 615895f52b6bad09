// SPDX-License-Identifier: Apache-2.0
#include "models/outline_model.h"

#include "text/shown_string.h"
#include "theme/theme.h"

namespace mailoscope::ui
{

void OutlineModel::setTable(OutlineTable table)
{
    if (table == m_table)
        return;
    if (table.rows.size() != m_table.rows.size() || table.columns != m_table.columns) {
        beginResetModel();
        m_table = std::move(table);
        endResetModel();
        return;
    }
    m_table = std::move(table);
    if (rowCount() > 0 && columnCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int OutlineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
}

int OutlineModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
}

QVariant OutlineModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
        return {};
    const OutlineCell &cell =
        m_table.rows[static_cast<std::size_t>(index.row())].at(static_cast<std::size_t>(index.column()));
    const QString text = toQString(cell.text);
    if (role == Qt::DisplayRole || role == SortRole)
        return text;
    if (role == Qt::ToolTipRole)
        return toolTipFor(text);
    if (role == Qt::DecorationRole && cell.mark != Mark::None)
        return icon(meaningOf(cell.mark));
    if (role == MeaningRole && cell.mark != Mark::None)
        return static_cast<int>(meaningOf(cell.mark));
    if (role == CodeRole)
        return cell.isCode;
    if (role == Qt::AccessibleTextRole) {
        const QString head = headerData(index.column(), Qt::Horizontal).toString();
        return cell.mark == Mark::None
                   ? QStringLiteral("%1: %2").arg(head, text)
                   : QStringLiteral("%1: %2, %3").arg(head, text, wordFor(meaningOf(cell.mark)));
    }
    return {};
}

QVariant OutlineModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));
    return role == Qt::DisplayRole ? toQString(m_table.columns[static_cast<std::size_t>(section)])
                                   : QVariant();
}

} // namespace mailoscope::ui
