// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHostAddress>
#include <QString>

#include <optional>
#include <vector>

namespace mailoscope::gather
{

/// A DNS server to ask: an address and a port.
struct Resolver {
    QHostAddress address;
    quint16 port = 53;

    /// `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53`, `[2001:db8::53]:5353`
    static std::optional<Resolver> parse(const QString &text);
    /// With the port, IPv6 in brackets.
    QString toString() const;
    friend bool operator==(const Resolver &, const Resolver &) = default;
};

/// The resolvers that the operating system is set up with; empty where there are none.
std::vector<Resolver> systemResolvers();

} // namespace mailoscope::gather
