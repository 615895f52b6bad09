// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/graph_picture.h"

namespace mailoscope::ui
{

class AddressWalk;

/// A walk as the graph shows it.
struct GraphWalk {
    std::vector<int> walked; ///< nodes come through so far, in the order of the picture
    int at = -1;             ///< the node of the step at hand; -1 where there is no walk
    GraphMark step;          ///< what became of it
};

GraphWalk graphWalkOf(const GraphPicture &picture, const AddressWalk &walk);

} // namespace mailoscope::ui
