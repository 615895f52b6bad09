// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/check_host.h"

#include <QObject>

#include <functional>
#include <memory>

namespace mailoscope::gather
{

class Gatherer;

struct CheckRunnerOptions {
    spf::Limits limits;
    spf::Trace trace = spf::Trace::Off;
    /// Checks that wait for facts, or for an earlier check so that the order is kept. add() goes on beyond
    /// it; a caller that reads a long input pauses while hasRoom() is false.
    std::size_t window = 1000;
    std::size_t maxFacts = 200000; ///< facts kept at most; beyond it the runner starts anew
};

/// Runs check_host() for many clients with facts gathered as they are needed: many checks in flight at once,
/// the results in the order of input. Facts are shared by all checks and kept for no longer than their TTL. A
/// check whose facts are at hand is done within add(), at the cost of the evaluation alone.
class CheckRunner : public QObject
{
    Q_OBJECT
public:
    /// Receives the results, one for each place from 0 up without a gap. The outcome is null for a place that
    /// was skipped. It may be called from within add() and skip(), and may not delete the runner.
    using Sink = std::function<void(quint64 place, const spf::CheckOutcome *outcome)>;

    CheckRunner(std::shared_ptr<Gatherer> gatherer, Sink sink, CheckRunnerOptions options = {},
                QObject *parent = nullptr);
    ~CheckRunner() override;

    /// Takes the next place for a check.
    quint64 add(spf::CheckArguments arguments);
    /// Takes the next place without a check, so that a caller can keep something else in order among the
    /// results.
    quint64 skip();
    bool hasRoom() const;
    /// True while there are places that the sink has not been given.
    bool isBusy() const;

Q_SIGNALS:
    /// hasRoom() has become true again.
    void roomBecame();
    /// The last place has been given to the sink.
    void idled();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace mailoscope::gather
