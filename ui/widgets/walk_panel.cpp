// SPDX-License-Identifier: Apache-2.0
#include "widgets/walk_panel.h"

#include "pages/page_parts.h"
#include "report/explain.h"
#include "report/spf_notes.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/flow_layout.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

namespace mailoscope::ui
{

namespace
{

QLineEdit *field(const QString &name, const QString &words, const QString &placeholder)
{
    auto *edit = new QLineEdit;
    edit->setObjectName(name);
    edit->setAccessibleName(words);
    edit->setPlaceholderText(placeholder);
    return edit;
}

} // namespace

WalkPanel::WalkPanel(AddressWalk &walk, QWidget *parent)
    : QWidget(parent),
      m_walk(walk),
      m_ip(field(QStringLiteral("walkIp"), tr("Address of the client"), QStringLiteral("203.0.113.9"))),
      m_sender(field(QStringLiteral("walkSender"), tr("Envelope sender"), tr("someone@example.org"))),
      m_helo(field(QStringLiteral("walkHelo"), tr("HELO name"), tr("mail.example.org"))),
      m_go(new QPushButton(tr("&Walk"))),
      m_first(
          stepButton("walkFirst", QStringLiteral("step-first"), tr("First step"), Qt::ALT | Qt::Key_Home)),
      m_back(
          stepButton("walkBack", QStringLiteral("step-back"), tr("One step back"), Qt::ALT | Qt::Key_Left)),
      m_at(new QLabel),
      m_on(stepButton("walkOn", QStringLiteral("step-forward"), tr("One step on"), Qt::ALT | Qt::Key_Right)),
      m_last(stepButton("walkLast", QStringLiteral("step-last"), tr("Last step"), Qt::ALT | Qt::Key_End)),
      m_resultShape(new QLabel),
      m_result(new QLabel),
      m_sentence(new QLabel),
      m_spent(new QLabel)
{
    setObjectName(QStringLiteral("walkPanel"));
    m_go->setObjectName(QStringLiteral("walkButton"));
    m_go->setIcon(icon(QStringLiteral("walk")));
    fitIcon(*m_go);
    m_go->setToolTip(tr("Walk this client through the record term by term (Enter)"));
    m_result->setObjectName(QStringLiteral("walkResult"));
    m_sentence->setObjectName(QStringLiteral("walkSentence"));
    m_at->setObjectName(QStringLiteral("walkStep"));
    m_spent->setObjectName(QStringLiteral("walkSpent"));
    for (QLabel *label : {m_at, m_result, m_sentence, m_spent}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_sentence->setWordWrap(true);
    m_sentence->setMinimumHeight(fontMetrics().lineSpacing() * 2);
    m_sentence->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_at->setAlignment(Qt::AlignCenter);
    m_at->setMinimumWidth(digits(*this, 15));
    m_ip->setMinimumWidth(digits(*this, 16));

    m_sender->setMinimumWidth(digits(*this, 20));
    m_helo->setMinimumWidth(digits(*this, 16));
    auto *fields = new FlowLayout;
    fields->setSpacing(halfEm(*this));
    fields->addWidget(labelled(tr("Walk an &address"), m_ip));
    fields->addWidget(labelled(tr("Fr&om"), m_sender));
    fields->addWidget(labelled(tr("HE&LO"), m_helo));
    fields->addWidget(m_go);
    auto *told = new QHBoxLayout;
    told->setSpacing(halfEm(*this));
    auto *steps = new QHBoxLayout;
    steps->setSpacing(0);
    for (QWidget *widget :
         {static_cast<QWidget *>(m_first), static_cast<QWidget *>(m_back), static_cast<QWidget *>(m_at),
          static_cast<QWidget *>(m_on), static_cast<QWidget *>(m_last)})
        steps->addWidget(widget);
    told->addLayout(steps);
    told->setAlignment(steps, Qt::AlignTop);
    told->addWidget(m_resultShape, 0, Qt::AlignTop);
    told->addWidget(m_result, 0, Qt::AlignTop);
    told->addWidget(m_sentence, 1);
    told->addWidget(m_spent, 0, Qt::AlignTop);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(halfEm(*this) / 2);
    rows->addLayout(fields);
    rows->addLayout(told);

    for (QLineEdit *edit : {m_ip, m_sender, m_helo})
        connect(edit, &QLineEdit::returnPressed, this, &WalkPanel::request);
    connect(m_go, &QPushButton::clicked, this, &WalkPanel::request);
    connect(m_first, &QToolButton::clicked, &m_walk, &AddressWalk::goToFirst);
    connect(m_back, &QToolButton::clicked, &m_walk, &AddressWalk::goBack);
    connect(m_on, &QToolButton::clicked, &m_walk, &AddressWalk::goOn);
    connect(m_last, &QToolButton::clicked, &m_walk, &AddressWalk::goToLast);
    connect(&m_walk, &AddressWalk::changed, this, &WalkPanel::follow);
    follow();
}

QToolButton *WalkPanel::stepButton(const char *name, const QString &shape, const QString &words,
                                   const QKeySequence &keys)
{
    auto *button = new QToolButton;
    button->setObjectName(QString::fromLatin1(name));
    button->setIcon(icon(shape));
    fitIcon(*button);
    button->setAutoRaise(true);
    // A shortcut of the button's own would press it slowly.
    connect(new QShortcut(keys, this), &QShortcut::activated, button, &QAbstractButton::click);
    button->setAccessibleName(words);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(words, keys.toString(QKeySequence::NativeText)));
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void WalkPanel::suggestDomain(const QString &domain)
{
    if (!m_sender->isModified())
        m_sender->setText(QStringLiteral("someone@%1").arg(domain));
}

void WalkPanel::takeFocus()
{
    m_ip->setFocus(Qt::ShortcutFocusReason);
    m_ip->selectAll();
}

void WalkPanel::request()
{
    const std::optional<IpAddress> ip = IpAddress::parse(m_ip->text().trimmed().toStdString());
    if (!ip) {
        m_walk.clear();
        show(m_ip->text().trimmed().isEmpty() ? tr("Give the IP address that the mail comes from.")
                                              : tr("That is not an IP address."));
        m_ip->setFocus();
        return;
    }
    spf::CheckArguments arguments;
    arguments.ip = *ip;
    arguments.sender = m_sender->text().trimmed().toStdString();
    arguments.helo = m_helo->text().trimmed().toStdString();
    if (arguments.sender.empty() && arguments.helo.empty()) {
        m_walk.clear();
        show(tr("Give the envelope sender, or the HELO name for mail that has none."));
        m_sender->setFocus();
        return;
    }
    Q_EMIT walkRequested(arguments);
}

void WalkPanel::show(const QString &problem)
{
    m_resultShape->setPixmap(icon(Meaning::Medium).pixmap(QSize(em(*this), em(*this)), devicePixelRatioF()));
    m_result->clear();
    m_sentence->setText(problem);
}

void WalkPanel::follow()
{
    const int count = m_walk.stepCount();
    m_first->setEnabled(m_walk.at() > 0);
    m_back->setEnabled(m_walk.at() > 0);
    m_on->setEnabled(m_walk.at() + 1 < count);
    m_last->setEnabled(m_walk.at() + 1 < count);
    m_at->setText(count > 0 ? tr("step %1 of %2").arg(m_walk.at() + 1).arg(count) : tr("no steps yet"));
    const spf::Step *step = m_walk.step();
    if (step) {
        m_sentence->setText(toQString(sentenceOf(*step, m_walk.arguments())));
        m_spent->setText(tr("spent %1 of %2").arg(step->lookups).arg(spf::Limits().lookups));
    } else {
        m_sentence->setText(m_walk.isWaiting()
                                ? tr("Waiting for answers…")
                                : tr("Step through the record as a receiver does, for one client."));
        m_spent->clear();
    }
    if (m_walk.outcome())
        showResult(*m_walk.outcome());
    else {
        m_resultShape->setPixmap(icon(m_walk.isWaiting() ? Meaning::Waiting : Meaning::NotTested)
                                     .pixmap(QSize(em(*this), em(*this)), devicePixelRatioF()));
        m_result->clear();
    }
}

void WalkPanel::showResult(const spf::CheckOutcome &outcome)
{
    const QString word = toQString(spf::toString(outcome.result));
    m_resultShape->setPixmap(
        icon(meaningOf(markOf(outcome.result))).pixmap(QSize(em(*this), em(*this)), devicePixelRatioF()));
    QFont bold = font();
    bold.setBold(true);
    m_result->setFont(bold);
    m_result->setText(word);
    m_result->setAccessibleName(tr("Result: %1").arg(word));
    QStringList more{toQString(sentenceOf(outcome.cause))};
    if (!outcome.explanation.empty())
        more << tr("Explanation: %1").arg(shownString(outcome.explanation));
    more.removeAll(QString());
    m_result->setToolTip(toolTipFor(more.join(QLatin1Char('\n'))));
}

} // namespace mailoscope::ui
