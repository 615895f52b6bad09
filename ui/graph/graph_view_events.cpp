// SPDX-License-Identifier: Apache-2.0
// Mouse, wheel, touch and keys of the graph.
#include "graph/graph_view.h"

#include "selection.h"
#include "text/shown_string.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGesture>
#include <QGestureEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace mailoscope::ui
{

bool GraphView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), toolTipFor(hintAt(help->pos())), viewport());
        return true;
    }
    if (event->type() == QEvent::NativeGesture)
        return takeNativeGesture(*static_cast<QNativeGestureEvent *>(event));
    if (event->type() == QEvent::Gesture) {
        auto *gestures = static_cast<QGestureEvent *>(event);
        if (auto *pinch = static_cast<QPinchGesture *>(gestures->gesture(Qt::PinchGesture))) {
            zoomTo(m_zoom * pinch->scaleFactor(), viewport()->mapFromGlobal(pinch->centerPoint().toPoint()));
            gestures->accept(pinch);
            return true;
        }
    }
    return QAbstractScrollArea::viewportEvent(event);
}

/// A touchpad's.
bool GraphView::takeNativeGesture(const QNativeGestureEvent &gesture)
{
    switch (gesture.gestureType()) {
    case Qt::ZoomNativeGesture:
        zoomTo(m_zoom * std::max(0.1, 1 + gesture.value()), gesture.position());
        return true;
    case Qt::SmartZoomNativeGesture:
        if (m_zoom < 1)
            zoomTo(1, gesture.position());
        else
            fit();
        return true;
    case Qt::BeginNativeGesture:
    case Qt::EndNativeGesture:
        return true;
    case Qt::PanNativeGesture:
    case Qt::RotateNativeGesture:
    case Qt::SwipeNativeGesture:
        break;
    }
    return false;
}

void GraphView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange ||
        event->type() == QEvent::StyleChange)
        restyle();
}

QString GraphView::hintAt(const QPoint &point) const
{
    const QPointF place = placeAt(point);
    const int index = m_picture.nodeAt(place);
    if (index >= 0)
        return node(index).words();
    for (const GraphNode &each : m_picture.nodes) {
        if (foldHandleOf(each).contains(place))
            return each.isFolded ? tr("Unfold %1 nodes").arg(each.below)
                                 : tr("Fold %1 nodes").arg(each.below);
    }
    return {};
}

void GraphView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    m_state.hasFocus = true;
    viewport()->update();
    announce();
}

void GraphView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    m_state.hasFocus = false;
    viewport()->update();
}

void GraphView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    m_grip = event->position().toPoint();
    if (event->button() == Qt::LeftButton) {
        const QPointF place = placeAt(event->position());
        for (const GraphNode &each : m_picture.nodes) {
            if (foldHandleOf(each).contains(place)) {
                setFolded(TermPath(each.path), !each.isFolded);
                return;
            }
        }
        if (const int index = m_picture.nodeAt(place); index >= 0) {
            m_isTouched = true;
            select(index);
            return;
        }
    }
    m_isDragging = true;
    viewport()->setCursor(Qt::ClosedHandCursor);
}

void GraphView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_isDragging) {
        const QPoint at = event->position().toPoint();
        m_isTouched = true;
        moveBy(at - m_grip);
        m_grip = at;
        return;
    }
    viewport()->setCursor(hintAt(event->position().toPoint()).isEmpty() ? Qt::OpenHandCursor
                                                                        : Qt::PointingHandCursor);
}

void GraphView::mouseReleaseEvent(QMouseEvent *)
{
    m_isDragging = false;
    viewport()->setCursor(Qt::OpenHandCursor);
}

void GraphView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const int index = m_picture.nodeAt(placeAt(event->position()));
    if (index >= 0 && node(index).canFold())
        setFolded(TermPath(node(index).path), !node(index).isFolded);
}

/// A wheel zooms at the pointer; with Shift, and on a touchpad, it moves.
void GraphView::wheelEvent(QWheelEvent *event)
{
    const QPoint pixels = event->pixelDelta();
    const bool zooms = event->modifiers().testFlag(Qt::ControlModifier) || pixels.isNull();
    event->accept();
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        const int way = event->angleDelta().x() + event->angleDelta().y();
        m_isTouched = true;
        moveBy(QPoint(static_cast<int>(way * m_style.em / 40), 0));
    } else if (zooms) {
        zoomTo(m_zoom * std::pow(2.0, event->angleDelta().y() / 480.0), event->position());
    } else {
        m_isTouched = true;
        moveBy(pixels);
    }
}

