// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"
#include "report/text.h"

/// The parts that the texts of text.h are made of.
namespace mailoscope::text
{

terminal::Tone toneOf(Severity severity);
terminal::Tone toneOf(Mark mark);
/// Whether the domain can be forged.
void appendVerdict(terminal::Page &page, const Report &report);
/// A section as its outline has it.
void appendSection(terminal::Page &page, const Report &report, Section section);
/// A table, as wide as the page at most.
void appendTable(terminal::Page &page, const OutlineTable &table);
/// "Critical"
std::string_view wordOf(Severity severity);

/// How the section fares, in one tone and one word.
struct Headline {
    terminal::Tone tone;
    std::string word;
};
/// The headline's shape and word in its tone.
std::string headlineText(const terminal::Page &page, const Headline &headline);

/// What is spent of the limits, what is authorised, what becomes of everyone else.
void appendSpfSummary(terminal::Page &page, const spf::Evaluation &evaluation,
                      const std::vector<Finding> &findings);
void appendTree(terminal::Page &page, const spf::Evaluation &evaluation, AddressTerms addressTerms);

/// How many addresses, in as few characters as may be: `471,552`, `2^96`, `~2^83`.
std::string countText(const terminal::Page &page, const Uint128 &count);

} // namespace mailoscope::text
