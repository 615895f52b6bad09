// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAccessibleWidget>

#include <map>

namespace mailoscope::ui
{

class MapView;

/// The map as a screen reader meets it: a list whose items are the blocks that are seen, row by row; its
/// value is what is known of the block at hand.
class MapAccessible : public QAccessibleWidget
{
public:
    explicit MapAccessible(MapView &view);
    ~MapAccessible() override;

    /// Makes every MapView have one. To be called before the first is asked.
    static void install();

    QString text(QAccessible::Text text) const override;
    QAccessibleInterface *child(int index) const override;
    int childCount() const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;

private:
    MapView &view() const;

    mutable std::map<int, QAccessible::Id> m_children;
};

} // namespace mailoscope::ui
