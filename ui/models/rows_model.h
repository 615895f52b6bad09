// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/shown_string.h"

#include <QAbstractTableModel>

#include <vector>

namespace mailoscope::ui
{

/// What tables of equal rows sort by.
constexpr int RowSortRole = Qt::UserRole;

/// A table of values, a row each, that is set as a whole. Who derives from it says what stands in a cell.
template <typename Row>
class RowsModel : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Where their number stays, rows change in place; the same rows again change nothing.
    void setRows(std::vector<Row> rows)
    {
        if (rows == m_rows)
            return;
        if (rows.size() == m_rows.size()) {
            m_rows = std::move(rows);
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
            return;
        }
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }
    /// Null where there is none.
    const Row *rowAt(int row) const
    {
        const auto at = static_cast<std::size_t>(row);
        return row >= 0 && at < m_rows.size() ? &m_rows[at] : nullptr;
    }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        const Row *row = rowAt(index.row());
        if (!row)
            return {};
        const int column = index.column();
        switch (role) {
        case Qt::DisplayRole:
            return textOf(*row, column);
        case Qt::ToolTipRole:
            return toolTipFor(textOf(*row, column));
        case Qt::DecorationRole:
            return decorationOf(*row, column);
        case Qt::TextAlignmentRole:
            return alignment(column);
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1: %2").arg(titleOf(column), textOf(*row, column));
        case RowSortRole:
            return sortedBy(*row, column);
        default:
            return {};
        }
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override
    {
        if (orientation != Qt::Horizontal)
            return {};
        if (role == Qt::TextAlignmentRole)
            return alignment(section);
        return role == Qt::DisplayRole ? QVariant(titleOf(section)) : QVariant();
    }

protected:
    virtual QString titleOf(int column) const = 0;
    virtual QString textOf(const Row &row, int column) const = 0;
    virtual bool isNumber(int column) const = 0;
    virtual QVariant sortedBy(const Row &row, int column) const { return textOf(row, column); }
    virtual QVariant decorationOf(const Row &, int) const { return {}; }

private:
    QVariant alignment(int column) const
    {
        return QVariant::fromValue(
            Qt::Alignment((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }

    std::vector<Row> m_rows;
};

} // namespace mailoscope::ui
