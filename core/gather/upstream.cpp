// SPDX-License-Identifier: Apache-2.0
#include "gather/upstream.h"

#include <QRandomGenerator>

namespace mailoscope::gather
{

using Transport = AresChannel::Transport;
using Edns = AresChannel::Edns;

/// Holds its channel: a channel ends when its last exchange has gone and a new one has taken its place.
class Upstream::Exchange
{
public:
    Exchange(dns::Question asked, std::function<void(Reply)> callback)
        : question(std::move(asked)), replied(std::move(callback))
    {
    }

    dns::Question question;
    std::function<void(Reply)> replied;
    Transport transport = Transport::Udp;
    Edns edns = Edns::Yes;
    std::shared_ptr<AresChannel> channel;
};

namespace
{

constexpr std::uint16_t FormErr = 1;  // RFC 1035 section 4.1.1
constexpr std::size_t OptOctets = 11; // RFC 6891 section 6.1.2, without options
constexpr std::size_t AdditionalCountOffset = 11;

std::string encodedQuery(const dns::Question &question, Edns edns)
{
    const auto id = static_cast<std::uint16_t>(QRandomGenerator::system()->generate());
    std::string message = dns::encodeQuery(question, id);
    if (edns == Edns::No) {
        message.resize(message.size() - OptOctets);
        message[AdditionalCountOffset] = '\0';
    }
    return message;
}

/// A channel may be let go from within its own callback.
std::shared_ptr<AresChannel> makeChannel(const Resolver &resolver, Transport transport, Edns edns,
                                         QObject *parent)
{
    return {new AresChannel(resolver, transport, edns, parent),
            [](AresChannel *channel) { channel->deleteLater(); }};
}

} // namespace

Upstream::Upstream(const Resolver &resolver, QObject *parent) : QObject(parent), m_resolver(resolver) {}

std::shared_ptr<Upstream::Exchange> Upstream::ask(const dns::Question &question,
                                                  std::function<void(Reply)> replied)
{
    auto exchange = std::make_shared<Exchange>(question, std::move(replied));
    send(exchange, Transport::Udp);
    return exchange;
}

void Upstream::send(const std::shared_ptr<Exchange> &exchange, Transport transport)
{
    exchange->transport = transport;
    exchange->edns = m_knowsEdns ? Edns::Yes : Edns::No;
    if (transport == Transport::Tcp) {
        // A connection each: a server may close it after one answer, and truncated answers are few.
        exchange->channel = makeChannel(m_resolver, transport, exchange->edns, this);
    } else {
        if (!m_udp || m_udp->isSpent())
            m_udp = makeChannel(m_resolver, transport, exchange->edns, this);
        exchange->channel = m_udp;
    }
    // The channel must not hold the exchange: letting it go is how a question is given up.
    const SteadyTime sentAt = std::chrono::steady_clock::now();
    exchange->channel->send(encodedQuery(exchange->question, exchange->edns),
                            [this, waiting = std::weak_ptr(exchange),
                             sentAt](const AresChannel::Reply &reply) { arrived(waiting, sentAt, reply); });
}

void Upstream::arrived(const std::weak_ptr<Exchange> &waiting, SteadyTime sentAt,
                       const AresChannel::Reply &reply)
{
    if (reply.status == AresChannel::Status::Arrived)
        heard(sentAt); // also where nobody waits any more: the resolver lives
    if (const auto exchange = waiting.lock())
        judge(exchange, reply);
}

void Upstream::heard(SteadyTime sentAt)
{
    m_heardAt = std::chrono::steady_clock::now();
    // A late answer is welcome, but it does not make the resolver one to be asked first.
    if (m_heardAt - sentAt < m_patience)
        m_silentSince.reset();
}

void Upstream::judge(const std::shared_ptr<Exchange> &exchange, const AresChannel::Reply &reply)
{
    const bool overTcp = exchange->transport == Transport::Tcp;
    const auto failed = [&](dns::Outcome outcome) {
        exchange->replied({dns::emptyAnswer(exchange->question, outcome), overTcp});
    };
    switch (reply.status) {
    case AresChannel::Status::Arrived:
        break;
    case AresChannel::Status::Unreachable:
        return failed(dns::Outcome::Unreachable);
    case AresChannel::Status::Malformed:
        return failed(dns::Outcome::Malformed);
    case AresChannel::Status::Silent:
        return;
    }
    const auto message = dns::decode(reply.octets);
    if (message && message->truncated && !overTcp)
        return send(exchange, Transport::Tcp);
    if (!message)
        return failed(dns::Outcome::Malformed);
    // RFC 6891 section 7: a server that does not know EDNS says FORMERR and sends no OPT record.
    if (message->rcode == FormErr && !message->hasEdns && exchange->edns == Edns::Yes) {
        m_knowsEdns = false;
        m_udp.reset();
        return send(exchange, exchange->transport);
    }
    exchange->replied({dns::answerFrom(*message, exchange->question), overTcp});
}

} // namespace mailoscope::gather
