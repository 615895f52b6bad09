// SPDX-License-Identifier: Apache-2.0
#include "map/map_view.h"

#include "map/map_accessible.h"
#include "map/map_words.h"
#include "theme/metrics.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QPainter>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

constexpr int Around = 4;     ///< bits: a block that is gone to is shown with 15 times as much around it
constexpr int FinestStep = 8; ///< bits: no more than 256 blocks to go through at once
constexpr double LeastBlock = 0.75; ///< lines of text: a block must be seen and hit

IpAddress firstUsedIn(const AddressMap &map, const Cidr &block)
{
    const auto inside = v4IntervalOf(block);
    const std::size_t span = map.spanAt(inside.first);
    if (span >= map.spans().size() || map.spans()[span].first > inside.last)
        return block.first();
    return IpAddress::fromV4(std::max(inside.first, map.spans()[span].first));
}

Cidr blockHolding(const IpAddress &address, int length)
{
    return {Cidr{address, length}.first(), length};
}

} // namespace

// The interface is asked for as soon as there is a widget: what makes it has to be there before.
MapView::MapView(QWidget *parent)
    : QWidget((MapAccessible::install(), parent)),
      m_map(std::make_shared<const AddressMap>()),
      m_style(screenStyle(font(), palette()))
{
    setObjectName(QStringLiteral("addressMap"));
    setAccessibleName(tr("Address map"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
#ifndef Q_OS_MACOS // there touchpads alone pinch, which are heard by themselves
    grabGesture(Qt::PinchGesture);
#endif
    startAfresh();
}

void MapView::setMap(std::shared_ptr<const AddressMap> map)
{
    m_map = std::move(map);
    if (m_highlighted >= static_cast<int>(m_map->branches().size()))
        m_highlighted = -1;
    rebuild();
}

void MapView::startAfresh()
{
    m_window = {};
    m_isOnGrid = true;
    m_address = firstUsedIn(*m_map, Cidr{IpAddress::fromV4(0), 0});
    m_state.hovered.reset();
    rebuild();
    Q_EMIT windowChanged(m_window);
}

void MapView::setWindow(const MapWindow &window)
{
    if (window == m_window)
        return;
    m_window = window;
    m_state.hovered.reset();
    rebuild();
    Q_EMIT windowChanged(m_window);
}

void MapView::follow(const MapView &other)
{
    const bool isMoved = m_window != other.m_window;
    m_window = other.m_window;
    m_address = other.m_address;
    m_isOnGrid = other.m_isOnGrid;
    m_state.current = other.m_state.current;
    m_state.hovered = other.m_state.hovered;
    if (isMoved)
        rebuild();
    update();
}

void MapView::rebuild()
{
    m_picture = pictureOf(*m_map, m_window, MapRoom{mapRect().width(), m_style.em, devicePixelRatioF()});
    const double least = LeastBlock * m_style.em;
    double block = mapRect().width() / 2;
    m_stepLength = m_window.prefixLength() + 2;
    for (; m_stepLength < m_window.prefixLength() + FinestStep && block / 2 >= least; block /= 2)
        m_stepLength += 2;
    if (m_isOnGrid)
        m_state.current = gridBlock();
    fillBlocks();
    m_drawn = {};
    update();
    announce();
    Q_EMIT spokenOfChanged();
}

void MapView::fillBlocks()
{
    m_blocks.clear();
    const MapRect whole = m_picture.window.rect();
    const std::uint32_t step = placeOf(gridBlock()).width;
    const std::uint32_t half = step / 2;
    // Those that are seen by more than half.
    for (std::uint32_t y = (whole.y + half) / step * step; y + half < whole.bottom(); y += step) {
        for (std::uint32_t x = (whole.x + half) / step * step; x + half < whole.right(); x += step)
            m_blocks.push_back(blockAt(MapPoint{x, y}, m_stepLength));
    }
}

Cidr MapView::gridBlock() const
{
    return blockHolding(m_address, m_stepLength);
}

void MapView::setCurrent(const Cidr &block)
{
    m_state.current = block;
    m_state.hovered.reset();
    m_isOnGrid = block.prefixLength == m_stepLength;
    m_address = firstUsedIn(*m_map, block);
    update();
    announce();
    Q_EMIT spokenOfChanged();
}

void MapView::goTo(const Cidr &block)
{
    setWindow(windowOf(blockHolding(block.address, std::max(0, block.prefixLength - Around))));
    setCurrent({block.first(), block.prefixLength});
}

void MapView::goToNextOf(int branch)
{
    const std::vector<MapSpan> &spans = m_map->spans();
    const std::size_t from = m_map->spanAt(v4IntervalOf(gridBlock()).last);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const MapSpan &span = spans[(from + i) % spans.size()];
        const Cidr block = blockHolding(IpAddress::fromV4(span.last), m_stepLength);
        if (span.branch != branch || (block == gridBlock() && i + 1 < spans.size()))
            continue;
        setWindow(showing(m_window, placeOf(block)));
        setCurrent(blockHolding(IpAddress::fromV4(span.last), m_stepLength));
        return;
    }
}

void MapView::highlight(int branch)
{
    if (branch == m_highlighted)
        return;
    m_highlighted = branch;
    m_drawn = {};
    update();
}

void MapView::markWalk(const std::optional<IpAddress> &address, Meaning meaning)
{
    m_state.walked = address;
    m_state.walkedMeaning = meaning;
    update();
}

QRectF MapView::mapRect() const
{
    const int side = std::max(1, std::min(width(), height()));
    const double left = isRightToLeft() ? width() - side : 0;
    return {left, 0, static_cast<double>(side), static_cast<double>(side)};
}

QRectF MapView::rectOf(const Cidr &block) const
{
    const QRectF map = mapRect();
    const QRectF place = m_picture.placeOf(block);
    return {map.topLeft() + place.topLeft() * map.width(), place.size() * map.width()};
}

QPointF MapView::placeAt(const QPointF &point) const
{
    return (point - mapRect().topLeft()) / mapRect().width();
}

std::optional<Cidr> MapView::blockAtPoint(const QPointF &point) const
{
    const QPointF place = placeAt(point);
    if (place.x() < 0 || place.y() < 0 || place.x() >= 1 || place.y() >= 1)
        return std::nullopt;
    return m_picture.blockAt(place, m_stepLength);
}

void MapView::setHovered(const std::optional<Cidr> &block)
{
    if (block == m_state.hovered)
        return;
    m_state.hovered = block;
    update();
    Q_EMIT spokenOfChanged();
}

void MapView::zoomBy(int steps, const QPointF &fixed)
{
    m_isOnGrid = m_isOnGrid || steps < 0;
    setWindow(zoomed(m_window, steps, std::clamp(fixed.x(), 0.0, 1.0), std::clamp(fixed.y(), 0.0, 1.0)));
}

/// The middle of the window where the block is not to be seen.
QPointF MapView::middleOfCurrent() const
{
    const QPointF middle = m_picture.placeOf(Cidr{m_address, 32}).center();
    return QRectF(0, 0, 1, 1).contains(middle) ? middle : QPointF(0.5, 0.5);
}

void MapView::zoomIn()
{
    zoomBy(1, middleOfCurrent());
}

void MapView::zoomOut()
{
    zoomBy(-1, middleOfCurrent());
}

void MapView::showWhole()
{
    m_isOnGrid = true;
    setWindow({});
}

void MapView::enter()
{
    const MapWindow inside = windowOf(current());
    if (inside.side >= m_window.side)
        return;
    m_isOnGrid = true;
    setWindow(inside);
}

void MapView::leave()
{
    const bool isSeen = m_picture.window.rect().contains(pointOf(m_address));
    const IpAddress around = isSeen ? m_address : addressAt(pointIn(m_picture.window, 0.5, 0.5));
    const int step = std::max(2, m_stepLength - m_window.prefixLength());
    m_isOnGrid = true;
    setWindow(windowOf(blockHolding(around, std::max(0, m_window.prefixLength() - step))));
}

void MapView::travel(MapWay way)
{
    const std::optional<Cidr> next = neighbour(gridBlock(), way);
    if (!next)
        return;
    setWindow(showing(m_window, placeOf(*next)));
    setCurrent(*next);
}

void MapView::travelToUsed(bool forward)
{
    const std::optional<Cidr> next = m_map->nextUsed(gridBlock(), forward);
    if (!next)
        return;
    setWindow(showing(m_window, placeOf(*next)));
    setCurrent(*next);
}

void MapView::copyBlock() const
{
    QGuiApplication::clipboard()->setText(wordsOf(*m_map, current()));
}

void MapView::copyNetworks() const
{
    const QString text = networksText(*m_map, current());
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void MapView::announce()
{
    QString words = wordsOf(*m_map, current());
    words.replace(QLatin1Char('\n'), QStringLiteral(", "));
    if (words == accessibleDescription())
        return;
    setAccessibleDescription(words);
    if (!hasFocus())
        return;
    QAccessibleEvent focused(this, QAccessible::Focus);
    const auto at = std::find(m_blocks.begin(), m_blocks.end(), gridBlock());
    if (at != m_blocks.end())
        focused.setChild(static_cast<int>(at - m_blocks.begin()));
    QAccessible::updateAccessibility(&focused);
}

void MapView::setSide(int side)
{
    if (side == m_side)
        return;
    m_side = side;
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    updateGeometry();
}

QSize MapView::sizeHint() const
{
    const int side = m_side > 0 ? m_side : em(*this) * 24;
    return {side, side};
}

QSize MapView::minimumSizeHint() const
{
    return QSize(em(*this) * 6, em(*this) * 6);
}

void MapView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange && event->type() != QEvent::PaletteChange &&
        event->type() != QEvent::StyleChange)
        return;
    m_style = screenStyle(font(), palette());
    rebuild();
}

void MapView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    rebuild();
}

void MapView::paintEvent(QPaintEvent *)
{
    const QRectF place = mapRect();
    if (m_drawn.isNull() || m_drawn.devicePixelRatio() != devicePixelRatioF()) {
        m_drawn = QPixmap((place.size() * devicePixelRatioF()).toSize());
        m_drawn.setDevicePixelRatio(devicePixelRatioF());
        m_drawn.fill(m_style.ground);
        QPainter painter(&m_drawn);
        paintMap(painter, QRectF(QPointF(), place.size()), *m_map, m_picture, m_style, m_highlighted);
    }
    QPainter painter(this);
    painter.drawPixmap(place.topLeft(), m_drawn);
    paintMapState(painter, place, m_picture, m_style, m_state);
}

} // namespace mailoscope::ui
