// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "providers/providers.h"
#include "report/spf_notes.h"
#include "report/spf_sets.h"
#include "report/text_parts.h"

#include <algorithm>

namespace mailoscope
{

namespace
{

using terminal::grouped;
using terminal::Page;
using terminal::Tone;

/// Networks shown of one set; the JSON has them all.
constexpr std::size_t MaxShown = 200;

std::string countOf(const Page &page, const AddressSet &set)
{
    std::string text;
    if (!set.v4.isEmpty())
        text = grouped(mailoscope::countOf(set.v4)) + " IPv4";
    if (!set.v6.isEmpty())
        text += (text.empty() ? "" : " and ") +
                (set.v6.isAll() ? std::string("all") : text::countText(page, mailoscope::countOf(set.v6))) +
                " IPv6";
    return text.empty() ? "no" : text;
}

std::string addressesOf(const Page &page, const AddressSet &set)
{
    const bool isOne = set.v6.isEmpty() && mailoscope::countOf(set.v4) == 1;
    return countOf(page, set) + (isOne ? " address" : " addresses");
}

void appendNetworks(Page &page, const AddressSet &set, int indent)
{
    const std::vector<Cidr> blocks = cidrsOf(set);
    std::string text;
    for (std::size_t i = 0; i < blocks.size() && i < MaxShown; ++i)
        text += (i > 0 ? " " : "") + blocks[i].toString();
    if (blocks.size() > MaxShown)
        text += " and " + std::to_string(blocks.size() - MaxShown) + " more";
    page.paragraph(std::string(static_cast<std::size_t>(indent), ' '), text);
}

std::string withProvider(const std::string &term, const std::optional<DomainName> &target)
{
    std::string text = term.empty() ? "ip4 and ip6 of the record itself" : shown(term);
    const auto provider = target ? providers::forSpfTarget(*target) : std::nullopt;
    if (provider)
        text +=
            std::string(" (") + (provider->certain ? "" : "looks like ") + std::string(provider->name) + ')';
    return text;
}

void heading(Page &page, std::string_view text)
{
    page.line();
    page.line(page.toned(Tone::Strong, page.fit(text)));
}

std::string lookupsOf(int lookups, int voids)
{
    return std::to_string(lookups) + " look-ups, " + std::to_string(voids) + " void";
}

void appendSide(Page &page, std::string_view word, const ComparedRecord &side)
{
    const spf::Evaluation &evaluation = side.evaluation;
    std::string text = shown(side.name) + ": ";
    text += evaluation.root.record ? lookupsOf(evaluation.lookups, evaluation.voidLookups)
                                   : std::string("nothing to compare");
    const std::string problem = statusOf(evaluation.root).words;
    if (!problem.empty())
        text += ", " + problem;
    if (evaluation.limitsMatter)
        text += ". It is over a limit: some clients get permerror, and that is what is compared.";
    page.paragraph(std::string(word) + "  ", text);
}

void appendBranches(Page &page, const spf::Comparison &comparison)
{
    for (const spf::BranchChange &branch : comparison.branches) {
        if (branch.side == spf::Side::Both && branch.added.isEmpty() && branch.removed.isEmpty())
            continue;
        std::string what;
        if (branch.side == spf::Side::New)
            what = "new";
        else if (branch.side == spf::Side::Old)
            what = "gone";
        if (!branch.added.isEmpty())
            what += (what.empty() ? "" : ", ") + addressesOf(page, branch.added) + " added";
        if (!branch.removed.isEmpty())
            what += (what.empty() ? "" : ", ") + addressesOf(page, branch.removed) + " removed";
        page.paragraph("  " + page.fit(withProvider(branch.term, branch.target)) + ": ", what);
    }
}

std::string_view wordsOf(spf::Side side)
{
    switch (side) {
    case spf::Side::Old:
        return "in the old record only";
    case spf::Side::New:
        return "in the new record only";
    case spf::Side::Both:
        return "in both records";
    }
    return {};
}

void appendDependences(Page &page, const spf::Comparison &comparison)
{
    if (comparison.dependences.empty())
        return;
    heading(page, "Not comparable exactly");
    for (const spf::Dependence &dependence : comparison.dependences)
        page.paragraph("  " + std::string(page.shape(Tone::Unknown)) + ' ',
                       shown(dependence.term) + " in the record of " + shown(dependence.domain.text()) + ' ' +
                           std::string(mailoscope::wordsOf(dependence.why)) + "; it stands " +
                           std::string(wordsOf(dependence.side)) + '.');
}

void appendChanges(Page &page, const spf::Rewriting &rewriting)
{
    heading(page, "Publish");
    for (const fixes::Change &change : rewriting.changes) {
        const auto *record = std::get_if<fixes::RecordChange>(&change);
        if (!record || !record->after)
            continue;
        page.line("  " + page.fit(shown(record->name.text())) + " TXT, " +
                  (record->before ? "instead of the SPF record there" : "a new record"));
        page.record(fixes::textOf(record->type, *record->after), {}, 4, Tone::Plain);
    }
    if (rewriting.changes.size() > 1)
        page.paragraph("  ", "Publish the new records first, and the record of the domain when all name "
                             "servers have them.");
}

void appendProof(Page &page, const spf::Rewriting &rewriting)
{
    const spf::Proof &proof = rewriting.proof;
    std::string text = "Proven: every address gets the result that the old record means for it. The sets are "
                       "the same, and check_host() says the same before and after at " +
                       grouped(proof.addressesChecked) +
                       (proof.allBoundaries ? " addresses, both ends of every range."
                                            : " addresses, evenly chosen among the ends of the ranges.");
    if (proof.assumedBoth)
        text +=
            " Terms that depend on the client stay as they are; they were taken to match nobody, and then "
            "everybody.";
    page.line();
    page.paragraph(std::string(page.shape(Tone::Ok)) + ' ', text, Tone::Ok);
}

} // namespace

std::string toText(const ComparisonReport &report, const terminal::Style &style)
{
    Page page(style);
    const spf::Comparison &comparison = report.comparison;
    appendSide(page, "Old", report.before);
    appendSide(page, "New", report.after);
    page.line();
    if (comparison.isSame())
        page.line(comparison.exact ? "Every address gets the same result."
                                   : "Every address that can be listed gets the same result.");
    else
        page.paragraph("", addressesOf(page, comparison.added) + " added, " +
                               addressesOf(page, comparison.removed) + " removed among those that pass.");
    if (!comparison.added.isEmpty()) {
        heading(page, "Added");
        appendNetworks(page, comparison.added, 2);
    }
    if (!comparison.removed.isEmpty()) {
        heading(page, "Removed");
        appendNetworks(page, comparison.removed, 2);
    }
    if (!comparison.isSame()) {
        heading(page, "Moved between results");
        for (const spf::Move &move : comparison.moves)
            page.line("  " + std::string(spf::toString(move.from)) + " to " +
                      std::string(spf::toString(move.to)) + ": " + addressesOf(page, move.addresses));
        heading(page, "By branch");
        appendBranches(page, comparison);
    }
    appendDependences(page, comparison);
    return page.take();
}

std::string toText(const RewritingReport &report, const terminal::Style &style)
{
    Page page(style);
    const spf::Rewriting &rewriting = report.rewriting;
    const spf::Proof &proof = rewriting.proof;
    page.line(page.toned(Tone::Strong, page.fit(shown(rewriting.domain.text()))));
    page.paragraph("  before: ", lookupsOf(rewriting.lookupsBefore, rewriting.voidsBefore) + ", " +
                                     std::to_string(rewriting.before.size()) + " characters");
    page.paragraph("  after:  ",
                   lookupsOf(proof.lookups, proof.voidLookups) + ", " +
                       std::to_string(rewriting.after.size()) + " characters" +
                       (rewriting.chain.empty()
                            ? std::string()
                            : " and " + std::to_string(rewriting.chain.size()) +
                                  (rewriting.chain.size() == 1 ? " further record" : " further records")));
    if (!rewriting.replaced.empty())
        heading(page, "Replaced by their addresses");
    for (const spf::Branch &branch : rewriting.replaced)
        page.paragraph("  " + page.fit(withProvider(branch.text, branch.target)) + ": ",
                       (branch.isRedirect ? "its terms are taken up" : addressesOf(page, branch.addresses)) +
                           ", saves " + std::to_string(branch.lookups) +
                           (branch.lookups == 1 ? " look-up" : " look-ups"));
    if (!rewriting.removed.empty())
        heading(page, "Left out");
    for (std::size_t i = 0; i < rewriting.removed.size() && i < MaxShown; ++i)
        page.paragraph("  " + page.fit(shown(rewriting.removed[i].text)) + ": ",
                       wordsOf(rewriting.removed[i].why));
    if (rewriting.removed.size() > MaxShown)
        page.line("  and " + std::to_string(rewriting.removed.size() - MaxShown) + " more");
    const bool someKept = !rewriting.kept.empty() && !rewriting.replaced.empty();
    if (someKept)
        heading(page, "Kept");
    for (const spf::Branch &branch : rewriting.kept) {
        const std::string why = sentenceOf(branch);
        if (someKept)
            page.paragraph("  " + page.fit(withProvider(branch.text, branch.target)) + ": ",
                           why.empty() ? "as it is" : why);
    }
    for (const std::string &term : rewriting.coveredToday)
        page.paragraph("  " + std::string(page.shape(Tone::Info)) + ' ',
                       shown(term) +
                           " decides nothing today: earlier terms cover its addresses, or it has none. It is "
                           "kept, because that may change; --remove-covered takes it away.",
                       Tone::Info);
    appendChanges(page, rewriting);
    appendProof(page, rewriting);
    if (rewriting.isOverSafeSize)
        page.paragraph(
            std::string(page.shape(Tone::Medium)) + ' ',
            "The TXT data of the domain stay over the safe size of 450 octets, as they were: RFC 7208 "
            "section 3.4.",
            Tone::Medium);
    if (rewriting.chainNamesUnchecked)
        page.paragraph(std::string(page.shape(Tone::Unknown)) + ' ',
                       "It could not be looked up whether the names of the new records are free. Check that.",
                       Tone::Unknown);
    if (!rewriting.replaced.empty())
        page.paragraph(std::string(page.shape(Tone::Medium)) + ' ', ageWarning(report.at), Tone::Medium);
    return page.take();
}

std::string toText(const DriftReport &report, const terminal::Style &style)
{
    Page page(style);
    page.paragraph("", shown(report.domain.text()) + ", flattened " + toRfc3339(report.then).substr(0, 10) +
                           ", checked " + toRfc3339(report.now).substr(0, 10));
    for (const spf::Drift &drift : report.drifts) {
        heading(page, shown(drift.term));
        switch (drift.status) {
        case spf::Drift::Status::Pending:
        case spf::Drift::Status::NotKnown:
            page.paragraph("  ", "could not be looked up, so nothing can be said of it", Tone::Unknown);
            continue;
        case spf::Drift::Status::Faulty:
            page.paragraph(
                "  ", "cannot be listed any more: it is gone, ends in an error, or depends on the client",
                Tone::High);
            continue;
        case spf::Drift::Status::Unreadable:
            page.paragraph("  ", "is no term that could have been flattened", Tone::Unknown);
            continue;
        case spf::Drift::Status::Known:
            break;
        }
        if (drift.recordNow) {
            page.line("  Its record now says:");
            page.record(*drift.recordNow, {}, 4, Tone::Plain);
        }
        if (!drift.came.isEmpty()) {
            page.paragraph("  ",
                           addressesOf(page, drift.came) +
                               " came; mail from them fails with the flattened record:",
                           Tone::High);
            appendNetworks(page, drift.came, 4);
        }
        if (!drift.gone.isEmpty()) {
            page.paragraph(
                "  ", addressesOf(page, drift.gone) + " went; the flattened record still lets them pass:",
                Tone::High);
            appendNetworks(page, drift.gone, 4);
        }
        if (!drift.isDrift())
            page.line("  unchanged");
    }
    page.line();
    if (report.isDrift())
        page.paragraph("", "The flattened record has drifted. Put the branches back and flatten again.");
    else
        page.line(report.isKnown() ? "Nothing has drifted." : "Nothing that could be looked up has drifted.");
    return page.take();
}

} // namespace mailoscope
