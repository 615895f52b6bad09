// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"
#include "theme/theme.h"

#include <QAbstractListModel>

#include <memory>
#include <vector>

namespace mailoscope::ui
{

/// The parts of a report, each with the shape and the word of its status and the number of its findings.
class SectionsModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Section { Spf, Mx, Dns, SectionCount };
    enum Role {
        MeaningRole = Qt::UserRole, ///< int of Meaning
        WordRole,                   ///< of the status
        CountRole,                  ///< findings; 0 shows none
    };

    explicit SectionsModel(QObject *parent = nullptr) : QAbstractListModel(parent) {}

    void setReport(std::shared_ptr<const Report> report);
    /// The row of a finding's section, -1 for an unknown one.
    static int rowOf(const QString &section);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Standing {
        Meaning meaning = Meaning::NotTested;
        QString word;
        int count = 0;
        friend bool operator==(const Standing &, const Standing &) = default;
    };
    static Standing standingOf(const Report &report, int section);

    std::vector<Standing> m_standings = std::vector<Standing>(SectionCount);
};

} // namespace mailoscope::ui
