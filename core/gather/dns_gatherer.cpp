// SPDX-License-Identifier: Apache-2.0
#include "gather/dns_gatherer.h"

#include "gather/answer_cache.h"
#include "gather/question_run.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <unordered_map>

namespace mailoscope::gather
{

namespace
{

/// Sending takes some 20 microseconds for each question; hundreds at once would hold up the event loop.
constexpr int MostBegunInATurn = 64;

int millisecondsUntil(SteadyTime time)
{
    using namespace std::chrono;
    const auto left = ceil<milliseconds>(time - steady_clock::now()).count();
    return static_cast<int>(std::clamp<long long>(left, 0, 3600 * 1000));
}

} // namespace

/// Nothing is done within ask() or within a resolver's reply: both leave their work for the next turn of the
/// event loop, which takes all that has come together. So no callback of ours ever runs inside another.
class DnsGatherer::Private
{
public:
    Private(DnsGatherer *gatherer, GathererOptions given);

    Ticket ask(const dns::Question &key, Done done, Logged logged);
    void cancel(Ticket ticket);

    GathererOptions options;
    AnswerCache cache;

private:
    using Request = Gatherer::Request<dns::Question>;
    /// A question and all the requests that wait for it.
    struct Shared {
        std::unique_ptr<QuestionRun> run;
        bool begun = false;
        std::vector<Ticket> tickets;
        std::set<std::size_t> changed; ///< look-ups that the log has not been told yet
    };
    struct Ready {
        Fact fact;
        std::vector<Ticket> tickets;
    };
    using Questions = std::unordered_map<dns::Question, Shared>;

    void scheduleTurn();
    void turn();
    void takeUp(const Request &request);
    Shared &sharedFor(const dns::Question &key);
    void answerFromCache(const Request &request, Fact fact);
    void beginWaiting();
    void tellLog();
    void handOut();
    void drop(Questions::iterator question);
    void noteChange(Shared &question, const dns::Question &key, std::size_t lookUp);
    void onTimer();
    void wakeBy(SteadyTime time);

    DnsGatherer *q;
    std::vector<std::unique_ptr<Upstream>> m_upstreams; // before the questions, whose exchanges need them
    std::map<Ticket, Request> m_requests;
    std::vector<Ticket> m_fresh; ///< asked since the last turn
    Questions m_questions;
    std::deque<dns::Question> m_waiting; ///< to be begun when there is room
    std::size_t m_inFlight = 0;
    std::vector<dns::Question> m_ended;
    std::vector<dns::Question> m_changed; ///< questions with look-ups that the log has not been told yet
    std::vector<std::pair<Ticket, LookUp>> m_cachedLookUps;
    std::deque<Ready> m_ready;
    QTimer m_turn;
    QTimer m_timer; ///< for the runs
    SteadyTime m_timerAt{};
    Ticket m_lastTicket = 0;
};

DnsGatherer::Private::Private(DnsGatherer *gatherer, GathererOptions given)
    : options(std::move(given)), cache(options.cacheSize), q(gatherer)
{
    for (const Resolver &resolver : options.resolvers) {
        m_upstreams.push_back(std::make_unique<Upstream>(resolver));
        m_upstreams.back()->setPatience(options.patience);
    }
    options.maxInFlight = std::max<std::size_t>(options.maxInFlight, 1);
    m_turn.setSingleShot(true);
    connect(&m_turn, &QTimer::timeout, q, [this] { turn(); });
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, q, [this] { onTimer(); });
}

Gatherer::Ticket DnsGatherer::Private::ask(const dns::Question &key, Done done, Logged logged)
{
    const Ticket ticket = ++m_lastTicket;
    m_requests.emplace(ticket, Request{ticket, key, std::move(done), std::move(logged)});
    m_fresh.push_back(ticket);
    scheduleTurn();
    return ticket;
}

void DnsGatherer::Private::cancel(Ticket ticket)
{
    const auto request = m_requests.find(ticket);
    if (request == m_requests.end())
        return;
    const auto question = m_questions.find(request->second.key);
    m_requests.erase(request);
    if (question == m_questions.end())
        return;
    std::erase(question->second.tickets, ticket);
    if (question->second.tickets.empty())
        drop(question);
}

void DnsGatherer::Private::drop(Questions::iterator question)
{
    if (question->second.begun) {
        --m_inFlight;
        scheduleTurn(); // there is room for another
    }
    m_questions.erase(question);
}

void DnsGatherer::Private::scheduleTurn()
{
    if (!m_turn.isActive())
        m_turn.start(0);
}

void DnsGatherer::Private::turn()
{
    for (const Ticket ticket : std::exchange(m_fresh, {})) {
        const auto request = m_requests.find(ticket);
        if (request != m_requests.end())
            takeUp(request->second);
    }
    beginWaiting();
    for (const dns::Question &key : std::exchange(m_ended, {})) {
        const auto question = m_questions.find(key);
        if (question == m_questions.end() || !question->second.run->fact())
            continue;
        const Fact &fact = *question->second.run->fact();
        cache.put(fact, options.clock.elapsed());
        m_ready.push_back({fact, question->second.tickets});
    }
    // From here on callbacks are called: this object may be gone after any of them.
    const QPointer<DnsGatherer> gatherer(q);
    tellLog();
    if (gatherer)
        handOut();
}

