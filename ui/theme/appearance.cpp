// SPDX-License-Identifier: Apache-2.0
#include "theme/appearance.h"

#include "theme/contrast_style.h"
#include "widgets/flow_layout.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QBoxLayout>
#include <QGridLayout>
#include <QHeaderView>
#include <QPointer>
#include <QSpacerItem>
#include <QStyle>
#include <QTableView>

#include <algorithm>
#include <cmath>
#include <vector>

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
    } else if (qobject_cast<QBoxLayout *>(&layout) || dynamic_cast<FlowLayout *>(&layout)) {
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

/// What was measured in the font when a widget was made.
struct Measured {
    QPointer<QWidget> widget;
    double points = 0;
    QSize least;
    QSize most;
    QSize icons;
};

Measured measure(QWidget &widget)
{
    Measured measured{&widget, widget.font().pointSizeF(), widget.minimumSize(), widget.maximumSize(), {}};
    if (const auto *view = qobject_cast<QAbstractItemView *>(&widget))
        measured.icons = view->iconSize();
    if (const auto *button = qobject_cast<QAbstractButton *>(&widget);
        button && button->iconSize().width() != widget.style()->pixelMetric(QStyle::PM_ButtonIconSize))
        measured.icons = button->iconSize();
    return measured;
}

/// A length as the widget has it: measured again, where it has not done that itself. 1 lets a widget shrink
/// as far as it likes.
int rescaled(int length, int before, double by)
{
    return length > 1 && length < QWIDGETSIZE_MAX && length == before ? scaled(length, by) : length;
}

/// A size of its own does not follow the program's.
void scaleFont(QWidget &widget, double pointsBefore, double by)
{
    QFont own = widget.font();
    const bool stayed = own.pointSizeF() > 0 && std::abs(own.pointSizeF() - pointsBefore) < 0.01;
    if (!stayed || !widget.testAttribute(Qt::WA_SetFont))
        return;
    own.setPointSizeF(own.pointSizeF() * by);
    widget.setFont(own);
}

void scaleSizes(const Measured &before, double by)
{
    QWidget &widget = *before.widget;
    if (!widget.isWindow())
        widget.setMinimumSize(rescaled(widget.minimumWidth(), before.least.width(), by),
                              rescaled(widget.minimumHeight(), before.least.height(), by));
    widget.setMaximumSize(rescaled(widget.maximumWidth(), before.most.width(), by),
                          rescaled(widget.maximumHeight(), before.most.height(), by));
    if (auto *view = qobject_cast<QAbstractItemView *>(&widget);
        view && view->iconSize().isValid() && view->iconSize() == before.icons)
        view->setIconSize(view->iconSize() * by);
    if (auto *button = qobject_cast<QAbstractButton *>(&widget);
        button && before.icons.isValid() && button->iconSize() == before.icons)
        button->setIconSize(button->iconSize() * by);
    if (auto *header = qobject_cast<QHeaderView *>(&widget))
        scaleHeader(*header, by);
}

} // namespace

void applyAppearance(Appearance appearance)
{
    const auto *contrasting = dynamic_cast<const ContrastStyle *>(QApplication::style());
    const bool isWanted = appearance == Appearance::HighContrast;
    if (isWanted && !contrasting)
        QApplication::setStyle(new ContrastStyle(QApplication::style()->objectName()));
    else if (!isWanted && contrasting)
        QApplication::setStyle(QString(contrasting->before())); // which goes with it
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

    std::vector<Measured> all;
    for (QWidget *widget : QApplication::allWidgets())
        all.push_back(measure(*widget));
    QFont font = QApplication::font();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * by);
    else
        font.setPixelSize(scaled(font.pixelSize(), by));
    QApplication::setFont(font);
    // Some have answered to that by now: made other widgets, or measured themselves again.
    for (const Measured &before : all) {
        if (before.widget)
            scaleFont(*before.widget, before.points, by);
    }
    for (const Measured &before : all) {
        if (!before.widget)
            continue;
        scaleSizes(before, by);
        for (QLayout *layout :
             before.widget->findChildren<QLayout *>(QString(), Qt::FindDirectChildrenOnly)) {
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
