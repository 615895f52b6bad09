// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

/// Where the nodes of a tree stand that grows from left to right, each depth in a column of its own.
namespace mailoscope::ui
{

/// A tree in preorder: each node behind its parent, siblings in their order.
struct TreeShape {
    struct Node {
        int parent = -1; ///< -1 for the root alone
        double height = 1;
    };
    std::vector<Node> nodes;
    double siblingGap = 0.5; ///< between nodes of one parent
    double cousinGap = 1;    ///< between other neighbours of a column
};

/// The top of each node, the topmost being 0: parents in the middle of their children, equal subtrees alike,
/// nothing overlapping, siblings in their order. In linear time.
std::vector<double> tidyTops(const TreeShape &shape);

} // namespace mailoscope::ui
