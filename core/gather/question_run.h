// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/clock.h"
#include "gather/look_up.h"
#include "gather/upstream.h"

#include <QCoreApplication>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace mailoscope::gather
{

/// One question under way: which resolvers were asked when, what they said, and whom to ask next. A
/// conclusive answer from whomever ends it; of failures the one that says most is kept until nobody is left
/// to ask.
class QuestionRun
{
    Q_DECLARE_TR_FUNCTIONS(mailoscope::gather::QuestionRun)
public:
    struct Settings {
        std::chrono::milliseconds timeout;
        std::chrono::milliseconds patience;
        std::chrono::milliseconds reviveAfter;
    };
    /// Called from the event loop.
    struct Listener {
        std::function<void(QuestionRun &, std::size_t lookUp)> lookUpChanged;
        std::function<void(QuestionRun &)> ended;
        std::function<void(Upstream &)> wentSilent;
    };

    QuestionRun(dns::Question key, std::vector<Upstream *> upstreams, Settings settings, Clock clock,
                Listener listener);

    const dns::Question &key() const { return m_key; }
    const std::vector<LookUp> &lookUps() const { return m_lookUps; }
    /// The result, once the run has ended.
    const std::optional<Fact> &fact() const { return m_fact; }

    /// Asks the first resolver; without any the run ends at once.
    void begin();
    /// When onTime() wants to be called next.
    SteadyTime wakeAt() const;
    void onTime(SteadyTime now);
    /// Asks another resolver if only this one has been asked so far.
    void moveAwayFrom(const Upstream &silent);

private:
    struct Attempt {
        Upstream *upstream;
        SteadyTime sentAt;
        std::shared_ptr<Upstream::Exchange> exchange; ///< null once it has ended
        bool isWaiting() const { return exchange != nullptr; }
    };

    void ask(Upstream &upstream, const QString &note = {});
    void askAgain(SteadyTime now);
    void reviveOne(SteadyTime now);
    void replied(std::size_t attempt, const Upstream::Reply &reply);
    void keepBest(dns::Answer answer, const Upstream &upstream);
    void goOnAfterFailure(std::size_t failed, const dns::Answer &answer);
    Upstream *nextWhenSilent() const;
    Upstream *nextWhenFailed() const;
    std::size_t timesAsked(const Upstream *upstream) const;
    bool knowsNothing() const;
    bool isHeldBackBy(const Attempt &attempt) const;
    bool hasLivelyAttempt() const;
    void noteSilence(SteadyTime now, const QString &note);
    void end(dns::Answer answer, std::string from);
    void endWithBest(dns::Outcome otherwise);

    dns::Question m_key;
    std::vector<Upstream *> m_upstreams; ///< in order of preference
    Settings m_settings;
    Clock m_clock;
    Listener m_listener;

    std::vector<Attempt> m_attempts;
    std::vector<LookUp> m_lookUps; ///< one for each attempt
    SteadyTime m_deadline{};
    SteadyTime m_askAgainAt{};
    std::optional<dns::Answer> m_best; ///< of the failures so far
    std::string m_bestFrom;
    std::optional<Fact> m_fact;
};

} // namespace mailoscope::gather