void DnsGatherer::Private::takeUp(const Request &request)
{
    if (auto fact = cache.find(request.key, options.clock.elapsed()))
        return answerFromCache(request, *std::move(fact));
    Shared &shared = sharedFor(request.key);
    shared.tickets.push_back(request.ticket);
    for (std::size_t i = 0; i < shared.run->lookUps().size(); ++i)
        noteChange(shared, request.key, i); // one that joins is told what has happened so far
}

DnsGatherer::Private::Shared &DnsGatherer::Private::sharedFor(const dns::Question &key)
{
    Shared &shared = m_questions[key];
    if (shared.run)
        return shared;
    std::vector<Upstream *> upstreams;
    for (const auto &upstream : m_upstreams)
        upstreams.push_back(upstream.get());
    QuestionRun::Listener listener;
    listener.lookUpChanged = [this](QuestionRun &run, std::size_t lookUp) {
        noteChange(m_questions.at(run.key()), run.key(), lookUp);
        wakeBy(run.wakeAt());
    };
    listener.ended = [this](QuestionRun &run) {
        m_ended.push_back(run.key());
        scheduleTurn();
    };
    listener.wentSilent = [this](Upstream &silent) {
        for (auto &[other, question] : m_questions) {
            if (question.begun)
                question.run->moveAwayFrom(silent);
        }
    };
    shared.run = std::make_unique<QuestionRun>(
        key, std::move(upstreams),
        QuestionRun::Settings{options.timeout, options.patience, options.reviveAfter}, options.clock,
        std::move(listener));
    m_waiting.push_back(key);
    return shared;
}

void DnsGatherer::Private::answerFromCache(const Request &request, Fact fact)
{
    LookUp lookUp;
    lookUp.key = request.key;
    lookUp.state = LookUp::State::Cached;
    lookUp.sentAt = options.clock.now();
    lookUp.start = options.clock.elapsed();
    lookUp.outcome = fact.dns().outcome;
    lookUp.ttl = fact.dns().ttl;
    m_cachedLookUps.emplace_back(request.ticket, std::move(lookUp));
    m_ready.push_back({std::move(fact), {request.ticket}});
}

void DnsGatherer::Private::beginWaiting()
{
    int begun = 0;
    while (!m_waiting.empty() && m_inFlight < options.maxInFlight) {
        if (begun == MostBegunInATurn)
            return scheduleTurn();
        const auto question = m_questions.find(m_waiting.front());
        m_waiting.pop_front();
        if (question == m_questions.end() || question->second.begun)
            continue; // cancelled meanwhile
        ++begun;
        ++m_inFlight;
        question->second.begun = true;
        question->second.run->begin();
    }
}

void DnsGatherer::Private::tellLog()
{
    struct Told {
        Ticket ticket;
        int index;
        LookUp lookUp;
    };
    std::vector<Told> told;
    for (auto &[ticket, lookUp] : std::exchange(m_cachedLookUps, {}))
        told.push_back({ticket, 0, std::move(lookUp)});
    for (const dns::Question &key : std::exchange(m_changed, {})) {
        const auto question = m_questions.find(key);
        if (question == m_questions.end())
            continue;
        for (const std::size_t index : std::exchange(question->second.changed, {})) {
            for (const Ticket ticket : question->second.tickets)
                told.push_back({ticket, static_cast<int>(index), question->second.run->lookUps()[index]});
        }
    }
    const QPointer<DnsGatherer> gatherer(q);
    for (Told &change : told) {
        const auto request = gatherer ? m_requests.find(change.ticket) : decltype(m_requests)::iterator();
        if (!gatherer)
            return;
        if (request != m_requests.end() && request->second.logged) {
            const Logged logged = request->second.logged; // it may cancel its own request
            logged(change.index, std::move(change.lookUp));
        }
    }
}

void DnsGatherer::Private::handOut()
{
    const QPointer<DnsGatherer> gatherer(q);
    while (gatherer && !m_ready.empty()) {
        const Ready ready = std::move(m_ready.front());
        m_ready.pop_front();
        // The question is over before its callbacks run: who asks the same again asks anew (or the cache).
        const auto question = m_questions.find(ready.fact.dns().question);
        if (question != m_questions.end() && question->second.run->fact())
            drop(question);
        Q_EMIT q->gathered(ready.fact);
        for (const Ticket ticket : ready.tickets) {
            const auto request = gatherer ? m_requests.find(ticket) : decltype(m_requests)::iterator();
            if (!gatherer)
                return;
            if (request == m_requests.end())
                continue;
            const Done done = std::move(request->second.done);
            m_requests.erase(request);
            if (done)
                done(ready.fact);
        }
    }
}

void DnsGatherer::Private::noteChange(Shared &question, const dns::Question &key, std::size_t lookUp)
{
    if (question.changed.empty())
        m_changed.push_back(key);
    question.changed.insert(lookUp);
    scheduleTurn();
}

void DnsGatherer::Private::onTimer()
{
    const SteadyTime now = std::chrono::steady_clock::now();
    // Runs only ask and note here; none of them goes away before the next turn.
    std::vector<QuestionRun *> due;
    std::optional<SteadyTime> next;
    for (auto &[key, question] : m_questions) {
        if (!question.begun || question.run->fact())
            continue;
        if (question.run->wakeAt() <= now)
            due.push_back(question.run.get());
        else
            next = next ? std::min(*next, question.run->wakeAt()) : question.run->wakeAt();
    }
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
    return d->ask(std::get<dns::Question>(key), std::move(done), std::move(logged));
}

void DnsGatherer::cancel(Ticket ticket)
{
    d->cancel(ticket);
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
