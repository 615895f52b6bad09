// SPDX-License-Identifier: Apache-2.0
#include "theme/metrics.h"

#include <QFontDatabase>
#include <QFontMetrics>
#include <QHeaderView>
#include <QTableView>
#include <QWidget>

namespace mailoscope::ui
{

int em(const QWidget &widget)
{
    return widget.fontMetrics().height();
}

int halfEm(const QWidget &widget)
{
    return (em(widget) + 1) / 2;
}

int digits(const QWidget &widget, int count)
{
    return widget.fontMetrics().horizontalAdvance(QLatin1Char('0')) * count;
}

QFont codeFont(const QWidget &widget)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const QFont around = widget.font();
    if (around.pointSizeF() > 0)
        font.setPointSizeF(around.pointSizeF());
    else
        font.setPixelSize(around.pixelSize());
    return font;
}

void setUpTable(QTableView &table)
{
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::ExtendedSelection);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setAlternatingRowColors(true);
    table.setTabKeyNavigation(false);
    table.setFrameShape(QFrame::NoFrame);
    const int shape = table.fontMetrics().ascent();
    table.setIconSize(QSize(shape, shape));
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.verticalHeader()->hide();
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.verticalHeader()->setDefaultSectionSize(em(table) + halfEm(table) * 2 / 3);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setStretchLastSection(true);
    table.horizontalHeader()->setSectionsMovable(true);
}

} // namespace mailoscope::ui
