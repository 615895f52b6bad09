// SPDX-License-Identifier: Apache-2.0
#include "report/text_parts.h"

#include "base/ascii.h"
#include "report/explain.h"
#include "report/spf_notes.h"

#include <algorithm>

namespace mailoscope
{

namespace
{

using terminal::Page;
using terminal::Tone;

Tone toneOf(const spf::Step &step)
{
    if (step.kind == spf::Step::Kind::End && step.result)
        return text::toneOf(markOf(*step.result));
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

/// A step that says no more than that the client is not in one block.
bool isPlainMiss(const spf::Step &step)
{
    const std::string_view text(step.text);
    const std::size_t name = text.find_first_not_of("+-~?");
    const std::string_view mechanism = text.substr(std::min(name, text.size()), 4);
    return step.kind == spf::Step::Kind::Term && step.match == spf::Step::Match::NotMatched &&
           step.asked.empty() &&
           (ascii::equalIgnoringCase(mechanism, "ip4:") || ascii::equalIgnoringCase(mechanism, "ip6:"));
}

/// Misses that follow each other in one record share a line.
std::size_t runOfMisses(const std::vector<spf::Step> &steps, std::size_t first)
{
    std::size_t end = first;
    while (end < steps.size() && isPlainMiss(steps[end]) && steps[end].path == steps[first].path)
        ++end;
    return end - first;
}

void appendSteps(Page &page, const spf::CheckArguments &arguments, const spf::CheckOutcome &outcome,
                 AddressTerms addressTerms)
{
    const std::vector<spf::Step> &steps = outcome.steps;
    for (std::size_t i = 0; i < steps.size();) {
        const std::size_t misses = addressTerms == AddressTerms::Together ? runOfMisses(steps, i) : 0;
        if (misses < 2) {
            appendStep(page, arguments, steps[i++]);
            continue;
        }
        const std::string indent(2 + 2 * steps[i].path.size(), ' ');
        page.paragraph(indent + std::string(page.sign("·", "-")) + ' ',
                       std::to_string(misses) + " terms, " + shown(steps[i].text) + " to " +
                           shown(steps[i + misses - 1].text) + ": " + arguments.ip.toString() +
                           " is in none of them; go on.");
        i += misses;
    }
}

} // namespace

std::string checkToText(const spf::CheckArguments &arguments, const spf::CheckOutcome &outcome,
                        const TextOptions &options)
{
    Page page(options.style);
    const Tone tone = text::toneOf(markOf(outcome.result));
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
        appendSteps(page, arguments, outcome, options.addressTerms);
    }
    return page.take();
}

} // namespace mailoscope
