// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/gatherer.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace mailoscope::gather
{

/// What is being found out about one key, and all the requests that wait for it.
template <typename Run>
struct SharedRun {
    std::unique_ptr<Run> run;
    bool isBegun = false;
    std::vector<Gatherer::Ticket> tickets;
    std::set<std::size_t> untold; ///< look-ups that the log has not been told yet
};

/// The requests of a gatherer: equal keys that are asked for at once share one run, so many runs at most are
/// under way, and others wait their turn.
///
/// Nothing is done within ask() or while a run works: both leave their work for the next turn of the event
/// loop, which takes all that has come together. So no callback ever runs inside another or inside a run, and
/// callbacks may do whatever they like, even delete the gatherer.
///
/// `Run` has `lookUps()`, its log so far, and `fact()`, nothing before its end. It says through noteChange()
/// and noteEnd() that one of them changed.
template <typename Key, typename Run, typename Runs = std::map<Key, SharedRun<Run>>>
class InFlight
{
public:
    using Ticket = Gatherer::Ticket;
    using Done = Gatherer::Done;
    using Logged = Gatherer::Logged;

    struct Hooks {
        /// A fact that is known already.
        std::function<std::optional<Fact>(const Key &)> known;
        std::function<std::unique_ptr<Run>(const Key &)> make;
        std::function<void(const Key &, Run &)> begin;
        /// A fact that has come, before it is handed out.
        std::function<void(const Fact &)> keep;
    };

    InFlight(Gatherer &gatherer, std::size_t most, Hooks hooks)
        : m_gatherer(gatherer), m_most(std::max<std::size_t>(most, 1)), m_hooks(std::move(hooks))
    {
        m_turn.setSingleShot(true);
        QObject::connect(&m_turn, &QTimer::timeout, &m_turn, [this] { turn(); });
    }

    Ticket ask(const Key &key, Done done, Logged logged)
    {
        const Ticket ticket = ++m_lastTicket;
        m_requests.emplace(ticket, Request{key, std::move(done), std::move(logged)});
        m_fresh.push_back(ticket);
        scheduleTurn();
        return ticket;
    }

    void cancel(Ticket ticket)
    {
        const auto request = m_requests.find(ticket);
        if (request == m_requests.end())
            return;
        const auto shared = m_runs.find(request->second.key);
        m_requests.erase(request);
        if (shared == m_runs.end())
            return;
        std::erase(shared->second.tickets, ticket);
        if (shared->second.tickets.empty())
            drop(shared);
    }

    /// The run of a key; nullptr where it is over or forgotten.
    Run *find(const Key &key)
    {
        const auto shared = m_runs.find(key);
        return shared == m_runs.end() ? nullptr : shared->second.run.get();
    }

    void noteChange(const Key &key, std::size_t lookUp)
    {
        const auto shared = m_runs.find(key);
        if (shared == m_runs.end())
            return;
        if (shared->second.untold.empty())
            m_changed.push_back(key);
        shared->second.untold.insert(lookUp);
        scheduleTurn();
    }

    void noteEnd(const Key &key)
    {
        m_ended.push_back(key);
        scheduleTurn();
    }

    /// Visits the runs that are under way. None of them goes away before the next turn.
    template <typename Visit>
    void forEachUnderWay(const Visit &visit)
    {
        for (auto &[key, shared] : m_runs) {
            if (shared.isBegun)
                visit(*shared.run);
        }
    }

private:
    struct Request {
        Key key;
        Done done;
        Logged logged;
    };
    struct Told {
        Ticket ticket;
        int index;
        LookUp lookUp;
    };
    struct Ready {
        Fact fact;
        std::vector<Ticket> tickets;
    };

    /// Beginning a run takes some 20 microseconds; hundreds at once would hold up the event loop.
    static constexpr int MostBegunInATurn = 64;

    void scheduleTurn()
    {
        if (!m_turn.isActive())
            m_turn.start(0);
    }

    void turn()
    {
        std::vector<Told> told;
        std::vector<Ready> ready;
        for (const Ticket ticket : std::exchange(m_fresh, {}))
            takeUp(ticket, told, ready);
        beginWaiting();
        takeChanges(told);
        takeEnded(ready);
        // From here on callbacks are called: this object may be gone after any of them.
        const QPointer<Gatherer> gatherer(&m_gatherer);
        for (Told &change : told) {
            if (!gatherer)
                return;
            tellLog(change);
        }
        for (const Ready &one : ready) {
            if (!gatherer)
                return;
            handOut(one, gatherer);
        }
    }

    void takeUp(Ticket ticket, std::vector<Told> &told, std::vector<Ready> &ready)
    {
        const auto request = m_requests.find(ticket);
        if (request == m_requests.end())
            return; // cancelled meanwhile
        const Key &key = request->second.key;
        if (auto fact = m_hooks.known ? m_hooks.known(key) : std::nullopt) {
            told.push_back({ticket, 0, lookUpOfKnown(key, *fact)});
            ready.push_back({*std::move(fact), {ticket}});
            return;
        }
        SharedRun<Run> &shared = m_runs[key];
        if (!shared.run) {
            shared.run = m_hooks.make(key);
            m_waiting.push_back(key);
        }
        shared.tickets.push_back(ticket);
        for (std::size_t i = 0; i < shared.run->lookUps().size(); ++i)
            noteChange(key, i); // one that joins is told what has happened so far
    }

    LookUp lookUpOfKnown(const Key &key, const Fact &fact) const
    {
        LookUp lookUp;
        lookUp.key = key;
        lookUp.state = LookUp::State::Cached;
        lookUp.sentAt = m_gatherer.clock().now();
        lookUp.start = m_gatherer.clock().elapsed();
        lookUp.outcome = fact.outcome();
        if (const auto *answer = std::get_if<dns::Answer>(&fact.content))
            lookUp.ttl = answer->ttl;
        return lookUp;
    }

    void beginWaiting()
    {
        int begun = 0;
        while (!m_waiting.empty() && m_underWay < m_most) {
            if (begun == MostBegunInATurn)
                return scheduleTurn();
            const Key key = m_waiting.front();
            m_waiting.pop_front();
            const auto shared = m_runs.find(key);
            if (shared == m_runs.end() || shared->second.isBegun)
                continue; // cancelled meanwhile
            ++begun;
            ++m_underWay;
            shared->second.isBegun = true;
            m_hooks.begin(key, *shared->second.run);
        }
    }

    void takeChanges(std::vector<Told> &told)
    {
        for (const Key &key : std::exchange(m_changed, {})) {
            const auto shared = m_runs.find(key);
            if (shared == m_runs.end())
                continue;
            for (const std::size_t index : std::exchange(shared->second.untold, {})) {
                for (const Ticket ticket : shared->second.tickets)
                    told.push_back({ticket, static_cast<int>(index), shared->second.run->lookUps()[index]});
            }
        }
    }

    /// A run is over before its callbacks run: who asks the same again asks anew, or is told what is known.
    void takeEnded(std::vector<Ready> &ready)
    {
        for (const Key &key : std::exchange(m_ended, {})) {
            const auto shared = m_runs.find(key);
            if (shared == m_runs.end() || !shared->second.run->fact())
                continue;
            ready.push_back({*shared->second.run->fact(), shared->second.tickets});
            if (m_hooks.keep)
                m_hooks.keep(ready.back().fact);
            drop(shared);
        }
    }

    void tellLog(Told &change)
    {
        const auto request = m_requests.find(change.ticket);
        if (request == m_requests.end() || !request->second.logged)
            return;
        const Logged logged = request->second.logged; // it may cancel its own request
        logged(change.index, std::move(change.lookUp));
    }

    void handOut(const Ready &one, const QPointer<Gatherer> &gatherer)
    {
        Q_EMIT m_gatherer.gathered(one.fact);
        for (const Ticket ticket : one.tickets) {
            if (!gatherer)
                return;
            const auto request = m_requests.find(ticket);
            if (request == m_requests.end())
                continue;
            const Done done = std::move(request->second.done);
            m_requests.erase(request);
            if (done)
                done(one.fact);
        }
    }

    void drop(typename Runs::iterator shared)
    {
        if (shared->second.isBegun) {
            --m_underWay;
            scheduleTurn(); // there is room for another
        }
        m_runs.erase(shared);
    }

    Gatherer &m_gatherer;
    const std::size_t m_most;
    const Hooks m_hooks;
    std::map<Ticket, Request> m_requests;
    std::vector<Ticket> m_fresh; ///< asked since the last turn
    Runs m_runs;
    std::deque<Key> m_waiting; ///< to be begun when there is room
    std::size_t m_underWay = 0;
    std::vector<Key> m_changed; ///< keys with look-ups that the log has not been told yet
    std::vector<Key> m_ended;
    QTimer m_turn;
    Ticket m_lastTicket = 0;
};

} // namespace mailoscope::gather
