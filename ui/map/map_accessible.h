// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/drawn_accessible.h"

namespace mailoscope::ui
{

class MapView;

/// The map as a screen reader meets it: a list whose items are the blocks that are seen, row by row; its
/// value is what is known of the block at hand.
class MapAccessible : public DrawnAccessible
{
public:
    explicit MapAccessible(MapView &view);

    /// Makes every MapView have one. To be called before the first is asked.
    static void install();

    QString text(QAccessible::Text text) const override;
    int childCount() const override;
    QAccessibleInterface *focusChild() const override;

protected:
    DrawnItem *makeItem(int index) const override;

private:
    MapView &view() const;
};

} // namespace mailoscope::ui
