// SPDX-License-Identifier: Apache-2.0
#include "theme/palettes.h"

#include <QColor>

namespace mailoscope::ui
{

namespace
{

struct Ground {
    QColor window;
    QColor base;
    QColor other; ///< every second row
    QColor text;
    QColor quiet; ///< disabled and placeholders
    QColor button;
    QColor highlight;
    QColor highlightedText;
    QColor link;
};

Ground groundOf(Appearance appearance)
{
    if (appearance == Appearance::Dark)
        return {QColor(42, 46, 50),      QColor(27, 30, 32), QColor(35, 38, 41),  QColor(239, 240, 241),
                QColor(140, 145, 150),   QColor(49, 54, 59), QColor(29, 84, 120), Qt::white,
                QColor(0x93, 0xC5, 0xFD)};
    if (appearance == Appearance::HighContrast)
        return {Qt::black, Qt::black,  QColor(20, 20, 20), Qt::white, QColor(190, 190, 190),
                Qt::black, Qt::yellow, Qt::black,          Qt::cyan};
    return {QColor(239, 240, 241),   Qt::white,
            QColor(247, 247, 247),   QColor(35, 38, 41),
            QColor(125, 128, 130),   QColor(239, 240, 241),
            QColor(29, 97, 155),     Qt::white,
            QColor(0x1D, 0x4E, 0xD8)};
}

} // namespace

QPalette paletteFor(Appearance appearance)
{
    if (appearance == Appearance::Desktop)
        return {};
    const Ground ground = groundOf(appearance);
    QPalette palette(ground.button, ground.window);
    palette.setColor(QPalette::Base, ground.base);
    palette.setColor(QPalette::AlternateBase, ground.other);
    palette.setColor(QPalette::ToolTipBase, ground.base);
    for (const QPalette::ColorRole role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText,
                                           QPalette::BrightText, QPalette::ToolTipText}) {
        palette.setColor(role, ground.text);
        palette.setColor(QPalette::Disabled, role, ground.quiet);
    }
    palette.setColor(QPalette::PlaceholderText, ground.quiet);
    palette.setColor(QPalette::Highlight, ground.highlight);
    palette.setColor(QPalette::HighlightedText, ground.highlightedText);
    palette.setColor(QPalette::Link, ground.link);
    palette.setColor(QPalette::LinkVisited, ground.link);
    if (appearance == Appearance::HighContrast) {
        // Edges are drawn with these; on black they would vanish.
        for (const QPalette::ColorRole role :
             {QPalette::Light, QPalette::Midlight, QPalette::Mid, QPalette::Dark})
            palette.setColor(role, ground.quiet);
    }
    return palette;
}

} // namespace mailoscope::ui
