// SPDX-License-Identifier: Apache-2.0
#include "report/spf_sets_tables.h"

#include "base/text.h"
#include "providers/providers.h"
#include "report/spf_notes.h"
#include "report/words.h"

#include <algorithm>

namespace mailoscope
{

namespace
{

/// Networks shown of one set; the JSON of the command line has them all.
constexpr std::size_t MaxShown = 1000;

OutlineCell plain(std::string text)
{
    return {std::move(text), Mark::None, false};
}
OutlineCell code(std::string text)
{
    return {std::move(text), Mark::None, true};
}

std::string countsOf(const AddressSet &set)
{
    std::string text;
    if (!set.v4.isEmpty())
        text = withSeparators(std::to_string(mailoscope::countOf(set.v4))) + " IPv4";
    if (!set.v6.isEmpty())
        text += (text.empty() ? "" : ", ") + withSeparators(decimalCount(set.v6)) + " IPv6";
    return text.empty() ? "none" : text;
}

std::string providerOf(const std::optional<DomainName> &target)
{
    const auto provider = target ? providers::forSpfTarget(*target) : std::nullopt;
    return provider ? (provider->certain ? "" : "looks like ") + std::string(provider->name) : std::string();
}

std::string termOf(const std::string &term)
{
    return term.empty() ? "ip4 and ip6 of the record itself" : shown(term);
}

OutlineTable networks(std::string id, std::string title, const AddressSet &set)
{
    OutlineTable table{std::move(id), std::move(title), {"Network"}, {}};
    const std::vector<Cidr> blocks = cidrsOf(set);
    for (std::size_t i = 0; i < blocks.size() && i < MaxShown; ++i)
        table.rows.push_back({code(blocks[i].toString())});
    if (blocks.size() > MaxShown)
        table.rows.push_back({plain("and " + std::to_string(blocks.size() - MaxShown) + " more")});
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
    return {plain(std::string(word)), code(shown(name)), plain(std::to_string(evaluation.lookups)),
            plain(countsOf(evaluation.addresses.of(spf::CheckResult::Pass))),
            plain(state.empty() ? "OK" : state)};
}

std::string_view wordsOf(spf::Dependence::Why why)
{
    switch (why) {
    case spf::Dependence::Why::Exists:
        return "asks a name server about each client";
    case spf::Dependence::Why::Ptr:
        return "depends on each client's reverse DNS";
    case spf::Dependence::Why::Macros:
        return "has macros of the client or the message";
    case spf::Dependence::Why::NotKnown:
        return "could not be looked up";
    case spf::Dependence::Why::Cut:
        return "is too big to be worked out";
    }
    return {};
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
                              {"", "Record", "Look-ups", "Addresses that pass", "State"},
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
                             plain(std::string(wordsOf(dependence.why))),
                             plain(std::string(wordsOf(dependence.side)))});
    addIfAny(outline, std::move(open));
    return outline;
}

} // namespace

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

Outline outlineOf(const RewritingReport &report)
{
    const spf::Rewriting &rewriting = report.rewriting;
    const spf::Proof &proof = rewriting.proof;
    Outline outline;
    outline.sentence = "Proven: every address gets the result that the record of today means for it. The "
                       "sets are the same, and "
                       "check_host() says the same before and after at " +
                       withSeparators(std::to_string(proof.addressesChecked)) + " addresses" +
                       (proof.allBoundaries ? ", both ends of every range."
                                            : ", evenly chosen among the ends of the ranges.");
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
    addIfAny(outline, std::move(removed));
    if (!rewriting.replaced.empty())
        outline.notes.push_back(ageWarning(report.at));
    if (!rewriting.chain.empty())
        outline.notes.emplace_back(
            "Publish the new records first, and the record of the domain when all name "
            "servers have them.");
    if (rewriting.chainNamesUnchecked)
        outline.notes.emplace_back("Whether the names of the further records are free could not be told.");
    if (rewriting.isOverSafeSize)
        outline.notes.emplace_back("The TXT answer stays over the size that fits one UDP packet, as today.");
    return outline;
}

Outline outlineOf(const DriftReport &report)
{
    Outline outline;
    outline.sentence = report.isDrift()
                           ? "The addresses have changed since they were written down. Flatten again."
                       : report.isKnown() ? "Nothing has changed since the addresses were written down."
                                          : "Not known: some branches could not be looked up.";
    outline.notes.push_back("Written down " + toRfc3339(report.then).substr(0, 10) + ", checked " +
                            toRfc3339(report.now).substr(0, 10) + '.');
    OutlineTable table{
        "drift.branches", "Branches that were flattened", {"Branch", "Came", "Gone", "State"}, {}};
    const auto stateOf = [](const spf::Drift &drift) -> std::string {
        switch (drift.status) {
        case spf::Drift::Status::Known:
            return drift.recordNow ? "another record now" : drift.isDrift() ? "changed" : "the same";
        case spf::Drift::Status::Pending:
        case spf::Drift::Status::NotKnown:
            return "could not be looked up";
        case spf::Drift::Status::Faulty:
            return "ends in an error by now, or depends on the client";
        case spf::Drift::Status::Unreadable:
            return "no term that could have been flattened";
        }
        return {};
    };
    for (const spf::Drift &drift : report.drifts)
        table.rows.push_back({code(shown(drift.term)), plain(countsOf(drift.came)),
                              plain(countsOf(drift.gone)), plain(stateOf(drift))});
    addIfAny(outline, std::move(table));
    AddressSet came;
    AddressSet gone;
    for (const spf::Drift &drift : report.drifts) {
        came = came.united(drift.came);
        gone = gone.united(drift.gone);
    }
    addIfAny(outline, networks("drift.came", "Came", came));
    addIfAny(outline, networks("drift.gone", "Gone", gone));
    return outline;
}

} // namespace mailoscope
