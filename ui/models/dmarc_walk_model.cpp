// SPDX-License-Identifier: Apache-2.0
#include "models/dmarc_walk_model.h"

#include "text/shown_string.h"

namespace mailoscope::ui
{

void DmarcWalkModel::setRows(std::vector<WalkRow> rows)
{
    if (rows == m_rows)
        return;
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

const WalkRow *DmarcWalkModel::rowAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

int DmarcWalkModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant DmarcWalkModel::data(const QModelIndex &index, int role) const
{
    const WalkRow *row = rowAt(index.row());
    if (!row)
        return {};
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return textOf(*row);
    if (role == Qt::ToolTipRole)
        return toolTipFor(row->details);
    return {};
}

} // namespace mailoscope::ui
