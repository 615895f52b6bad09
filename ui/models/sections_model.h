// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"

#include <QAbstractListModel>

#include <memory>
#include <optional>
#include <vector>

namespace mailoscope::ui
{

/// The overview and, below it, the sections of a report, each with the shape and the word of its standing and
/// the number of its findings.
class SectionsModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        MeaningRole = Qt::UserRole, ///< int of Meaning
        WordRole,                   ///< of the standing
        CountRole,                  ///< findings; 0 shows none
    };
    static constexpr int OverviewRow = 0;
    static constexpr int RowCount = static_cast<int>(SectionCount) + 1;

    explicit SectionsModel(QObject *parent = nullptr) : QAbstractListModel(parent) {}

    void setReport(std::shared_ptr<const Report> report);
    static int rowOf(Section section);
    /// Absent for the overview.
    static std::optional<Section> sectionAt(int row);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QString nameOf(int row) const;

    std::vector<std::optional<Standing>> m_standings = std::vector<std::optional<Standing>>(RowCount);
};

} // namespace mailoscope::ui
