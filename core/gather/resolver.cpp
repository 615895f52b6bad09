// SPDX-License-Identifier: Apache-2.0
#include "gather/resolver.h"

#include "gather/ares_channel.h"

#include <algorithm>

namespace mailoscope::gather
{

namespace
{

struct AddressAndPort {
    QString address;
    QString port; ///< empty where none is written
};

/// Nothing where brackets do not match or something stands behind them that is no port.
std::optional<AddressAndPort> divided(const QString &text)
{
    if (text.startsWith(QLatin1Char('['))) {
        const qsizetype end = text.indexOf(QLatin1Char(']'));
        const QString behind = end < 0 ? QString() : text.mid(end + 1);
        if (end < 0 || (!behind.isEmpty() && (!behind.startsWith(QLatin1Char(':')) || behind.size() == 1)))
            return std::nullopt;
        return AddressAndPort{text.mid(1, end - 1), behind.mid(1)};
    }
    // One colon divides address and port; more of them make an IPv6 address.
    if (text.count(QLatin1Char(':')) != 1)
        return AddressAndPort{text, {}};
    const qsizetype colon = text.indexOf(QLatin1Char(':'));
    if (colon == text.size() - 1)
        return std::nullopt;
    return AddressAndPort{text.left(colon), text.mid(colon + 1)};
}

// Qt reads "127.1" as inet_aton() does, and takes blanks and signs; nobody means that here.
bool isFourNumbers(const QString &address)
{
    return address.count(QLatin1Char('.')) == 3 && std::all_of(address.begin(), address.end(), [](QChar c) {
               return c == QLatin1Char('.') || (c >= QLatin1Char('0') && c <= QLatin1Char('9'));
           });
}

/// From 1 to 65535 in digits alone.
std::optional<quint16> portFrom(const QString &text)
{
    const bool isDigits = std::all_of(text.begin(), text.end(),
                                      [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); });
    bool isNumber = false;
    const quint16 port = text.toUShort(&isNumber);
    return isDigits && isNumber && port != 0 ? std::optional(port) : std::nullopt;
}

} // namespace

std::optional<Resolver> Resolver::parse(const QString &text)
{
    const auto parts = divided(text.trimmed());
    Resolver resolver;
    if (!parts || !resolver.address.setAddress(parts->address))
        return std::nullopt;
    const bool isV4 = resolver.address.protocol() == QAbstractSocket::IPv4Protocol;
    if (isV4 && (!isFourNumbers(parts->address) || text.trimmed().startsWith(QLatin1Char('['))))
        return std::nullopt;
    if (!parts->port.isEmpty()) {
        const auto port = portFrom(parts->port);
        if (!port)
            return std::nullopt;
        resolver.port = *port;
    }
    return resolver;
}

QString Resolver::toString() const
{
    const bool isV6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    const QString host = isV6 ? QLatin1Char('[') + address.toString() + QLatin1Char(']') : address.toString();
    return host + QLatin1Char(':') + QString::number(port);
}

std::vector<Resolver> systemResolvers()
{
    return configuredServers();
}

} // namespace mailoscope::gather
