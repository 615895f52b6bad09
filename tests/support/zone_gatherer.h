// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/gatherer.h"
#include "support/zone.h"

#include <QTimer>

#include <deque>
#include <memory>
#include <random>
#include <set>

namespace mailoscope::tests
{

/// Answers from a zone in memory, in an order that a seed decides, a few at each turn of the event loop.
/// Counts what is asked twice: an inspector should not.
class ZoneGatherer : public gather::Gatherer
{
public:
    enum class Order { AsAsked, Shuffled };

    explicit ZoneGatherer(std::shared_ptr<const Zone> zone, Order order = Order::AsAsked, unsigned seed = 0);

    Ticket ask(const FactKey &key, Done done, Logged logged = {}) override;
    void cancel(Ticket ticket) override;
    InspectionContext context() const override
    {
        return {Timestamp(std::chrono::seconds(1'800'000'000)), {"zone"}};
    }
    const gather::Clock &clock() const override { return m_clock; }

    int timesAskedAgain() const { return m_again; }
    std::size_t waiting() const { return m_requests.size(); }
    /// Nothing is answered while held.
    void setHeld(bool held);

private:
    void answerSome();

    std::shared_ptr<const Zone> m_zone;
    Order m_order;
    std::mt19937 m_random;
    gather::Clock m_clock = gather::Clock::system();
    std::deque<Request<FactKey>> m_requests;
    std::set<FactKey> m_asked;
    QTimer m_turn;
    Ticket m_last = 0;
    int m_again = 0;
    bool m_held = false;
};

} // namespace mailoscope::tests
