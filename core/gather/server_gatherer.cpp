// SPDX-License-Identifier: Apache-2.0
#include "gather/server_gatherer.h"

#include "base/public_address.h"
#include "gather/in_flight.h"
#include "gather/upstream.h"

#include <QTimer>

namespace mailoscope::gather
{

using namespace std::chrono_literals;

namespace
{

constexpr quint16 DnsPort = 53;
/// Servers whose ways are remembered. More than one inspection has: what comes after begins anew.
constexpr std::size_t MostUpstreams = 256;

QHostAddress hostAddressOf(const IpAddress &address)
{
    if (address.isV4())
        return QHostAddress(address.v4Value());
    const std::string octets = address.octets();
    return QHostAddress(reinterpret_cast<const quint8 *>(octets.data()));
}

struct ServerRun {
    const LookUpLog &lookUps() const { return log; }
    const std::optional<Fact> &fact() const { return outcome; }

    std::shared_ptr<Upstream> upstream;
    std::chrono::microseconds start{0};
    std::vector<std::shared_ptr<Upstream::Exchange>> exchanges; ///< one for each attempt
    std::unique_ptr<QTimer> patience;
    LookUpLog log;
    std::optional<Fact> outcome;
};

} // namespace

ServerGathererOptions ServerGathererOptions::within(std::chrono::milliseconds longest)
{
    ServerGathererOptions options;
    options.patience =
        std::min(options.patience, std::max<std::chrono::milliseconds>(longest / MostAttempts, 1ms));
    return options;
}

class ServerGatherer::Private
{
public:
    Private(ServerGatherer *gatherer, ServerGathererOptions given);

    ServerGathererOptions options;

private:
    std::map<IpAddress, std::shared_ptr<Upstream>> m_upstreams;

public:
    InFlight<dns::ServerQuestion, ServerRun> runs;

private:
    std::shared_ptr<Upstream> upstreamFor(const IpAddress &server);
    void begin(const dns::ServerQuestion &key, ServerRun &run);
    void attempt(const dns::ServerQuestion &key, ServerRun &run);
    void replied(const dns::ServerQuestion &key, std::size_t attempt, const Upstream::Reply &reply);
    void ranOut(const dns::ServerQuestion &key);
    void end(const dns::ServerQuestion &key, ServerRun &run, dns::ServerAnswer answer);

    ServerGatherer *q;
};

ServerGatherer::Private::Private(ServerGatherer *gatherer, ServerGathererOptions given)
    : options(std::move(given)),
      runs(*gatherer, options.maxAtOnce,
           {{},
            [](const dns::ServerQuestion &) { return std::make_unique<ServerRun>(); },
            [this](const dns::ServerQuestion &key, ServerRun &run) { begin(key, run); },
            {}}),
      q(gatherer)
{
}

std::shared_ptr<Upstream> ServerGatherer::Private::upstreamFor(const IpAddress &server)
{
    if (m_upstreams.size() >= MostUpstreams)
        m_upstreams.clear();
    std::shared_ptr<Upstream> &upstream = m_upstreams[server];
    if (!upstream) {
        const Endpoint end = routed(options.route, {server, DnsPort});
        upstream = std::make_shared<Upstream>(Resolver{hostAddressOf(end.address), end.port},
                                              dns::Recursion::NotDesired);
    }
    return upstream;
}

void ServerGatherer::Private::begin(const dns::ServerQuestion &key, ServerRun &run)
{
    run.start = options.clock.elapsed();
    if (specialPurposeOf(key.server))
        return end(key, run, dns::emptyServerAnswer(key, dns::Outcome::Unreachable));
    run.upstream = upstreamFor(key.server);
    run.patience = std::make_unique<QTimer>();
    run.patience->setSingleShot(true);
    connect(run.patience.get(), &QTimer::timeout, q, [this, key] { ranOut(key); });
    attempt(key, run);
}

void ServerGatherer::Private::attempt(const dns::ServerQuestion &key, ServerRun &run)
{
    const std::size_t index = run.exchanges.size();
    LookUp lookUp;
    lookUp.key = key;
    lookUp.server = QString::fromStdString(key.server.toString());
    lookUp.attempt = static_cast<int>(index) + 1;
    lookUp.sentAt = options.clock.now();
    lookUp.start = options.clock.elapsed();
    run.log.push_back(std::move(lookUp));
    runs.noteChange(key, index);
    run.exchanges.push_back(nullptr);
    run.exchanges.back() = run.upstream->ask(
        key.question, [this, key, index](const Upstream::Reply &reply) { replied(key, index, reply); },
        key.transport);
    run.patience->start(options.patience);
}

void ServerGatherer::Private::replied(const dns::ServerQuestion &key, std::size_t attempt,
                                      const Upstream::Reply &reply)
{
    ServerRun *run = runs.find(key);
    if (!run || run->outcome)
        return;
    LookUp &lookUp = run->log[attempt];
    lookUp.state = LookUp::State::Answered;
    lookUp.took = options.clock.elapsed() - lookUp.start;
    lookUp.outcome = reply.answer.outcome;
    lookUp.overTcp = reply.overTcp;
    runs.noteChange(key, attempt);
    dns::ServerAnswer answer = dns::emptyServerAnswer(key, reply.answer.outcome);
    answer.isAuthoritative = reply.isAuthoritative;
    answer.aliases = reply.answer.aliases;
    answer.records = reply.answer.records;
    end(key, *run, std::move(answer));
}

void ServerGatherer::Private::ranOut(const dns::ServerQuestion &key)
{
    ServerRun *run = runs.find(key);
    if (!run || run->outcome)
        return;
    if (run->exchanges.size() < ServerGathererOptions::MostAttempts)
        return attempt(key, *run);
    end(key, *run, dns::emptyServerAnswer(key, dns::Outcome::Timeout));
}

void ServerGatherer::Private::end(const dns::ServerQuestion &key, ServerRun &run, dns::ServerAnswer answer)
{
    if (run.patience)
        run.patience->stop();
    // We may be inside the callback of one of them: they go with the run.
    for (std::size_t i = 0; i < run.log.size(); ++i) {
        if (run.log[i].state != LookUp::State::Waiting)
            continue;
        const bool timedOut = answer.outcome == dns::Outcome::Timeout;
        run.log[i].state = timedOut ? LookUp::State::Answered : LookUp::State::Abandoned;
        if (timedOut)
            run.log[i].outcome = dns::Outcome::Timeout;
        run.log[i].took = options.clock.elapsed() - run.log[i].start;
        runs.noteChange(key, i);
    }
    Fact fact;
    fact.from = key.server.toString();
    fact.at = options.clock.now();
    fact.took = options.clock.elapsed() - run.start;
    fact.content = std::move(answer);
    run.outcome = std::move(fact);
    runs.noteEnd(key);
}

ServerGatherer::ServerGatherer(ServerGathererOptions options, QObject *parent)
    : Gatherer(parent), d(std::make_unique<Private>(this, std::move(options)))
{
}

ServerGatherer::~ServerGatherer() = default;

Gatherer::Ticket ServerGatherer::ask(const FactKey &key, Done done, Logged logged)
{
    return d->runs.ask(std::get<dns::ServerQuestion>(key), std::move(done), std::move(logged));
}

void ServerGatherer::cancel(Ticket ticket)
{
    d->runs.cancel(ticket);
}

InspectionContext ServerGatherer::context() const
{
    return {d->options.clock.now(), {}};
}

const Clock &ServerGatherer::clock() const
{
    return d->options.clock;
}

} // namespace mailoscope::gather
