// SPDX-License-Identifier: Apache-2.0
#include "widgets/heard_tool_tips.h"

#include "text/shown_string.h"

#include <QCoreApplication>
#include <QEvent>
#include <QVariant>
#include <QWidget>

namespace mailoscope::ui
{

namespace
{
/// Of a widget: the description that it has from here.
constexpr const char *GivenProperty = "mailoscopeHeard";
} // namespace

HeardToolTips::HeardToolTips(QObject *parent) : QObject(parent)
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool HeardToolTips::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ToolTipChange)
        return false;
    auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget)
        return false;
    const QString given = widget->property(GivenProperty).toString();
    if (widget->accessibleDescription() == given) {
        const QString words = plainToolTip(widget->toolTip());
        widget->setAccessibleDescription(words);
        widget->setProperty(GivenProperty, words);
    }
    return false;
}

} // namespace mailoscope::ui
