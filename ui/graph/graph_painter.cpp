// SPDX-License-Identifier: Apache-2.0
#include "graph/graph_painter.h"

#include "graph/graph_shapes.h"

#include <QFontInfo>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

using Measures = GraphMeasures;

constexpr double Stripe = 0.5;   ///< the branch's colour and hatch at the left of a node
constexpr double Shape = 0.8;    ///< the side of a mark's shape
constexpr double Trunk = 0.55;   ///< from a node's handle to where its edges part
constexpr double Rounding = 0.3; ///< of the corners of a node

QFont inPixels(const QFont &font)
{
    QFont sized = font;
    sized.setPixelSize(std::max(1, QFontInfo(font).pixelSize()));
    return sized;
}

GraphStyle styleOf(const QFont &font, const QPalette &palette)
{
    GraphStyle style{inPixels(font), inPixels(font), 16, Theme(palette), {}, {}, {}, {}, {}, {}, 0};
    style.bold.setBold(true);
    style.em = QFontMetricsF(style.font).height();
    style.ground = palette.color(QPalette::Window);
    style.node = palette.color(QPalette::Base);
    style.text = palette.color(QPalette::Text);
    style.quiet = style.theme.quietText();
    style.line = style.theme.quietText();
    style.highlight = palette.color(QPalette::Highlight);
    return style;
}

/// A picture being drawn: places are turned from lines of text to pixels.
class Painting
{
public:
    Painting(QPainter &painter, const GraphPicture &picture, const GraphStyle &style)
        : m_painter(painter),
          m_picture(picture),
          m_style(style),
          m_metrics(style.font),
          m_bold(style.bold),
          m_readable(painter.worldTransform().m11() * m_metrics.height() >= style.leastText)
    {
    }

    void paint(const QRectF &part, const GraphState &state)
    {
        m_painter.save();
        m_painter.translate(-m_picture.bounds.topLeft() * m_style.em);
        m_painter.setBrush(Qt::NoBrush);
        const auto isAt = [&part](const QRectF &place) { return part.isEmpty() || part.intersects(place); };
        for (const GraphNode &node : m_picture.nodes)
            paintEdges(node, isAt);
        for (const int walked : state.walked)
            paintWalked(walked);
        for (const GraphNode &node : m_picture.nodes) {
            const QRectF whole = node.place.united(foldHandleOf(node));
            if (isAt(whole.adjusted(-0.2, -0.2, 0.2, 0.2)))
                paintNode(node);
        }
        paintState(state);
        m_painter.restore();
    }

    QString fittedLine(const GraphNode &node, int line) const
    {
        if (static_cast<std::size_t>(line) < node.fitted.size())
            return node.fitted[static_cast<std::size_t>(line)];
        const double room = (Measures::NodeWidth - Stripe - 2 * Measures::Padding) * m_style.em;
        if (line == 0)
            return m_bold.elidedText(node.name, Qt::ElideMiddle, room);
        const bool isMarked = line == 1;
        QString text = node.figures;
        if (node.kind == GraphNode::Kind::Record && line == 1) {
            const bool both = !node.provider.isEmpty() && !node.note.isEmpty();
            text = both ? QStringLiteral("%1 · %2").arg(node.provider, node.note) : node.provider + node.note;
        }
        const double left = isMarked ? room - marksWidth(node) : room;
        return left < 2 * m_style.em ? QString() : m_metrics.elidedText(text, Qt::ElideRight, left);
    }

private:
    QRectF px(const QRectF &place) const
    {
        return {place.x() * m_style.em, place.y() * m_style.em, place.width() * m_style.em,
                place.height() * m_style.em};
    }
    const GraphNode &node(int index) const { return m_picture.nodes[static_cast<std::size_t>(index)]; }
    static QPointF startOf(const GraphNode &node)
    {
        const QRectF handle = foldHandleOf(node);
        return {handle.isEmpty() ? node.place.right() : handle.right(), node.place.center().y()};
    }
    static double trunkOf(const GraphNode &node) { return node.place.right() + Measures::Handle + Trunk; }
    double markWidth(const GraphMark &mark) const
    {
        return (Shape + 0.25) * m_style.em + m_metrics.horizontalAdvance(mark.word) + 0.6 * m_style.em;
    }
    double marksWidth(const GraphNode &node) const
    {
        double width = 0;
        for (const GraphMark &mark : node.marks)
            width += markWidth(mark);
        return width;
    }

