// SPDX-License-Identifier: Apache-2.0
#include "report/text_parts.h"

#include "report/explain.h"

namespace mailoscope
{

namespace
{

using terminal::Page;
using terminal::Tone;

Tone toneOf(spf::CheckResult result)
{
    switch (result) {
    case spf::CheckResult::Pass:
        return Tone::Ok;
    case spf::CheckResult::Fail:
    case spf::CheckResult::PermError:
        return Tone::Critical;
    case spf::CheckResult::SoftFail:
        return Tone::Medium;
    case spf::CheckResult::Neutral:
    case spf::CheckResult::None:
    case spf::CheckResult::TempError:
        return Tone::Unknown;
    }
    return Tone::Plain;
}

Tone toneOf(const spf::Step &step)
{
    if (step.kind == spf::Step::Kind::End && step.result)
        return toneOf(*step.result);
    if (step.match == spf::Step::Match::Failed)
        return Tone::Critical;
    return step.match == spf::Step::Match::Matched ? Tone::Strong : Tone::Plain;
}

void appendStep(Page &page, const spf::CheckArguments &arguments, const spf::Step &step)
{
    const std::string indent(2 + 2 * step.path.size(), ' ');
    const Tone tone = toneOf(step);
    const std::string shape(tone == Tone::Plain    ? page.sign("·", "-")
                            : tone == Tone::Strong ? page.sign("▸", ">")
                                                   : page.shape(tone));
    page.paragraph(indent + shape + ' ', sentenceOf(step, arguments), tone);
}

} // namespace

std::string checkToText(const spf::CheckArguments &arguments, const spf::CheckOutcome &outcome,
                        const TextOptions &options)
{
    Page page(options.style);
    const Tone tone = toneOf(outcome.result);
    const std::string_view result = toString(outcome.result);
    const std::string head = std::string(page.shape(tone)) + ' ' + std::string(result);
    std::string who = arguments.ip.toString() + " for ";
    who += arguments.sender.empty() ? "the empty sender" : shown(arguments.sender);
    if (!arguments.helo.empty())
        who += ", greeting as " + shown(arguments.helo);
    page.line(page.toned(tone, head) + "  " + page.fit(who));
    const std::string indent(2, ' ');
    if (outcome.result != spf::CheckResult::None)
        page.paragraph(indent, "decided by " + shown(outcome.mechanism()));
    const std::string cause = sentenceOf(outcome.cause);
    if (!cause.empty())
        page.paragraph(indent, cause);
    if (!outcome.explanation.empty())
        page.paragraph(indent, "the domain explains: " + shown(outcome.explanation));
    const spf::Limits limits;
    page.line(indent + std::to_string(outcome.lookups) + " of " + std::to_string(limits.lookups) +
              " look-ups, " + std::to_string(outcome.voidLookups) + " of " +
              std::to_string(limits.voidLookups) + " void look-ups");
    if (!outcome.steps.empty()) {
        page.line();
        page.line(page.toned(Tone::Strong, "The walk"));
        for (const spf::Step &step : outcome.steps)
            appendStep(page, arguments, step);
    }
    return page.take();
}

} // namespace mailoscope
