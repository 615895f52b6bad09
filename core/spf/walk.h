// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/check_host.h"

#include <optional>
#include <string>
#include <vector>

/// The trace of check_host(): what it did, step by step. Used by check_host.cpp alone.
namespace mailoscope::spf
{

/// The record that is being evaluated, by reference: frames lie on the stack, the inner above the outer.
struct Frame {
    const TargetName &at;          ///< with a name
    const TakenUp &taken;          ///< with a record
    std::vector<std::size_t> path; ///< kept only where there is a trace

    const DomainName &domain() const { return *at.name; }
    const std::vector<Term> &terms() const { return taken.record->record->terms; }
};

/// The name a term speaks of, and the look-ups that were made for it.
struct Target {
    bool pending = false;
    const TargetName *fixed = nullptr;      ///< where it has been worked out before
    TargetName expanded;                    ///< else
    std::vector<const dns::Answer *> asked; ///< kept only where there is a trace

    const TargetName &at() const { return fixed ? *fixed : expanded; }
    const std::optional<DomainName> &name() const { return at().name; }
};

/// A term of the frame's record as written.
std::string textOf(const Frame &frame, std::size_t index);

/// Collects the steps. What is spent so far is read from the outcome at hand.
class Walk
{
public:
    void addRecord(const Frame &frame, const CheckOutcome &outcome);
    void addTerm(const Frame &frame, std::size_t index, const Target &target, Step::Match match, Cause cause,
                 const CheckOutcome &outcome);
    void addReturn(const Frame &frame, std::size_t index, const Target &target, CheckResult inner,
                   Step::Match match, Cause cause, const CheckOutcome &outcome);
    void addEnd(const DomainName &domain, const CheckOutcome &outcome);
    std::vector<Step> take() { return std::move(m_steps); }

private:
    std::vector<Step> m_steps;
};

} // namespace mailoscope::spf
