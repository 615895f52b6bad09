// SPDX-License-Identifier: Apache-2.0
#include "address_walk.h"

#include "gather/check_runner.h"
#include "gather/gatherer.h"

#include <algorithm>

namespace mailoscope::ui
{

AddressWalk::AddressWalk(QObject *parent) : QObject(parent) {}

AddressWalk::~AddressWalk() = default;

void AddressWalk::start(std::shared_ptr<gather::Gatherer> gatherer, const spf::CheckArguments &arguments)
{
    m_runner.reset();
    m_outcome.reset();
    m_at = -1;
    m_arguments = arguments;
    m_waiting = true;
    Q_EMIT changed();
    gather::CheckRunnerOptions options;
    options.trace = spf::Trace::On;
    m_runner = std::make_unique<gather::CheckRunner>(
        std::move(gatherer),
        [this](quint64, const spf::CheckOutcome *outcome) {
            if (outcome)
                take(*outcome);
        },
        options);
    m_runner->add(arguments);
}

void AddressWalk::clear()
{
    m_runner.reset();
    m_outcome.reset();
    m_waiting = false;
    m_at = -1;
    Q_EMIT changed();
}

void AddressWalk::take(const spf::CheckOutcome &outcome)
{
    m_outcome = outcome;
    m_waiting = false;
    m_at = stepCount() - 1;
    Q_EMIT changed();
}

int AddressWalk::stepCount() const
{
    return m_outcome ? static_cast<int>(m_outcome->steps.size()) : 0;
}

const spf::Step *AddressWalk::step() const
{
    return m_at >= 0 && m_at < stepCount() ? &m_outcome->steps[static_cast<std::size_t>(m_at)] : nullptr;
}

TermPath AddressWalk::place() const
{
    const spf::Step *current = step();
    if (!current)
        return {};
    if (current->kind == spf::Step::Kind::End) {
        // The end shows the term that decided: the last one that matched or failed.
        for (auto before = m_outcome->steps.rbegin(); before != m_outcome->steps.rend(); ++before) {
            const bool decided =
                before->kind == spf::Step::Kind::Term &&
                (before->match == spf::Step::Match::Matched || before->match == spf::Step::Match::Failed);
            if (decided && before->term) {
                TermPath path = before->path;
                path.push_back(*before->term);
                return path;
            }
        }
    }
    TermPath path = current->path;
    if (current->term)
        path.push_back(*current->term);
    return path;
}

void AddressWalk::goTo(int step)
{
    const int wanted = std::clamp(step, 0, std::max(0, stepCount() - 1));
    if (stepCount() == 0 || wanted == m_at)
        return;
    m_at = wanted;
    Q_EMIT changed();
}

} // namespace mailoscope::ui
