// SPDX-License-Identifier: Apache-2.0
#include "widgets/section_card.h"

#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QPainter>
#include <QStyle>

namespace mailoscope::ui
{

SectionCard::SectionCard(Section section, QWidget *parent) : QAbstractButton(parent), m_section(section)
{
    setObjectName(QStringLiteral("card %1").arg(toQString(shortTitleOf(section))));
    setText(toQString(shortTitleOf(section)));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    show(Standing());
}

void SectionCard::show(const Standing &standing)
{
    m_standing = standing;
    const QString gist = toQString(standing.gist);
    setAccessibleName(QStringLiteral("%1: %2. %3").arg(text(), wordFor(meaningOf(standing.mark)), gist));
    setToolTip(toolTipFor(gist));
    update();
}

QSize SectionCard::sizeHint() const
{
    return {digits(*this, 30), em(*this) * 3 + halfEm(*this) * 3};
}

void SectionCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme theme(palette());
    const Meaning meaning = meaningOf(m_standing.mark);
    const bool isLit = underMouse() || hasFocus();
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(
        QPen(hasFocus() ? palette().color(QPalette::Highlight) : theme.hairline(), hasFocus() ? 2 : 1));
    painter.setBrush(isLit ? palette().color(QPalette::AlternateBase) : palette().color(QPalette::Base));
    painter.drawRoundedRect(frame, halfEm(*this) / 2.0, halfEm(*this) / 2.0);

    const int space = halfEm(*this);
    const int line = em(*this);
    const bool isRightToLeft = layoutDirection() == Qt::RightToLeft;
    QRect inner = rect().adjusted(space, space, -space, -space);
    const QRect shape =
        QStyle::visualRect(layoutDirection(), inner, QRect(inner.topLeft(), QSize(line, line)));
    ui::icon(meaning).paint(&painter, shape);
    QRect head = inner;
    head.setHeight(line);
    head.adjust(isRightToLeft ? 0 : line + space / 2, 0, isRightToLeft ? -(line + space / 2) : 0, 0);
    const QString word = m_standing.findings > 0
                             ? QStringLiteral("%1  %2").arg(wordFor(meaning)).arg(m_standing.findings)
                             : wordFor(meaning);
    painter.setPen(theme.colour(meaning));
    painter.drawText(head, Qt::AlignTrailing | Qt::AlignVCenter | Qt::TextSingleLine, word);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(head, Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine, text());
    painter.setFont(font());
    inner.setTop(head.bottom() + space / 2);
    painter.drawText(inner, Qt::AlignLeading | Qt::AlignTop | Qt::TextWordWrap, toQString(m_standing.gist));
}

void SectionCard::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void SectionCard::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace mailoscope::ui
