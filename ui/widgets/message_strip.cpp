// SPDX-License-Identifier: Apache-2.0
#include "widgets/message_strip.h"

#include "pages/page_parts.h"
#include "theme/metrics.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace mailoscope::ui
{

MessageStrip::MessageStrip(QWidget *parent)
    : QFrame(parent), m_shape(new QLabel), m_text(new QLabel), m_close(new QToolButton)
{
    setObjectName(QStringLiteral("messageStrip"));
    m_text->setObjectName(QStringLiteral("message"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFocusPolicy(Qt::NoFocus);
    m_text->setMinimumWidth(1); // a long name must not make the window wider
    m_close->setObjectName(QStringLiteral("closeMessage"));
    m_close->setIcon(icon(QStringLiteral("clear")));
    fitIcon(*m_close);
    m_close->setAutoRaise(true);
    m_close->setAccessibleName(tr("Close the message"));
    m_close->setToolTip(tr("Close"));
    connect(m_close, &QToolButton::clicked, this, &MessageStrip::fallSilent);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(halfEm(*this), halfEm(*this) / 2, halfEm(*this) / 2, halfEm(*this) / 2);
    row->setSpacing(halfEm(*this));
    row->addWidget(m_shape);
    row->addWidget(m_text, 1);
    row->addWidget(m_close);
    hide();
}

void MessageStrip::say(Meaning meaning, const QString &sentence)
{
    m_meaning = meaning;
    m_shape->setPixmap(
        icon(meaning).pixmap(QSize(fontMetrics().height(), fontMetrics().height()), devicePixelRatioF()));
    m_shape->setAccessibleName(wordFor(meaning));
    m_text->setText(sentence);
    m_text->setAccessibleName(sentence);
    setAccessibleName(sentence);
    show();
    update();
}

void MessageStrip::fallSilent()
{
    m_text->clear();
    hide();
}

QString MessageStrip::sentence() const
{
    return isHidden() ? QString() : m_text->text();
}

void MessageStrip::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.fillRect(QRect(0, 0, halfEm(*this) / 3, height()), Theme(palette()).colour(m_meaning));
    QFrame::paintEvent(event);
}

} // namespace mailoscope::ui
