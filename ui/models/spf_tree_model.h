// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/spf_place.h"
#include "models/spf_status.h"

#include <QAbstractItemModel>

#include <memory>

namespace mailoscope::ui
{

/// The include tree of a report: one row for the domain's record, below it a row for each term, and below an
/// include or a redirect the terms of the record it leads to. A new report of the same domain changes the
/// rows in place, so that selection, scrolling and what is expanded stay as they are while answers arrive.
class SpfTreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Term, Means, LookUps, Sum, Addresses, Who, ColumnCount };
    enum Role {
        PathRole = Qt::UserRole, ///< TermPath
        SortRole,
        MeaningRole, ///< int of Meaning: the shape of the row's status; absent where all is well
        StatusRole,  ///< its words
        CodeRole,    ///< true where the text stands in a record as it is
    };

    explicit SpfTreeModel(QObject *parent = nullptr);
    ~SpfTreeModel() override;

    /// Null empties the tree.
    void setReport(std::shared_ptr<const Report> report);
    const std::shared_ptr<const Report> &report() const { return m_report; }

    QModelIndex indexOf(const TermPath &path) const;
    TermPath pathOf(const QModelIndex &index) const;
    std::optional<SpfPlace> placeOf(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row;

    Row *rowOf(const QModelIndex &index) const;
    QModelIndex indexFor(const Row &row, int column) const;
    void follow(Row &row, const SpfPlace &place);
    QString textOf(const Row &row, int column) const;
    QVariant sortValueOf(const Row &row, int column) const;

    std::shared_ptr<const Report> m_report;
    std::unique_ptr<Row> m_root; ///< the domain's record; null where there is no report
};

} // namespace mailoscope::ui
