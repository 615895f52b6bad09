// SPDX-License-Identifier: Apache-2.0
#include "widgets/drawn_accessible.h"

namespace mailoscope::ui
{

DrawnAccessible::~DrawnAccessible()
{
    for (const auto &[index, id] : m_items)
        QAccessible::deleteAccessibleInterface(id);
}

QAccessibleInterface *DrawnAccessible::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    const auto known = m_items.find(index);
    if (known != m_items.end())
        return QAccessible::accessibleInterface(known->second);
    DrawnItem *made = makeItem(index);
    m_items.emplace(index, QAccessible::registerAccessibleInterface(made));
    return made;
}

int DrawnAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *item = dynamic_cast<const DrawnItem *>(child);
    return item && item->parent() == this ? item->index() : -1;
}

QAccessibleInterface *DrawnAccessible::childAt(int x, int y) const
{
    for (int index = 0; index < childCount(); ++index) {
        if (child(index)->rect().contains(x, y))
            return child(index);
    }
    return nullptr;
}

} // namespace mailoscope::ui