    template <typename IsAt>
    void paintEdges(const GraphNode &parent, const IsAt &isAt)
    {
        if (parent.children.empty())
            return;
        const double em = m_style.em;
        const QPointF start = startOf(parent);
        const double trunk = trunkOf(parent);
        const double top = std::min(start.y(), node(parent.children.front()).place.center().y());
        const double bottom = std::max(start.y(), node(parent.children.back()).place.center().y());
        const QRectF whole(QPointF(start.x(), top - 1.5),
                           QPointF(start.x() + Measures::LevelGap + 1, bottom + 0.5));
        if (!isAt(whole))
            return;
        m_painter.setPen(QPen(m_style.line, 0.07 * em));
        m_painter.drawLine(start * em, QPointF(trunk, start.y()) * em);
        if (bottom > top)
            m_painter.drawLine(QPointF(trunk, top) * em, QPointF(trunk, bottom) * em);
        for (const int index : parent.children) {
            const GraphNode &child = node(index);
            const double y = child.place.center().y();
            if (!isAt(QRectF(trunk, y - 1.5, child.place.left() - trunk, 2)))
                continue;
            m_painter.setPen(QPen(m_style.line, 0.07 * em));
            m_painter.drawLine(QPointF(trunk, y) * em, QPointF(child.place.left(), y) * em);
            if (!m_readable || child.edge.isEmpty())
                continue;
            m_painter.setFont(m_style.font);
            m_painter.setPen(m_style.text);
            // At the child's end: a single sign near the node it speaks of.
            const double width = m_metrics.horizontalAdvance(child.edge);
            const double left = child.place.left() * em - width - 0.6 * em;
            m_painter.drawText(QPointF(left, y * em - 0.25 * em), child.edge);
        }
    }

