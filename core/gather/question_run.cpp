// SPDX-License-Identifier: Apache-2.0
#include "gather/question_run.h"

#include <algorithm>
#include <tuple>

namespace mailoscope::gather
{

namespace
{

/// How much a failure says. A server's own word counts more than none at all.
int weightOf(dns::Outcome outcome)
{
    switch (outcome) {
    case dns::Outcome::Answered:
    case dns::Outcome::NoData:
    case dns::Outcome::NxDomain:
        return 6;
    case dns::Outcome::ServerFailure:
        return 5;
    case dns::Outcome::OtherRcode:
        return 4;
    case dns::Outcome::Refused:
        return 3;
    case dns::Outcome::Malformed:
        return 2;
    case dns::Outcome::Timeout:
        return 1;
    case dns::Outcome::Unreachable:
    case dns::Outcome::NotRecorded:
        return 0;
    }
    return 0;
}

/// In words for the log.
QString wordsOf(const dns::Answer &answer)
{
    switch (answer.outcome) {
    case dns::Outcome::ServerFailure:
        return QStringLiteral("SERVFAIL");
    case dns::Outcome::Refused:
        return QStringLiteral("REFUSED");
    case dns::Outcome::OtherRcode:
        return QuestionRun::tr("response code %1").arg(answer.rcode);
    case dns::Outcome::Malformed:
        return QuestionRun::tr("malformed response");
    case dns::Outcome::Unreachable:
        return QuestionRun::tr("unreachable");
    case dns::Outcome::Answered:
    case dns::Outcome::NoData:
    case dns::Outcome::NxDomain:
    case dns::Outcome::Timeout:
    case dns::Outcome::NotRecorded:
        break;
    }
    return {};
}

} // namespace

QuestionRun::QuestionRun(dns::Question key, std::vector<Upstream *> upstreams, Settings settings, Clock clock,
                         Listener listener)
    : m_key(std::move(key)),
      m_upstreams(std::move(upstreams)),
      m_settings(settings),
      m_clock(std::move(clock)),
      m_listener(std::move(listener))
{
}

void QuestionRun::begin()
{
    const SteadyTime now = std::chrono::steady_clock::now();
    m_deadline = now + m_settings.timeout;
    Upstream *const first = nextWhenSilent();
    if (!first)
        return end(dns::emptyAnswer(m_key, dns::Outcome::Unreachable), {});
    ask(*first);
    reviveOne(now);
}

SteadyTime QuestionRun::wakeAt() const
{
    return std::min(m_deadline, m_askAgainAt);
}

void QuestionRun::ask(Upstream &upstream, const QString &note)
{
    const std::size_t index = m_attempts.size();
    const SteadyTime now = std::chrono::steady_clock::now();
    LookUp lookUp;
    lookUp.key = m_key;
    lookUp.server = upstream.resolver().toString();
    lookUp.attempt = static_cast<int>(index) + 1;
    lookUp.sentAt = m_clock.now();
    lookUp.start = m_clock.elapsed();
    lookUp.note = note;
    m_lookUps.push_back(lookUp);
    m_attempts.push_back({&upstream, now, nullptr});
    m_attempts.back().exchange =
        upstream.ask(m_key, [this, index](const Upstream::Reply &reply) { replied(index, reply); });

    // Each time all resolvers have been asked once more, wait twice as long: a slow network needs no more
    // load.
    const std::size_t rounds = std::min<std::size_t>(index / m_upstreams.size(), 6);
    m_askAgainAt = now + m_settings.patience * (1 << rounds);
    m_listener.lookUpChanged(*this, index);
}

/// One that has been silent for long is asked beside one that answers, so that its recovery is noticed at no
/// cost.
void QuestionRun::reviveOne(SteadyTime now)
{
    for (Upstream *upstream : m_upstreams) {
        const auto since = upstream->silentSince();
        if (since && now - *since >= m_settings.reviveAfter && timesAsked(upstream) == 0) {
            upstream->markSilent(now);
            const SteadyTime askAgainAt = m_askAgainAt;
            ask(*upstream, tr("did not answer before: tried again"));
            m_askAgainAt = askAgainAt;
            return;
        }
    }
}

void QuestionRun::onTime(SteadyTime now)
{
    if (m_fact)
        return;
    if (now >= m_deadline)
        endWithBest(dns::Outcome::Timeout);
    else if (now >= m_askAgainAt)
        askAgain(now);
}

void QuestionRun::askAgain(SteadyTime now)
{
    // A resolver that answers other questions is not silent; this question is hard for it.
    std::vector<Upstream *> silent;
    for (const Attempt &attempt : m_attempts) {
        if (attempt.isWaiting() && now - attempt.sentAt >= m_settings.patience &&
            attempt.upstream->heardAt() < attempt.sentAt && !attempt.upstream->isSilent()) {
            attempt.upstream->markSilent(now);
            silent.push_back(attempt.upstream);
        }
    }
    Upstream *const next = nextWhenSilent();
    noteSilence(now, tr("no answer in %1 ms: asking %2")
                         .arg(m_settings.patience.count())
                         .arg(next->resolver().toString()));
    ask(*next);
    for (Upstream *upstream : silent)
        m_listener.wentSilent(*upstream);
}

/// Says in the log why the attempts that wait are not waited for alone any more.
void QuestionRun::noteSilence(SteadyTime now, const QString &note)
{
    for (std::size_t i = 0; i < m_attempts.size(); ++i) {
        if (m_attempts[i].isWaiting() && m_lookUps[i].note.isEmpty() &&
            now - m_attempts[i].sentAt >= m_settings.patience) {
            m_lookUps[i].note = note;
            m_listener.lookUpChanged(*this, i);
        }
    }
}

void QuestionRun::moveAwayFrom(const Upstream &silent)
{
    const bool waitsForIt = std::any_of(m_attempts.begin(), m_attempts.end(), [&](const Attempt &attempt) {
        return attempt.isWaiting() && attempt.upstream == &silent;
    });
    Upstream *const next = nextWhenSilent();
    if (m_fact || !waitsForIt || hasLivelyAttempt() || !next || next->isSilent())
        return;
    for (std::size_t i = 0; i < m_attempts.size(); ++i) {
        if (m_attempts[i].upstream == &silent && m_lookUps[i].note.isEmpty()) {
            m_lookUps[i].note =
                tr("this resolver does not answer: asking %1").arg(next->resolver().toString());
            m_listener.lookUpChanged(*this, i);
        }
    }
    ask(*next);
}

void QuestionRun::replied(std::size_t index, const Upstream::Reply &reply)
{
    Attempt &attempt = m_attempts[index];
    attempt.exchange.reset();
    LookUp &lookUp = m_lookUps[index];
    lookUp.state = LookUp::State::Answered;
    lookUp.took = m_clock.elapsed() - lookUp.start;
    lookUp.outcome = reply.answer.outcome;
    lookUp.ttl = reply.answer.ttl;
    lookUp.overTcp = reply.overTcp;
    const std::string from = lookUp.server.toStdString();
    m_listener.lookUpChanged(*this, index);
    if (!dns::isTemporaryFailure(reply.answer.outcome))
        return end(reply.answer, from);
    keepBest(reply.answer, *attempt.upstream);
    goOnAfterFailure(index, reply.answer);
}

void QuestionRun::keepBest(dns::Answer answer, const Upstream &upstream)
{
    if (m_best && weightOf(m_best->outcome) >= weightOf(answer.outcome))
        return;
    m_best = std::move(answer);
    m_bestFrom = upstream.resolver().toString().toStdString();
}

void QuestionRun::goOnAfterFailure(std::size_t failed, const dns::Answer &answer)
{
    Upstream &upstream = *m_attempts[failed].upstream;
    const bool isLost = answer.outcome == dns::Outcome::Unreachable && !upstream.isSilent();
    if (isLost)
        upstream.markSilent(std::chrono::steady_clock::now());
    if (Upstream *const next = nextWhenFailed()) {
        if (m_lookUps[failed].note.isEmpty()) {
            m_lookUps[failed].note = tr("%1: asking %2").arg(wordsOf(answer), next->resolver().toString());
            m_listener.lookUpChanged(*this, failed);
        }
        ask(*next);
    } else if (std::none_of(m_attempts.begin(), m_attempts.end(),
                            [this](const Attempt &attempt) { return isHeldBackBy(attempt); })) {
        endWithBest(dns::Outcome::Timeout);
    }
    if (isLost)
        m_listener.wentSilent(upstream);
}

bool QuestionRun::knowsNothing() const
{
    return !m_best || m_best->outcome == dns::Outcome::Unreachable;
}

/// A resolver known as silent is worth waiting for only where nobody has said anything.
bool QuestionRun::isHeldBackBy(const Attempt &attempt) const
{
    return attempt.isWaiting() && (!attempt.upstream->isSilent() || knowsNothing());
}

bool QuestionRun::hasLivelyAttempt() const
{
    return std::any_of(m_attempts.begin(), m_attempts.end(), [](const Attempt &attempt) {
        return attempt.isWaiting() && !attempt.upstream->isSilent();
    });
}

std::size_t QuestionRun::timesAsked(const Upstream *upstream) const
{
    return static_cast<std::size_t>(
        std::count_if(m_attempts.begin(), m_attempts.end(),
                      [upstream](const Attempt &attempt) { return attempt.upstream == upstream; }));
}

/// Those that answer before those that are silent, then the least asked, then the preferred.
Upstream *QuestionRun::nextWhenSilent() const
{
    const auto rank = [this](const Upstream *upstream) {
        return std::tuple(upstream->isSilent(), timesAsked(upstream));
    };
    const auto next =
        std::min_element(m_upstreams.begin(), m_upstreams.end(),
                         [&](const Upstream *a, const Upstream *b) { return rank(a) < rank(b); });
    return next == m_upstreams.end() ? nullptr : *next;
}

/// One that has not been asked yet, if there is one worth asking.
Upstream *QuestionRun::nextWhenFailed() const
{
    Upstream *silent = nullptr;
    for (Upstream *upstream : m_upstreams) {
        if (timesAsked(upstream) > 0)
            continue;
        if (!upstream->isSilent())
            return upstream;
        silent = silent ? silent : upstream;
    }
    return knowsNothing() ? silent : nullptr;
}

void QuestionRun::endWithBest(dns::Outcome otherwise)
{
    const bool somebodyWaits = std::any_of(m_attempts.begin(), m_attempts.end(),
                                           [](const Attempt &attempt) { return attempt.isWaiting(); });
    if (m_best && (!somebodyWaits || weightOf(m_best->outcome) > weightOf(otherwise)))
        end(*m_best, m_bestFrom);
    else
        end(dns::emptyAnswer(m_key, otherwise), m_lookUps.back().server.toStdString());
}

void QuestionRun::end(dns::Answer answer, std::string from)
{
    const bool timedOut = answer.outcome == dns::Outcome::Timeout;
    for (std::size_t i = 0; i < m_attempts.size(); ++i) {
        if (!m_attempts[i].isWaiting())
            continue;
        m_attempts[i].exchange.reset();
        m_lookUps[i].state = timedOut ? LookUp::State::Answered : LookUp::State::Abandoned;
        if (timedOut)
            m_lookUps[i].outcome = dns::Outcome::Timeout;
        m_lookUps[i].took = m_clock.elapsed() - m_lookUps[i].start;
        m_listener.lookUpChanged(*this, i);
    }
    Fact fact;
    fact.content = std::move(answer);
    fact.from = std::move(from);
    fact.at = m_clock.now();
    fact.took =
        m_lookUps.empty() ? std::chrono::microseconds(0) : m_clock.elapsed() - m_lookUps.front().start;
    m_fact = std::move(fact);
    m_listener.ended(*this);
}

} // namespace mailoscope::gather
