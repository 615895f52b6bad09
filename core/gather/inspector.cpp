// SPDX-License-Identifier: Apache-2.0
#include "gather/inspector.h"

#include "fixes/proof.h"
#include "gather/gatherer.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <unordered_map>

namespace mailoscope::gather
{

namespace
{

/// An evaluation that took longer than this is not repeated at once: the next waits until it would take no
/// more than a third of the time, so that a big tree leaves the event loop to others while it grows.
constexpr std::chrono::microseconds CheapEvaluation(2500);
constexpr int RestPerEvaluation = 2;
constexpr std::chrono::microseconds LongestRest(100000);
/// How long one turn of the event loop may go on proving fixes.
constexpr qint64 LongestProofMs = 6;
/// Changed records may lead to names that nobody has asked; such proofs are made again with the answers.
constexpr int MaxProofRounds = 2;

/// True where a resolver has answered, if only by saying that it failed.
bool wasAnswered(const Fact &fact)
{
    if (!fact.isDns())
        return false;
    switch (fact.dns().outcome) {
    case dns::Outcome::Answered:
    case dns::Outcome::NoData:
    case dns::Outcome::NxDomain:
    case dns::Outcome::ServerFailure:
    case dns::Outcome::OtherRcode:
        return true;
    case dns::Outcome::Refused:
    case dns::Outcome::Timeout:
    case dns::Outcome::Malformed:
    case dns::Outcome::Unreachable:
    case dns::Outcome::NotRecorded:
        return false;
    }
    return false;
}

} // namespace

class Inspector::Private
{
public:
    Private(Inspector *inspector, std::shared_ptr<Gatherer> from);

    void start(const DomainName &name, const InspectOptions &given);
    void setOptions(const InspectOptions &given);
    void setChanges(std::vector<fixes::Change> given);
    void stop();

    std::shared_ptr<Gatherer> gatherer;
    DomainName domain;
    InspectOptions options;
    FactStore facts;
    LookUpLog log;
    std::shared_ptr<const Report> report;
    bool running = false;

private:
    struct UnderWay {
        Gatherer::Ticket ticket;
        std::vector<int> lookUps; ///< ids in the log
    };

    void evaluateAgain();
    void scheduleEvaluation();
    void evaluate();
    std::shared_ptr<Report> makeReport();
    const FactStore &seen() const { return m_isKnown && !m_changes.empty() ? m_changedFacts : facts; }
    void gather(const std::vector<FactKey> &needed);
    bool wantsFixes() const { return options.scope == InspectOptions::Scope::Whole && options.fixes; }
    void mend();
    void mended();
    void arrived(const FactKey &key, Fact fact);
    void logged(const FactKey &key, int index, LookUp lookUp);
    void abandonAll();
    void end(Ending ending);
    void tellProgress();

