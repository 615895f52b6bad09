// SPDX-License-Identifier: Apache-2.0
#include "graph/graph_accessible.h"

#include "graph/graph_view.h"

#include <QPointer>

namespace mailoscope::ui
{

namespace
{

/// One node: its name, and in the description everything else that stands in it.
class NodeAccessible : public QAccessibleInterface
{
public:
    NodeAccessible(GraphView &view, int index) : m_view(&view), m_index(index) {}

    int index() const { return m_index; }

    bool isValid() const override
    {
        return m_view && static_cast<std::size_t>(m_index) < m_view->picture().nodes.size();
    }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    void setText(QAccessible::Text, const QString &) override {}

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
        const QRect inView = m_view->rectOf(node().place).toRect();
        return {m_view->viewport()->mapToGlobal(inView.topLeft()), inView.size()};
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
        state.selected = m_view->current() == m_index;
        state.focused = state.selected && m_view->hasFocus();
        state.offscreen = !m_view->viewport()->rect().intersects(m_view->rectOf(node().place).toRect());
        return state;
    }

private:
    const GraphNode &node() const { return m_view->picture().nodes[static_cast<std::size_t>(m_index)]; }

    QPointer<GraphView> m_view;
    int m_index;
};

QAccessibleInterface *makeFor(const QString &, QObject *object)
{
    auto *view = qobject_cast<GraphView *>(object);
    return view ? new GraphAccessible(*view) : nullptr;
}

} // namespace

GraphAccessible::GraphAccessible(GraphView &view) : QAccessibleWidget(&view, QAccessible::Tree) {}

GraphAccessible::~GraphAccessible()
{
    for (const auto &[index, id] : m_children)
        QAccessible::deleteAccessibleInterface(id);
}

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

QAccessibleInterface *GraphAccessible::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    const auto known = m_children.find(index);
    if (known != m_children.end())
        return QAccessible::accessibleInterface(known->second);
    auto *made = new NodeAccessible(*static_cast<GraphView *>(object()), index);
    m_children.emplace(index, QAccessible::registerAccessibleInterface(made));
    return made;
}

int GraphAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *node = dynamic_cast<const NodeAccessible *>(child);
    return node ? node->index() : -1;
}

QAccessibleInterface *GraphAccessible::childAt(int x, int y) const
{
    for (int index = 0; index < childCount(); ++index) {
        if (child(index)->rect().contains(x, y))
            return child(index);
    }
    return nullptr;
}

QAccessibleInterface *GraphAccessible::focusChild() const
{
    return child(view().current());
}

} // namespace mailoscope::ui
