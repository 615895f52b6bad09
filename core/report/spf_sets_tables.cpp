// SPDX-License-Identifier: Apache-2.0
#include "report/spf_sets_tables.h"

#include "base/text.h"
#include "providers/providers.h"
#include "report/explain.h"
#include "report/spf_notes.h"
#include "report/spf_sums.h"
#include "report/words.h"

#include <algorithm>

namespace mailoscope
{

namespace
{

/// Networks shown of one set, and terms of one list; the JSON of the command line has them all.
constexpr std::size_t MaxShown = 1000;

OutlineCell plain(std::string text)
{
    return {std::move(text), Mark::None, false};
}
OutlineCell code(std::string text)
{
    return {std::move(text), Mark::None, true};
}

std::string providerOf(const std::optional<DomainName> &target)
{
    return target ? nameOf(providers::forSpfTarget(*target)) : std::string();
}

std::string termOf(const std::string &term)
{
    return term.empty() ? "ip4 and ip6 of the record itself" : shown(term);
}

std::string andMore(std::size_t count)
{
    return "and " + withSeparators(std::to_string(count - MaxShown)) + " more";
}

OutlineTable networks(std::string id, std::string title, const AddressSet &set)
{
    OutlineTable table{std::move(id), std::move(title), {"Network"}, {}};
    const std::vector<Cidr> blocks = cidrsOf(set);
    for (std::size_t i = 0; i < blocks.size() && i < MaxShown; ++i)
        table.rows.push_back({code(blocks[i].toString())});
    if (blocks.size() > MaxShown)
        table.rows.push_back({plain(andMore(blocks.size()))});
    return table;
}

void addIfAny(Outline &outline, OutlineTable table)
{
    if (!table.rows.empty())
        outline.tables.push_back(std::move(table));
}

std::vector<OutlineCell> sideRow(std::string_view word, const std::string &name,
                                 const spf::Evaluation &evaluation)
{
    std::string state = statusOf(evaluation.root).words;
    if (evaluation.limitsMatter)
        state = "over a limit: some clients get permerror, and that is what is compared";
    return {plain(std::string(word)),
            code(shown(name)),
            plain(std::to_string(evaluation.lookups)),
            plain(std::to_string(evaluation.voidLookups)),
            plain(countsOf(evaluation.addresses.of(spf::CheckResult::Pass))),
            plain(state.empty() ? "OK" : state)};
}

std::string_view wordsOf(spf::Side side)
{
    switch (side) {
    case spf::Side::Old:
        return "old record only";
    case spf::Side::New:
        return "new record only";
    case spf::Side::Both:
        return "both";
    }
    return {};
}

Outline outlineOf(const spf::Comparison &comparison, std::vector<std::vector<OutlineCell>> sides)
{
    Outline outline;
    if (comparison.isSame())
        outline.sentence = comparison.exact ? "Every address gets the same result."
                                            : "Every address that can be listed gets the same result.";
    else
        outline.sentence = "Among the addresses that pass: " + countsOf(comparison.added) + " added, " +
                           countsOf(comparison.removed) + " removed.";
    outline.tables.push_back({"compare.sides",
                              "Compared",
                              {"", "Record", "Look-ups", "Void", "Addresses that pass", "State"},
                              std::move(sides)});
    OutlineTable moves{"compare.moves", "Moved between results", {"From", "To", "Addresses"}, {}};
    for (const spf::Move &move : comparison.moves)
        moves.rows.push_back({plain(std::string(spf::toString(move.from))),
                              plain(std::string(spf::toString(move.to))), plain(countsOf(move.addresses))});
    addIfAny(outline, std::move(moves));
    OutlineTable branches{
        "compare.branches", "By branch", {"Branch", "Who", "Stands in", "Added", "Removed"}, {}};
    for (const spf::BranchChange &branch : comparison.branches) {
        if (branch.side == spf::Side::Both && branch.added.isEmpty() && branch.removed.isEmpty())
            continue;
        branches.rows.push_back({code(termOf(branch.term)), plain(providerOf(branch.target)),
                                 plain(std::string(wordsOf(branch.side))), plain(countsOf(branch.added)),
                                 plain(countsOf(branch.removed))});
    }
    addIfAny(outline, std::move(branches));
    addIfAny(outline, networks("compare.added", "Added", comparison.added));
    addIfAny(outline, networks("compare.removed", "Removed", comparison.removed));
    OutlineTable open{
        "compare.open", "Not comparable exactly", {"Term", "In the record of", "Why", "Stands in"}, {}};
    for (const spf::Dependence &dependence : comparison.dependences)
        open.rows.push_back({code(shown(dependence.term)), code(shown(dependence.domain.text())),
                             plain(std::string(mailoscope::wordsOf(dependence.why))),
                             plain(std::string(wordsOf(dependence.side)))});
    addIfAny(outline, std::move(open));
    return outline;
}

} // namespace

std::string countsOf(const AddressSet &set)
{
    std::string text;
    if (!set.v4.isEmpty())
        text = withSeparators(std::to_string(mailoscope::countOf(set.v4))) + " IPv4";
    if (!set.v6.isEmpty())
        text += (text.empty() ? "" : ", ") +
                (set.v6.isAll() ? std::string("all") : shortCount(mailoscope::countOf(set.v6))) + " IPv6";
    return text.empty() ? "none" : text;
}

std::string namedBranch(const std::string &term, const std::optional<DomainName> &target)
{
    const std::string provider = providerOf(target);
    return termOf(term) + (provider.empty() ? "" : " (" + provider + ')');
}

Outline outlineOfComparison(const std::string &nameBefore, const spf::Evaluation &before,
                            const std::string &nameAfter, const spf::Evaluation &after)
{
    return outlineOf(spf::compare(before, after),
                     {sideRow("Old", nameBefore, before), sideRow("New", nameAfter, after)});
}

Outline outlineOf(const ComparisonReport &report)
{
    return outlineOf(report.comparison, {sideRow("Old", report.before.name, report.before.evaluation),
                                         sideRow("New", report.after.name, report.after.evaluation)});
}

Outline outlineOf(const RewritingReport &report, std::string_view howToCheck)
{
    const spf::Rewriting &rewriting = report.rewriting;
    const spf::Proof &proof = rewriting.proof;
    Outline outline;
    outline.sentence = "Proven: every address gets the result that the record of today means for it. The "
                       "sets are the same, and check_host() says the same before and after at " +
                       withSeparators(std::to_string(proof.addressesChecked)) + " addresses" +
                       (proof.allBoundaries ? ", both ends of every range."
                                            : ", evenly chosen among the ends of the ranges.");
    if (proof.assumedBoth)
        outline.sentence += " Terms that depend on the client stay as they are; they were taken to match "
                            "nobody, and then everybody.";
    const auto row = [](std::string_view what, std::size_t before, std::size_t after) {
        return std::vector<OutlineCell>{plain(std::string(what)),
                                        plain(withSeparators(std::to_string(before))),
                                        plain(withSeparators(std::to_string(after)))};
    };
    outline.tables.push_back({"flatten.sums",
                              "What changes",
                              {"", "Today", "Then"},
                              {row("Look-ups", std::size_t(std::max(rewriting.lookupsBefore, 0)),
                                   std::size_t(std::max(proof.lookups, 0))),
                               row("Void look-ups", std::size_t(std::max(rewriting.voidsBefore, 0)),
                                   std::size_t(std::max(proof.voidLookups, 0))),
                               row("Octets of the record", rewriting.before.size(), rewriting.after.size()),
                               row("Networks", rewriting.networksBefore, rewriting.networksAfter),
                               row("Records", 1, 1 + rewriting.chain.size())}});
    OutlineTable removed{"flatten.removed", "Left out as needless", {"Term", "Why"}, {}};
    for (std::size_t i = 0; i < rewriting.removed.size() && i < MaxShown; ++i)
        removed.rows.push_back({code(shown(rewriting.removed[i].text)),
                                plain(std::string(mailoscope::wordsOf(rewriting.removed[i].why)))});
    if (rewriting.removed.size() > MaxShown)
        removed.rows.push_back({plain(andMore(rewriting.removed.size())), plain({})});
    addIfAny(outline, std::move(removed));
    if (!rewriting.replaced.empty())
        outline.notes.push_back(ageWarning(report.at, howToCheck));
    if (!rewriting.chain.empty())
        outline.notes.emplace_back(
            "Publish the new records first, and the record of the domain when all name "
            "servers have them.");
    if (rewriting.chainNamesUnchecked)
        outline.notes.emplace_back(
            "It could not be looked up whether the names of the new records are free. Check that.");
    if (rewriting.isOverSafeSize)
        outline.notes.emplace_back("The TXT data of the domain stay over the safe size of 450 octets, as "
                                   "they are today: RFC 7208 section 3.4.");
    return outline;
}

Outline outlineOf(const DriftReport &report)
{
    Outline outline;
    outline.sentence = report.isDrift()
                           ? "The addresses have changed since they were written down. Put the branches "
                             "back and flatten again."
                       : report.isKnown() ? "Nothing has changed since the addresses were written down."
                                          : "Nothing that could be looked up has changed.";
    outline.notes.push_back(shown(report.domain.text()) + ": written down " +
                            toRfc3339(report.then).substr(0, 10) + ", checked " +
                            toRfc3339(report.now).substr(0, 10) + '.');
    OutlineTable table{
        "drift.branches", "Branches that were flattened", {"Branch", "Came", "Gone", "State"}, {}};
    OutlineTable records{"drift.records", "Other records than then", {"Branch", "Its record now"}, {}};
    const auto stateOf = [](const spf::Drift &drift) -> std::string {
        switch (drift.status) {
        case spf::Drift::Status::Known:
            return drift.recordNow ? "another record now" : drift.isDrift() ? "changed" : "the same";
        case spf::Drift::Status::Pending:
        case spf::Drift::Status::NotKnown:
            return "could not be looked up, so nothing can be said of it";
        case spf::Drift::Status::Faulty:
            return "cannot be listed any more: it is gone, ends in an error, or depends on the client";
        case spf::Drift::Status::Unreadable:
            return "no term that could have been flattened";
        }
        return {};
    };
    for (const spf::Drift &drift : report.drifts) {
        table.rows.push_back({code(shown(drift.term)), plain(countsOf(drift.came)),
                              plain(countsOf(drift.gone)), plain(stateOf(drift))});
        if (drift.recordNow)
            records.rows.push_back({code(shown(drift.term)), code(shown(*drift.recordNow))});
    }
    addIfAny(outline, std::move(table));
    addIfAny(outline, std::move(records));
    for (const spf::Drift &drift : report.drifts) {
        addIfAny(outline, networks("drift.came",
                                   "Came at " + shown(drift.term) +
                                       "; mail from there fails with the flattened record",
                                   drift.came));
        addIfAny(outline,
                 networks("drift.gone",
                          "Gone at " + shown(drift.term) + "; the flattened record still lets it pass",
                          drift.gone));
    }
    return outline;
}

} // namespace mailoscope
