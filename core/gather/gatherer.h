// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.h"
#include "gather/clock.h"
#include "gather/look_up.h"
#include "report/report.h"

#include <QObject>

#include <functional>

namespace mailoscope::gather
{

/// Where facts come from: the network (DnsGatherer) or a recorded snapshot (SnapshotGatherer). Lives in one
/// thread and never blocks it.
class Gatherer : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Names a request, for cancel().
    using Ticket = quint64;
    using Done = std::function<void(Fact)>;
    /// `index` counts the look-ups of one request from 0. Of the entry, `id` is left to the caller, and
    /// `start` is the reading of clock().elapsed() when it began.
    using Logged = std::function<void(int index, LookUp)>;

    /// Asks. Every request ends in exactly one Fact, unless it is cancelled; `done` is called from the event
    /// loop, never from within ask(). `logged` is called, also from the event loop, for each look-up made for
    /// this request, when it begins and when it changes, the last time before `done`. The callbacks may call
    /// any function of the gatherer and may delete it.
    virtual Ticket ask(const FactKey &key, Done done, Logged logged = {}) = 0;
    /// Forgets a request: neither callback is called any more.
    virtual void cancel(Ticket ticket) = 0;
    /// What a report made of these facts needs besides them: the time, and who is asked.
    virtual InspectionContext context() const = 0;
    virtual const Clock &clock() const = 0;

Q_SIGNALS:
    /// A fact is about to be handed out; once for each fact, however many asked for it at once. For
    /// recording.
    void gathered(const mailoscope::Fact &fact);

protected:
    /// A request that waits for its fact.
    template <typename Key>
    struct Request {
        Ticket ticket;
        Key key;
        Done done;
        Logged logged;
    };
};

} // namespace mailoscope::gather
