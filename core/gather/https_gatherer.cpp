// SPDX-License-Identifier: Apache-2.0
#include "gather/https_gatherer.h"

#include "gather/https_fetch.h"

#include <QPointer>

#include <map>
#include <set>

namespace mailoscope::gather
{

/// A fetch only notes what has changed; the next turn of the event loop tells it. So no callback of ours runs
/// inside another, and none inside a fetch.
class HttpsGatherer::Private
{
public:
    Private(HttpsGatherer *gatherer, Gatherer &resolving, HttpsOptions given);

    Ticket ask(const https::Url &url, Done done, Logged logged);
    void cancel(Ticket ticket);

    Gatherer &dns;
    HttpsOptions options;

private:
    struct Request {
        https::Url url;
        Done done;
        Logged logged;
    };
    /// A fetch and all the requests that wait for it.
    struct Shared {
        std::unique_ptr<HttpsFetch> fetch;
        std::vector<Ticket> tickets;
        std::set<std::pair<Ticket, std::size_t>> untold; ///< look-ups that a request's log has not been told
    };
    using Fetches = std::map<https::Url, Shared>;

    void makeFetch(Shared &shared, const https::Url &url);
    void turn();
    void beginWaiting();
    void tellLog();
    void handOut();
    void drop(Fetches::iterator fetch);

    HttpsGatherer *q;
    std::map<Ticket, Request> m_requests;
    Fetches m_fetches;
    std::deque<https::Url> m_waiting; ///< to be begun when there is room
    std::size_t m_inFlight = 0;
    QTimer m_turn;
    Ticket m_lastTicket = 0;
};

HttpsGatherer::Private::Private(HttpsGatherer *gatherer, Gatherer &resolving, HttpsOptions given)
    : dns(resolving), options(std::move(given)), q(gatherer)
{
    options.maxInFlight = std::max<std::size_t>(options.maxInFlight, 1);
    m_turn.setSingleShot(true);
    connect(&m_turn, &QTimer::timeout, q, [this] { turn(); });
}

Gatherer::Ticket HttpsGatherer::Private::ask(const https::Url &url, Done done, Logged logged)
{
    const Ticket ticket = ++m_lastTicket;
    m_requests.emplace(ticket, Request{url, std::move(done), std::move(logged)});
    Shared &shared = m_fetches[url];
    if (!shared.fetch)
        makeFetch(shared, url);
    shared.tickets.push_back(ticket);
    for (std::size_t i = 0; i < shared.fetch->lookUps().size(); ++i)
        shared.untold.emplace(ticket, i); // one that joins is told what has happened so far
    m_turn.start(0);
    return ticket;
}

void HttpsGatherer::Private::makeFetch(Shared &shared, const https::Url &url)
{
    HttpsFetch::Listener listener;
    listener.lookUpChanged = [this, url](std::size_t lookUp) {
        Shared &changed = m_fetches.at(url);
        for (const Ticket ticket : changed.tickets)
            changed.untold.emplace(ticket, lookUp);
        m_turn.start(0);
    };
    listener.ended = [this] { m_turn.start(0); };
    shared.fetch = std::make_unique<HttpsFetch>(url, dns, options, std::move(listener));
    m_waiting.push_back(url);
}

void HttpsGatherer::Private::cancel(Ticket ticket)
{
    const auto request = m_requests.find(ticket);
    if (request == m_requests.end())
        return;
    const auto fetch = m_fetches.find(request->second.url);
    m_requests.erase(request);
    if (fetch == m_fetches.end())
        return;
    std::erase(fetch->second.tickets, ticket);
    if (fetch->second.tickets.empty())
        drop(fetch);
}

void HttpsGatherer::Private::drop(Fetches::iterator fetch)
{
    if (fetch->second.fetch->isBegun()) {
        --m_inFlight;
        m_turn.start(0); // there is room for another
    }
    m_fetches.erase(fetch);
}

void HttpsGatherer::Private::turn()
{
    beginWaiting();
    // From here on callbacks are called: this object may be gone after any of them.
    const QPointer<HttpsGatherer> gatherer(q);
    tellLog();
    if (gatherer)
        handOut();
}

void HttpsGatherer::Private::beginWaiting()
{
    while (!m_waiting.empty() && m_inFlight < options.maxInFlight) {
        const auto fetch = m_fetches.find(m_waiting.front());
        m_waiting.pop_front();
        if (fetch == m_fetches.end() || fetch->second.fetch->isBegun())
            continue; // cancelled meanwhile
        ++m_inFlight;
        fetch->second.fetch->begin();
    }
}

void HttpsGatherer::Private::tellLog()
{
    struct Told {
        Ticket ticket;
        int index;
        LookUp lookUp;
    };
    std::vector<Told> told;
    for (auto &[url, shared] : m_fetches) {
        for (const auto &[ticket, index] : std::exchange(shared.untold, {}))
            told.push_back({ticket, static_cast<int>(index), shared.fetch->lookUps()[index]});
    }
    const QPointer<HttpsGatherer> gatherer(q);
    for (Told &change : told) {
        if (!gatherer)
            return;
        const auto request = m_requests.find(change.ticket);
        if (request == m_requests.end() || !request->second.logged)
            continue;
        const Logged logged = request->second.logged; // it may cancel its own request
        logged(change.index, std::move(change.lookUp));
    }
}

void HttpsGatherer::Private::handOut()
{
    struct Ready {
        Fact fact;
        std::vector<Ticket> tickets;
    };
    std::vector<Ready> allReady;
    for (auto fetch = m_fetches.begin(); fetch != m_fetches.end();) {
        const auto next = std::next(fetch);
        // A look-up that changed meanwhile is told first, in the next turn.
        if (fetch->second.fetch->fact() && fetch->second.untold.empty()) {
            allReady.push_back({*fetch->second.fetch->fact(), fetch->second.tickets});
            // The fetch is over before its callbacks run: who asks the same again asks anew.
            drop(fetch);
        }
        fetch = next;
    }
    const QPointer<HttpsGatherer> gatherer(q);
    for (const Ready &ready : allReady) {
        if (gatherer)
            Q_EMIT q->gathered(ready.fact);
        for (const Ticket ticket : ready.tickets) {
            if (!gatherer)
                return;
            const auto request = m_requests.find(ticket);
            if (request == m_requests.end())
                continue;
            const Done done = std::move(request->second.done);
            m_requests.erase(request);
            if (done)
                done(ready.fact);
        }
    }
}

HttpsGatherer::HttpsGatherer(Gatherer &dns, HttpsOptions options, QObject *parent)
    : Gatherer(parent), d(std::make_unique<Private>(this, dns, std::move(options)))
{
}

HttpsGatherer::~HttpsGatherer() = default;

Gatherer::Ticket HttpsGatherer::ask(const FactKey &key, Done done, Logged logged)
{
    return d->ask(std::get<https::Url>(key), std::move(done), std::move(logged));
}

void HttpsGatherer::cancel(Ticket ticket)
{
    d->cancel(ticket);
}

InspectionContext HttpsGatherer::context() const
{
    return d->dns.context();
}

const Clock &HttpsGatherer::clock() const
{
    return d->options.clock;
}

} // namespace mailoscope::gather
