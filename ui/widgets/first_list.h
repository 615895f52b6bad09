// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <QWidget>

#include <memory>

class QGridLayout;
class QLabel;

namespace mailoscope::ui
{

/// What to do first: the gravest findings, each with the way to it and its fix, where there is one.
class FirstList : public QWidget
{
    Q_OBJECT
public:
    explicit FirstList(QWidget *parent = nullptr);

    void showReport(const std::shared_ptr<const Report> &report);
    bool isEmpty() const { return m_rows == 0; }

Q_SIGNALS:
    /// By its index in Report::findings.
    void findingWanted(std::size_t finding);
    void fixWanted(std::size_t finding);

private:
    void addRow(const Report &report, std::size_t finding);

    QGridLayout *m_grid;
    QWidget *m_sheet = nullptr;
    int m_rows = 0;
};

} // namespace mailoscope::ui
