// SPDX-License-Identifier: Apache-2.0
#include "gather/snapshot_gatherer.h"

#include <QPointer>

#include <algorithm>

namespace mailoscope::gather
{

SnapshotGatherer::SnapshotGatherer(std::shared_ptr<const Snapshot> snapshot, Clock clock, QObject *parent)
    : Gatherer(parent), m_snapshot(std::move(snapshot)), m_clock(std::move(clock))
{
}

Gatherer::Ticket SnapshotGatherer::ask(const FactKey &key, Done done, Logged logged)
{
    if (m_requests.empty())
        QMetaObject::invokeMethod(this, &SnapshotGatherer::answerAll, Qt::QueuedConnection);
    m_requests.push_back({++m_lastTicket, key, std::move(done), std::move(logged)});
    return m_lastTicket;
}

void SnapshotGatherer::cancel(Ticket ticket)
{
    if (ticket == m_answering)
        m_answering = 0;
    std::erase_if(m_requests, [ticket](const auto &request) { return request.ticket == ticket; });
}

InspectionContext SnapshotGatherer::context() const
{
    return {m_snapshot->recordedAt, m_snapshot->resolvers};
}

Fact SnapshotGatherer::factFor(const FactKey &key) const
{
    if (const Fact *fact = m_snapshot->facts.find(key))
        return *fact;
    return notRecorded(key, m_snapshot->recordedAt);
}

LookUp SnapshotGatherer::lookUpOf(const Fact &fact) const
{
    LookUp lookUp;
    lookUp.key = fact.key();
    lookUp.state = LookUp::State::Cached;
    lookUp.sentAt = fact.at;
    lookUp.start = m_clock.elapsed();
    lookUp.outcome = fact.outcome();
    lookUp.ttl = fact.isDns() ? fact.dns().ttl : 0;
    if (!m_snapshot->facts.contains(fact.key()))
        lookUp.note = tr("not in the snapshot");
    return lookUp;
}

void SnapshotGatherer::answerAll()
{
    // The callbacks may ask more, cancel others and delete this gatherer. What is asked from now on waits for
    // the next turn of the event loop, so that a window stays alive during a long chain of questions.
    const QPointer<SnapshotGatherer> self(this);
    const Ticket last = m_lastTicket;
    while (self && !m_requests.empty() && m_requests.front().ticket <= last) {
        const Request<FactKey> request = std::move(m_requests.front());
        m_requests.pop_front();
        m_answering = request.ticket;
        Fact fact = factFor(request.key);
        Q_EMIT gathered(fact);
        if (self && m_answering != 0 && request.logged)
            request.logged(0, lookUpOf(fact));
        if (self && m_answering != 0 && request.done)
            request.done(std::move(fact));
    }
    if (self && !m_requests.empty())
        QMetaObject::invokeMethod(this, &SnapshotGatherer::answerAll, Qt::QueuedConnection);
}

} // namespace mailoscope::gather
