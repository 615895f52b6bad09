// SPDX-License-Identifier: Apache-2.0
#include "print/page.h"

#include <QFontMetricsF>

#include <algorithm>

namespace mailoscope::print
{

Geometry geometryOf(Paper paper)
{
    constexpr qreal Side = 560;
    constexpr qreal Top = 720;
    constexpr qreal Foot = 640;
    const QSizeF size = paper == Paper::A4 ? QSizeF(5950, 8420) : QSizeF(6120, 7920);
    return {size, QRectF(Side, Top, size.width() - 2 * Side, size.height() - Top - Foot)};
}

const Fonts::Face &Fonts::face(const FontKey &key)
{
    const auto [at, isNew] = m_faces.try_emplace(key);
    Face &face = at->second;
    if (!isNew)
        return face;
    face.font = QFont();
    face.font.setFamilies(key.isCode
                              ? QStringList{QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Menlo"),
                                            QStringLiteral("Consolas"), QStringLiteral("monospace")}
                              : QStringList{QStringLiteral("DejaVu Sans"), QStringLiteral("Helvetica"),
                                            QStringLiteral("Arial"), QStringLiteral("sans-serif")});
    face.font.setPixelSize(key.size);
    face.font.setBold(key.isBold);
    face.font.setHintingPreference(QFont::PreferNoHinting);
    // Ligatures could not be told apart when text is copied; the smallest spacing there is switches them off.
    if (!key.isCode)
        face.font.setLetterSpacing(QFont::AbsoluteSpacing, 1.0 / 64);
    const QFontMetricsF metrics(face.font);
    face.ascent = metrics.ascent();
    face.leading = key.size * 1.38;
    face.codeWidth = metrics.horizontalAdvance(QLatin1Char('x'));
    return face;
}

qreal Fonts::widthOf(const QString &text, const FontKey &key)
{
    const Face &known = face(key);
    const bool isAscii = std::all_of(text.begin(), text.end(),
                                     [](QChar c) { return c >= QLatin1Char(' ') && c < QChar(0x7f); });
    if (key.isCode && isAscii)
        return known.codeWidth * static_cast<qreal>(text.size());
    return QFontMetricsF(known.font).horizontalAdvance(text);
}

} // namespace mailoscope::print
