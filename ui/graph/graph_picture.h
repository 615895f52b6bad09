// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/spf_place.h"
#include "theme/theme.h"

#include <QRectF>
#include <QString>

#include <set>
#include <vector>

/// The include tree as a graph: what stands in it and where. All lengths are in lines of text, so that any
/// font can draw it.
namespace mailoscope::ui
{

/// What is notable about a node, said by shape and word.
struct GraphMark {
    Meaning meaning = Meaning::Info;
    QString word;
    friend bool operator==(const GraphMark &, const GraphMark &) = default;
};

/// A record, or a term that costs a look-up or has a flaw. Networks and `all` are told by their record.
struct GraphNode {
    enum class Kind { Record, Term };

    TermPath path;
    Kind kind = Kind::Record;
    int parent = -1;
    std::vector<int> children; ///< those that are shown
    QString edge;              ///< how the parent speaks of it: "+ include", "redirect", "~"
    QString name;
    QString provider;
    QString note;    ///< what the record says by itself: "3 networks · ~all"
    QString figures; ///< look-ups of the subtree, addresses
    std::vector<GraphMark> marks;
    int branch = -1; ///< of the look-up budget, as in the budget bar
    int below = 0;   ///< nodes below, shown or not
    bool isFolded = false;
    QRectF place;
    /// Name and further lines cut to the node's width (fitTexts()); empty until then.
    std::vector<QString> fitted;

    /// Another node can be folded into it.
    bool canFold() const { return below > 0 && parent >= 0; }
    /// Everything in words, a line each.
    QString words() const;
};

struct GraphPicture {
    QString title;
    std::vector<GraphNode> nodes; ///< those that are shown, in the order of the tree; the root first
    QRectF bounds;

    /// The node that shows the place: its own, or the nearest above it. -1 in an empty picture.
    int nodeAt(const TermPath &path) const;
    /// The node at a point, or -1.
    int nodeAt(const QPointF &point) const;
};

/// The places whose branches are folded.
using FoldedPlaces = std::set<TermPath>;

/// The same tree and folds give the same picture. While answers arrive nodes are added and never change their
/// order.
GraphPicture graphOf(const spf::Evaluation &spf, const FoldedPlaces &folded = {});

/// The branches that have to be folded so that nothing deeper than `depth` is shown.
FoldedPlaces foldedAt(const GraphPicture &picture, std::size_t depth);

/// For tests and eyes: a line a node, indented, with its place.
QString toText(const GraphPicture &picture);

/// Measures shared by the layout, the painter and the view.
struct GraphMeasures {
    static constexpr double NodeWidth = 17;
    static constexpr double LevelGap = 6.5; ///< between the columns, where the edges carry their words
    static constexpr double Padding = 0.4;
    static constexpr double Line = 1.1;
    static constexpr double SiblingGap = 0.6;
    static constexpr double CousinGap = 1.2;
    static constexpr double Margin = 1;
    static constexpr double Handle = 1.1; ///< the side of what folds a branch, right of its node
};

/// Where a branch is folded and unfolded; empty where there is nothing to fold.
QRectF foldHandleOf(const GraphNode &node);

} // namespace mailoscope::ui
