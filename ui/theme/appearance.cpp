// SPDX-License-Identifier: Apache-2.0
#include "theme/appearance.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QBoxLayout>
#include <QGridLayout>
#include <QHeaderView>
#include <QSpacerItem>
#include <QStyle>
#include <QTableView>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace mailoscope::ui
{

namespace
{

/// Of the application: properties, so that there is one value a program and none is left behind in tests.
constexpr const char *PercentProperty = "mailoscopeTextPercent";
constexpr const char *MotionProperty = "mailoscopeMotion";

int scaled(int length, double by)
{
    return static_cast<int>(std::lround(length * by));
}

void scaleSpacer(QLayoutItem *item, double by)
{
    QSpacerItem *spacer = item->spacerItem();
    if (!spacer)
        return;
    const QSize size = spacer->sizeHint();
    const QSizePolicy policy = spacer->sizePolicy();
    spacer->changeSize(scaled(size.width(), by), scaled(size.height(), by), policy.horizontalPolicy(),
                       policy.verticalPolicy());
}

void scaleLayout(QLayout &layout, double by)
{
    const QMargins margins = layout.contentsMargins();
    layout.setContentsMargins(scaled(margins.left(), by), scaled(margins.top(), by),
                              scaled(margins.right(), by), scaled(margins.bottom(), by));
    if (auto *grid = qobject_cast<QGridLayout *>(&layout)) {
        grid->setHorizontalSpacing(scaled(grid->horizontalSpacing(), by));
        grid->setVerticalSpacing(scaled(grid->verticalSpacing(), by));
    } else if (qobject_cast<QBoxLayout *>(&layout)) {
        layout.setSpacing(scaled(layout.spacing(), by));
    }
    for (int i = 0; i < layout.count(); ++i)
        scaleSpacer(layout.itemAt(i), by);
    layout.invalidate();
}

void scaleHeader(QHeaderView &header, double by)
{
    header.setDefaultSectionSize(scaled(header.defaultSectionSize(), by));
    for (int i = 0; i < header.count(); ++i) {
        if (header.sectionResizeMode(i) == QHeaderView::Interactive && !header.isSectionHidden(i))
            header.resizeSection(i, scaled(header.sectionSize(i), by));
    }
}

/// What was measured in the font when a widget was made, measured again.
void scaleWidget(QWidget &widget, double by)
{
    // 1 lets a widget shrink as far as it likes.
    if (!widget.isWindow() && widget.minimumWidth() > 1)
        widget.setMinimumWidth(scaled(widget.minimumWidth(), by));
    if (!widget.isWindow() && widget.minimumHeight() > 1)
        widget.setMinimumHeight(scaled(widget.minimumHeight(), by));
    if (widget.maximumWidth() < QWIDGETSIZE_MAX)
        widget.setMaximumWidth(scaled(widget.maximumWidth(), by));
    if (widget.maximumHeight() < QWIDGETSIZE_MAX)
        widget.setMaximumHeight(scaled(widget.maximumHeight(), by));
    if (auto *view = qobject_cast<QAbstractItemView *>(&widget); view && view->iconSize().isValid())
        view->setIconSize(view->iconSize() * by);
    if (auto *header = qobject_cast<QHeaderView *>(&widget))
        scaleHeader(*header, by);
}

} // namespace

void applyAppearance(Appearance appearance)
{
    QApplication::setPalette(paletteFor(appearance));
}

void applyTextSize(int percent)
{
    const QVariant known = qApp->property(PercentProperty);
    const int before = known.isValid() ? known.toInt() : SmallestTextPercent;
    const int now = std::clamp(percent, SmallestTextPercent, LargestTextPercent);
    if (now == before)
        return;
    qApp->setProperty(PercentProperty, now);
    const double by = static_cast<double>(now) / before;

    const QWidgetList all = QApplication::allWidgets();
    std::unordered_map<QWidget *, double> sizes;
    for (QWidget *widget : all)
        sizes[widget] = widget->font().pointSizeF();
    QFont font = QApplication::font();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * by);
    else
        font.setPixelSize(scaled(font.pixelSize(), by));
    QApplication::setFont(font);
    for (QWidget *widget : all) {
        QFont own = widget->font();
        // A size of its own does not follow the program's.
        const bool stayed = own.pointSizeF() > 0 && std::abs(own.pointSizeF() - sizes[widget]) < 0.01;
        if (stayed && widget->testAttribute(Qt::WA_SetFont)) {
            own.setPointSizeF(own.pointSizeF() * by);
            widget->setFont(own);
        }
        scaleWidget(*widget, by);
        for (QLayout *layout : widget->findChildren<QLayout *>(QString(), Qt::FindDirectChildrenOnly)) {
            scaleLayout(*layout, by);
            for (QLayout *inner : layout->findChildren<QLayout *>())
                scaleLayout(*inner, by);
        }
    }
}

bool animationsWanted()
{
    const QVariant chosen = qApp->property(MotionProperty);
    const bool isAllowed = !chosen.isValid() || chosen.toBool();
    return isAllowed && QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0;
}

void setAnimationsWanted(bool wanted)
{
    qApp->setProperty(MotionProperty, wanted);
}

} // namespace mailoscope::ui
