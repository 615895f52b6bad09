// SPDX-License-Identifier: Apache-2.0
#include "pages/state_page.h"

#include "pages/page_parts.h"
#include "theme/metrics.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace mailoscope::ui
{

StatePage::StatePage(const QString &name, QWidget *parent)
    : QWidget(parent),
      m_shape(new QLabel),
      m_title(sentenceLabel()),
      m_text(sentenceLabel()),
      m_button(new QPushButton)
{
    setObjectName(QStringLiteral("statePage"));
    m_title->setObjectName(name + QStringLiteral("Title"));
    m_text->setObjectName(name + QStringLiteral("Text"));
    m_button->setObjectName(name + QStringLiteral("Action"));
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    m_title->setFont(large);
    auto *column = new QWidget;
    column->setMaximumWidth(digits(*this, 80));
    auto *rows = new QVBoxLayout(column);
    rows->setSpacing(em(*this));
    rows->addWidget(m_shape);
    rows->addWidget(m_title);
    rows->addWidget(m_text);
    rows->addWidget(m_button, 0, Qt::AlignLeft);
    auto *outer = new QVBoxLayout(this);
    outer->addStretch(2);
    auto *middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(column, 6);
    middle->addStretch(1);
    outer->addLayout(middle);
    outer->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, &StatePage::actionWanted);
}

void StatePage::tell(Meaning meaning, const QString &title, const QString &text, const QString &action)
{
    const int size = em(*this) * 2;
    m_shape->setPixmap(icon(meaning).pixmap(QSize(size, size), devicePixelRatioF()));
    m_title->setText(title);
    m_text->setText(text);
    m_button->setText(action);
    m_button->setVisible(!action.isEmpty());
    setAccessibleName(title);
}

QString StatePage::title() const
{
    return m_title->text();
}

} // namespace mailoscope::ui
