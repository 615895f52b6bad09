// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/check_host.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

/// The trace of check_host(): what it did, step by step. Used by check_host.cpp alone.
namespace mailoscope::spf
{

/// The record that is being evaluated.
struct Frame {
    DomainName domain;
    std::string domainText; ///< for `%{d}`, as it was written
    std::shared_ptr<const ParsedRecord> record;
    const std::string *text = nullptr;
    std::vector<std::size_t> path; ///< kept only where there is a trace
};

/// The name a term speaks of, and the look-ups that were made for it.
struct Target {
    bool pending = false;
    std::string text;                       ///< after expansion
    std::optional<DomainName> name;         ///< absent where the text is no domain name
    std::vector<const dns::Answer *> asked; ///< kept only where there is a trace
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
