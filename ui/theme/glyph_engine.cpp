// SPDX-License-Identifier: Apache-2.0
#include "theme/glyph_engine.h"

#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace mailoscope::ui
{

namespace
{

/// Whether the shape points to where one comes from or goes to, which is the other side where text runs from
/// right to left.
bool pointsAlongTheText(const QString &name)
{
    for (const char *each : {"back", "forward", "previous", "next"}) {
        if (name == QLatin1String(each))
            return true;
    }
    return name.startsWith(QLatin1String("step-"));
}

} // namespace

GlyphEngine::GlyphEngine(QString name, std::optional<Meaning> meaning)
    : m_name(std::move(name)), m_meaning(meaning)
{
}

QColor GlyphEngine::colourFor(QIcon::Mode mode) const
{
    const QPalette palette = QGuiApplication::palette();
    if (mode == QIcon::Disabled)
        return palette.color(QPalette::Disabled, QPalette::ButtonText);
    if (mode == QIcon::Selected)
        return palette.color(QPalette::HighlightedText);
    return m_meaning ? Theme(palette).colour(*m_meaning) : palette.color(QPalette::ButtonText);
}

void GlyphEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state)
{
    const qreal ratio = painter->device() ? painter->device()->devicePixelRatio() : 1.0;
    painter->drawPixmap(rect, pixmap((QSizeF(rect.size()) * ratio).toSize(), mode, state));
}

QPixmap GlyphEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State)
{
    const QColor colour = colourFor(mode);
    const bool isMirrored = QGuiApplication::isRightToLeft() && pointsAlongTheText(m_name);
    const QString key = QStringLiteral("mailoscope/%1/%2%3/%4x%5")
                            .arg(m_name, colour.name(), isMirrored ? QStringLiteral("m") : QString())
                            .arg(size.width())
                            .arg(size.height());
    QPixmap drawn;
    if (QPixmapCache::find(key, &drawn))
        return drawn;
    drawn = QPixmap(size);
    drawn.fill(Qt::transparent);
    QSvgRenderer renderer(QStringLiteral(":/mailoscope/icons/%1.svg").arg(m_name));
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&drawn);
    if (isMirrored) {
        painter.translate(size.width(), 0);
        painter.scale(-1, 1);
    }
    renderer.render(&painter);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(drawn.rect(), colour);
    painter.end();
    QPixmapCache::insert(key, drawn);
    return drawn;
}

QIconEngine *GlyphEngine::clone() const
{
    return new GlyphEngine(m_name, m_meaning);
}

} // namespace mailoscope::ui
