// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <QWidget>

#include <memory>

class QLabel;

namespace mailoscope::ui
{

class OutlineTableView;

/// Why the verdict is what it is: what becomes of forged mail, the rules with what was seen, and what nobody
/// can see from outside.
class RulesPage : public QWidget
{
    Q_OBJECT
public:
    explicit RulesPage(QWidget *parent = nullptr);

    void showReport(std::shared_ptr<const Report> report);

private:
    QLabel *m_shape;
    QLabel *m_sentence;
    OutlineTableView *m_treatments;
    OutlineTableView *m_rules;
    OutlineTableView *m_notTestable;
};

} // namespace mailoscope::ui
