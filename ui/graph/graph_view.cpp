// SPDX-License-Identifier: Apache-2.0
#include "graph/graph_view.h"

#include "address_walk.h"
#include "graph/graph_accessible.h"
#include "graph/graph_minimap.h"
#include "graph/graph_walk.h"
#include "selection.h"
#include "text/shown_string.h"
#include "theme/metrics.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>

#include <algorithm>
#include <tuple>

namespace mailoscope::ui
{

namespace
{

constexpr double LeastZoom = 0.04;
constexpr double MostZoom = 4;
constexpr double ZoomStep = 1.25;
constexpr double LeastReadable = 0.65;
constexpr int SlideMs = 120;
constexpr std::size_t MostAtOnce = 60; ///< nodes that are shown before anybody asks for more

} // namespace

// The interface is asked for as soon as there is a widget: what makes it has to be there before.
GraphView::GraphView(Selection &selection, const AddressWalk &walk, QWidget *parent)
    : QAbstractScrollArea((GraphAccessible::install(), parent)),
      m_selection(selection),
      m_walk(walk),
      m_style(screenStyle(font(), palette())),
      m_minimap(new GraphMinimap(*this))
{
    setObjectName(QStringLiteral("spfGraph"));
    setAccessibleName(tr("Include graph"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    viewport()->setCursor(Qt::OpenHandCursor);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
#ifndef Q_OS_MACOS // there touchpads alone pinch, which are heard by themselves
    viewport()->grabGesture(Qt::PinchGesture);
#endif
    m_slide.setDuration(SlideMs);
    m_slide.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_slide, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) {
        m_state.ring = value.toRectF();
        viewport()->update();
    });
    connect(&m_selection, &Selection::changed, this, &GraphView::followSelection);
    connect(&m_walk, &AddressWalk::changed, this, &GraphView::followWalk);
    connect(this, &GraphView::viewChanged, m_minimap, &GraphMinimap::place);
}

void GraphView::showReport(std::shared_ptr<const Report> report)
{
    const bool isSame = m_report && report && m_report->domain == report->domain;
    m_report = std::move(report);
    if (!isSame) {
        m_folded.clear();
        m_isTouched = false;
        m_zoom = 1;
        m_picture = {};
        m_state = {};
    }
    rebuild();
    settle();
}

/// Nothing moves by itself while answers arrive. Once they are all there, and where nobody has looked around
/// yet, a large tree is folded to what one can read and made to fit as far as it stays readable.
void GraphView::settle()
{
    if (!m_report || m_report->spf.pending || m_isTouched)
        return;
    if (m_folded.empty() && m_picture.nodes.size() > MostAtOnce) {
        std::vector<std::size_t> atDepth;
        for (const GraphNode &each : m_picture.nodes) {
            atDepth.resize(std::max(atDepth.size(), each.path.size() + 1));
            ++atDepth[each.path.size()];
        }
        std::size_t depth = 1;
        for (std::size_t shown = atDepth[0] + atDepth[1];
             depth + 1 < atDepth.size() && shown + atDepth[depth + 1] <= MostAtOnce; ++depth)
            shown += atDepth[depth + 1];
        m_folded = foldedAt(m_picture, depth);
        // What is selected stays to be seen.
        for (std::size_t length = 1; length < m_selection.path().size(); ++length)
            m_folded.erase(TermPath(m_selection.path().begin(),
                                    m_selection.path().begin() + static_cast<std::ptrdiff_t>(length)));
        rebuild();
    }
    if (!isVisible())
        return;
    fit();
    if (m_zoom >= LeastReadable || m_picture.nodes.empty())
        return;
    // Better a part that can be read, beginning at the root: the minimap shows the rest.
    m_zoom = LeastReadable;
    const QRectF root = rectOf(m_picture.nodes.front().place);
    m_offset += QPointF(m_style.em * m_zoom - root.left(), viewport()->height() / 2.0 - root.center().y());
    adjustScrollBars();
    viewport()->update();
}

void GraphView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    settle();
}

void GraphView::rebuild()
{
    // What the user looks at stays where it is: the current node, else the root.
    const TermPath anchorPath = m_state.current >= 0 ? node(m_state.current).path : TermPath();
    const bool isFirst = m_picture.nodes.empty();
    const QPointF before = isFirst ? QPointF() : rectOf(node(m_picture.nodeAt(anchorPath)).place).topLeft();
    m_picture = m_report ? graphOf(m_report->spf, m_folded) : GraphPicture();
    fitTexts(m_picture, m_style);
    if (m_picture.nodes.empty()) {
        m_state = {};
    } else {
        if (isFirst) {
            m_offset = {};
            const QRectF root = rectOf(m_picture.nodes.front().place);
            m_offset = QPointF(m_style.em, viewport()->height() / 2.0 - root.center().y());
        } else {
            m_offset += before - rectOf(node(m_picture.nodeAt(anchorPath)).place).topLeft();
        }
        m_state.current = m_picture.nodeAt(m_selection.path());
    }
    followWalk();
    m_minimap->renew();
    adjustScrollBars();
    viewport()->update();
}

