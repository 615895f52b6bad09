// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/graph_picture.h"
#include "theme/theme.h"

#include <QFont>

class QPainter;

/// Draws the include graph with QPainter alone: on screen, on paper, into files.
namespace mailoscope::ui
{

/// Font and colours. One line of text (GraphMeasures) is `em` pixels of the painter; to draw in another size,
/// scale the painter.
struct GraphStyle {
    QFont font; ///< its size in pixels, so that every device draws it alike
    QFont bold;
    double em = 16;
    Theme theme;
    QColor ground;
    QColor node;
    QColor text;
    QColor quiet;
    QColor line;
    QColor highlight;
    double leastText = 0; ///< text less high than these pixels is left out: nobody could read it
};

/// For the palette of a window.
GraphStyle screenStyle(const QFont &font, const QPalette &palette);
/// Black on white, to be read without colours too.
GraphStyle paperStyle(const QFont &font);

/// What is drawn over the graph: the current node and a walk.
struct GraphState {
    int current = -1;
    bool hasFocus = false;
    std::vector<int> walked; ///< nodes the walk has come through
    QRectF ring;             ///< around the node at hand; empty where there is no walk
    GraphMark step;          ///< what became of the step at hand
    QRectF stepAt;           ///< the node it is said of
};

/// Cuts the texts to the width of their nodes, once for all that is painted after.
void fitTexts(GraphPicture &picture, const GraphStyle &style);

/// In pixels of the painter.
QSizeF sizeOf(const GraphPicture &picture, const GraphStyle &style);

/// Draws what `part` touches, in lines of text as the picture's places are; everything where it is empty. The
/// picture's bounds begin at the painter's origin. The ground is left as it is.
void paintGraph(QPainter &painter, const GraphPicture &picture, const GraphStyle &style,
                const QRectF &part = {}, const GraphState &state = {});

/// Draws everything as large as it fits into `target`, at most in its natural size, in the middle of the top.
void paintGraphInto(QPainter &painter, const QRectF &target, const GraphPicture &picture,
                    const GraphStyle &style);

} // namespace mailoscope::ui
