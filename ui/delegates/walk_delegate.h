// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/dmarc_walk_text.h"

#include <QStyledItemDelegate>

namespace mailoscope::ui
{

/// Draws a DNS tree walk: a rail with the numbered steps; beside each the name that was asked for, with the
/// labels that fell away struck out; below it what was there, and what that means for the walk.
class WalkDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    struct Layout;
    static Layout layOut(const QStyleOptionViewItem &option, const WalkRow &row);
    static void paintRail(QPainter &painter, const Layout &layout, const QStyleOptionViewItem &option,
                          const WalkRow &row, const WalkRow *before);
    static void paintName(QPainter &painter, const Layout &layout, const QStyleOptionViewItem &option,
                          const WalkRow &row);
    static void paintBadges(QPainter &painter, const Layout &layout, const QStyleOptionViewItem &option,
                            const WalkRow &row);
};

} // namespace mailoscope::ui
