// SPDX-License-Identifier: Apache-2.0
#include "print/spf_drawing.h"

#include "graph/graph_painter.h"
#include "graph/graph_picture.h"
#include "print/chapters.h"

#include <algorithm>
#include <memory>

namespace mailoscope::print
{

namespace
{

constexpr double LeastSize = 42; // of letters, to be read
constexpr int Deepest = 8;

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

} // namespace

void drawSpf(Flow &flow, const spf::Evaluation &spf)
{
    if (std::none_of(spf.root.terms.begin(), spf.root.terms.end(),
                     [](const spf::TermNode &term) { return term.child != nullptr; }))
        return;
    const auto style =
        std::make_shared<const ui::GraphStyle>(ui::paperStyle(flow.fonts().face(TableFont).font));
    const double most = flow.body().height() - 600;
    Drawn drawn;
    for (int deepest = Deepest; deepest >= 1; --deepest) {
        drawn = drawnTo(deepest, spf, *style, flow.width());
        if (drawn.height <= most && drawn.scale * TableFont.size >= LeastSize)
            break;
    }
    // A record with very many includes: smaller letters, rather than no picture.
    const double scale = std::min(drawn.scale, drawn.scale * most / std::max(drawn.height, 1.0));
    const double height = std::min(drawn.height, most);
    if (scale * TableFont.size < LeastSize / 2) {
        flow.note(
            say(QT_TRANSLATE_NOOP("PaperReport", "The include graph is too large for paper; the tree below "
                                                 "lists it.")));
        return;
    }
    auto picture = std::make_shared<ui::GraphPicture>(std::move(drawn.picture));
    ui::fitTexts(*picture, *style);
    flow.need(height + 350);
    flow.label(say(QT_TRANSLATE_NOOP("PaperReport", "The include graph")));
    flow.drawing(height, [picture, style](QPainter &painter, const QRectF &area) {
        const QSizeF size = ui::sizeOf(*picture, *style);
        const double fit = std::min({1.0, area.width() / size.width(), area.height() / size.height()});
        painter.translate(area.topLeft());
        painter.scale(fit, fit);
        ui::paintGraph(painter, *picture, *style);
    });
    if (drawn.folded > 0)
        flow.note(
            say(QT_TRANSLATE_NOOP("PaperReport", "%1 branches are drawn folded; the tree below lists them."))
                .arg(drawn.folded));
}

} // namespace mailoscope::print
