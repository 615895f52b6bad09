// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <QWidget>

#include <memory>

class QLabel;
class QLineEdit;
class QPushButton;

namespace mailoscope::ui
{

class DmarcWalkView;
class PolicyQuestion;

/// The domain's DNS tree walk, drawn, and below it the policy for any other name.
class DmarcPanel : public QWidget
{
    Q_OBJECT
public:
    explicit DmarcPanel(PolicyQuestion &question, QWidget *parent = nullptr);

    void showReport(std::shared_ptr<const Report> report);

Q_SIGNALS:
    /// The user wants to know the policy for this name.
    void nameAsked(const mailoscope::DomainName &name);

private:
    void ask();
    void showAnswer();
    void say(const QString &sentence);

    PolicyQuestion &m_question;
    DomainName m_domain;
    QLabel *m_title;
    DmarcWalkView *m_walk;
    QWidget *m_other;
    QLineEdit *m_name;
    QPushButton *m_go;
    QLabel *m_shape;
    QLabel *m_policy;
    QLabel *m_why;
    DmarcWalkView *m_otherWalk;
};

} // namespace mailoscope::ui
