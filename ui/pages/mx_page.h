// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <QWidget>

#include <memory>

class QLabel;
class QTableView;

namespace mailoscope::ui
{

class MxHostsModel;

/// Where the domain takes mail.
class MxPage : public QWidget
{
    Q_OBJECT
public:
    explicit MxPage(QWidget *parent = nullptr);

    void showReport(std::shared_ptr<const Report> report);

private:
    QLabel *m_sentence;
    MxHostsModel *m_model;
    QTableView *m_table;
};

} // namespace mailoscope::ui
