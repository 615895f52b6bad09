// SPDX-License-Identifier: Apache-2.0
#include "report/rule_table.h"

#include "report/outline_parts.h"
#include "report/spf_sums.h"
#include "report/verdict_words.h"

#include <algorithm>
#include <array>

namespace mailoscope
{

namespace
{

using outline::counted;
using verdict::Answer;

/// What is open where the rule does not hold, so that the row is to be seen; others only tell.
bool isSerious(std::string_view id)
{
    constexpr std::array<std::string_view, 7> Serious = {
        "dmarc.applies",     "dmarc.enforced", "dmarc.unambiguous", "dmarc.subdomains",
        "dmarc.nonexistent", "spf.strangers",  "spf.narrow"};
    return std::find(Serious.begin(), Serious.end(), id) != Serious.end();
}

OutlineCell answerCell(const verdict::Rule &rule, bool isOpen)
{
    if (rule.answer == Answer::CouldNotTell && isOpen)
        return outline::marked(Mark::Waiting, "waiting");
    switch (rule.answer) {
    case Answer::Met:
        return outline::marked(Mark::Ok, "yes");
    case Answer::NotMet:
        return outline::marked(isSerious(rule.id) ? Mark::Medium : Mark::Info, "no");
    case Answer::CouldNotTell:
        return outline::marked(Mark::Unknown, "not known");
    }
    return {};
}

std::string policyText(const dmarc::AppliedPolicy &policy)
{
    if (!policy.isKnown())
        return {};
    return policy.effective ? std::string(toString(*policy.effective)) : "no policy";
}

/// The tag that decides and where it stands.
std::string decidedBy(const dmarc::AppliedPolicy &policy)
{
    if (policy.pending)
        return "waiting";
    if (!policy.isKnown())
        return "an answer that decides is missing";
    if (!policy.domain)
        return "no record";
    return std::string(toString(policy.tag)) + '=' +
           (policy.published ? std::string(toString(*policy.published)) : "?") + " at _dmarc." +
           shown(policy.domain->text()) + (policy.testing ? ", made milder by t=y" : "");
}

std::string reportsText(const dmarc::Evaluation &dmarc)
{
    const bool isKnown = std::none_of(dmarc.rua.begin(), dmarc.rua.end(), [](const dmarc::Destination &to) {
        return !to.works() && (to.isPending() || to.authorization == dmarc::Authorization::Unknown ||
                               to.deliverability == dmarc::Deliverability::Unknown);
    });
    const auto working = static_cast<std::size_t>(
        std::count_if(dmarc.rua.begin(), dmarc.rua.end(),
                      [](const dmarc::Destination &destination) { return destination.works(); }));
    if (dmarc.rua.empty())
        return dmarc.policy.isKnown() ? "no rua" : "";
    if (!isKnown)
        return counted(dmarc.rua.size(), "address", "addresses");
    return std::to_string(working) + " of " + counted(dmarc.rua.size(), "address works", "addresses work");
}

std::string oldText(const dmarc::Evaluation &dmarc)
{
    if (!dmarc.policy.isKnown() || dmarc.rfc7489.pending || dmarc.rfc7489.tempError)
        return {};
    std::string text =
        dmarc.rfc7489.effective ? std::string(toString(*dmarc.rfc7489.effective)) : "no policy";
    if (dmarc.rfc7489.pct != 100)
        text += " for " + std::to_string(dmarc.rfc7489.pct) + " %";
    return text;
}

std::string allText(const spf::Evaluation &spf)
{
    if (spf.pending || !spf.root.record || !spf.root.record->record)
        return spf.status == spf::Evaluation::Status::Missing ? "no SPF record" : "";
    return spf.finalAll ? "everyone else: " + std::string(spf::toString(*spf.finalAll)) : "no all";
}

std::string keysText(const dkim::Evaluation &dkim)
{
    const auto usable = static_cast<std::size_t>(
        std::count_if(dkim.found.begin(), dkim.found.end(), [](const dkim::SelectorResult &result) {
            return result.status == dkim::SelectorResult::Status::Ok;
        }));
    if (dkim.pending || dkim.status == dkim::Evaluation::Status::NotChecked)
        return {};
    return counted(usable, "usable key", "usable keys");
}

std::string mxText(const mx::Evaluation &mx)
{
    if (mx.pending || mx.isUnknown())
        return {};
    return mx.nullMx ? "null MX" : counted(mx.hosts.size(), "host", "hosts");
}

/// What was seen, in a few words; empty where there is nothing to add.
std::string seenOf(const Report &report, std::string_view id)
{
    const dmarc::Evaluation &dmarc = report.dmarc;
    if (id == "dmarc.applies")
        return dmarc.step() ? shown(dmarc.step()->recordName.text()) : std::string();
    if (id == "dmarc.unambiguous")
        return report.verdict.reason == verdict::Reason::PolicyAmbiguous ? "a policy tag stands twice" : "";
    if (id == "dmarc.enforced" || id == "dmarc.reject")
        return policyText(dmarc.policy);
    if (id == "dmarc.subdomains")
        return policyText(dmarc.subdomains);
    if (id == "dmarc.nonexistent")
        return policyText(dmarc.nonexistent);
    if (id == "dmarc.old-receivers")
        return oldText(dmarc);
    if (id == "dmarc.reported")
        return reportsText(dmarc);
    if (id == "spf.narrow")
        return shortSum(report.spf);
    if (id == "spf.strangers" || id == "spf.refuses")
        return allText(report.spf);
    if (id == "dkim.key")
        return keysText(report.dkim);
    return id == "mx.answers" ? mxText(report.mx) : std::string();
}

} // namespace

OutlineTable ruleTable(const Report &report)
{
    OutlineTable table{"verdict.rules", "What the verdict rests on", {"Holds", "Rule", "Seen"}, {}};
    for (const verdict::Rule &rule : report.verdict.rules)
        table.rows.push_back({answerCell(rule, report.verdict.pending),
                              outline::plain(sentenceOfRule(rule.id)),
                              outline::plain(seenOf(report, rule.id))});
    return table;
}

OutlineTable treatmentTable(const Report &report)
{
    using verdict::Treatment;
    OutlineTable table{"verdict.treatment", "What follows", {"Forged mail from", "Is", "Because of"}, {}};
    const auto row = [&](std::string who, Treatment treatment, const dmarc::AppliedPolicy &policy) {
        const bool isHeldBack = treatment == Treatment::Rejected || treatment == Treatment::Quarantined;
        const Mark mark = treatment == Treatment::Unknown
                              ? report.verdict.pending ? Mark::Waiting : Mark::Unknown
                          : isHeldBack                             ? Mark::Ok
                          : treatment == Treatment::TakenAsGenuine ? Mark::Critical
                                                                   : Mark::Medium;
        table.rows.push_back({outline::plain(std::move(who)), outline::marked(mark, wordsOf(treatment)),
                              outline::plain(decidedBy(policy))});
    };
    row(shown(report.domain.text()), report.verdict.exactDomain, report.dmarc.policy);
    row("names below it that exist", report.verdict.subdomain, report.dmarc.subdomains);
    row("names below it that do not exist", report.verdict.nonexistent, report.dmarc.nonexistent);
    return table;
}

OutlineTable notTestableTable()
{
    OutlineTable table{"verdict.not-testable", "What cannot be seen from outside", {"What"}, {}};
    for (const std::string_view id : verdict::notTestable())
        table.rows.push_back({outline::marked(Mark::NotTested, sentenceOfNotTestable(id))});
    return table;
}

} // namespace mailoscope
