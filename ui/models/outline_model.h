// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"

#include <QAbstractTableModel>

namespace mailoscope::ui
{

/// One table of a section's outline. A new table with the same shape changes cells in place.
class OutlineModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role { SortRole = Qt::UserRole, MeaningRole, CodeRole };

    explicit OutlineModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void setTable(OutlineTable table);
    const OutlineTable &table() const { return m_table; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    OutlineTable m_table;
};

} // namespace mailoscope::ui
