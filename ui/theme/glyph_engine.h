// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/theme.h"

#include <QIconEngine>

#include <optional>

namespace mailoscope::ui
{

/// Draws a one-coloured SVG of our family in the colour that its meaning has in the palette of the moment, or
/// in the colour of button text where it has no meaning.
class GlyphEngine : public QIconEngine
{
public:
    GlyphEngine(QString name, std::optional<Meaning> meaning);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QIconEngine *clone() const override;

private:
    QColor colourFor(QIcon::Mode mode) const;

    QString m_name;
    std::optional<Meaning> m_meaning;
};

} // namespace mailoscope::ui
