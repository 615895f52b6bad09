// SPDX-License-Identifier: Apache-2.0
#include "widgets/dmarc_panel.h"

#include "base/domain_input.h"
#include "pages/page_parts.h"
#include "policy_question.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "widgets/dmarc_walk_view.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace mailoscope::ui
{

namespace
{

QLabel *titleLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    return label;
}

} // namespace

DmarcPanel::DmarcPanel(PolicyQuestion &question, QWidget *parent)
    : QWidget(parent),
      m_question(question),
      m_title(titleLabel(tr("The DNS tree walk"))),
      m_walk(new DmarcWalkView),
      m_other(new QWidget),
      m_name(new QLineEdit),
      m_go(new QPushButton(tr("Sho&w"))),
      m_shape(new QLabel),
      m_policy(sentenceLabel()),
      m_why(sentenceLabel()),
      m_otherWalk(new DmarcWalkView)
{
    setObjectName(QStringLiteral("dmarcPanel"));
    m_walk->setObjectName(QStringLiteral("dmarcWalk"));
    m_otherWalk->setObjectName(QStringLiteral("otherWalk"));
    m_otherWalk->setAccessibleName(tr("The walk of the other name, step by step"));
    m_name->setObjectName(QStringLiteral("otherName"));
    m_name->setAccessibleName(tr("Policy for another name"));
    m_name->setClearButtonEnabled(true);
    m_name->setToolTip(toolTipFor(
        tr("Any name, below the domain or not. A word without a dot is taken as a name below the domain.")));
    m_go->setObjectName(QStringLiteral("otherGo"));
    m_policy->setObjectName(QStringLiteral("otherPolicy"));
    m_why->setObjectName(QStringLiteral("otherWhy"));
    QFont bold = m_policy->font();
    bold.setBold(true);
    m_policy->setFont(bold);

    auto *label = titleLabel(tr("Policy for another n&ame"));
    label->setBuddy(m_name);
    m_name->setMaximumWidth(digits(*this, 60));
    auto *ask = new QHBoxLayout;
    ask->setSpacing(halfEm(*this));
    ask->addWidget(label);
    ask->addWidget(m_name, 1);
    ask->addWidget(m_go);
    ask->addStretch(1);
    auto *result = new QGridLayout;
    result->setHorizontalSpacing(halfEm(*this));
    result->setVerticalSpacing(halfEm(*this) / 2);
    result->addWidget(m_shape, 0, 0, Qt::AlignTop);
    result->addWidget(m_policy, 0, 1);
    result->addWidget(m_why, 1, 1);
    result->setColumnStretch(1, 1);
    auto *below = new QVBoxLayout(m_other);
    below->setContentsMargins(0, halfEm(*this), 0, 0);
    below->setSpacing(halfEm(*this));
    below->addLayout(ask);
    below->addLayout(result);
    below->addWidget(m_otherWalk);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(halfEm(*this));
    rows->addWidget(m_title);
    rows->addWidget(m_walk);
    rows->addWidget(m_other);

    connect(m_name, &QLineEdit::returnPressed, this, &DmarcPanel::ask);
    connect(m_go, &QPushButton::clicked, this, &DmarcPanel::ask);
    connect(m_name, &QLineEdit::textChanged, &m_question, &PolicyQuestion::clear);
    connect(&m_question, &PolicyQuestion::changed, this, &DmarcPanel::showAnswer);
    showReport(nullptr);
}

void DmarcPanel::showReport(std::shared_ptr<const Report> report)
{
    setVisible(report != nullptr);
    if (!report) {
        m_walk->clear();
        m_name->clear();
        showAnswer();
        return;
    }
    m_domain = report->domain;
    m_name->setPlaceholderText(tr("such as news.%1").arg(toQString(m_domain)));
    m_walk->showWalk(report->dmarc.walk, report->dmarc.policy, report->dmarc.existence);
}

void DmarcPanel::ask()
{
    const QString typed = m_name->text().trimmed();
    std::string text = typed.toStdString();
    // A single label cannot be a mail domain by itself.
    const bool isLabel = !typed.isEmpty() && !typed.contains(QLatin1Char('.')) &&
                         !typed.contains(QLatin1Char('@')) && !typed.contains(QLatin1Char(':'));
    if (isLabel)
        text += '.' + m_domain.text();
    const Result<DomainName, DomainInputError> name = readDomain(text);
    if (!name) {
        m_question.clear();
        say(toQString(name.error().message));
        m_name->setFocus();
        return;
    }
    Q_EMIT nameAsked(*name);
}

void DmarcPanel::say(const QString &sentence)
{
    m_shape->setPixmap(icon(Meaning::Medium).pixmap(em(*this)));
    m_shape->setAccessibleName(wordFor(Meaning::Medium));
    m_policy->setText(sentence);
    m_shape->show();
    m_policy->show();
}

void DmarcPanel::showAnswer()
{
    const std::optional<PolicyQuestion::Answer> &answer = m_question.answer();
    for (QWidget *widget : {static_cast<QWidget *>(m_shape), static_cast<QWidget *>(m_policy),
                            static_cast<QWidget *>(m_why), static_cast<QWidget *>(m_otherWalk)})
        widget->setVisible(answer.has_value());
    if (!answer) {
        m_policy->clear();
        m_why->clear();
        m_otherWalk->clear();
        return;
    }
    const PolicyText text = policyTextOf(answer->name, answer->policy, answer->existence);
    const QString name = toQString(answer->name);
    m_shape->setPixmap(icon(text.meaning).pixmap(em(*this)));
    m_shape->setAccessibleName(wordFor(text.meaning));
    m_policy->setText(
        tr("Mail from %1: %2").arg(name, text.word.isEmpty() ? wordFor(text.meaning).toLower() : text.word));
    QString why = text.why;
    if (!answer->name.isAtOrBelow(m_domain))
        why += QLatin1Char(' ') + tr("The name is not below %1.").arg(toQString(m_domain));
    m_why->setText(why);
    m_otherWalk->showWalk(answer->walk, answer->policy, answer->existence);
}

} // namespace mailoscope::ui
