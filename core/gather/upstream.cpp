// SPDX-License-Identifier: Apache-2.0
#include "gather/upstream.h"

#include "gather/ares_channel.h"
#include "gather/socket_channel.h"

#include <QRandomGenerator>

namespace mailoscope::gather
{

/// Holds its channel: a channel ends when its last exchange has gone and a new one has taken its place.
class Upstream::Exchange
{
public:
    Exchange(dns::Question asked, std::function<void(Reply)> callback, Transport first)
        : question(std::move(asked)), replied(std::move(callback)), transport(first)
    {
    }

    dns::Question question;
    std::function<void(Reply)> replied;
    Transport transport;
    Edns edns = Edns::Yes;
    bool withoutAres = false; ///< c-ares could not carry it
    std::shared_ptr<Channel> channel;
};

namespace
{

constexpr std::uint16_t FormErr = 1;  // RFC 1035 section 4.1.1
constexpr std::size_t OptOctets = 11; // RFC 6891 section 6.1.2, without options
constexpr std::size_t AdditionalCountOffset = 11;

std::string encodedQuery(const dns::Question &question, dns::Recursion recursion, Edns edns)
{
    const auto id = static_cast<std::uint16_t>(QRandomGenerator::system()->generate());
    std::string message = dns::encodeQuery(question, id, recursion);
    if (edns == Edns::No) {
        message.resize(message.size() - OptOctets);
        message[AdditionalCountOffset] = '\0';
    }
    return message;
}

/// A channel may be let go from within its own callback.
std::shared_ptr<Channel> held(Channel *channel)
{
    return {channel, [](Channel *ended) { ended->deleteLater(); }};
}

} // namespace

Upstream::Upstream(const Resolver &resolver, QObject *parent)
    : Upstream(resolver, dns::Recursion::Desired, parent)
{
}

Upstream::Upstream(const Resolver &resolver, dns::Recursion recursion, QObject *parent)
    : QObject(parent), m_resolver(resolver), m_recursion(recursion)
{
}

std::shared_ptr<Upstream::Exchange> Upstream::ask(const dns::Question &question,
                                                  std::function<void(Reply)> replied, Transport transport)
{
    auto exchange = std::make_shared<Exchange>(question, std::move(replied), transport);
    send(exchange);
    return exchange;
}

std::shared_ptr<Channel> Upstream::channelFor(const Exchange &exchange)
{
    if (exchange.withoutAres)
        return held(new SocketChannel(m_resolver, exchange.transport, this));
    // A connection each: a server may close it after one answer, and truncated answers are few.
    if (exchange.transport == Transport::Tcp)
        return held(new AresChannel(m_resolver, exchange.transport, exchange.edns, this));
    if (!m_udp || m_udp->isSpent())
        m_udp = held(new AresChannel(m_resolver, exchange.transport, exchange.edns, this));
    return m_udp;
}

void Upstream::send(const std::shared_ptr<Exchange> &exchange)
{
    exchange->edns = m_knowsEdns ? Edns::Yes : Edns::No;
    exchange->channel = channelFor(*exchange);
    // The channel must not hold the exchange: letting it go is how a question is given up.
    const SteadyTime sentAt = std::chrono::steady_clock::now();
    exchange->channel->send(encodedQuery(exchange->question, m_recursion, exchange->edns),
                            [this, waiting = std::weak_ptr(exchange), sentAt](const Channel::Reply &reply) {
                                arrived(waiting, sentAt, reply);
                            });
}

void Upstream::arrived(const std::weak_ptr<Exchange> &waiting, SteadyTime sentAt, const Channel::Reply &reply)
{
    if (reply.status == Channel::Status::Arrived)
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

void Upstream::judge(const std::shared_ptr<Exchange> &exchange, const Channel::Reply &reply)
{
    const bool overTcp = exchange->transport == Transport::Tcp;
    const auto failed = [&](dns::Outcome outcome) {
        exchange->replied({dns::emptyAnswer(exchange->question, outcome), overTcp, false});
    };
    switch (reply.status) {
    case Channel::Status::Arrived:
        break;
    case Channel::Status::Unreachable:
        return failed(dns::Outcome::Unreachable);
    case Channel::Status::NotCarried:
        if (exchange->withoutAres)
            return failed(dns::Outcome::Malformed);
        exchange->withoutAres = true;
        return send(exchange);
    case Channel::Status::Silent:
        return;
    }
    const auto message = dns::decode(reply.octets);
    if (message && message->truncated && !overTcp) {
        exchange->transport = Transport::Tcp;
        return send(exchange);
    }
    if (!message)
        return failed(dns::Outcome::Malformed);
    // RFC 6891 section 7: a server that does not know EDNS says FORMERR and sends no OPT record.
    if (message->rcode == FormErr && !message->hasEdns && exchange->edns == Edns::Yes) {
        m_knowsEdns = false;
        m_udp.reset();
        return send(exchange);
    }
    exchange->replied({dns::answerFrom(*message, exchange->question), overTcp, message->authoritative});
}

} // namespace mailoscope::gather
