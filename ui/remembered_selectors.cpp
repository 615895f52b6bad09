// SPDX-License-Identifier: Apache-2.0
#include "remembered_selectors.h"

#include <QSettings>
#include <QStringList>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

constexpr int LongestSelector = 253;

QString onKey()
{
    return QStringLiteral("dkim/rememberSelectors");
}

/// One entry a domain, the one inspected last first: the domain and its selectors, divided by blanks.
QString listKey()
{
    return QStringLiteral("dkim/selectors");
}

QString textOf(const std::string &text)
{
    return QString::fromStdString(text);
}

} // namespace

bool RememberedSelectors::isOn() const
{
    return m_settings.value(onKey(), true).toBool();
}

void RememberedSelectors::setOn(bool on)
{
    m_settings.setValue(onKey(), on);
}

bool RememberedSelectors::isEmpty() const
{
    return m_settings.value(listKey()).toStringList().isEmpty();
}

void RememberedSelectors::forgetAll()
{
    m_settings.remove(listKey());
}

std::vector<std::string> RememberedSelectors::of(const DomainName &domain) const
{
    std::vector<std::string> selectors;
    if (!isOn())
        return selectors;
    const QString prefix = textOf(domain.text()) + QLatin1Char(' ');
    for (const QString &entry : m_settings.value(listKey()).toStringList()) {
        if (!entry.startsWith(prefix))
            continue;
        // The file may have been edited: the bounds hold for what is read, too.
        for (const QString &selector : entry.mid(prefix.size()).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            if (selector.size() <= LongestSelector && selectors.size() < std::size_t{MostSelectors})
                selectors.push_back(selector.toStdString());
        }
        break;
    }
    return selectors;
}

void RememberedSelectors::takeUp(const dkim::Evaluation &dkim)
{
    if (!isOn())
        return;
    QStringList selectors;
    const auto add = [&selectors](const QString &selector) {
        const bool fits = !selector.isEmpty() && selector.size() <= LongestSelector &&
                          !selector.contains(QLatin1Char(' ')) && selectors.size() < MostSelectors;
        if (fits && !selectors.contains(selector))
            selectors << selector;
    };
    for (const dkim::SelectorResult &found : dkim.found) {
        if (!found.selector.isFrom(dkim::Source::Wildcard))
            add(textOf(found.selector.name));
    }
    for (const dkim::Selector &named : dkim.notFound) {
        if (named.isFrom(dkim::Source::User) || named.isFrom(dkim::Source::Message))
            add(textOf(named.name));
    }
    // What was not asked for this time, or could not be told, is not forgotten for that.
    for (const std::string &before : of(dkim.domain)) {
        if (!dkim.isAbsent(before))
            add(textOf(before));
    }
    const QString domain = textOf(dkim.domain.text());
    QStringList entries = m_settings.value(listKey()).toStringList();
    entries.removeIf([&domain](const QString &entry) { return entry.startsWith(domain + QLatin1Char(' ')); });
    if (!selectors.isEmpty())
        entries.prepend(domain + QLatin1Char(' ') + selectors.join(QLatin1Char(' ')));
    if (entries.isEmpty())
        forgetAll();
    else
        m_settings.setValue(listKey(), QStringList(entries.mid(0, MostDomains)));
}

} // namespace mailoscope::ui
