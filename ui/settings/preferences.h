// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/resolver.h"
#include "theme/appearance.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <vector>

class QSettings;

namespace mailoscope::ui
{

/// What the user chose about the program as a whole. Kept in the settings that it is given, at once; a value
/// there that makes no sense, written by hand or by another version, counts as not chosen.
class Preferences : public QObject
{
    Q_OBJECT
public:
    enum class Topic {
        Resolvers,
        Timeout,
        SmtpConsent,
        ServersAsked,
        CopyForm,
        Profile,
        Appearance,
        TextSize,
        Animations,
        KeepHistory,
        Selectors,
    };

    static constexpr std::chrono::milliseconds DefaultTimeout{5000};
    static constexpr int ShortestTimeout = 250; ///< milliseconds
    static constexpr int LongestTimeout = 60000;

    explicit Preferences(QSettings &settings, QObject *parent = nullptr);

    /// None stands for the system's.
    std::vector<gather::Resolver> resolvers() const;
    void setResolvers(const std::vector<gather::Resolver> &resolvers);
    /// The longest that one look-up may take.
    std::chrono::milliseconds timeout() const;
    void setTimeout(std::chrono::milliseconds timeout);
    /// Whether mail hosts may be greeted.
    bool smtpConsent() const;
    void setSmtpConsent(bool given);
    /// Whether the zone's own servers are asked, past the resolver.
    bool serversAsked() const;
    void setServersAsked(bool asked);
    /// The option of the form in which records are copied.
    QString copyForm() const;
    void setCopyForm(const QString &option);
    /// The id of the profile on the overview.
    QString profile() const;
    void setProfile(const QString &id);
    Appearance appearance() const;
    void setAppearance(Appearance appearance);
    /// From 100 to 200.
    int textPercent() const;
    void setTextPercent(int percent);
    bool animations() const;
    void setAnimations(bool on);
    /// Whether domains and resolvers that were typed are remembered.
    bool keepsHistory() const;
    void setKeepsHistory(bool keeps);
    /// Whether DKIM selectors of domains are remembered.
    bool keepsSelectors() const;
    void setKeepsSelectors(bool keeps);

    /// Everything as it is at the first start. What was remembered of domains stays.
    void reset();

Q_SIGNALS:
    void changed(mailoscope::ui::Preferences::Topic topic);

private:
    void put(const QString &key, const QVariant &value, Topic topic);

    QSettings &m_settings;
};

} // namespace mailoscope::ui
