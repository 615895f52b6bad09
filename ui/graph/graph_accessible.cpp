// SPDX-License-Identifier: Apache-2.0
#include "graph/graph_accessible.h"

#include "graph/graph_view.h"

namespace mailoscope::ui
{

namespace
{

/// One node: its name, and in the description everything else that stands in it.
class NodeAccessible : public DrawnItem
{
public:
    NodeAccessible(GraphView &view, int index) : DrawnItem(view, index) {}

    bool isValid() const override
    {
        return view() && static_cast<std::size_t>(index()) < view()->picture().nodes.size();
    }
    QString text(QAccessible::Text text) const override
    {
        if (!isValid())
            return {};
        if (text == QAccessible::Name)
            return node().edge.isEmpty() ? node().name
                                         : QStringLiteral("%1 %2").arg(node().edge, node().name);
        if (text == QAccessible::Description) {
            const QString words = node().words();
            return words.section(QLatin1Char('\n'), 1).replace(QLatin1Char('\n'), QStringLiteral(", "));
        }
        return {};
    }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect inView = view()->rectOf(node().place).toRect();
        return {view()->viewport()->mapToGlobal(inView.topLeft()), inView.size()};
    }

    QAccessible::Role role() const override { return QAccessible::TreeItem; }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.focusable = true;
        state.selectable = true;
        state.expandable = node().canFold();
        state.expanded = node().canFold() && !node().isFolded;
        state.collapsed = node().isFolded;
        state.selected = view()->current() == index();
        state.focused = state.selected && view()->hasFocus();
        state.offscreen = !view()->viewport()->rect().intersects(view()->rectOf(node().place).toRect());
        return state;
    }

private:
    GraphView *view() const { return static_cast<GraphView *>(widget()); }
    const GraphNode &node() const { return view()->picture().nodes[static_cast<std::size_t>(index())]; }
};

QAccessibleInterface *makeFor(const QString &, QObject *object)
{
    auto *view = qobject_cast<GraphView *>(object);
    return view ? new GraphAccessible(*view) : nullptr;
}

} // namespace

GraphAccessible::GraphAccessible(GraphView &view) : DrawnAccessible(view, QAccessible::Tree) {}

void GraphAccessible::install()
{
    QAccessible::installFactory(makeFor); // the same one twice is taken once
}

const GraphView &GraphAccessible::view() const
{
    return *static_cast<const GraphView *>(object());
}

int GraphAccessible::childCount() const
{
    return static_cast<int>(view().picture().nodes.size());
}

DrawnItem *GraphAccessible::makeItem(int index) const
{
    return new NodeAccessible(*static_cast<GraphView *>(object()), index);
}

QAccessibleInterface *GraphAccessible::focusChild() const
{
    return child(view().current());
}

} // namespace mailoscope::ui
