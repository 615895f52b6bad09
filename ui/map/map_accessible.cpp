// SPDX-License-Identifier: Apache-2.0
#include "map/map_accessible.h"

#include "map/map_view.h"
#include "map/map_words.h"
#include "text/shown_string.h"

#include <QPointer>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

/// One block that is seen: its name, and in the description who may send from it.
class BlockAccessible : public QAccessibleInterface
{
public:
    BlockAccessible(MapView &view, int index) : m_view(&view), m_index(index) {}

    int index() const { return m_index; }

    bool isValid() const override
    {
        return m_view && static_cast<std::size_t>(m_index) < m_view->blocks().size();
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
            return toQString(block().toString());
        if (text != QAccessible::Description)
            return {};
        const QString words = wordsOf(m_view->map(), block());
        // The first words are its name.
        return words.section(QStringLiteral(" · "), 1).replace(QLatin1Char('\n'), QStringLiteral(", "));
    }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect inView = m_view->rectOf(block()).toRect();
        return {m_view->mapToGlobal(inView.topLeft()), inView.size()};
    }

    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.focusable = true;
        state.selectable = true;
        state.selected = block().contains(m_view->current().first());
        state.focused = state.selected && m_view->hasFocus();
        return state;
    }

private:
    const Cidr &block() const { return m_view->blocks()[static_cast<std::size_t>(m_index)]; }

    QPointer<MapView> m_view;
    int m_index;
};

QAccessibleInterface *makeFor(const QString &, QObject *object)
{
    auto *view = qobject_cast<MapView *>(object);
    return view ? new MapAccessible(*view) : nullptr;
}

} // namespace

MapAccessible::MapAccessible(MapView &view) : QAccessibleWidget(&view, QAccessible::List) {}

MapAccessible::~MapAccessible()
{
    for (const auto &[index, id] : m_children)
        QAccessible::deleteAccessibleInterface(id);
}

void MapAccessible::install()
{
    QAccessible::installFactory(makeFor); // the same one twice is taken once
}

MapView &MapAccessible::view() const
{
    return *static_cast<MapView *>(object());
}

QString MapAccessible::text(QAccessible::Text text) const
{
    return text == QAccessible::Value ? view().accessibleDescription() : QAccessibleWidget::text(text);
}

int MapAccessible::childCount() const
{
    return static_cast<int>(view().blocks().size());
}

QAccessibleInterface *MapAccessible::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    const auto known = m_children.find(index);
    if (known != m_children.end())
        return QAccessible::accessibleInterface(known->second);
    auto *made = new BlockAccessible(view(), index);
    m_children.emplace(index, QAccessible::registerAccessibleInterface(made));
    return made;
}

int MapAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *block = dynamic_cast<const BlockAccessible *>(child);
    return block ? block->index() : -1;
}

QAccessibleInterface *MapAccessible::childAt(int x, int y) const
{
    for (int index = 0; index < childCount(); ++index) {
        if (child(index)->rect().contains(x, y))
            return child(index);
    }
    return nullptr;
}

QAccessibleInterface *MapAccessible::focusChild() const
{
    const IpAddress at = view().current().first();
    const auto &blocks = view().blocks();
    const auto found =
        std::find_if(blocks.begin(), blocks.end(), [&at](const Cidr &block) { return block.contains(at); });
    return found == blocks.end() ? nullptr : child(static_cast<int>(found - blocks.begin()));
}

} // namespace mailoscope::ui
