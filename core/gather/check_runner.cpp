// SPDX-License-Identifier: Apache-2.0
#include "gather/check_runner.h"

#include "gather/gatherer.h"
#include "gather/shared_facts.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

#include <deque>
#include <map>
#include <optional>
#include <unordered_map>

namespace mailoscope::gather
{

namespace
{

/// How long one turn of the event loop may go on evaluating checks that waited.
constexpr qint64 LongestTurnMs = 8;

} // namespace

class CheckRunner::Private
{
public:
    Private(CheckRunner *runner, std::shared_ptr<Gatherer> from, Sink into, CheckRunnerOptions given);
    ~Private();

    quint64 add(spf::CheckArguments arguments);
    quint64 skip();
    std::size_t openPlaces() const { return m_places.size(); }

    CheckRunnerOptions options;

private:
    /// A check that waits for facts.
    struct Waiting {
        Waiting(spf::CheckArguments given, const SharedFacts &shared)
            : arguments(std::move(given)), facts(shared)
        {
            facts.keepWhatIsUsed();
        }
        spf::CheckArguments arguments;
        CheckFacts facts;
        bool isDue = false;
    };
    /// A place in the order of input that the sink has not been given.
    struct Place {
        std::unique_ptr<Waiting> waiting;         ///< null once the check is done
        std::optional<spf::CheckOutcome> outcome; ///< absent: skipped, or still waiting
    };
    /// A question under way and the places that wait for it.
    struct Question {
        Gatherer::Ticket ticket = 0;
        std::vector<quint64> places;
    };

    spf::CheckOutcome evaluate(const spf::CheckArguments &arguments, CheckFacts &facts);
    quint64 take(Place place);
    void askFor(quint64 number, Waiting &waiting);
    void arrived(const dns::Question &key, const Fact &fact);
    void makeDue(quint64 number, Waiting &waiting);
    void evaluateDue();
    bool giveAway();
    Place *placeOf(quint64 number);
    void tellRoom(bool hadRoom);

