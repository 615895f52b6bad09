// SPDX-License-Identifier: Apache-2.0
#include "support/zone_gatherer.h"

#include <algorithm>

namespace mailoscope::tests
{

ZoneGatherer::ZoneGatherer(std::shared_ptr<const Zone> zone, Order order, unsigned seed)
    : m_zone(std::move(zone)), m_order(order), m_random(seed)
{
    m_turn.setSingleShot(true);
    connect(&m_turn, &QTimer::timeout, this, [this] { answerSome(); });
}

gather::Gatherer::Ticket ZoneGatherer::ask(const FactKey &key, Done done, Logged logged)
{
    m_again += m_asked.insert(key).second ? 0 : 1;
    m_requests.push_back({++m_last, key, std::move(done), std::move(logged)});
    if (!m_held)
        m_turn.start(0);
    return m_last;
}

void ZoneGatherer::cancel(Ticket ticket)
{
    std::erase_if(m_requests, [ticket](const auto &request) { return request.ticket == ticket; });
}

void ZoneGatherer::setHeld(bool held)
{
    m_held = held;
    if (held)
        m_turn.stop();
    else
        m_turn.start(0);
}

void ZoneGatherer::answerSome()
{
    if (m_order == Order::Shuffled)
        std::shuffle(m_requests.begin(), m_requests.end(), m_random);
    std::size_t count = m_order == Order::Shuffled ? m_random() % 4 : m_requests.size();
    for (; count > 0 && !m_requests.empty(); --count) {
        const Request<FactKey> request = std::move(m_requests.front());
        m_requests.pop_front();
        gather::LookUp lookUp;
        lookUp.key = request.key;
        lookUp.state = gather::LookUp::State::Cached;
        lookUp.start = m_clock.elapsed();
        if (request.logged)
            request.logged(0, lookUp);
        Fact fact = m_zone->fact(request.key);
        fact.from = "zone";
        fact.at = context().inspectedAt;
        request.done(std::move(fact));
    }
    if (!m_requests.empty() && !m_held)
        m_turn.start(0);
}

} // namespace mailoscope::tests
