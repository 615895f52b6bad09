// SPDX-License-Identifier: Apache-2.0
// What was asked, who answered what and when: the ground that all the rest stands on.
#include "report/document_parts.h"
#include "report/fact_words.h"
#include "report/words.h"

namespace mailoscope::document
{

namespace
{

// What is longer stands in the evidence as a whole.
constexpr std::size_t MostFacts = 600;
constexpr std::size_t MostRecords = 12; // of one answer
constexpr std::size_t MostOctets = 700; // of one record

std::string number(std::size_t count)
{
    return withSeparators(std::to_string(count));
}

std::string cut(const std::string &octets)
{
    if (octets.size() <= MostOctets)
        return shown(octets);
    return shown(octets.substr(0, MostOctets)) + " … " + number(octets.size() - MostOctets) + " more octets";
}

void appendRecords(Text &text, const std::vector<dns::ResourceRecord> &records)
{
    for (std::size_t i = 0; i < std::min(records.size(), MostRecords); ++i)
        text.push_back(code('\n' + cut(dns::toPresentation(records[i]))));
    if (records.size() > MostRecords)
        text.push_back(
            {"\nand " + number(records.size() - MostRecords) + " more records", Run::Look::Quiet, {}});
}

Paragraph answerOf(const Fact &fact)
{
    Text text = plain(std::string(wordsOf(fact.outcome())));
    if (fact.isDns())
        appendRecords(text, fact.dns().records);
    else if (const auto *answer = std::get_if<dns::ServerAnswer>(&fact.content))
        appendRecords(text, answer->records);
    else if (const std::string gist = gistOf(fact); !gist.empty())
        text.push_back(code('\n' + gist));
    return {std::move(text), isTemporaryFailure(fact.outcome()) ? Mark::Unknown : Mark::None};
}

std::string milliseconds(std::chrono::microseconds took)
{
    if (took.count() <= 0)
        return {};
    const auto tenths = (took.count() + 50) / 100;
    return withSeparators(std::to_string(tenths / 10)) + '.' + std::to_string(tenths % 10);
}

void appendAnswers(Blocks &blocks, const Report &report)
{
    blocks.push_back(Heading{3, "Look-ups and answers", "answers"});
    Table table{"All that was asked", {"Asked", "Answer", "From", "At (UTC)", "ms"}, {}};
    std::size_t unrecorded = 0;
    std::size_t left = 0;
    for (const FactPointer &pointer : report.facts) {
        const Fact &fact = *pointer;
        if (isNotRecorded(fact.outcome())) {
            ++unrecorded;
        } else if (table.rows.size() >= MostFacts) {
            ++left;
        } else {
            table.rows.push_back({{{code(shown(toString(fact.key())))}},
                                  answerOf(fact),
                                  {{code(shown(fact.from))}},
                                  {{code(toRfc3339(fact.at))}},
                                  {plain(milliseconds(fact.took))}});
        }
    }
    const auto note = [&blocks](std::size_t count, std::string_view words) {
        if (count > 0)
            blocks.push_back(Paragraph{quiet(number(count) + ' ' + std::string(words))});
    };
    if (table.rows.empty())
        blocks.push_back(Paragraph{plain("Nothing was asked.")});
    else
        blocks.push_back(std::move(table));
    note(left, "more are left out here; the JSON report holds them.");
    note(unrecorded, "more look-ups are not in the snapshot that was read.");
    note(report.needed.size(), "look-ups were not asked or not answered yet.");
}

} // namespace

void appendAppendix(Blocks &blocks, const Report &report, const EvidenceFile &evidence)
{
    blocks.push_back(Paragraph{plain("All that was found stands in the JSON report. Its digest shows whether "
                                     "a file is the one that this document speaks of.")});
    blocks.push_back(
        Facts{{{"SHA-256", {code(evidence.sha256)}}, {"Octets", plain(number(evidence.json.size()))}}});
    if (!report.applied.empty()) {
        blocks.push_back(Heading{3, "Changes that were laid over the answers", "applied"});
        for (const fixes::Change &change : report.applied)
            appendChange(blocks, change);
    }
    appendAnswers(blocks, report);
}

} // namespace mailoscope::document
