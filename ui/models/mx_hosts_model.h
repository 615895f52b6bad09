// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <QAbstractTableModel>

#include <memory>

namespace mailoscope::ui
{

/// The hosts that take a domain's mail, by preference.
class MxHostsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Preference, Host, State, Addresses, Who, ColumnCount };
    enum Role { SortRole = Qt::UserRole, MeaningRole };

    explicit MxHostsModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void setReport(std::shared_ptr<const Report> report);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString textOf(const mx::Host &host, int column) const;

    std::vector<mx::Host> m_hosts;
};

} // namespace mailoscope::ui
