// SPDX-License-Identifier: Apache-2.0
#include "late.h"

#include <vector>

namespace mailoscope::ui
{

void takeIntoTabOrder(QWidget &late, const QWidget &place)
{
    // Qt puts the widgets of a new child behind all others of the window. What cannot have the focus has no
    // say in the order.
    std::vector<QWidget *> widgets;
    QWidget *each = &late;
    do {
        if (each->focusPolicy() != Qt::NoFocus && (each == &late || late.isAncestorOf(each)))
            widgets.push_back(each);
        each = each->nextInFocusChain();
    } while (each != &late);
    QWidget *before = place.previousInFocusChain();
    while (before != &place && before->focusPolicy() == Qt::NoFocus)
        before = before->previousInFocusChain();
    if (before == &place)
        return;
    for (QWidget *widget : widgets) {
        QWidget::setTabOrder(before, widget);
        before = widget;
    }
}

} // namespace mailoscope::ui
