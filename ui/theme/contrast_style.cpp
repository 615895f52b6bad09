// SPDX-License-Identifier: Apache-2.0
#include "theme/contrast_style.h"

#include <QPainter>
#include <QStyleOption>

namespace mailoscope::ui
{

namespace
{

bool hasEdge(QStyle::PrimitiveElement element)
{
    return element == QStyle::PE_FrameLineEdit || element == QStyle::PE_Frame ||
           element == QStyle::PE_FrameGroupBox || element == QStyle::PE_PanelButtonCommand ||
           element == QStyle::PE_PanelButtonTool || element == QStyle::PE_IndicatorCheckBox ||
           element == QStyle::PE_IndicatorRadioButton;
}

void drawEdge(const QStyleOption &option, QPainter &painter)
{
    const bool hasFocus = option.state.testFlag(QStyle::State_HasFocus);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(option.palette.color(hasFocus ? QPalette::Highlight : QPalette::Mid), 1));
    painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
    if (hasFocus)
        painter.drawRect(option.rect.adjusted(1, 1, -2, -2));
    painter.restore();
}

} // namespace

ContrastStyle::ContrastStyle(const QString &before) : QProxyStyle(QStringLiteral("fusion")), m_before(before)
{
}

void ContrastStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                  const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    if (option && hasEdge(element))
        drawEdge(*option, *painter);
}

void ContrastStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                       QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (option && (control == CC_ComboBox || control == CC_SpinBox))
        drawEdge(*option, *painter);
}

} // namespace mailoscope::ui
