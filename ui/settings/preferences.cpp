// SPDX-License-Identifier: Apache-2.0
#include "settings/preferences.h"

#include "fixes/copy_as.h"
#include "profiles/profiles.h"
#include "text/shown_string.h"

#include <QSettings>

#include <algorithm>
#include <array>

namespace mailoscope::ui
{

namespace
{

/// The keys, as they stand in people's settings: never renamed.
struct Key {
    Preferences::Topic topic;
    const char *name;
};
constexpr std::array Keys{
    Key{Preferences::Topic::Resolvers, "lookUps/resolvers"},
    Key{Preferences::Topic::Timeout, "lookUps/timeout"},
    Key{Preferences::Topic::SmtpConsent, "consent/smtp"},
    Key{Preferences::Topic::ServersAsked, "consent/servers"},
    Key{Preferences::Topic::CopyForm, "fixes/copyAs"},
    Key{Preferences::Topic::Profile, "profiles/chosen"},
    Key{Preferences::Topic::Appearance, "window/appearance"},
    Key{Preferences::Topic::TextSize, "window/textPercent"},
    Key{Preferences::Topic::Animations, "window/animations"},
    Key{Preferences::Topic::KeepHistory, "history/keep"},
    Key{Preferences::Topic::Selectors, "dkim/rememberSelectors"},
};

QString keyOf(Preferences::Topic topic)
{
    const auto *key =
        std::find_if(Keys.begin(), Keys.end(), [topic](const Key &each) { return each.topic == topic; });
    return QString::fromLatin1(key->name);
}

constexpr std::array<const char *, 4> AppearanceNames{"desktop", "light", "dark", "high-contrast"};

} // namespace

Preferences::Preferences(QSettings &settings, QObject *parent) : QObject(parent), m_settings(settings) {}

void Preferences::put(const QString &key, const QVariant &value, Topic topic)
{
    if (m_settings.contains(key) && m_settings.value(key) == value)
        return;
    m_settings.setValue(key, value);
    Q_EMIT changed(topic);
}

std::vector<gather::Resolver> Preferences::resolvers() const
{
    std::vector<gather::Resolver> resolvers;
    for (const QString &text : m_settings.value(keyOf(Topic::Resolvers)).toStringList()) {
        if (const std::optional<gather::Resolver> resolver = gather::Resolver::parse(text))
            resolvers.push_back(*resolver);
    }
    return resolvers;
}

void Preferences::setResolvers(const std::vector<gather::Resolver> &resolvers)
{
    QStringList texts;
    for (const gather::Resolver &resolver : resolvers)
        texts << resolver.toString();
    put(keyOf(Topic::Resolvers), texts, Topic::Resolvers);
}

std::chrono::milliseconds Preferences::timeout() const
{
    bool isNumber = false;
    const int ms = m_settings.value(keyOf(Topic::Timeout)).toInt(&isNumber);
    const bool makesSense = isNumber && ms >= ShortestTimeout && ms <= LongestTimeout;
    return makesSense ? std::chrono::milliseconds(ms) : DefaultTimeout;
}

void Preferences::setTimeout(std::chrono::milliseconds timeout)
{
    const int ms = std::clamp(static_cast<int>(timeout.count()), ShortestTimeout, LongestTimeout);
    put(keyOf(Topic::Timeout), ms, Topic::Timeout);
}

bool Preferences::smtpConsent() const
{
    return m_settings.value(keyOf(Topic::SmtpConsent), false).toBool();
}

void Preferences::setSmtpConsent(bool given)
{
    put(keyOf(Topic::SmtpConsent), given, Topic::SmtpConsent);
}

bool Preferences::serversAsked() const
{
    return m_settings.value(keyOf(Topic::ServersAsked), false).toBool();
}

void Preferences::setServersAsked(bool asked)
{
    put(keyOf(Topic::ServersAsked), asked, Topic::ServersAsked);
}

QString Preferences::copyForm() const
{
    const QString option = m_settings.value(keyOf(Topic::CopyForm)).toString();
    return fixes::copyFormFromOption(option.toStdString()) ? option
                                                           : toQString(fixes::copyForms().front().option);
}

void Preferences::setCopyForm(const QString &option)
{
    put(keyOf(Topic::CopyForm), option, Topic::CopyForm);
}

QString Preferences::profile() const
{
    const QString id = m_settings.value(keyOf(Topic::Profile)).toString();
    return profiles::find(id.toStdString()) ? id : QString();
}

void Preferences::setProfile(const QString &id)
{
    put(keyOf(Topic::Profile), id, Topic::Profile);
}

Appearance Preferences::appearance() const
{
    const QString name = m_settings.value(keyOf(Topic::Appearance)).toString();
    for (std::size_t i = 0; i < AppearanceNames.size(); ++i) {
        if (name == QLatin1String(AppearanceNames[i]))
            return static_cast<Appearance>(i);
    }
    return Appearance::Desktop;
}

void Preferences::setAppearance(Appearance appearance)
{
    put(keyOf(Topic::Appearance), QString::fromLatin1(AppearanceNames[static_cast<std::size_t>(appearance)]),
        Topic::Appearance);
}

int Preferences::textPercent() const
{
    bool isNumber = false;
    const int percent = m_settings.value(keyOf(Topic::TextSize)).toInt(&isNumber);
    return isNumber ? std::clamp(percent, SmallestTextPercent, LargestTextPercent) : SmallestTextPercent;
}

void Preferences::setTextPercent(int percent)
{
    put(keyOf(Topic::TextSize), std::clamp(percent, SmallestTextPercent, LargestTextPercent),
        Topic::TextSize);
}

bool Preferences::animations() const
{
    return m_settings.value(keyOf(Topic::Animations), true).toBool();
}

void Preferences::setAnimations(bool on)
{
    put(keyOf(Topic::Animations), on, Topic::Animations);
}

bool Preferences::keepsHistory() const
{
    return m_settings.value(keyOf(Topic::KeepHistory), true).toBool();
}

void Preferences::setKeepsHistory(bool keeps)
{
    put(keyOf(Topic::KeepHistory), keeps, Topic::KeepHistory);
}

bool Preferences::keepsSelectors() const
{
    return m_settings.value(keyOf(Topic::Selectors), true).toBool();
}

void Preferences::setKeepsSelectors(bool keeps)
{
    put(keyOf(Topic::Selectors), keeps, Topic::Selectors);
}

void Preferences::reset()
{
    for (const Key &key : Keys) {
        const QString name = QString::fromLatin1(key.name);
        if (!m_settings.contains(name))
            continue;
        m_settings.remove(name);
        Q_EMIT changed(key.topic);
    }
}

} // namespace mailoscope::ui
