// SPDX-License-Identifier: Apache-2.0
#include "gather/dns_gatherer.h"

#include "gather/answer_cache.h"
#include "gather/in_flight.h"
#include "gather/question_run.h"

#include <algorithm>
#include <unordered_map>

namespace mailoscope::gather
{

namespace
{

int millisecondsUntil(SteadyTime time)
{
    using namespace std::chrono;
    const auto left = ceil<milliseconds>(time - steady_clock::now()).count();
    return static_cast<int>(std::clamp<long long>(left, 0, 3600 * 1000));
}

} // namespace

class DnsGatherer::Private
{
public:
    Private(DnsGatherer *gatherer, GathererOptions given);

    GathererOptions options;
    AnswerCache cache;

private:
    std::vector<std::unique_ptr<Upstream>> m_upstreams; // before the questions, whose exchanges need them

public:
    InFlight<dns::Question, QuestionRun, std::unordered_map<dns::Question, SharedRun<QuestionRun>>> questions;

private:
    std::unique_ptr<QuestionRun> makeRun(const dns::Question &key);
    void onTimer();
    void wakeBy(SteadyTime time);

    QTimer m_timer; ///< for the runs
    SteadyTime m_timerAt{};
};

DnsGatherer::Private::Private(DnsGatherer *gatherer, GathererOptions given)
    : options(std::move(given)),
      cache(options.cacheSize),
      questions(*gatherer, options.maxInFlight,
                {[this](const dns::Question &key) { return cache.find(key, options.clock.elapsed()); },
                 [this](const dns::Question &key) { return makeRun(key); },
                 [](const dns::Question &, QuestionRun &run) { run.begin(); },
                 [this](const Fact &fact) { cache.put(fact, options.clock.elapsed()); }})
{
    for (const Resolver &resolver : options.resolvers) {
        m_upstreams.push_back(std::make_unique<Upstream>(resolver));
        m_upstreams.back()->setPatience(options.patience);
    }
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, gatherer, [this] { onTimer(); });
}

std::unique_ptr<QuestionRun> DnsGatherer::Private::makeRun(const dns::Question &key)
{
    std::vector<Upstream *> upstreams;
    for (const auto &upstream : m_upstreams)
        upstreams.push_back(upstream.get());
    QuestionRun::Listener listener;
    listener.lookUpChanged = [this](QuestionRun &run, std::size_t lookUp) {
        questions.noteChange(run.key(), lookUp);
        wakeBy(run.wakeAt());
    };
    listener.ended = [this](QuestionRun &run) { questions.noteEnd(run.key()); };
    listener.wentSilent = [this](Upstream &silent) {
        questions.forEachUnderWay([&silent](QuestionRun &run) { run.moveAwayFrom(silent); });
    };
    return std::make_unique<QuestionRun>(
        key, std::move(upstreams),
        QuestionRun::Settings{options.timeout, options.patience, options.reviveAfter}, options.clock,
        std::move(listener));
}

void DnsGatherer::Private::onTimer()
{
    const SteadyTime now = std::chrono::steady_clock::now();
    // Runs only ask and note here; none of them goes away before the next turn.
    std::vector<QuestionRun *> due;
    std::optional<SteadyTime> next;
    questions.forEachUnderWay([&](QuestionRun &run) {
        if (run.fact())
            return;
        if (run.wakeAt() <= now)
            due.push_back(&run);
        else
            next = next ? std::min(*next, run.wakeAt()) : run.wakeAt();
    });
    for (QuestionRun *run : due) {
        if (!run->fact() && run->wakeAt() <= now)
            run->onTime(now);
        if (!run->fact())
            next = next ? std::min(*next, run->wakeAt()) : run->wakeAt();
    }
    if (next)
        wakeBy(*next);
}

/// The timer may run out early, when the question it was set for has been answered; then it is set anew.
void DnsGatherer::Private::wakeBy(SteadyTime time)
{
    if (m_timer.isActive() && m_timerAt <= time)
        return;
    m_timerAt = time;
    m_timer.start(millisecondsUntil(time));
}

DnsGatherer::DnsGatherer(GathererOptions options, QObject *parent)
    : Gatherer(parent), d(std::make_unique<Private>(this, std::move(options)))
{
}

DnsGatherer::~DnsGatherer() = default;

const GathererOptions &DnsGatherer::options() const
{
    return d->options;
}

std::vector<std::string> DnsGatherer::resolverTexts() const
{
    std::vector<std::string> texts;
    for (const Resolver &resolver : d->options.resolvers)
        texts.push_back(resolver.toString().toStdString());
    return texts;
}

Gatherer::Ticket DnsGatherer::ask(const FactKey &key, Done done, Logged logged)
{
    return d->questions.ask(std::get<dns::Question>(key), std::move(done), std::move(logged));
}

void DnsGatherer::cancel(Ticket ticket)
{
    d->questions.cancel(ticket);
}

InspectionContext DnsGatherer::context() const
{
    return {d->options.clock.now(), resolverTexts()};
}

const Clock &DnsGatherer::clock() const
{
    return d->options.clock;
}

void DnsGatherer::clearCache()
{
    d->cache.clear();
}

} // namespace mailoscope::gather
