// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStackedWidget>
#include <QWidget>

class QButtonGroup;
class QHBoxLayout;

namespace mailoscope::ui
{

/// A row of buttons, one of them down, and the stack of views that they choose from. The views are owned by
/// the stack, which stands where its owner puts it.
class ViewSwitch : public QWidget
{
    Q_OBJECT
public:
    explicit ViewSwitch(const QString &name, QWidget *parent = nullptr);

    /// `text` with its mnemonic; `name` is the object name of the button.
    void addView(QWidget *view, const QString &name, const QString &text, const QString &hint);

    QStackedWidget &stack() const { return *m_stack; }
    int current() const { return m_stack->currentIndex(); }

public Q_SLOTS:
    /// Out of range, nothing happens: a remembered view may not be there any more.
    void setCurrent(int index);

Q_SIGNALS:
    void currentChanged(int index);

private:
    QStackedWidget *m_stack;
    QButtonGroup *m_buttons;
    QHBoxLayout *m_row;
};

} // namespace mailoscope::ui
