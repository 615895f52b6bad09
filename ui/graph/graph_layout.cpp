// SPDX-License-Identifier: Apache-2.0
#include "graph/graph_layout.h"

#include <algorithm>
#include <cstddef>

namespace mailoscope::ui
{

namespace
{

/// Buchheim, Jünger and Leipert, "Improving Walker's algorithm to run in linear time" (Graph Drawing 2002),
/// for nodes of unequal height. Its names are kept; "left" is up and "right" is down here.
class TidyTree
{
public:
    explicit TidyTree(const TreeShape &shape) : m_shape(shape), m_nodes(shape.nodes.size())
    {
        for (std::size_t i = 0; i < m_nodes.size(); ++i) {
            m_nodes[i].ancestor = static_cast<int>(i);
            const int parent = shape.nodes[i].parent;
            if (parent < 0)
                continue;
            m_nodes[i].number = static_cast<int>(at(parent).children.size());
            at(parent).children.push_back(static_cast<int>(i));
        }
    }

    std::vector<double> tops()
    {
        std::vector<double> tops(m_nodes.size());
        if (m_nodes.empty())
            return tops;
        firstWalk(0);
        // Preorder: a parent's sum of modifiers is ready before its children are reached.
        std::vector<double> sums(m_nodes.size());
        double topmost = 0;
        for (std::size_t i = 0; i < m_nodes.size(); ++i) {
            const int parent = m_shape.nodes[i].parent;
            if (parent >= 0)
                sums[i] = sums[static_cast<std::size_t>(parent)] + at(parent).mod;
            tops[i] = m_nodes[i].prelim + sums[i] - m_shape.nodes[i].height / 2;
            topmost = i == 0 ? tops[i] : std::min(topmost, tops[i]);
        }
        for (double &top : tops)
            top -= topmost;
        return tops;
    }

private:
    struct Node {
        std::vector<int> children;
        int number = 0; ///< among its siblings
        double prelim = 0;
        double mod = 0;
        double shift = 0;
        double change = 0;
        int thread = -1;
        int ancestor = 0;
    };

    Node &at(int node) { return m_nodes[static_cast<std::size_t>(node)]; }
    int parentOf(int node) const { return m_shape.nodes[static_cast<std::size_t>(node)].parent; }
    int leftSibling(int node)
    {
        const int number = at(node).number;
        return number == 0 ? -1 : at(parentOf(node)).children[static_cast<std::size_t>(number) - 1];
    }
    int nextLeft(int node) { return at(node).children.empty() ? at(node).thread : at(node).children.front(); }
    int nextRight(int node) { return at(node).children.empty() ? at(node).thread : at(node).children.back(); }
    double distance(int left, int right) const
    {
        const double gap = parentOf(left) == parentOf(right) ? m_shape.siblingGap : m_shape.cousinGap;
        return (m_shape.nodes[static_cast<std::size_t>(left)].height +
                m_shape.nodes[static_cast<std::size_t>(right)].height) /
                   2 +
               gap;
    }

    /// As deep as the tree, which spf::TreeBounds bounds.
    void firstWalk(int v)
    {
        const int left = v == 0 ? -1 : leftSibling(v);
        const double besideLeft = left < 0 ? 0 : at(left).prelim + distance(left, v);
        if (at(v).children.empty()) {
            at(v).prelim = besideLeft;
            return;
        }
        int defaultAncestor = at(v).children.front();
        for (const int child : at(v).children) {
            firstWalk(child);
            defaultAncestor = apportion(child, defaultAncestor);
        }
        executeShifts(v);
        const double middle = (at(at(v).children.front()).prelim + at(at(v).children.back()).prelim) / 2;
        at(v).prelim = left < 0 ? middle : besideLeft;
        at(v).mod = at(v).prelim - middle;
    }

    /// Moves the subtree at v down until it is clear of those above it, and spreads the way over the smaller
    /// subtrees between.
    int apportion(int v, int defaultAncestor)
    {
        const int left = leftSibling(v);
        if (left < 0)
            return defaultAncestor;
        int insideRight = v;
        int outsideRight = v;
        int insideLeft = left;
        int outsideLeft = at(parentOf(v)).children.front();
        double sumInsideRight = at(insideRight).mod;
        double sumOutsideRight = at(outsideRight).mod;
        double sumInsideLeft = at(insideLeft).mod;
        double sumOutsideLeft = at(outsideLeft).mod;
        while (nextRight(insideLeft) >= 0 && nextLeft(insideRight) >= 0) {
            insideLeft = nextRight(insideLeft);
            insideRight = nextLeft(insideRight);
            outsideLeft = nextLeft(outsideLeft);
            outsideRight = nextRight(outsideRight);
            at(outsideRight).ancestor = v;
            const double shift = at(insideLeft).prelim + sumInsideLeft -
                                 (at(insideRight).prelim + sumInsideRight) +
                                 distance(insideLeft, insideRight);
            if (shift > 0) {
                const int ancestor = at(insideLeft).ancestor;
                const bool isSibling = parentOf(ancestor) == parentOf(v);
                moveSubtree(isSibling ? ancestor : defaultAncestor, v, shift);
                sumInsideRight += shift;
                sumOutsideRight += shift;
            }
            sumInsideLeft += at(insideLeft).mod;
            sumInsideRight += at(insideRight).mod;
            sumOutsideLeft += at(outsideLeft).mod;
            sumOutsideRight += at(outsideRight).mod;
        }
        if (nextRight(insideLeft) >= 0 && nextRight(outsideRight) < 0) {
            at(outsideRight).thread = nextRight(insideLeft);
            at(outsideRight).mod += sumInsideLeft - sumOutsideRight;
        }
        if (nextLeft(insideRight) >= 0 && nextLeft(outsideLeft) < 0) {
            at(outsideLeft).thread = nextLeft(insideRight);
            at(outsideLeft).mod += sumInsideRight - sumOutsideLeft;
            defaultAncestor = v;
        }
        return defaultAncestor;
    }

    void moveSubtree(int left, int right, double shift)
    {
        const double each = shift / (at(right).number - at(left).number);
        at(right).change -= each;
        at(right).shift += shift;
        at(left).change += each;
        at(right).prelim += shift;
        at(right).mod += shift;
    }

    void executeShifts(int v)
    {
        double shift = 0;
        double change = 0;
        const std::vector<int> &children = at(v).children;
        for (auto child = children.rbegin(); child != children.rend(); ++child) {
            Node &node = at(*child);
            node.prelim += shift;
            node.mod += shift;
            change += node.change;
            shift += node.shift + change;
        }
    }

    const TreeShape &m_shape;
    std::vector<Node> m_nodes;
};

} // namespace

std::vector<double> tidyTops(const TreeShape &shape)
{
    return TidyTree(shape).tops();
}

} // namespace mailoscope::ui
