// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/dmarc_walk_text.h"

#include <QAbstractListModel>

namespace mailoscope::ui
{

/// A DNS tree walk row by row: its questions, what it leaves out, and what came of it.
class DmarcWalkModel : public QAbstractListModel
{
    Q_OBJECT
public:
    explicit DmarcWalkModel(QObject *parent = nullptr) : QAbstractListModel(parent) {}

    void setRows(std::vector<WalkRow> rows);
    const WalkRow *rowAt(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::vector<WalkRow> m_rows;
};

} // namespace mailoscope::ui
