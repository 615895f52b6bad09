// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace mailoscope::ui
{

/// What fills the window where there is no report to show: why that is so, and what can be done.
class StatePage : public QWidget
{
    Q_OBJECT
public:
    /// `name` begins the object names of what stands on it.
    explicit StatePage(const QString &name = QStringLiteral("state"), QWidget *parent = nullptr);

    /// An empty `action` hides the button.
    void tell(Meaning meaning, const QString &title, const QString &text, const QString &action);
    QString title() const;

Q_SIGNALS:
    void actionWanted();

private:
    QLabel *m_shape;
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_button;
};

} // namespace mailoscope::ui
