// SPDX-License-Identifier: Apache-2.0
#include "widgets/logo_stage.h"

#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QSvgRenderer>
#include <QToolTip>

#include <array>

namespace mailoscope::ui
{

namespace
{

/// Of mailboxes: in a list, above a message, on a contact's page. Pixels, whatever the font.
constexpr std::array<int, 3> Sizes{96, 48, 24};
constexpr int Gap = 16;

} // namespace

LogoStage::LogoStage(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("logoStage"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFocusPolicy(Qt::TabFocus);
}

bool LogoStage::setLogo(const QByteArray &svg, const QString &title)
{
    if (svg == m_svg)
        return true;
    m_svg = svg;
    m_drawn.clear();
    update();
    if (m_svg.isEmpty())
        return true;
    if (!QSvgRenderer(m_svg).isValid()) {
        m_svg.clear();
        return false;
    }
    const QString how = tr("round and square, on light and dark ground, at 96, 48 and 24 pixels");
    setAccessibleName(title.isEmpty() ? tr("The logo as mailboxes would show it")
                                      : tr("The logo “%1” as mailboxes would show it").arg(title));
    setAccessibleDescription(how);
    return true;
}

QSize LogoStage::groundSize() const
{
    int width = Gap;
    for (const int size : Sizes)
        width += 2 * (size + Gap);
    return {width, Sizes.front() + 2 * Gap + em(*this)};
}

bool LogoStage::isStacked(int width) const
{
    return width < 2 * groundSize().width() + Gap;
}

/// Beside each other, or one below the other where there is no room for that.
QRect LogoStage::groundOf(bool isDark) const
{
    const QSize size = groundSize();
    if (!isDark)
        return {QPoint(), size};
    return isStacked(width()) ? QRect(QPoint(0, size.height() + Gap), size)
                              : QRect(QPoint(size.width() + Gap, 0), size);
}

QSize LogoStage::sizeHint() const
{
    const QSize size = groundSize();
    return {2 * size.width() + Gap, size.height()};
}

int LogoStage::heightForWidth(int width) const
{
    const int height = groundSize().height();
    return isStacked(width) ? 2 * height + Gap : height;
}

std::vector<LogoStage::Picture> LogoStage::pictures() const
{
    std::vector<Picture> pictures;
    for (const bool isDark : {false, true}) {
        const QRect ground = groundOf(isDark);
        int left = ground.left() + Gap;
        for (const Shape shape : {Shape::Round, Shape::Square}) {
            for (const int size : Sizes) {
                const int top = ground.top() + Gap + Sizes.front() - size;
                pictures.push_back({shape, isDark, size, QRect(left, top, size, size)});
                left += size + Gap;
            }
        }
    }
    return pictures;
}

QImage LogoStage::drawn(int pixels) const
{
    const qreal ratio = devicePixelRatioF();
    const QSize size = (QSizeF(pixels, pixels) * ratio).toSize();
    for (const QImage &image : m_drawn) {
        if (image.size() == size)
            return image;
    }
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(m_svg);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(QPointF(), QSizeF(size)));
    painter.end();
    m_drawn.push_back(image);
    return image;
}

void LogoStage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const Theme theme(palette());
    for (const bool isDark : {false, true}) {
        const QRect ground = groundOf(isDark);
        painter.setPen(QPen(theme.hairline(), 1));
        painter.setBrush(Theme::mailboxGround(isDark));
        painter.drawRoundedRect(QRectF(ground).adjusted(0.5, 0.5, -0.5, -0.5), Gap / 4.0, Gap / 4.0);
    }
    if (m_svg.isEmpty())
        return;
    for (const Picture &picture : pictures()) {
        painter.save();
        if (picture.shape == Shape::Round) {
            QPainterPath circle;
            circle.addEllipse(QRectF(picture.place));
            painter.setClipPath(circle);
        }
        painter.drawImage(picture.place, drawn(picture.pixels));
        painter.restore();
        painter.setPen(Theme::mailboxText(picture.isDark));
        const QString caption = QString::number(picture.pixels);
        const QRect below(picture.place.left() - Gap / 2, picture.place.bottom() + Gap / 4,
                          picture.pixels + Gap, em(*this));
        painter.drawText(below, Qt::AlignCenter | Qt::TextSingleLine, caption);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1, Qt::DotLine));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

QString LogoStage::wordsOf(const Picture &picture)
{
    const QString shape = picture.shape == Shape::Round ? tr("Cut round") : tr("Square");
    const QString ground = picture.isDark ? tr("on dark ground") : tr("on light ground");
    return tr("%1, %2, %3 pixels").arg(shape, ground).arg(picture.pixels);
}

bool LogoStage::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && hasLogo()) {
        const auto *help = static_cast<QHelpEvent *>(event);
        for (const Picture &picture : pictures()) {
            if (picture.place.contains(help->pos())) {
                QToolTip::showText(help->globalPos(), toolTipFor(wordsOf(picture)), this);
                return true;
            }
        }
        QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace mailoscope::ui
