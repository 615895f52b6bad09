// SPDX-License-Identifier: Apache-2.0
#include "map/map_accessible.h"

#include "map/map_view.h"
#include "map/map_words.h"
#include "text/shown_string.h"

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

/// One block that is seen: its name, and in the description who may send from it.
class BlockAccessible : public DrawnItem
{
public:
    BlockAccessible(MapView &view, int index) : DrawnItem(view, index) {}

    bool isValid() const override
    {
        return view() && static_cast<std::size_t>(index()) < view()->blocks().size();
    }
    QString text(QAccessible::Text text) const override
    {
        if (!isValid())
            return {};
        if (text == QAccessible::Name)
            return toQString(block().toString());
        if (text != QAccessible::Description)
            return {};
        const QString words = wordsOf(view()->map(), block());
        // The first words are its name.
        return words.section(QStringLiteral(" · "), 1).replace(QLatin1Char('\n'), QStringLiteral(", "));
    }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect inView = view()->rectOf(block()).toRect();
        return {view()->mapToGlobal(inView.topLeft()), inView.size()};
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
        state.selected = block().contains(view()->current().first());
        state.focused = state.selected && view()->hasFocus();
        return state;
    }

private:
    MapView *view() const { return static_cast<MapView *>(widget()); }
    const Cidr &block() const { return view()->blocks()[static_cast<std::size_t>(index())]; }
};

QAccessibleInterface *makeFor(const QString &, QObject *object)
{
    auto *view = qobject_cast<MapView *>(object);
    return view ? new MapAccessible(*view) : nullptr;
}

} // namespace

MapAccessible::MapAccessible(MapView &view) : DrawnAccessible(view, QAccessible::List) {}

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

DrawnItem *MapAccessible::makeItem(int index) const
{
    return new BlockAccessible(view(), index);
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
