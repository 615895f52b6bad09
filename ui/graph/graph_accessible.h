// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/drawn_accessible.h"

namespace mailoscope::ui
{

class GraphView;

/// The graph as a screen reader meets it: a tree whose items are the nodes that are shown, in their order.
class GraphAccessible : public DrawnAccessible
{
public:
    explicit GraphAccessible(GraphView &view);

    /// Makes every GraphView have one. To be called before the first is asked.
    static void install();

    int childCount() const override;
    QAccessibleInterface *focusChild() const override;

protected:
    DrawnItem *makeItem(int index) const override;

private:
    const GraphView &view() const;
};

} // namespace mailoscope::ui
