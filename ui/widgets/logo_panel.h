// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <QWidget>

#include <memory>

class QLabel;

namespace mailoscope::ui
{

class LogoStage;
class OutlineTableView;

/// The BIMI logo as mailboxes would show it, or why it is not drawn, and what its check found.
class LogoPanel : public QWidget
{
    Q_OBJECT
public:
    explicit LogoPanel(QWidget *parent = nullptr);

    void showReport(std::shared_ptr<const Report> report);

private:
    QLabel *m_shape;
    QLabel *m_sentence;
    LogoStage *m_stage;
    OutlineTableView *m_faults;
};

} // namespace mailoscope::ui
