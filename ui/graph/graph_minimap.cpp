// SPDX-License-Identifier: Apache-2.0
#include "graph/graph_minimap.h"

#include "graph/graph_view.h"
#include "theme/metrics.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace mailoscope::ui
{

GraphMinimap::GraphMinimap(GraphView &view) : QWidget(&view), m_view(view)
{
    setObjectName(QStringLiteral("graphMinimap"));
    setAccessibleName(tr("The whole graph"));
    setToolTip(tr("The whole graph; click to go there"));
    setCursor(Qt::PointingHandCursor);
    hide();
}

/// Pixels of this widget for a line of text of the picture.
double GraphMinimap::scale() const
{
    const QRectF bounds = m_view.picture().bounds;
    const double em = mailoscope::ui::em(*this);
    return bounds.isEmpty() ? 1 : std::min(em * 14 / bounds.width(), em * 11 / bounds.height());
}

void GraphMinimap::renew()
{
    m_drawn = {};
    place();
}

void GraphMinimap::place()
{
    const QRectF bounds = m_view.picture().bounds;
    const QRectF seen = m_view.visiblePlace();
    const bool needed = m_view.picture().nodes.size() > 1 && !seen.contains(bounds.adjusted(1, 1, -1, -1));
    setVisible(needed);
    if (!needed)
        return;
    const QSize size = (bounds.size() * scale()).toSize().expandedTo(QSize(em(*this) * 2, em(*this) * 2));
    const QRect around = m_view.viewport()->geometry();
    const QPoint corner =
        around.bottomRight() - QPoint(size.width(), size.height()) - QPoint(halfEm(*this), halfEm(*this));
    setGeometry(QRect(corner, size));
    raise();
    update();
}

void GraphMinimap::paintEvent(QPaintEvent *)
{
    const GraphPicture &picture = m_view.picture();
    const GraphStyle &style = m_view.graphStyle();
    const double ratio = devicePixelRatioF();
    if (m_drawn.isNull()) {
        m_drawn = QPixmap((QSizeF(size()) * ratio).toSize());
        m_drawn.setDevicePixelRatio(ratio);
        m_drawn.fill(style.node);
        QPainter painter(&m_drawn);
        painter.scale(scale() / style.em, scale() / style.em);
        paintGraph(painter, picture, style);
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_drawn);
    const QRectF seen = m_view.visiblePlace().translated(-picture.bounds.topLeft());
    const QRectF frame(seen.topLeft() * scale(), seen.size() * scale());
    painter.setPen(QPen(style.highlight, 2));
    painter.drawRect(frame.intersected(QRectF(rect()).adjusted(1, 1, -2, -2)));
    painter.setPen(QPen(style.line, 1));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void GraphMinimap::mousePressEvent(QMouseEvent *event)
{
    m_view.centreOn(event->position() / scale() + m_view.picture().bounds.topLeft());
}

void GraphMinimap::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        m_view.centreOn(event->position() / scale() + m_view.picture().bounds.topLeft());
}

} // namespace mailoscope::ui
