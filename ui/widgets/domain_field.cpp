// SPDX-License-Identifier: Apache-2.0
#include "widgets/domain_field.h"

#include "base/domain_input.h"
#include "theme/theme.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QKeyEvent>
#include <QStringListModel>

namespace mailoscope::ui
{

namespace
{
constexpr int LongestHistory = 50;
}

DomainField::DomainField(QWidget *parent) : QLineEdit(parent), m_history(new QStringListModel(this))
{
    setObjectName(QStringLiteral("domainField"));
    setAccessibleName(tr("Domain to inspect"));
    setPlaceholderText(tr("Domain, address or URL: example.org"));
    setClearButtonEnabled(true);
    auto *completer = new QCompleter(m_history, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->setMaxVisibleItems(12);
    setCompleter(completer);
    connect(this, &QLineEdit::textChanged, this, &DomainField::watchForList);
}

QStringList DomainField::history() const
{
    return m_history->stringList();
}

void DomainField::setHistory(const QStringList &domains)
{
    m_history->setStringList(domains.mid(0, LongestHistory));
}

void DomainField::remember(const QString &domain)
{
    QStringList domains = history();
    domains.removeAll(domain);
    domains.prepend(domain);
    setHistory(domains);
    Q_EMIT historyChanged();
}

void DomainField::keyPressEvent(QKeyEvent *event)
{
    const bool opensHistory = event->key() == Qt::Key_Down && !completer()->popup()->isVisible();
    if (opensHistory)
        showHistory();
    else
        QLineEdit::keyPressEvent(event);
}

void DomainField::showHistory()
{
    completer()->setCompletionPrefix(QString());
    completer()->complete();
}

void DomainField::watchForList(const QString &text)
{
    const bool hasLines = text.contains(QLatin1Char('\n')) || text.contains(QChar::ParagraphSeparator);
    if (hasLines && splitDomainList(text.toStdString()).size() > 1)
        Q_EMIT listPasted(text);
}

} // namespace mailoscope::ui
