// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/gatherer.h"
#include "gather/resolver.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace mailoscope::gather
{

struct GathererOptions {
    std::vector<Resolver> resolvers; ///< in order of preference
    /// The longest that one look-up may take, all attempts and resolvers included.
    std::chrono::milliseconds timeout{5000};
    /// After this long without an answer the next resolver (or the same one again) is asked too; a resolver
    /// that stayed silent is asked last from then on. An answer to the first question is still welcome.
    std::chrono::milliseconds patience{800};
    /// A resolver that stayed silent is tried again after this long, beside one that answers.
    std::chrono::milliseconds reviveAfter{30000};
    std::size_t maxInFlight = 256;  ///< questions sent and not answered; others wait their turn
    std::size_t cacheSize = 100000; ///< answers kept at most
    Clock clock = Clock::system();
};

/// Answers questions through c-ares on Qt's event loop, with a cache by TTL; the same question asked twice at
/// once is sent once. Failures are not kept. Takes keys that are questions to DNS, and no others. Without any
/// resolver every question ends as Unreachable.
class DnsGatherer : public Gatherer
{
    Q_OBJECT
public:
    explicit DnsGatherer(GathererOptions options, QObject *parent = nullptr);
    ~DnsGatherer() override;

    const GathererOptions &options() const;
    /// The resolvers as texts, for the report.
    std::vector<std::string> resolverTexts() const;

    Ticket ask(const FactKey &key, Done done, Logged logged = {}) override;
    void cancel(Ticket ticket) override;
    InspectionContext context() const override;
    const Clock &clock() const override;
    void clearCache();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace mailoscope::gather
