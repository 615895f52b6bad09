// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/spf_place.h"
#include "spf/check_host.h"

#include <QObject>

#include <memory>
#include <optional>

namespace mailoscope::gather
{
class CheckRunner;
class Gatherer;
} // namespace mailoscope::gather

namespace mailoscope::ui
{

/// One client walked through check_host() term by term, forwards and backwards.
class AddressWalk : public QObject
{
    Q_OBJECT
public:
    explicit AddressWalk(QObject *parent = nullptr);
    ~AddressWalk() override;

    /// Begins; what is not known yet is asked of the gatherer. A walk under way is forgotten.
    void start(std::shared_ptr<gather::Gatherer> gatherer, const spf::CheckArguments &arguments);
    void clear();

    bool isWaiting() const { return m_waiting; }
    const std::optional<spf::CheckOutcome> &outcome() const { return m_outcome; }
    const spf::CheckArguments &arguments() const { return m_arguments; }

    int stepCount() const;
    /// From 0; -1 where there is no step.
    int at() const { return m_at; }
    const spf::Step *step() const;
    /// The place in the tree of the step at hand.
    TermPath place() const;

public Q_SLOTS:
    void goTo(int step);
    void goToFirst() { goTo(0); }
    void goBack() { goTo(m_at - 1); }
    void goOn() { goTo(m_at + 1); }
    void goToLast() { goTo(stepCount() - 1); }

Q_SIGNALS:
    /// The outcome, the step at hand, or that there is none.
    void changed();

private:
    void take(const spf::CheckOutcome &outcome);

    std::unique_ptr<gather::CheckRunner> m_runner;
    spf::CheckArguments m_arguments;
    std::optional<spf::CheckOutcome> m_outcome;
    bool m_waiting = false;
    int m_at = -1;
};

} // namespace mailoscope::ui
