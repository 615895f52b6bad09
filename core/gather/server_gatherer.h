// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/gatherer.h"
#include "gather/route.h"

#include <chrono>
#include <memory>

namespace mailoscope::gather
{

struct ServerGathererOptions {
    static constexpr int MostAttempts = 2;
    /// All attempts are over before `longest` has passed.
    static ServerGathererOptions within(std::chrono::milliseconds longest);

    /// After this long without an answer the server is asked once more, and after as long again it is given
    /// up: many networks let nobody but their resolvers ask other servers.
    std::chrono::milliseconds patience{1500};
    Route route;                ///< empty: to the server's own address, port 53
    std::size_t maxAtOnce = 64; ///< questions; others wait their turn
    Clock clock = Clock::system();
};

/// Asks a zone's own servers what they hold, without recursion and past all caches. Takes keys that are
/// dns::ServerQuestion, and no others. A loopback, private or other special-purpose address is never asked:
/// its outcome is Unreachable.
class ServerGatherer : public Gatherer
{
    Q_OBJECT
public:
    explicit ServerGatherer(ServerGathererOptions options = {}, QObject *parent = nullptr);
    ~ServerGatherer() override;

    Ticket ask(const FactKey &key, Done done, Logged logged = {}) override;
    void cancel(Ticket ticket) override;
    InspectionContext context() const override;
    const Clock &clock() const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace mailoscope::gather
