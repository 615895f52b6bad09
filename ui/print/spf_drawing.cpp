// SPDX-License-Identifier: Apache-2.0
#include "print/spf_drawing.h"

#include "graph/graph_painter.h"
#include "graph/graph_picture.h"
#include "print/say.h"

#include <algorithm>
#include <memory>

namespace mailoscope::print
{

namespace
{

constexpr double LeastSize = 42; // of letters, to be read
constexpr int Deepest = 8;
constexpr double MostPages = 3;
constexpr qreal LabelRoom = 350;

struct Drawn {
    ui::GraphPicture picture;
    double scale = 1;
    double height = 0; ///< at that scale
    std::size_t folded = 0;
};

/// Folds whatever lies deeper.
std::size_t fold(const spf::Node &node, ui::TermPath &path, int depth, int deepest, ui::FoldedPlaces &folded)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < node.terms.size(); ++i) {
        if (!node.terms[i].child)
            continue;
        path.push_back(i);
        if (depth < deepest) {
            count += fold(*node.terms[i].child, path, depth + 1, deepest, folded);
        } else if (std::any_of(node.terms[i].child->terms.begin(), node.terms[i].child->terms.end(),
                               [](const spf::TermNode &term) { return term.child != nullptr; })) {
            folded.insert(path);
            ++count;
        }
        path.pop_back();
    }
    return count;
}

Drawn drawnTo(int deepest, const spf::Evaluation &spf, const ui::GraphStyle &style, double width)
{
    ui::FoldedPlaces folded;
    ui::TermPath path;
    Drawn drawn;
    drawn.folded = fold(spf.root, path, 1, deepest, folded);
    drawn.picture = ui::graphOf(spf, folded);
    const QSizeF size = ui::sizeOf(drawn.picture, style);
    drawn.scale = size.isEmpty() ? 1 : std::min(1.0, width / size.width());
    drawn.height = size.height() * drawn.scale;
    return drawn;
}

/// The lowest place not below `most` where the picture can be cut without cutting a node; `most` where there
/// is none.
double cutAbove(const ui::GraphPicture &picture, double top, double most)
{
    double cut = most;
    for (bool isFree = false; !isFree && cut > top;) {
        isFree = true;
        for (const ui::GraphNode &node : picture.nodes) {
            if (node.place.top() < cut && node.place.bottom() > cut) {
                cut = node.place.top();
                isFree = false;
            }
        }
    }
    return cut > top + 1 ? cut : most;
}

/// As much of the picture as the page has room for, and the rest on the next ones.
void drawBands(Flow &flow, const std::shared_ptr<const ui::GraphPicture> &picture,
               const std::shared_ptr<const ui::GraphStyle> &style, double scale)
{
    const double line = style->em * scale;
    const QRectF bounds = picture->bounds;
    for (double top = bounds.top(); top < bounds.bottom();) {
        const double room = (flow.left() - 1) / line; // a hair less, so that it fits
        const double bottom =
            top + room >= bounds.bottom() ? bounds.bottom() : cutAbove(*picture, top, top + room);
        const QRectF part(bounds.left(), top, bounds.width(), bottom - top);
        flow.drawing((bottom - top) * line,
                     [picture, style, scale, part](QPainter &painter, const QRectF &area) {
                         painter.setClipRect(area);
                         painter.translate(area.topLeft());
                         painter.scale(scale, scale);
                         painter.translate(0, -(part.top() - picture->bounds.top()) * style->em);
                         ui::paintGraph(painter, *picture, *style, part);
                     });
        top = bottom;
        if (top < bounds.bottom())
            flow.newPage();
    }
}

} // namespace

void drawSpf(Flow &flow, const spf::Evaluation &spf)
{
    if (std::none_of(spf.root.terms.begin(), spf.root.terms.end(),
                     [](const spf::TermNode &term) { return term.child != nullptr; }))
        return;
    const auto style =
        std::make_shared<const ui::GraphStyle>(ui::paperStyle(flow.fonts().face(TableFont).font));
    const double page = flow.body().height() - LabelRoom;
    Drawn drawn;
    for (int deepest = Deepest; deepest >= 1; --deepest) {
        drawn = drawnTo(deepest, spf, *style, flow.width());
        if (drawn.height <= MostPages * page && drawn.scale * TableFont.size >= LeastSize)
            break;
    }
    // A record with very many includes: smaller letters, rather than no picture.
    const double shrink = std::min(1.0, MostPages * page / std::max(drawn.height, 1.0));
    const double scale = drawn.scale * shrink;
    const double height = drawn.height * shrink;
    if (scale * TableFont.size < LeastSize / 2) {
        flow.note(
            say(QT_TRANSLATE_NOOP("PaperReport", "The include graph is too large for paper; the tree below "
                                                 "lists it.")));
        return;
    }
    // It stays in one piece where that leaves no great hole.
    if (flow.left() < height + LabelRoom &&
        (flow.left() < flow.body().height() * 0.4 || height < flow.body().height() * 0.5))
        flow.newPage();
    auto picture = std::make_shared<ui::GraphPicture>(std::move(drawn.picture));
    ui::fitTexts(*picture, *style);
    flow.label(say(QT_TRANSLATE_NOOP("PaperReport", "The include graph")));
    drawBands(flow, picture, style, scale);
    if (drawn.folded > 0)
        flow.note(
            say(QT_TRANSLATE_NOOP("PaperReport", "%1 branches are drawn folded; the tree below lists them."))
                .arg(drawn.folded));
}

} // namespace mailoscope::print
