// SPDX-License-Identifier: Apache-2.0
#include "graph/graph_shapes.h"

#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>

#include <array>

namespace mailoscope::ui
{

namespace
{

// All shapes lie on a grid of 16 by 16, as the icons do.

struct Shape {
    QPainterPath filled;
    QPainterPath drawn;
    double width = 1.5;
};

QPainterPath polygon(const QPolygonF &corners)
{
    QPainterPath path;
    path.addPolygon(corners);
    path.closeSubpath();
    return path;
}

QPainterPath circle(double x, double y, double radius)
{
    QPainterPath path;
    path.addEllipse(QPointF(x, y), radius, radius);
    return path;
}

QPainterPath line(const QPolygonF &points)
{
    QPainterPath path;
    path.addPolygon(points);
    return path;
}

/// An exclamation mark, cut out of what it stands on.
QPainterPath exclamation(double top, double bottom)
{
    QPainterPath path = polygon({{7.1, top}, {8.9, top}, {8.6, bottom - 2.6}, {7.4, bottom - 2.6}});
    path.addRect(7.1, bottom - 1.7, 1.8, 1.7);
    return path;
}

Shape makeShape(Meaning meaning)
{
    switch (meaning) {
    case Meaning::Ok:
        return {{}, line({{2.8, 8.6}, {6.2, 12}, {13.2, 4.2}}), 2};
    case Meaning::Critical: {
        QPainterPath cross = polygon({{5.9, 4.7},
                                      {4.7, 5.9},
                                      {6.8, 8},
                                      {4.7, 10.1},
                                      {5.9, 11.3},
                                      {8, 9.2},
                                      {10.1, 11.3},
                                      {11.3, 10.1},
                                      {9.2, 8},
                                      {11.3, 5.9},
                                      {10.1, 4.7},
                                      {8, 6.8}});
        return {
            polygon(
                {{5.1, 1}, {10.9, 1}, {15, 5.1}, {15, 10.9}, {10.9, 15}, {5.1, 15}, {1, 10.9}, {1, 5.1}}) -
                cross,
            {}};
    }
    case Meaning::High:
        return {polygon({{8, 1.4}, {15.3, 14.4}, {0.7, 14.4}}) - exclamation(5.8, 13.1), {}};
    case Meaning::Medium:
        return {polygon({{8, 0.8}, {15.2, 8}, {8, 15.2}, {0.8, 8}}) - exclamation(4.2, 12), {}};
    case Meaning::Low:
        return {circle(8, 8, 5.6), {}};
    case Meaning::Info: {
        QPainterPath letter;
        letter.addRect(7.1, 3.9, 1.8, 1.7);
        letter.addRect(7.1, 6.8, 1.8, 5.3);
        return {letter, circle(8, 8, 6.4), 1.4};
    }
    case Meaning::NotTested:
        return {{}, circle(8, 8, 5.4), 1.6};
    case Meaning::Unknown: {
        QPainterPath mark = circle(8, 8, 6.4);
        mark.moveTo(6, 6.2);
        mark.cubicTo(6, 3.6, 10, 3.7, 10, 6.2);
        mark.cubicTo(10, 7.7, 8, 7.8, 8, 9.3);
        return {circle(8, 11.6, 1), mark, 1.3};
    }
    case Meaning::Waiting:
        return {circle(3, 8, 1.5) | circle(8, 8, 1.5) | circle(13, 8, 1.5), {}};
    case Meaning::Never: {
        QPainterPath struck = circle(8, 8, 5.6);
        struck.moveTo(4.2, 11.8);
        struck.lineTo(11.8, 4.2);
        return {{}, struck, 1.6};
    }
    }
    return {};
}

const Shape &shapeOf(Meaning meaning)
{
    static const std::array<Shape, MeaningCount> Shapes = [] {
        std::array<Shape, MeaningCount> shapes;
        for (int i = 0; i < MeaningCount; ++i)
            shapes[static_cast<std::size_t>(i)] = makeShape(static_cast<Meaning>(i));
        return shapes;
    }();
    return Shapes[static_cast<std::size_t>(meaning)];
}

} // namespace

void drawShape(QPainter &painter, const QRectF &place, Meaning meaning, const QColor &colour)
{
    const Shape &shape = shapeOf(meaning);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(place.topLeft());
    painter.scale(place.width() / 16, place.height() / 16);
    if (!shape.filled.isEmpty())
        painter.fillPath(shape.filled, colour);
    if (!shape.drawn.isEmpty())
        painter.strokePath(shape.drawn,
                           QPen(colour, shape.width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.restore();
}

} // namespace mailoscope::ui