    void paintWalked(int index)
    {
        const GraphNode &child = node(index);
        if (child.parent < 0)
            return;
        const double em = m_style.em;
        const GraphNode &parent = node(child.parent);
        const QPointF start = startOf(parent);
        const double trunk = trunkOf(parent);
        const double y = child.place.center().y();
        m_painter.setPen(QPen(m_style.highlight, 0.22 * em, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        m_painter.drawPolyline(QPolygonF{start * em, QPointF(trunk, start.y()) * em, QPointF(trunk, y) * em,
                                         QPointF(child.place.left(), y) * em});
    }

    /// Thick and coloured for faults, broken where nothing is known yet, dotted where nobody comes by.
    QPen borderOf(const GraphNode &node) const
    {
        const double em = m_style.em;
        if (node.marks.empty())
            return QPen(m_style.line, 0.07 * em);
        const Meaning worst = node.marks.front().meaning;
        const QColor colour = m_style.theme.colour(worst);
        switch (worst) {
        case Meaning::Critical:
            return QPen(colour, 0.17 * em);
        case Meaning::High:
        case Meaning::Medium:
            return QPen(colour, 0.12 * em);
        case Meaning::Waiting:
        case Meaning::Unknown:
            return QPen(colour, 0.08 * em, Qt::DashLine);
        case Meaning::NotTested:
        case Meaning::Never:
            return QPen(colour, 0.08 * em, Qt::DotLine);
        case Meaning::Ok:
        case Meaning::Low:
        case Meaning::Info:
            break;
        }
        return QPen(colour, 0.07 * em);
    }

    void paintNode(const GraphNode &node)
    {
        const double em = m_style.em;
        const QRectF box = px(node.place);
        m_painter.setRenderHint(QPainter::Antialiasing, m_readable);
        m_painter.setPen(borderOf(node));
        m_painter.setBrush(m_style.node);
        m_painter.drawRoundedRect(box, Rounding * em, Rounding * em);
        m_painter.setRenderHint(QPainter::Antialiasing, false);
        if (node.branch >= 0) {
            const QRectF stripe(box.left() + 0.14 * em, box.top() + 0.25 * em, Stripe * em,
                                box.height() - 0.5 * em);
            m_painter.setPen(QPen(m_style.theme.branchColour(node.branch), 0.07 * em));
            m_painter.setBrush(m_style.theme.branchBrush(node.branch));
            m_painter.drawRect(stripe);
        }
        if (m_readable)
            paintTexts(node, box);
        else if (!node.marks.empty())
            paintFarMark(node, box);
        if (node.canFold())
            paintHandle(node);
        m_painter.setBrush(Qt::NoBrush);
    }

    void paintTexts(const GraphNode &node, const QRectF &box)
    {
        const double em = m_style.em;
        double left = box.left() + (Stripe + Measures::Padding) * em;
        double base = box.top() + Measures::Padding * em + 0.05 * em + m_metrics.ascent();
        m_painter.setFont(m_style.bold);
        m_painter.setPen(m_style.text);
        m_painter.drawText(QPointF(left, base), fittedLine(node, 0));
        m_painter.setFont(m_style.font);
        base += Measures::Line * em;
        const double right = box.right() - Measures::Padding * em;
        const double lineLeft = left;
        for (const GraphMark &mark : node.marks) {
            const QColor colour = m_style.theme.colour(mark.meaning);
            const double room = right - left - (Shape + 0.25) * em;
            if (room < em)
                break;
            drawShape(m_painter,
                      QRectF(left, base - m_metrics.ascent() / 2 - Shape * em / 2 + 0.08 * em, Shape * em,
                             Shape * em),
                      mark.meaning, colour);
            m_painter.setPen(colour);
            m_painter.drawText(QPointF(left + (Shape + 0.25) * em, base),
                               m_metrics.elidedText(mark.word, Qt::ElideRight, room));
            left += markWidth(mark);
        }
        m_painter.setPen(m_style.quiet);
        m_painter.drawText(QPointF(left, base), fittedLine(node, 1));
        if (node.kind == GraphNode::Kind::Record) {
            m_painter.setPen(m_style.text);
            m_painter.drawText(QPointF(lineLeft, base + Measures::Line * em), fittedLine(node, 2));
        }
    }

    /// From afar the worst mark fills the node.
    void paintFarMark(const GraphNode &node, const QRectF &box)
    {
        const double side = box.height() * 0.8;
        drawShape(m_painter, QRectF(box.center() - QPointF(side, side) / 2, QSizeF(side, side)),
                  node.marks.front().meaning, m_style.theme.colour(node.marks.front().meaning));
    }

    void paintHandle(const GraphNode &node)
    {
        const double em = m_style.em;
        const QRectF handle = px(foldHandleOf(node)).adjusted(0.12 * em, 0.08 * em, -0.02 * em, -0.08 * em);
        m_painter.setPen(QPen(m_style.line, 0.07 * em));
        m_painter.setBrush(m_style.node);
        m_painter.drawRect(handle);
        m_painter.setPen(QPen(m_style.text, 0.1 * em));
        if (node.isFolded && m_readable) {
            m_painter.setFont(m_style.font);
            m_painter.drawText(handle, Qt::AlignCenter, QStringLiteral("+%1").arg(node.below));
            return;
        }
        const QPointF middle = handle.center();
        m_painter.drawLine(middle - QPointF(0.25 * em, 0), middle + QPointF(0.25 * em, 0));
        if (node.isFolded)
            m_painter.drawLine(middle - QPointF(0, 0.25 * em), middle + QPointF(0, 0.25 * em));
    }

    void paintState(const GraphState &state)
    {
        const double em = m_style.em;
        m_painter.setRenderHint(QPainter::Antialiasing);
        if (state.current >= 0 && static_cast<std::size_t>(state.current) < m_picture.nodes.size()) {
            const QRectF box =
                px(node(state.current).place).adjusted(-0.2 * em, -0.2 * em, 0.2 * em, 0.2 * em);
            m_painter.setPen(
                QPen(m_style.highlight, 0.16 * em, state.hasFocus ? Qt::SolidLine : Qt::DashLine));
            m_painter.drawRoundedRect(box, 2 * Rounding * em, 2 * Rounding * em);
        }
        if (!state.ring.isEmpty()) {
            const QRectF box = px(state.ring).adjusted(-0.35 * em, -0.35 * em, 0.35 * em, 0.35 * em);
            m_painter.setPen(QPen(m_style.theme.colour(state.step.meaning), 0.25 * em));
            m_painter.drawRoundedRect(box, 2 * Rounding * em, 2 * Rounding * em);
        }
        if (!state.step.word.isEmpty() && !state.stepAt.isEmpty())
            paintStep(state);
        m_painter.setRenderHint(QPainter::Antialiasing, false);
    }

    /// The words of the step at hand, on a flag below their node.
    void paintStep(const GraphState &state)
    {
        const double em = m_style.em;
        const QColor colour = m_style.theme.colour(state.step.meaning);
        // What became of the term stands at the end: a long term loses its middle.
        const QString word =
            m_metrics.elidedText(state.step.word, Qt::ElideMiddle, 1.5 * Measures::NodeWidth * em);
        const double width = m_metrics.horizontalAdvance(word) + (Shape + 0.95) * em;
        const QRectF at = px(state.stepAt);
        const QRectF flag(at.left(), at.bottom() + 0.35 * em, width, 1.35 * em);
        m_painter.setPen(QPen(colour, 0.1 * em));
        m_painter.setBrush(m_style.node);
        m_painter.drawRect(flag);
        m_painter.setBrush(Qt::NoBrush);
        drawShape(m_painter,
                  QRectF(flag.left() + 0.35 * em, flag.center().y() - Shape * em / 2, Shape * em, Shape * em),
                  state.step.meaning, colour);
        m_painter.setFont(m_style.font);
        m_painter.setPen(m_style.text);
        m_painter.drawText(flag.adjusted((Shape + 0.6) * em, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                           word);
    }

    QPainter &m_painter;
    const GraphPicture &m_picture;
    const GraphStyle &m_style;
    QFontMetricsF m_metrics;
    QFontMetricsF m_bold;
    bool m_readable;
};

} // namespace

GraphStyle screenStyle(const QFont &font, const QPalette &palette)
{
    GraphStyle style = styleOf(font, palette);
    style.leastText = 6;
    return style;
}

GraphStyle paperStyle(const QFont &font)
{
    QPalette palette(Qt::white, Qt::white);
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Text, Qt::black);
    palette.setColor(QPalette::WindowText, Qt::black);
    GraphStyle style = styleOf(font, palette);
    style.line = QColor(0x40, 0x40, 0x40);
    style.quiet = QColor(0x40, 0x40, 0x40);
    style.highlight = Qt::black;
    return style;
}

void fitTexts(GraphPicture &picture, const GraphStyle &style)
{
    QImage nothing(1, 1, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&nothing);
    const Painting painting(painter, picture, style);
    for (GraphNode &node : picture.nodes) {
        node.fitted.clear();
        std::vector<QString> fitted;
        for (int line = 0; line < 3; ++line)
            fitted.push_back(painting.fittedLine(node, line));
        node.fitted = std::move(fitted);
    }
}

QSizeF sizeOf(const GraphPicture &picture, const GraphStyle &style)
{
    return picture.bounds.size() * style.em;
}

void paintGraph(QPainter &painter, const GraphPicture &picture, const GraphStyle &style, const QRectF &part,
                const GraphState &state)
{
    Painting(painter, picture, style).paint(part, state);
}

void paintGraphInto(QPainter &painter, const QRectF &target, const GraphPicture &picture,
                    const GraphStyle &style)
{
    const QSizeF size = sizeOf(picture, style);
    if (size.isEmpty() || target.isEmpty())
        return;
    const double scale = std::min({1.0, target.width() / size.width(), target.height() / size.height()});
    painter.save();
    painter.translate(target.left() + (target.width() - size.width() * scale) / 2, target.top());
    painter.scale(scale, scale);
    paintGraph(painter, picture, style);
    painter.restore();
}

} // namespace mailoscope::ui
