// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProxyStyle>

namespace mailoscope::ui
{

/// Draws an edge around everything that can be typed into, pressed or chosen. The edges of other styles are
/// shades of the ground, and on black cannot be seen.
class ContrastStyle : public QProxyStyle
{
public:
    /// Takes the place of the style of this name.
    explicit ContrastStyle(const QString &before);
    const QString &before() const { return m_before; }

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget = nullptr) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget = nullptr) const override;

private:
    QString m_before;
};

} // namespace mailoscope::ui
