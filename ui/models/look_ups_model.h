// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/look_up.h"

#include <QAbstractTableModel>

namespace mailoscope::ui
{

/// The log of look-ups, one row for each that was sent or answered from the cache.
class LookUpsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Type, Name, Server, Outcome, Ttl, Start, Took, Bar, ColumnCount };
    enum Role {
        SortRole = Qt::UserRole,
        MeaningRole, ///< int of Meaning
        BeginRole,   ///< the bar's begin and end as parts of the whole time, 0 to 1
        EndRole,
        StateRole, ///< int of gather::LookUp::State
    };

    explicit LookUpsModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void clear();
    void setLog(gather::LookUpLog log);
    /// A new entry, or a changed one with the same id.
    void put(const gather::LookUp &lookUp);
    const gather::LookUp *lookUpAt(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString textOf(const gather::LookUp &lookUp, int column) const;
    QVariant sortValueOf(const gather::LookUp &lookUp, int column) const;
    void stretchTo(const gather::LookUp &lookUp);

    gather::LookUpLog m_log;
    std::chrono::microseconds m_whole{1}; ///< from the inspection's begin to the last known moment
};

} // namespace mailoscope::ui
