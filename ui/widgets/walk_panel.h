// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "address_walk.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace mailoscope::ui
{

/// Walks one client through the record: fields for the client, buttons for the steps, a sentence for the step
/// at hand, and the result.
class WalkPanel : public QWidget
{
    Q_OBJECT
public:
    explicit WalkPanel(AddressWalk &walk, QWidget *parent = nullptr);

    /// Suggests a sender at the domain, unless the user has typed one.
    void suggestDomain(const QString &domain);
    void takeFocus();

Q_SIGNALS:
    void walkRequested(const mailoscope::spf::CheckArguments &arguments);

private:
    void request();
    void show(const QString &problem);
    void follow();
    void showResult(const spf::CheckOutcome &outcome);
    QToolButton *stepButton(const char *name, const QString &shape, const QString &words,
                            const QKeySequence &keys);

    AddressWalk &m_walk;
    QLineEdit *m_ip;
    QLineEdit *m_sender;
    QLineEdit *m_helo;
    QPushButton *m_go;
    QToolButton *m_first;
    QToolButton *m_back;
    QLabel *m_at;
    QToolButton *m_on;
    QToolButton *m_last;
    QLabel *m_resultShape;
    QLabel *m_result;
    QLabel *m_sentence;
    QLabel *m_spent;
};

} // namespace mailoscope::ui
