// SPDX-License-Identifier: Apache-2.0
// Mouse, wheel, touch and keys of the address map.
#include "map/map_view.h"

#include "map/map_words.h"
#include "text/shown_string.h"

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QGestureEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

constexpr int WheelStep = 120;    ///< of QWheelEvent: one notch
constexpr double PinchStep = 1.6; ///< how far two fingers go for the map to become twice as large

std::optional<MapWay> wayOf(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return MapWay::Left;
    case Qt::Key_Right:
        return MapWay::Right;
    case Qt::Key_Up:
        return MapWay::Up;
    case Qt::Key_Down:
        return MapWay::Down;
    default:
        return std::nullopt;
    }
}

} // namespace

bool MapView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const std::optional<Cidr> block = blockAtPoint(help->pos());
        QToolTip::showText(help->globalPos(), block ? toolTipFor(wordsOf(*m_map, *block)) : QString(), this);
        return true;
    }
    if (event->type() == QEvent::NativeGesture)
        return takeNativeGesture(*static_cast<QNativeGestureEvent *>(event));
    if (event->type() == QEvent::Gesture) {
        auto *gestures = static_cast<QGestureEvent *>(event);
        if (auto *pinch = static_cast<QPinchGesture *>(gestures->gesture(Qt::PinchGesture))) {
            if (pinch->state() == Qt::GestureStarted)
                m_pinch = 1;
            pinchBy(pinch->scaleFactor(), mapFromGlobal(pinch->centerPoint().toPoint()));
            gestures->accept(pinch);
            return true;
        }
    }
    return QWidget::event(event);
}

/// The map grows by twice at a time: what the fingers do adds up.
void MapView::pinchBy(double factor, const QPointF &at)
{
    m_pinch *= factor;
    for (; m_pinch >= PinchStep; m_pinch /= 2)
        zoomBy(1, placeAt(at));
    for (; m_pinch <= 1 / PinchStep; m_pinch *= 2)
        zoomBy(-1, placeAt(at));
}

/// A touchpad's.
bool MapView::takeNativeGesture(const QNativeGestureEvent &gesture)
{
    switch (gesture.gestureType()) {
    case Qt::ZoomNativeGesture:
        pinchBy(std::max(0.1, 1 + gesture.value()), gesture.position());
        return true;
    case Qt::BeginNativeGesture:
        m_pinch = 1;
        return true;
    case Qt::EndNativeGesture:
        return true;
    case Qt::SmartZoomNativeGesture:
    case Qt::PanNativeGesture:
    case Qt::RotateNativeGesture:
    case Qt::SwipeNativeGesture:
        break;
    }
    return false;
}

void MapView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    m_state.hasFocus = true;
    update();
}

void MapView::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    m_state.hasFocus = false;
    update();
}

void MapView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::BackButton) {
        leave();
        return;
    }
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    m_isPressed = true;
    m_isDragging = event->button() == Qt::MiddleButton;
    m_grip = event->position();
    m_gripWindow = m_window;
}

void MapView::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF way = event->position() - m_grip;
    if (m_isPressed && way.manhattanLength() >= QApplication::startDragDistance())
        m_isDragging = true;
    if (m_isPressed && m_isDragging) {
        setCursor(Qt::ClosedHandCursor);
        const double side = mapRect().width();
        setWindow(moved(m_gripWindow, -way.x() / side, -way.y() / side));
    }
    if (!m_isPressed)
        setHovered(blockAtPoint(event->position()));
}

void MapView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_isPressed && !m_isDragging) {
        if (const std::optional<Cidr> block = blockAtPoint(event->position())) {
            setCurrent(*block);
            Q_EMIT chosen(*block);
        }
    }
    m_isPressed = false;
    m_isDragging = false;
    unsetCursor();
}

void MapView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && blockAtPoint(event->position()))
        enter(); // what the first click took in hand
}

void MapView::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    setHovered(std::nullopt);
}

/// A wheel zooms at the pointer; with Shift, and on a touchpad, it moves. As in the graph.
void MapView::wheelEvent(QWheelEvent *event)
{
    event->accept();
    const QPointF pixels = event->pixelDelta();
    const bool zooms = event->modifiers().testFlag(Qt::ControlModifier) || pixels.isNull();
    const double side = mapRect().width();
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        const int turned = event->angleDelta().x() + event->angleDelta().y();
        setWindow(moved(m_window, -turned / (8.0 * WheelStep), 0));
    } else if (zooms) {
        m_wheel += event->angleDelta().y();
        const int steps = m_wheel / WheelStep;
        m_wheel -= steps * WheelStep;
        if (steps != 0)
            zoomBy(steps, placeAt(event->position()));
    } else {
        setWindow(moved(m_window, -pixels.x() / side, -pixels.y() / side));
    }
    setHovered(blockAtPoint(event->position()));
}

void MapView::keyPressEvent(QKeyEvent *event)
{
    const bool isControl = event->modifiers() & Qt::ControlModifier;
    const std::optional<MapWay> way = wayOf(event->key());
    if (event->modifiers() & Qt::AltModifier) { // the walk's
        QWidget::keyPressEvent(event);
    } else if (event->matches(QKeySequence::Copy)) {
        copyBlock();
    } else if (way && isControl && (*way == MapWay::Left || *way == MapWay::Right)) {
        travelToUsed(*way == MapWay::Right);
    } else if (way && !isControl) {
        travel(*way);
    } else if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal) {
        zoomIn();
    } else if (event->key() == Qt::Key_Minus) {
        zoomOut();
    } else if (event->key() == Qt::Key_0 || event->key() == Qt::Key_Home) {
        showWhole();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        enter();
    } else if (event->key() == Qt::Key_Backspace) {
        leave();
    } else if (event->key() == Qt::Key_Space) {
        setCurrent(current());
        Q_EMIT chosen(current());
    } else {
        QWidget::keyPressEvent(event);
    }
}

void MapView::fillMenu(QMenu &menu)
{
    menu.addAction(tr("&Copy block"), QKeySequence::Copy, this, &MapView::copyBlock);
    QAction *networks = menu.addAction(tr("Copy the &networks in it"), this, &MapView::copyNetworks);
    networks->setObjectName(QStringLiteral("copyNetworks"));
    networks->setEnabled(m_map->countIn(current()) > 0);
    menu.addSeparator();
    menu.addAction(tr("&Into the block"), QKeySequence(Qt::Key_Return), this, &MapView::enter);
    menu.addAction(tr("&Out of what is shown"), QKeySequence(Qt::Key_Backspace), this, &MapView::leave);
    menu.addAction(tr("Zoo&m in"), QKeySequence(Qt::Key_Plus), this, &MapView::zoomIn);
    menu.addAction(tr("&Zoom out"), QKeySequence(Qt::Key_Minus), this, &MapView::zoomOut);
    menu.addAction(tr("&Whole space"), QKeySequence(Qt::Key_0), this, &MapView::showWhole);
    menu.addSeparator();
    menu.addActions(m_menuActions);
    if (!m_menuActions.isEmpty())
        menu.addSeparator();
    menu.addAction(tr("Save as &SVG…"), this, [this] { Q_EMIT saveRequested(QStringLiteral("svg")); });
    menu.addAction(tr("Save as &PNG…"), this, [this] { Q_EMIT saveRequested(QStringLiteral("png")); });
}

void MapView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    if (const std::optional<Cidr> block = blockAtPoint(event->pos()); block && !byKey)
        setCurrent(*block);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("addressMapMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu);
    menu->popup(mapToGlobal(byKey ? rectOf(current()).bottomLeft().toPoint() : event->pos()));
}

} // namespace mailoscope::ui