void GraphView::restyle()
{
    const QPointF middle = QRectF(viewport()->rect()).center();
    const QPointF place = placeAt(middle);
    m_style = screenStyle(font(), palette());
    m_offset = middle - place * m_style.em * m_zoom;
    fitTexts(m_picture, m_style);
    m_minimap->renew();
    adjustScrollBars();
    viewport()->update();
}

QRectF GraphView::rectOf(const QRectF &place) const
{
    const double scale = m_style.em * m_zoom;
    return {place.topLeft() * scale + m_offset, place.size() * scale};
}

QPointF GraphView::placeAt(const QPointF &point) const
{
    return (point - m_offset) / (m_style.em * m_zoom);
}

QRectF GraphView::visiblePlace() const
{
    return {placeAt(QPointF()), QSizeF(viewport()->size()) / (m_style.em * m_zoom)};
}

void GraphView::centreOn(const QPointF &place)
{
    m_isTouched = true;
    const QPointF wanted = QRectF(viewport()->rect()).center() - place * m_style.em * m_zoom;
    moveBy((wanted - m_offset).toPoint());
}

/// Moves the picture in the view, never quite out of it.
void GraphView::moveBy(const QPoint &way)
{
    const double margin = std::min(3 * m_style.em, viewport()->height() / 3.0);
    const QRectF whole = rectOf(m_picture.bounds);
    const auto bounded = [margin](double by, double low, double high, double size) {
        const double least = std::min(0.0, margin - high);
        const double most = std::max(0.0, size - margin - low);
        return std::clamp(by, least, most);
    };
    const QPoint by(static_cast<int>(bounded(way.x(), whole.left(), whole.right(), viewport()->width())),
                    static_cast<int>(bounded(way.y(), whole.top(), whole.bottom(), viewport()->height())));
    if (by.isNull())
        return;
    m_offset += by;
    // Only what comes into view is painted.
    viewport()->scroll(by.x(), by.y());
    adjustScrollBars();
}

void GraphView::adjustScrollBars()
{
    m_isAdjusting = true;
    const QRect view = viewport()->rect();
    // Less the margin, so that what was made to fit needs no scroll bars.
    const QRectF bounds = m_picture.bounds.adjusted(0.5, 0.5, -0.5, -0.5);
    const QRect whole = rectOf(bounds).toRect().united(view);
    const int line = static_cast<int>(m_style.em);
    for (auto [bar, length, page, at] :
         {std::tuple(horizontalScrollBar(), whole.width(), view.width(), -whole.left()),
          std::tuple(verticalScrollBar(), whole.height(), view.height(), -whole.top())}) {
        bar->setRange(0, std::max(0, length - page));
        bar->setPageStep(page);
        bar->setSingleStep(line);
        bar->setValue(at);
    }
    m_isAdjusting = false;
    Q_EMIT viewChanged();
}

void GraphView::scrollContentsBy(int dx, int dy)
{
    if (m_isAdjusting)
        return;
    m_isTouched = true;
    m_offset += QPointF(dx, dy);
    viewport()->scroll(dx, dy);
    Q_EMIT viewChanged();
}

void GraphView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    settle();
    adjustScrollBars();
}

void GraphView::zoomTo(double zoom, const QPointF &fixed)
{
    const double wanted = std::clamp(zoom, LeastZoom, MostZoom);
    const QPointF place = placeAt(fixed);
    m_zoom = wanted;
    m_offset = fixed - place * m_style.em * m_zoom;
    m_isTouched = true;
    adjustScrollBars();
    viewport()->update();
}

void GraphView::zoomIn()
{
    zoomTo(m_zoom * ZoomStep, QRectF(viewport()->rect()).center());
}

void GraphView::zoomOut()
{
    zoomTo(m_zoom / ZoomStep, QRectF(viewport()->rect()).center());
}

void GraphView::showNaturalSize()
{
    zoomTo(1, QRectF(viewport()->rect()).center());
    makeVisible(m_state.current);
}

