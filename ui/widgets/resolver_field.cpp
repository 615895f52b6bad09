// SPDX-License-Identifier: Apache-2.0
#include "widgets/resolver_field.h"

#include "text/shown_string.h"
#include "theme/metrics.h"

#include <QLineEdit>
#include <QRegularExpression>

namespace mailoscope::ui
{

namespace
{

QString systemWord()
{
    return ResolverField::tr("system");
}

} // namespace

ResolverField::ResolverField(QWidget *parent) : QComboBox(parent)
{
    setObjectName(QStringLiteral("resolverField"));
    setAccessibleName(tr("Resolvers to ask"));
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setMinimumContentsLength(16);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    lineEdit()->setObjectName(QStringLiteral("resolverText"));
    lineEdit()->setAccessibleName(tr("Resolvers to ask"));
    lineEdit()->setPlaceholderText(tr("address[:port], …"));
    addItem(systemWord());
    QStringList addresses;
    for (const gather::Resolver &resolver : gather::systemResolvers())
        addresses << resolver.toString();
    const QString hint = addresses.isEmpty()
                             ? tr("The system has no resolver set up")
                             : tr("The system's: %1").arg(addresses.join(QStringLiteral(", ")));
    setItemData(0, toolTipFor(hint), Qt::ToolTipRole);
    setToolTip(toolTipFor(hint + QLatin1Char('\n') +
                          tr("Or type addresses, such as 192.0.2.53, 192.0.2.54:5353 or [2001:db8::53]:53")));
}

bool ResolverField::meansSystem() const
{
    const QString text = currentText().trimmed();
    return text.isEmpty() || text.compare(systemWord(), Qt::CaseInsensitive) == 0;
}

std::optional<std::vector<gather::Resolver>> ResolverField::resolvers() const
{
    return meansSystem() ? std::vector<gather::Resolver>() : parse(currentText());
}

std::optional<std::vector<gather::Resolver>> ResolverField::parse(const QString &text)
{
    std::vector<gather::Resolver> found;
    static const QRegularExpression Between(QStringLiteral("[\\s,;]+"));
    for (const QString &part : text.split(Between, Qt::SkipEmptyParts)) {
        const std::optional<gather::Resolver> resolver = gather::Resolver::parse(part);
        if (!resolver)
            return std::nullopt;
        found.push_back(*resolver);
    }
    return found;
}

void ResolverField::setResolvers(const std::vector<gather::Resolver> &resolvers)
{
    if (resolvers.empty()) {
        setCurrentIndex(0);
        return;
    }
    QStringList texts;
    for (const gather::Resolver &resolver : resolvers)
        texts << resolver.toString();
    setEditText(texts.join(QStringLiteral(", ")));
}

QStringList ResolverField::history() const
{
    QStringList typed;
    for (int i = 1; i < count(); ++i)
        typed << itemText(i);
    return typed;
}

void ResolverField::setHistory(const QStringList &typed)
{
    const QString text = currentText();
    while (count() > 1)
        removeItem(count() - 1);
    constexpr int Longest = 10;
    addItems(typed.mid(0, Longest));
    setEditText(text);
}

void ResolverField::remember()
{
    if (meansSystem() || !resolvers())
        return;
    QStringList typed = history();
    typed.removeAll(currentText().trimmed());
    typed.prepend(currentText().trimmed());
    setHistory(typed);
}

} // namespace mailoscope::ui
