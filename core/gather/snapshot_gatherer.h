// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/snapshot.h"
#include "gather/gatherer.h"

#include <deque>
#include <memory>

namespace mailoscope::gather
{

/// Answers from a snapshot alone and never touches the network. A question that the snapshot does not hold
/// becomes a fact with the outcome NotRecorded.
class SnapshotGatherer : public Gatherer
{
    Q_OBJECT
public:
    explicit SnapshotGatherer(std::shared_ptr<const Snapshot> snapshot, Clock clock = Clock::system(),
                              QObject *parent = nullptr);

    Ticket ask(const FactKey &key, Done done, Logged logged = {}) override;
    void cancel(Ticket ticket) override;
    /// The time and the resolvers of the recording, so that the same snapshot gives the same report at any
    /// time.
    InspectionContext context() const override;
    const Clock &clock() const override { return m_clock; }

private:
    Fact factFor(const FactKey &key) const;
    LookUp lookUpOf(const Fact &fact) const;
    void answerAll();

    std::shared_ptr<const Snapshot> m_snapshot;
    Clock m_clock;
    std::deque<Request<FactKey>> m_requests;
    Ticket m_lastTicket = 0;
    Ticket m_answering = 0; ///< whose callbacks are being called; 0 once it has been cancelled
};

} // namespace mailoscope::gather
