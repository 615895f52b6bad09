// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/message.h"
#include "gather/channel.h"
#include "gather/resolver.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace mailoscope::gather
{

/// Deadlines are real time, whatever the injected clock says of TTLs.
using SteadyTime = std::chrono::steady_clock::time_point;

/// One resolver, or one of a zone's own servers, as we have come to know it: how to reach it, whether it
/// knows EDNS, whether it answers at all.
class Upstream : public QObject
{
    Q_OBJECT
public:
    explicit Upstream(const Resolver &resolver, QObject *parent = nullptr);
    Upstream(const Resolver &resolver, dns::Recursion recursion, QObject *parent = nullptr);

    const Resolver &resolver() const { return m_resolver; }

    struct Reply {
        dns::Answer answer; ///< Malformed, Unreachable or Timeout where no readable message came
        bool overTcp =
            false; ///< the response over UDP was truncated, so the question was asked again over TCP
        bool isAuthoritative = false; ///< the AA bit
    };
    /// One question on its way. Letting it go means that nobody waits for the reply any more.
    class Exchange;
    /// Asks. `replied` is called at most once, from the event loop, never from within ask() and never after
    /// the exchange has been let go. Where the resolver stays silent it is never called.
    std::shared_ptr<Exchange> ask(const dns::Question &question, std::function<void(Reply)> replied,
                                  Transport transport = Transport::Udp);

    /// Silent: asked last, until it answers in good time again.
    bool isSilent() const { return m_silentSince.has_value(); }
    std::optional<SteadyTime> silentSince() const { return m_silentSince; }
    /// When it last said anything.
    SteadyTime heardAt() const { return m_heardAt; }
    void markSilent(SteadyTime now) { m_silentSince = now; }
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

private:
    void send(const std::shared_ptr<Exchange> &exchange);
    std::shared_ptr<Channel> channelFor(const Exchange &exchange);
    void arrived(const std::weak_ptr<Exchange> &waiting, SteadyTime sentAt, const Channel::Reply &reply);
    void judge(const std::shared_ptr<Exchange> &exchange, const Channel::Reply &reply);
    void heard(SteadyTime sentAt);

    Resolver m_resolver;
    dns::Recursion m_recursion = dns::Recursion::Desired;
    std::chrono::milliseconds m_patience{800};
    bool m_knowsEdns = true;
    SteadyTime m_heardAt{};
    std::optional<SteadyTime> m_silentSince;
    std::shared_ptr<Channel> m_udp; ///< carries questions until it is spent; exchanges under way share it
};

} // namespace mailoscope::gather
