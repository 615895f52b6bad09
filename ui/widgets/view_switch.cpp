// SPDX-License-Identifier: Apache-2.0
#include "widgets/view_switch.h"

#include "text/shown_string.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

namespace mailoscope::ui
{

ViewSwitch::ViewSwitch(const QString &name, QWidget *parent)
    : QWidget(parent),
      m_stack(new QStackedWidget(this)),
      m_buttons(new QButtonGroup(this)),
      m_row(new QHBoxLayout(this))
{
    setObjectName(name);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(0);
    m_buttons->setExclusive(true);
    connect(m_buttons, &QButtonGroup::idClicked, this, &ViewSwitch::setCurrent);
}

void ViewSwitch::addView(QWidget *view, const QString &name, const QString &text, const QString &hint)
{
    const int index = m_stack->addWidget(view);
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setText(text);
    button->setCheckable(true);
    button->setChecked(index == 0);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(QString(text).remove(QLatin1Char('&')));
    button->setAccessibleDescription(hint);
    button->setToolTip(toolTipFor(hint));
    m_buttons->addButton(button, index);
    m_row->addWidget(button);
}

void ViewSwitch::setCurrent(int index)
{
    QAbstractButton *button = m_buttons->button(index);
    if (!button)
        return;
    button->setChecked(true);
    if (index == m_stack->currentIndex())
        return;
    m_stack->setCurrentIndex(index);
    Q_EMIT currentChanged(index);
}

} // namespace mailoscope::ui
