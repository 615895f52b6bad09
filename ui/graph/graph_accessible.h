// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAccessibleWidget>

#include <map>

namespace mailoscope::ui
{

class GraphView;

/// The graph as a screen reader meets it: a tree whose items are the nodes that are shown, in their order.
class GraphAccessible : public QAccessibleWidget
{
public:
    explicit GraphAccessible(GraphView &view);
    ~GraphAccessible() override;

    /// Makes every GraphView have one. To be called before the first is asked.
    static void install();

    QAccessibleInterface *child(int index) const override;
    int childCount() const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;

private:
    const GraphView &view() const;

    mutable std::map<int, QAccessible::Id> m_children;
};

} // namespace mailoscope::ui
