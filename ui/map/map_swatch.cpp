// SPDX-License-Identifier: Apache-2.0
#include "map/map_swatch.h"

#include "map/map_sheet.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>

namespace mailoscope::ui
{

namespace
{

/// Painted in the size that is wanted: a hatch that is scaled would be a grey.
class SwatchEngine : public QIconEngine
{
public:
    SwatchEngine(MapBranch::Kind kind, int look) : m_map(std::vector{branchOf(kind, look)}) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State) override
    {
        const GraphStyle style = screenStyle(QGuiApplication::font(), QGuiApplication::palette());
        paintSwatch(*painter, QRectF(rect).adjusted(0, 0, -1, -1), m_map, 0, style);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new SwatchEngine(*this); }

private:
    static MapBranch branchOf(MapBranch::Kind kind, int look)
    {
        MapBranch branch;
        branch.kind = kind;
        branch.look = look;
        return branch;
    }

    AddressMap m_map;
};

} // namespace

QIcon mapSwatch(MapBranch::Kind kind, int look)
{
    return QIcon(new SwatchEngine(kind, look));
}

} // namespace mailoscope::ui