void GraphView::goTo(int index)
{
    if (index < 0)
        return;
    m_isTouched = true;
    select(index);
}

/// The next or previous node of the current one's column.
int GraphView::neighbour(int by) const
{
    const int count = static_cast<int>(m_picture.nodes.size());
    const std::size_t depth = node(m_state.current).path.size();
    for (int index = m_state.current + by; index >= 0 && index < count; index += by) {
        if (node(index).path.size() == depth)
            return index;
    }
    return -1;
}

bool GraphView::travel(int key, Qt::KeyboardModifiers modifiers)
{
    if (m_state.current < 0)
        return false;
    const GraphNode &here = node(m_state.current);
    // As in the tree: Left closes before it leaves, Right opens before it enters. Ctrl+Left leaves at once.
    if (key == Qt::Key_Left && here.canFold() && !here.isFolded && !(modifiers & Qt::ControlModifier)) {
        setFolded(TermPath(here.path), true);
    } else if (key == Qt::Key_Left) {
        goTo(here.parent);
    } else if (key == Qt::Key_Right && here.isFolded) {
        setFolded(TermPath(here.path), false);
    } else if (key == Qt::Key_Right) {
        if (!here.children.empty())
            goTo(here.children[(here.children.size() - 1) / 2]);
    } else if (key == Qt::Key_Up) {
        goTo(neighbour(-1));
    } else if (key == Qt::Key_Down) {
        goTo(neighbour(1));
    } else if (key == Qt::Key_Home) {
        goTo(0);
    } else if (key == Qt::Key_End) {
        goTo(static_cast<int>(m_picture.nodes.size()) - 1);
    } else if (key == Qt::Key_Space) {
        setFolded(TermPath(here.path), here.canFold() && !here.isFolded);
    } else {
        return false;
    }
    return true;
}

void GraphView::keyPressEvent(QKeyEvent *event)
{
    if (event->modifiers() & Qt::AltModifier) // the walk's
        QAbstractScrollArea::keyPressEvent(event);
    else if (event->matches(QKeySequence::Copy))
        copyCurrent();
    else if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
        zoomIn();
    else if (event->key() == Qt::Key_Minus)
        zoomOut();
    else if (event->key() == Qt::Key_0)
        fit();
    else if (event->key() == Qt::Key_1)
        showNaturalSize();
    else if (event->key() == Qt::Key_Asterisk)
        unfoldAll();
    else if (event->key() == Qt::Key_Slash)
        foldAll();
    else if (!travel(event->key(), event->modifiers()))
        QAbstractScrollArea::keyPressEvent(event);
}

void GraphView::copyCurrent()
{
    if (m_state.current >= 0)
        QGuiApplication::clipboard()->setText(node(m_state.current).words());
}

void GraphView::contextMenuEvent(QContextMenuEvent *event)
{
    if (m_picture.nodes.empty())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("spfGraphMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Copy node"), QKeySequence::Copy, this, &GraphView::copyCurrent);
    menu->addSeparator();
    menu->addAction(tr("&Fit"), QKeySequence(Qt::Key_0), this, &GraphView::fit);
    menu->addAction(tr("&Natural size"), QKeySequence(Qt::Key_1), this, &GraphView::showNaturalSize);
    menu->addAction(tr("Zoom &in"), QKeySequence(Qt::Key_Plus), this, &GraphView::zoomIn);
    menu->addAction(tr("Zoom &out"), QKeySequence(Qt::Key_Minus), this, &GraphView::zoomOut);
    menu->addSeparator();
    menu->addAction(tr("&Unfold all"), QKeySequence(Qt::Key_Asterisk), this, &GraphView::unfoldAll);
    menu->addAction(tr("Fo&ld all"), QKeySequence(Qt::Key_Slash), this, &GraphView::foldAll);
    menu->addSeparator();
    menu->addAction(tr("Save as &SVG…"), this, [this] { Q_EMIT saveRequested(QStringLiteral("svg")); });
    menu->addAction(tr("Save as &PNG…"), this, [this] { Q_EMIT saveRequested(QStringLiteral("png")); });
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard && m_state.current >= 0;
    const QPoint at = byKey ? rectOf(node(m_state.current).place).bottomLeft().toPoint() : event->pos();
    menu->popup(viewport()->mapToGlobal(at));
}

} // namespace mailoscope::ui