void GraphView::fit()
{
    if (m_picture.nodes.empty())
        return;
    const bool wasTouched = m_isTouched;
    const QSizeF size = sizeOf(m_picture, m_style);
    const double scale =
        std::min({1.0, (viewport()->width() - 2) / size.width(), (viewport()->height() - 2) / size.height()});
    zoomTo(scale, {});
    const QRectF whole = rectOf(m_picture.bounds);
    m_offset += QPointF(std::min(0.0, viewport()->width() - whole.width()) / 2 - whole.left(),
                        (viewport()->height() - whole.height()) / 2 - whole.top());
    m_isTouched = wasTouched;
    adjustScrollBars();
    viewport()->update();
}

void GraphView::setFolded(const TermPath &path, bool folded)
{
    if (path.empty() || folded == m_folded.contains(path))
        return;
    if (folded)
        m_folded.insert(path);
    else
        m_folded.erase(path);
    m_isTouched = true;
    rebuild();
    // What was selected in a branch that closes is now shown by the branch.
    if (m_state.current >= 0 && node(m_state.current).isFolded &&
        m_selection.path() != node(m_state.current).path)
        select(m_state.current);
    announce();
}

void GraphView::foldAll()
{
    if (!m_report)
        return;
    const GraphPicture open = graphOf(m_report->spf);
    for (const GraphNode &each : open.nodes) {
        if (each.canFold())
            m_folded.insert(each.path);
    }
    m_isTouched = true;
    rebuild();
    if (m_state.current >= 0)
        select(m_state.current);
}

void GraphView::unfoldAll()
{
    m_folded.clear();
    m_isTouched = true;
    rebuild();
    makeVisible(m_state.current);
}

void GraphView::followSelection()
{
    if (m_picture.nodes.empty())
        return;
    // Whatever hides the place opens.
    const TermPath &path = m_selection.path();
    bool opened = false;
    for (std::size_t length = 1; length < path.size(); ++length)
        opened =
            m_folded.erase(TermPath(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(length))) > 0 ||
            opened;
    if (opened)
        rebuild();
    const int wanted = m_picture.nodeAt(path);
    if (wanted == m_state.current && !opened)
        return;
    m_state.current = wanted;
    makeVisible(wanted);
    viewport()->update();
    announce();
}

void GraphView::select(int index)
{
    if (index < 0)
        return;
    m_state.current = index;
    m_selection.selectPath(TermPath(node(index).path));
    makeVisible(index);
    viewport()->update();
    announce();
}

void GraphView::makeVisible(int index)
{
    if (index < 0 || !isVisible())
        return;
    const QRectF box = rectOf(node(index).place).adjusted(-m_style.em, -m_style.em, m_style.em, m_style.em);
    const QRectF view(viewport()->rect());
    const auto way = [](double low, double high, double size) {
        return low < 0 ? -low : high > size ? std::max(size - high, -low) : 0.0;
    };
    moveBy(QPointF(way(box.left(), box.right(), view.width()), way(box.top(), box.bottom(), view.height()))
               .toPoint());
}

void GraphView::announce()
{
    if (m_state.current < 0)
        return;
    QString words = node(m_state.current).words();
    setAccessibleDescription(words.replace(QLatin1Char('\n'), QStringLiteral(", ")));
    if (!hasFocus())
        return;
    QAccessibleEvent focused(this, QAccessible::Focus);
    focused.setChild(m_state.current);
    QAccessible::updateAccessibility(&focused);
}

void GraphView::followWalk()
{
    const GraphWalk walk = graphWalkOf(m_picture, m_walk);
    m_state.walked = walk.walked;
    m_state.step = walk.step;
    m_slide.stop();
    if (walk.at < 0) {
        m_state.ring = {};
        m_state.stepAt = {};
    } else {
        const QRectF target = node(walk.at).place;
        const bool slides = isAnimated() && isVisible() && !m_state.ring.isEmpty() && m_state.ring != target;
        m_state.stepAt = target;
        if (slides) {
            m_slide.setStartValue(m_state.ring);
            m_slide.setEndValue(target);
            m_slide.start();
        } else {
            m_state.ring = target;
        }
    }
    viewport()->update();
}

bool GraphView::isAnimated() const
{
    return m_animated && style()->styleHint(QStyle::SH_Widget_Animate, nullptr, this) != 0 &&
           style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
}

void GraphView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_style.ground);
    if (m_picture.nodes.empty()) {
        painter.setPen(m_style.quiet);
        painter.drawText(viewport()->rect(), Qt::AlignCenter, tr("There is no SPF tree to draw."));
        return;
    }
    const QRectF part(placeAt(event->rect().topLeft()), QSizeF(event->rect().size()) / (m_style.em * m_zoom));
    painter.translate(rectOf(m_picture.bounds).topLeft());
    painter.scale(m_zoom, m_zoom);
    paintGraph(painter, m_picture, m_style, part, m_state);
}

} // namespace mailoscope::ui
