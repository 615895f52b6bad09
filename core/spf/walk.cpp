// SPDX-License-Identifier: Apache-2.0
#include "spf/walk.h"

namespace mailoscope::spf
{

namespace
{

Step stepIn(const Frame &frame, Step::Kind kind, const CheckOutcome &outcome)
{
    Step step;
    step.kind = kind;
    step.path = frame.path;
    step.domain = frame.domain();
    step.lookups = outcome.lookups;
    step.voidLookups = outcome.voidLookups;
    return step;
}

/// An answer in a few words.
std::string summaryOf(const dns::Answer &answer)
{
    constexpr std::size_t MostShown = 4;
    if (answer.outcome != dns::Outcome::Answered)
        return std::string(dns::toString(answer.outcome));
    std::string text;
    for (std::size_t i = 0; i < answer.records.size() && i < MostShown; ++i)
        text += (i == 0 ? "" : ", ") + dns::toPresentation(answer.records[i]);
    if (answer.records.size() > MostShown)
        text += ", … (" + std::to_string(answer.records.size()) + ")";
    return text;
}

} // namespace

std::string textOf(const Frame &frame, std::size_t index)
{
    const Span span = frame.taken.record->spans[index];
    return frame.taken.selection.text.substr(span.begin, span.end - span.begin);
}

void Walk::addRecord(const Frame &frame, const CheckOutcome &outcome)
{
    Step step = stepIn(frame, Step::Kind::Record, outcome);
    step.text = frame.taken.selection.text;
    if (!frame.taken.record->isFlawless()) {
        step.match = Step::Match::Failed;
        step.cause = Cause::Syntax;
    }
    m_steps.push_back(std::move(step));
}

void Walk::addTerm(const Frame &frame, std::size_t index, const Target &target, Step::Match match,
                   Cause cause, const CheckOutcome &outcome)
{
    Step step = stepIn(frame, Step::Kind::Term, outcome);
    step.term = index;
    step.span = frame.taken.record->spans[index];
    step.text = textOf(frame, index);
    step.expanded = target.at().text;
    for (const dns::Answer *answer : target.asked) {
        step.asked.push_back(answer->question);
        step.answers.push_back(summaryOf(*answer));
    }
    step.match = match;
    step.cause = cause;
    m_steps.push_back(std::move(step));
}

void Walk::addReturn(const Frame &frame, std::size_t index, const Target &target, CheckResult inner,
                     Step::Match match, Cause cause, const CheckOutcome &outcome)
{
    addTerm(frame, index, target, match, cause, outcome);
    m_steps.back().kind = Step::Kind::Return;
    m_steps.back().result = inner;
}

void Walk::addEnd(const DomainName &domain, const CheckOutcome &outcome)
{
    Step step;
    step.kind = Step::Kind::End;
    step.domain = domain;
    step.text = outcome.mechanism();
    step.result = outcome.result;
    step.cause = outcome.cause;
    step.lookups = outcome.lookups;
    step.voidLookups = outcome.voidLookups;
    m_steps.push_back(std::move(step));
}

} // namespace mailoscope::spf
