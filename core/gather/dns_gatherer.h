// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "facts/fact.h"
#include "gather/look_up.h"

#include <QHostAddress>
#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace mailoscope::gather {

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

/// Tells the time. Replaced in tests.
struct Clock {
    std::function<Timestamp()> now;                     ///< wall clock, for the report
    std::function<std::chrono::microseconds()> elapsed; ///< monotonic, for TTLs and durations
    static Clock system();
};

struct GathererOptions {
    std::vector<Resolver> resolvers; ///< in order of preference
    /// The longest that one look-up may take, all attempts and resolvers included.
    std::chrono::milliseconds timeout{5000};
    /// After this long without an answer the next resolver (or the same one again) is asked too; a resolver that
    /// stayed silent is asked last from then on. An answer to the first question is still welcome.
    std::chrono::milliseconds patience{800};
    std::size_t maxInFlight = 256; ///< questions sent and not answered; others wait their turn
    Clock clock = Clock::system();
};

/// Answers questions through c-ares on Qt's event loop, with a cache by TTL; the same question asked twice at once
/// is sent once. Every question ends in exactly one Fact, whatever happens, unless its request is cancelled.
class DnsGatherer : public QObject
{
    Q_OBJECT
public:
    explicit DnsGatherer(GathererOptions options, QObject *parent = nullptr);
    ~DnsGatherer() override;

    const GathererOptions &options() const;
    /// The resolvers as texts, for the report.
    std::vector<std::string> resolverTexts() const;

    /// Names a request, for cancel().
    using Ticket = quint64;
    /// Asks; `done` is called from the event loop, never from within ask(). `logged` is called for each look-up
    /// made for this request, when it begins and when it changes (its `id` is left to the caller).
    Ticket ask(const FactKey &key, std::function<void(Fact)> done, std::function<void(int index, LookUp)> logged = {});
    /// Forgets a request: neither callback is called any more.
    void cancel(Ticket ticket);
    void clearCache();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace mailoscope::gather
