// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <QAbstractTableModel>

#include <memory>

namespace mailoscope::ui
{

/// Every fact that a report was made from, by key. Rows follow a new report in place.
class FactsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Type, Outcome, Records, Ttl, Authentic, From, At, ColumnCount };
    enum Role { SortRole = Qt::UserRole, MeaningRole };

    explicit FactsModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void setReport(std::shared_ptr<const Report> report);
    const Fact *factAt(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString textOf(const Fact &fact, int column) const;
    QVariant sortValueOf(const Fact &fact, int column) const;

    std::shared_ptr<const Report> m_report;
    std::vector<FactPointer> m_facts; ///< as shown now, in the order of their keys
};

} // namespace mailoscope::ui