    Inspector *q;
    InspectionContext m_context;
    spf::RecordCache m_records;
    std::unordered_map<FactKey, UnderWay> m_underWay;
    std::vector<fixes::Change> m_changes;
    bool m_isKnown = false;   ///< the facts hold all that the domain as it is needs
    FactStore m_changedFacts; ///< those of the last evaluation with the changes laid over them
    std::chrono::microseconds m_began{0};
    bool m_isStarted = false;
    int m_asked = 0;
    bool m_wasAnswered = false;
    QTimer m_evaluation;
    QElapsedTimer m_sinceEvaluation;
    std::chrono::microseconds m_lastCost{0};
    /// Makes the fixes of the last report, once it is complete.
    std::unique_ptr<fixes::Mending> m_mending;
    QTimer m_mendingTurn;
    int m_proofRounds = 0;
    std::optional<std::vector<fixes::Fix>> m_fixes; ///< those of the report that comes next
};

Inspector::Private::Private(Inspector *inspector, std::shared_ptr<Gatherer> from)
    : gatherer(std::move(from)), q(inspector)
{
    m_evaluation.setSingleShot(true);
    m_evaluation.setTimerType(Qt::PreciseTimer);
    connect(&m_evaluation, &QTimer::timeout, q, [this] { evaluate(); });
    m_mendingTurn.setInterval(0);
    connect(&m_mendingTurn, &QTimer::timeout, q, [this] { mend(); });
}

void Inspector::Private::start(const DomainName &name, const InspectOptions &given)
{
    const QPointer<Inspector> self(q);
    stop();
    if (!self)
        return;
    domain = name;
    options = given;
    facts.clear();
    m_isKnown = false;
    log.clear();
    report.reset();
    m_context = gatherer->context();
    m_began = gatherer->clock().elapsed();
    m_asked = 0;
    m_wasAnswered = false;
    m_lastCost = {};
    m_proofRounds = 0;
    m_isStarted = true;
    running = true;
    scheduleEvaluation();
}

void Inspector::Private::setOptions(const InspectOptions &given)
{
    options = given;
    m_isKnown = false;
    evaluateAgain();
}

void Inspector::Private::setChanges(std::vector<fixes::Change> given)
{
    m_changes = std::move(given);
    evaluateAgain();
}

void Inspector::Private::evaluateAgain()
{
    if (!m_isStarted)
        return;
    m_proofRounds = 0;
    m_fixes.reset();
    running = true;
    scheduleEvaluation();
}

void Inspector::Private::stop()
{
    if (running)
        end(Ending::Stopped);
}

void Inspector::Private::scheduleEvaluation()
{
    using namespace std::chrono;
    microseconds wait{0};
    // With nothing under way no further answer would be taken along by waiting.
    if (m_lastCost > CheapEvaluation && !m_underWay.empty()) {
        const microseconds rested =
            duration_cast<microseconds>(nanoseconds(m_sinceEvaluation.nsecsElapsed()));
        wait = std::clamp(m_lastCost * RestPerEvaluation - rested, microseconds(0), LongestRest);
    }
    const int milliseconds = static_cast<int>(ceil<std::chrono::milliseconds>(wait).count());
    if (!m_evaluation.isActive() || m_evaluation.remainingTime() > milliseconds)
        m_evaluation.start(milliseconds);
}

/// Changes are laid over what is known, so that they come when everything is.
std::shared_ptr<Report> Inspector::Private::makeReport()
{
    if (!m_isKnown || m_changes.empty()) {
        auto plain = std::make_shared<Report>(inspect(domain, facts, m_records, m_context, options));
        m_isKnown = plain->needed.empty();
        if (!m_isKnown || m_changes.empty())
            return plain;
    }
    std::vector<FactKey> missing;
    m_changedFacts = fixes::published(m_changes, facts, &missing);
    auto changed = std::make_shared<Report>(inspect(domain, m_changedFacts, m_records, m_context, options));
    changed->applied = m_changes;
    changed->needed.insert(changed->needed.end(), missing.begin(), missing.end());
    return changed;
}

void Inspector::Private::evaluate()
{
    QElapsedTimer timer;
    timer.start();
    m_mendingTurn.stop();
    m_mending.reset();
    const std::shared_ptr<Report> made = makeReport();
    const bool isMended = m_fixes && !made->pending;
    if (isMended)
        made->fixes = *std::move(m_fixes);
    m_fixes.reset();
    const std::shared_ptr<const Report> next = made;
    report = next;
    m_lastCost = std::chrono::microseconds(timer.nsecsElapsed() / 1000);
    m_sinceEvaluation.start();
    gather(next->needed); // before anybody is told, so that the questions are on their way

    const QPointer<Inspector> self(q);
    Q_EMIT q->reportReady(next);
    // A slot may have started another inspection, changed the options or deleted the inspector.
    if (!self || report != next || !running)
        return;
    tellProgress();
    if (!self || report != next || !running || m_evaluation.isActive() || !next->needed.empty())
        return;
    const bool isDeaf = m_asked > 0 && !m_wasAnswered;
    if (isMended || isDeaf || !wantsFixes())
        end(isDeaf ? Ending::NoResolver : Ending::Done);
    else if (m_proofRounds == 0 || m_underWay.empty())
        m_mendingTurn.start();
}

/// One turn of the event loop.
void Inspector::Private::mend()
{
    if (!m_mending)
        m_mending = std::make_unique<fixes::Mending>(*report, seen(), m_records, options);
    QElapsedTimer timer;
    timer.start();
    while (m_mending->step()) {
        if (timer.elapsed() >= LongestProofMs)
            return;
    }
    mended();
}

void Inspector::Private::mended()
{
    m_mendingTurn.stop();
    const std::vector<FactKey> needed = m_mending->takeNeeded();
    m_fixes = m_mending->takeFixes();
    m_mending.reset();
    if (!needed.empty() && m_proofRounds < MaxProofRounds) {
        ++m_proofRounds;
        m_fixes.reset();
        gather(needed); // what arrives leads to an evaluation, and that here again
        tellProgress();
        return;
    }
    scheduleEvaluation();
}

void Inspector::Private::gather(const std::vector<FactKey> &needed)
{
    for (const FactKey &key : needed) {
        const auto [place, isNew] = m_underWay.try_emplace(key);
        if (!isNew)
            continue;
        ++m_asked;
        place->second.ticket = gatherer->ask(
            key, [this, key](Fact fact) { arrived(key, std::move(fact)); },
            [this, key](int index, LookUp lookUp) { logged(key, index, std::move(lookUp)); });
    }
}

void Inspector::Private::arrived(const FactKey &key, Fact fact)
{
    m_underWay.erase(key);
    m_wasAnswered = m_wasAnswered || wasAnswered(fact);
    facts.put(std::move(fact));
    m_fixes.reset(); // made for a report that is no longer the last one
    scheduleEvaluation();
    tellProgress();
}

void Inspector::Private::logged(const FactKey &key, int index, LookUp lookUp)
{
    std::vector<int> &ids = m_underWay.at(key).lookUps;
    const auto place = static_cast<std::size_t>(index);
    while (ids.size() <= place) {
        ids.push_back(static_cast<int>(log.size()));
        log.emplace_back();
    }
    lookUp.id = ids[place];
    lookUp.start -= m_began;
    log[static_cast<std::size_t>(lookUp.id)] = lookUp;
    Q_EMIT q->lookUpChanged(lookUp);
}

void Inspector::Private::abandonAll()
{
    const std::chrono::microseconds now = gatherer->clock().elapsed() - m_began;
    std::vector<LookUp> abandoned;
    for (const auto &[key, question] : std::exchange(m_underWay, {})) {
        gatherer->cancel(question.ticket);
        for (const int id : question.lookUps) {
            LookUp &lookUp = log[static_cast<std::size_t>(id)];
            if (lookUp.state != LookUp::State::Waiting)
                continue;
            lookUp.state = LookUp::State::Abandoned;
            lookUp.took = now - lookUp.start;
            abandoned.push_back(lookUp);
        }
    }
    const QPointer<Inspector> self(q);
    for (const LookUp &lookUp : abandoned) {
        if (self)
            Q_EMIT q->lookUpChanged(lookUp);
    }
}

void Inspector::Private::end(Ending ending)
{
    const QPointer<Inspector> self(q);
    running = false;
    m_evaluation.stop();
    m_mendingTurn.stop();
    m_mending.reset();
    m_fixes.reset();
    abandonAll();
    if (self)
        Q_EMIT q->finished(ending);
}

void Inspector::Private::tellProgress()
{
    Q_EMIT q->progressed(m_asked - static_cast<int>(m_underWay.size()), m_asked);
}

Inspector::Inspector(std::shared_ptr<Gatherer> gatherer, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(gatherer)))
{
}

Inspector::~Inspector()
{
    d->stop();
}

void Inspector::start(const DomainName &domain, const InspectOptions &options)
{
    d->start(domain, options);
}

void Inspector::setOptions(const InspectOptions &options)
{
    d->setOptions(options);
}

void Inspector::setChanges(std::vector<fixes::Change> changes)
{
    d->setChanges(std::move(changes));
}

void Inspector::stop()
{
    d->stop();
}

bool Inspector::isRunning() const
{
    return d->running;
}

const DomainName &Inspector::domain() const
{
    return d->domain;
}

std::shared_ptr<const Report> Inspector::report() const
{
    return d->report;
}

const FactStore &Inspector::facts() const
{
    return d->facts;
}

const LookUpLog &Inspector::log() const
{
    return d->log;
}

} // namespace mailoscope::gather
