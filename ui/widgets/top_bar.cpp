// SPDX-License-Identifier: Apache-2.0
#include "widgets/top_bar.h"

#include "pages/page_parts.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/domain_field.h"
#include "widgets/resolver_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QShortcut>
#include <QToolButton>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

QToolButton *stepButton(TopBar &bar, const QString &name, const QString &shape, const QString &words,
                        const QKeySequence &keys)
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(icon(shape));
    fitIcon(*button);
    button->setAutoRaise(true);
    // A shortcut of the button's own would press it slowly.
    QObject::connect(new QShortcut(keys, &bar), &QShortcut::activated, button, &QAbstractButton::click);
    button->setAccessibleName(words);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(words, keys.toString(QKeySequence::NativeText)));
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

TopBar::TopBar(QWidget *parent)
    : QWidget(parent),
      m_domain(new DomainField),
      m_resolver(new ResolverField),
      m_button(new QPushButton),
      m_back(stepButton(*this, QStringLiteral("goBack"), QStringLiteral("back"),
                        tr("Back to the domain before"), Qt::ALT | Qt::Key_PageUp)),
      m_forward(stepButton(*this, QStringLiteral("goForward"), QStringLiteral("forward"),
                           tr("On to the domain after"), Qt::ALT | Qt::Key_PageDown)),
      m_previous(stepButton(*this, QStringLiteral("previousDomain"), QStringLiteral("previous"),
                            tr("Previous domain of the list"), Qt::ALT | Qt::Key_Up)),
      m_next(stepButton(*this, QStringLiteral("nextDomain"), QStringLiteral("next"),
                        tr("Next domain of the list"), Qt::ALT | Qt::Key_Down)),
      m_list(new QComboBox),
      m_progress(new QProgressBar),
      m_count(new QLabel)
{
    setObjectName(QStringLiteral("topBar"));
    m_button->setObjectName(QStringLiteral("inspectButton"));
    m_list->setObjectName(QStringLiteral("domainList"));
    m_list->setAccessibleName(tr("List of domains"));
    m_list->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_list->setMinimumContentsLength(20);
    // Where room is short they show less.
    m_list->setMinimumWidth(digits(*this, 10));
    m_resolver->setMinimumWidth(digits(*this, 10));
    m_domain->setMinimumWidth(digits(*this, 20));
    m_progress->setObjectName(QStringLiteral("progress"));
    m_progress->setAccessibleName(tr("Look-ups done"));
    m_progress->setTextVisible(false);
    QSizePolicy stays = m_progress->sizePolicy();
    stays.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(stays);
    m_progress->setFixedHeight(std::max(3, em(*this) / 4));
    m_count->setObjectName(QStringLiteral("progressText"));
    m_count->setTextFormat(Qt::PlainText);

    auto *domainLabel = new QLabel(tr("&Domain"));
    domainLabel->setBuddy(m_domain);
    auto *resolverLabel = new QLabel(tr("&Resolver"));
    resolverLabel->setBuddy(m_resolver);

    auto *fields = new QHBoxLayout;
    fields->setSpacing(halfEm(*this));
    fields->addWidget(m_back);
    fields->addWidget(m_forward);
    fields->addWidget(domainLabel);
    fields->addWidget(m_domain, 1);
    fields->addWidget(m_button);
    fields->addWidget(m_previous);
    fields->addWidget(m_list);
    fields->addWidget(m_next);
    fields->addSpacing(halfEm(*this));
    fields->addWidget(resolverLabel);
    fields->addWidget(m_resolver);
    auto *progress = new QHBoxLayout;
    progress->setSpacing(halfEm(*this));
    progress->addWidget(m_progress, 1);
    progress->addWidget(m_count);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(halfEm(*this), halfEm(*this), halfEm(*this), halfEm(*this) / 2);
    rows->setSpacing(halfEm(*this) / 2);
    rows->addLayout(fields);
    rows->addLayout(progress);

    connect(m_domain, &QLineEdit::returnPressed, this, &TopBar::inspectRequested);
    connect(m_button, &QPushButton::clicked, this, &TopBar::press);
    connect(m_resolver->lineEdit(), &QLineEdit::returnPressed, this, &TopBar::inspectRequested);
    connect(m_back, &QToolButton::clicked, this, &TopBar::backWanted);
    connect(m_forward, &QToolButton::clicked, this, &TopBar::forwardWanted);
    showSteps(false, false);
    connect(m_previous, &QToolButton::clicked, this, [this] { stepInList(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { stepInList(1); });
    connect(m_list, &QComboBox::activated, this, [this] { stepInList(0); });
    showRunning(false);
    clearProgress();
    setList({});
}

void TopBar::showRunning(bool running)
{
    m_running = running;
    m_button->setText(running ? tr("&Stop") : tr("&Inspect"));
    m_button->setIcon(icon(running ? QStringLiteral("stop") : QStringLiteral("inspect")));
    m_button->setToolTip(running ? tr("Stop asking; what is known stays (Esc)")
                                 : tr("Inspect the domain (Enter)"));
    // Both words fit, so that nothing beside the button moves.
    const int widest = std::max(fontMetrics().horizontalAdvance(tr("&Stop")),
                                fontMetrics().horizontalAdvance(tr("&Inspect")));
    m_button->setMinimumWidth(widest + 3 * em(*this));
    fitIcon(*m_button);
    m_progress->setVisible(running);
}

void TopBar::press()
{
    if (m_running)
        Q_EMIT stopRequested();
    else
        Q_EMIT inspectRequested();
}

void TopBar::showProgress(int done, int known)
{
    m_progress->setRange(0, std::max(1, known));
    m_progress->setValue(done);
    m_count->setText(tr("%1 of %n look-up(s)", nullptr, known).arg(done));
    m_count->setToolTip({});
}

void TopBar::clearProgress()
{
    m_progress->setRange(0, 1);
    m_progress->setValue(0);
    m_count->clear();
}

void TopBar::showSummary(const QString &text, const QString &toolTip)
{
    m_count->setText(text);
    m_count->setToolTip(toolTip);
}

void TopBar::setList(const QStringList &domains)
{
    m_list->clear();
    m_list->addItems(domains);
    const bool isList = domains.size() > 1;
    m_list->setVisible(isList);
    m_previous->setVisible(isList);
    m_next->setVisible(isList);
    updateSteps();
}

void TopBar::showSteps(bool hasBefore, bool hasAfter)
{
    m_back->setEnabled(hasBefore);
    m_forward->setEnabled(hasAfter);
}

QStringList TopBar::list() const
{
    QStringList domains;
    for (int i = 0; i < m_list->count(); ++i)
        domains << m_list->itemText(i);
    return domains;
}

void TopBar::stepInList(int by)
{
    const int wanted = m_list->currentIndex() + by;
    if (wanted < 0 || wanted >= m_list->count())
        return;
    m_list->setCurrentIndex(wanted);
    updateSteps();
    Q_EMIT listEntryChosen(m_list->currentText());
}

void TopBar::updateSteps()
{
    m_previous->setEnabled(m_list->currentIndex() > 0);
    m_next->setEnabled(m_list->currentIndex() + 1 < m_list->count());
    m_list->setToolTip(tr("%1 of %n domain(s)", nullptr, m_list->count()).arg(m_list->currentIndex() + 1));
}

} // namespace mailoscope::ui
