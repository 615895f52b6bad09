// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/gatherer.h"

#include <map>
#include <memory>

namespace mailoscope::gather
{

/// Hands each kind of key to the gatherer for it. It owns them: what fetches pages and greets mail hosts may
/// hold a reference to the one that answers DNS questions, which goes last. All share one clock.
class NetworkGatherer : public Gatherer
{
    Q_OBJECT
public:
    /// Without a gatherer for pages, mail hosts or a zone's own servers the facts of that kind are left out:
    /// their outcome is LeftOut, or NotRecorded for the servers.
    NetworkGatherer(std::unique_ptr<Gatherer> dns, std::unique_ptr<Gatherer> https,
                    std::unique_ptr<Gatherer> smtp, std::unique_ptr<Gatherer> servers = nullptr,
                    QObject *parent = nullptr);
    ~NetworkGatherer() override;

    Ticket ask(const FactKey &key, Done done, Logged logged = {}) override;
    void cancel(Ticket ticket) override;
    InspectionContext context() const override;
    const Clock &clock() const override;

private:
    struct Request {
        Gatherer *gatherer = nullptr; ///< null: left out
        Ticket ticket = 0;            ///< that gatherer's
        FactKey key;
        Done done;
    };
    Gatherer *gathererFor(const FactKey &key) const;
    void handOut(Ticket ticket, const Fact &fact);
    void leaveOut(Ticket ticket);

    std::unique_ptr<Gatherer> m_dns; // destroyed last
    std::unique_ptr<Gatherer> m_https;
    std::unique_ptr<Gatherer> m_smtp;
    std::unique_ptr<Gatherer> m_servers;
    std::map<Ticket, Request> m_requests;
    Ticket m_lastTicket = 0;
};

} // namespace mailoscope::gather
