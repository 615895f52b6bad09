// SPDX-License-Identifier: Apache-2.0
#include "text/table_text.h"

#include <QStringList>
#include <QTableView>

#include <algorithm>

namespace mailoscope::ui
{

QString selectedRowsText(const QTableView &table)
{
    QModelIndexList rows = table.selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.row() < b.row(); });
    QString text;
    for (const QModelIndex &row : rows) {
        QStringList cells;
        for (int column = 0; column < table.model()->columnCount(); ++column) {
            if (!table.isColumnHidden(column))
                cells << row.siblingAtColumn(column).data().toString();
        }
        while (!cells.isEmpty() && cells.last().isEmpty())
            cells.removeLast();
        text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    }
    return text;
}

} // namespace mailoscope::ui
