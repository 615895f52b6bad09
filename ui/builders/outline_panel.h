// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"

#include <QWidget>

#include <vector>

class QLabel;
class QVBoxLayout;

namespace mailoscope::ui
{

class OutlineTableView;

/// An outline below one another: sentence, notes, tables that can be copied.
class OutlinePanel : public QWidget
{
    Q_OBJECT
public:
    explicit OutlinePanel(const QString &name, QWidget *parent = nullptr);

    void showOutline(const Outline &outline);
    QString sentence() const;

private:
    QLabel *m_sentence;
    QLabel *m_notes;
    QVBoxLayout *m_rows;
    std::vector<OutlineTableView *> m_tables;
};

} // namespace mailoscope::ui