    CheckRunner *q;
    std::shared_ptr<Gatherer> m_gatherer;
    Sink m_sink;
    SharedFacts m_facts;
    spf::RecordCache m_records;
    std::deque<Place> m_places; ///< from m_firstPlace on
    quint64 m_firstPlace = 0;
    std::unordered_map<dns::Question, Question> m_questions;
    std::deque<quint64> m_due; ///< places whose facts have changed
    QTimer m_turn;
    bool m_isGiving = false;
};

CheckRunner::Private::Private(CheckRunner *runner, std::shared_ptr<Gatherer> from, Sink into,
                              CheckRunnerOptions given)
    : options(std::move(given)),
      q(runner),
      m_gatherer(std::move(from)),
      m_sink(std::move(into)),
      m_facts(options.maxFacts)
{
    m_turn.setSingleShot(true);
    connect(&m_turn, &QTimer::timeout, q, [this] { evaluateDue(); });
}

CheckRunner::Private::~Private()
{
    for (const auto &[key, question] : m_questions)
        m_gatherer->cancel(question.ticket);
}

spf::CheckOutcome CheckRunner::Private::evaluate(const spf::CheckArguments &arguments, CheckFacts &facts)
{
    return spf::checkHost(arguments, facts, m_records, options.trace, options.limits);
}

quint64 CheckRunner::Private::add(spf::CheckArguments arguments)
{
    m_facts.setTime(m_gatherer->clock().elapsed());
    // Mostly all facts are at hand. Then nothing is made for this check but its outcome.
    CheckFacts facts(m_facts);
    spf::CheckOutcome outcome = evaluate(arguments, facts);
    if (!outcome.pending && m_places.empty() && !m_isGiving) {
        const quint64 number = m_firstPlace++;
        m_isGiving = true;
        m_sink(number, &outcome);
        m_isGiving = false;
        giveAway(); // what the sink has added meanwhile
        return number;
    }
    Place place;
    if (outcome.pending) {
        place.waiting = std::make_unique<Waiting>(std::move(arguments), m_facts);
        // Once more, keeping what it uses: facts may expire while it waits.
        evaluate(place.waiting->arguments, place.waiting->facts);
    } else {
        place.outcome = std::move(outcome);
    }
    const quint64 number = take(std::move(place));
    if (Place *taken = placeOf(number); taken && taken->waiting)
        askFor(number, *taken->waiting);
    return number;
}

quint64 CheckRunner::Private::skip()
{
    const quint64 number = take({});
    giveAway();
    return number;
}

quint64 CheckRunner::Private::take(Place place)
{
    m_places.push_back(std::move(place));
    return m_firstPlace + m_places.size() - 1;
}

CheckRunner::Private::Place *CheckRunner::Private::placeOf(quint64 number)
{
    const bool isThere = number >= m_firstPlace && number - m_firstPlace < m_places.size();
    return isThere ? &m_places[static_cast<std::size_t>(number - m_firstPlace)] : nullptr;
}

void CheckRunner::Private::askFor(quint64 number, Waiting &waiting)
{
    for (const dns::Question &key : waiting.facts.takeNeeded()) {
        const auto [place, isNew] = m_questions.try_emplace(key);
        place->second.places.push_back(number);
        if (isNew) {
            place->second.ticket = m_gatherer->ask(key, [this, key](Fact fact) { arrived(key, fact); });
        }
    }
}

void CheckRunner::Private::arrived(const dns::Question &key, const Fact &fact)
{
    const auto answer = std::make_shared<const dns::Answer>(fact.dns());
    m_facts.setTime(m_gatherer->clock().elapsed());
    m_facts.put(answer);
    const auto question = m_questions.extract(key);
    for (const quint64 number : question.mapped().places) {
        if (Place *place = placeOf(number); place && place->waiting) {
            place->waiting->facts.put(answer);
            makeDue(number, *place->waiting);
        }
    }
}

void CheckRunner::Private::makeDue(quint64 number, Waiting &waiting)
{
    if (!std::exchange(waiting.isDue, true))
        m_due.push_back(number);
    if (!m_turn.isActive())
        m_turn.start(0); // answers that come together are evaluated together
}

void CheckRunner::Private::evaluateDue()
{
    const bool hadRoom = q->hasRoom();
    m_facts.setTime(m_gatherer->clock().elapsed());
    QElapsedTimer timer;
    timer.start();
    while (!m_due.empty() && timer.elapsed() < LongestTurnMs) {
        const quint64 number = m_due.front();
        m_due.pop_front();
        Place *place = placeOf(number);
        if (!place || !place->waiting)
            continue;
        Waiting &waiting = *place->waiting;
        waiting.isDue = false;
        spf::CheckOutcome outcome = evaluate(waiting.arguments, waiting.facts);
        if (outcome.pending) {
            askFor(number, waiting);
        } else {
            place->outcome = std::move(outcome);
            place->waiting.reset();
        }
    }
    if (!m_due.empty())
        m_turn.start(0);
    if (giveAway())
        tellRoom(hadRoom);
}

/// Gives the sink all places at the front that are done; false where there were none.
bool CheckRunner::Private::giveAway()
{
    if (m_isGiving)
        return false; // called from the sink: whoever is giving goes on
    m_isGiving = true;
    bool gave = false;
    while (!m_places.empty() && !m_places.front().waiting) {
        const Place place = std::move(m_places.front());
        m_places.pop_front();
        m_sink(m_firstPlace++, place.outcome ? &*place.outcome : nullptr);
        gave = true;
    }
    m_isGiving = false;
    return gave;
}

void CheckRunner::Private::tellRoom(bool hadRoom)
{
    const QPointer<CheckRunner> self(q);
    if (!hadRoom && q->hasRoom())
        Q_EMIT q->roomBecame();
    if (self && m_places.empty())
        Q_EMIT q->idled();
}

CheckRunner::CheckRunner(std::shared_ptr<Gatherer> gatherer, Sink sink, CheckRunnerOptions options,
                         QObject *parent)
    : QObject(parent),
      d(std::make_unique<Private>(this, std::move(gatherer), std::move(sink), std::move(options)))
{
}

CheckRunner::~CheckRunner() = default;

quint64 CheckRunner::add(spf::CheckArguments arguments)
{
    return d->add(std::move(arguments));
}

quint64 CheckRunner::skip()
{
    return d->skip();
}

bool CheckRunner::hasRoom() const
{
    return d->openPlaces() < d->options.window;
}

bool CheckRunner::isBusy() const
{
    return d->openPlaces() > 0;
}

} // namespace mailoscope::gather
