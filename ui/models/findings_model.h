// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <QAbstractTableModel>

#include <memory>

namespace mailoscope::ui
{

/// The findings of a report, in its order. Rows follow a new report in place.
class FindingsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Severity, Title, Where, Id, Standard, ColumnCount };
    enum Role {
        SortRole = Qt::UserRole,
        MeaningRole,  ///< int of Meaning
        SeverityRole, ///< int of mailoscope::Severity
        SectionRole,
        IdRole,
    };

    explicit FindingsModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void setReport(std::shared_ptr<const Report> report);
    /// Null where there is no such row.
    const Finding *findingAt(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString textOf(const Finding &finding, int column) const;

    std::shared_ptr<const Report> m_report;
    std::vector<Finding> m_findings; ///< as shown now
};

/// One finding as text: severity, title, id, reference, why and what to do.
QString findingText(const Finding &finding);

} // namespace mailoscope::ui
