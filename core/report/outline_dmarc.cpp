// SPDX-License-Identifier: Apache-2.0
// DMARC arranged for reading.
#include "report/fact_words.h"
#include "report/outline_parts.h"

namespace mailoscope::outline
{

namespace
{

/// Rows of a table; a hostile record could ask for thousands.
constexpr std::size_t MostRows = 100;

using dmarc::AppliedPolicy;
using dmarc::Evaluation;
using dmarc::WalkStep;

std::string policyText(const AppliedPolicy &policy)
{
    if (policy.pending)
        return "waiting";
    if (policy.tempError)
        return "not known";
    return policy.effective ? std::string(toString(*policy.effective)) : "no policy";
}

std::string_view discoveryText(dmarc::Discovery discovery)
{
    switch (discovery) {
    case dmarc::Discovery::Unknown:
        return "not known";
    case dmarc::Discovery::NotFound:
        return "no record is found";
    case dmarc::Discovery::OwnRecord:
        return "its own record";
    case dmarc::Discovery::OrganizationalDomain:
        return "the record of the Organizational Domain";
    case dmarc::Discovery::PublicSuffix:
        return "the record of the public suffix";
    }
    return {};
}

Mark policyMark(const AppliedPolicy &policy)
{
    if (policy.pending)
        return Mark::Waiting;
    if (policy.tempError)
        return Mark::Unknown;
    return policy.isEnforced() ? Mark::Ok : Mark::Medium;
}

std::string whyText(const AppliedPolicy &policy)
{
    if (policy.tempError)
        return "an answer that decides is missing";
    if (!policy.isKnown() || !policy.domain)
        return std::string(discoveryText(policy.discovery));
    std::string text = std::string(discoveryText(policy.discovery)) + ", " +
                       std::string(toString(policy.tag)) + '=' +
                       (policy.published ? std::string(toString(*policy.published)) : "?");
    switch (policy.usability) {
    case dmarc::Usability::Normal:
        break;
    case dmarc::Usability::AsNone:
        text += "; a policy tag is missing or unreadable, so it counts as none";
        break;
    case dmarc::Usability::NoProcessing:
        text += "; without a readable policy and without rua it counts as no record";
        break;
    }
    return policy.testing ? text + "; t=y lowers it by one step" : text;
}

void addPolicies(Outline &outline, const Evaluation &dmarc)
{
    OutlineTable table{"dmarc.policies",
                       "What receivers are asked to do with mail that fails",
                       {"Mail from", "Policy", "Why"},
                       {}};
    const auto row = [&table](std::string who, const AppliedPolicy &policy) {
        table.rows.push_back(
            {plain(std::move(who)), marked(policyMark(policy), policyText(policy)), plain(whyText(policy))});
    };
    row(shown(dmarc.domain.text()), dmarc.policy);
    row("names below it that exist", dmarc.subdomains);
    row("names below it that do not exist", dmarc.nonexistent);
    outline.tables.push_back(std::move(table));
}

std::string_view tagMeaning(std::string_view tag)
{
    constexpr std::pair<std::string_view, std::string_view> Meanings[] = {
        {"v", "the version: this is a DMARC record"},
        {"p", "what to do with failing mail from the domain"},
        {"sp", "the same for names below it that exist"},
        {"np", "the same for names below it that do not exist"},
        {"adkim", "how closely the DKIM domain must fit: r relaxed, s strict"},
        {"aspf", "how closely the SPF domain must fit: r relaxed, s strict"},
        {"t", "test mode: y asks to act one step milder"},
        {"psd", "whether this is a public suffix: y, n, or u to let the walk decide"},
        {"fo", "when to send failure reports"},
        {"rua", "where aggregate reports go"},
        {"ruf", "where failure reports go"},
        {"pct", "given up by RFC 9989; older receivers still sample by it"},
        {"ri", "given up by RFC 9989"},
        {"rf", "given up by RFC 9989"},
    };
    for (const auto &[name, meaning] : Meanings) {
        if (name == tag)
            return meaning;
    }
    return "not a tag of DMARC: receivers ignore it";
}

void addTags(Outline &outline, const WalkStep &step)
{
    outline.records.push_back({step.recordName.text(), "TXT", step.recordText});
    OutlineTable table{"dmarc.tags", "The record, decoded", {"Tag", "Value", "Means"}, {}};
    for (const Tag &tag : step.record->tags.tags) {
        if (table.rows.size() == MostRows) {
            outline.notes.push_back(
                "Not shown here: " +
                counted(step.record->tags.tags.size() - MostRows, "more tag", "more tags") +
                " of the record.");
            break;
        }
        table.rows.push_back({code(tag.name), code(tag.value), plain(std::string(tagMeaning(tag.name)))});
    }
    outline.tables.push_back(std::move(table));
}

std::string foundText(const WalkStep &step)
{
    switch (step.status) {
    case WalkStep::Status::Pending:
        return "waiting";
    case WalkStep::Status::Record:
        return shown(step.recordText);
    case WalkStep::Status::None:
        return step.texts.empty() ? "no record" : "only other texts";
    case WalkStep::Status::Several:
        return "several records, which count as none";
    case WalkStep::Status::TempError:
        return std::string(reasonOf(step.outcome));
    case WalkStep::Status::NoName:
        return "the name would be longer than DNS allows";
    }
    return {};
}

Mark stepMark(const Evaluation &dmarc, std::size_t index)
{
    const WalkStep &step = dmarc.walk.steps[index];
    switch (step.status) {
    case WalkStep::Status::Pending:
        return Mark::Waiting;
    case WalkStep::Status::Record:
        return dmarc.found.step == index ? Mark::Ok : Mark::Info;
    case WalkStep::Status::None:
    case WalkStep::Status::NoName:
        return Mark::NotTested;
    case WalkStep::Status::Several:
        return Mark::Critical;
    case WalkStep::Status::TempError:
        return Mark::Unknown;
    }
    return Mark::None;
}

std::string roleText(const Evaluation &dmarc, std::size_t index)
{
    const WalkStep &step = dmarc.walk.steps[index];
    std::vector<std::string> roles;
    if (dmarc.found.step == index)
        roles.emplace_back("its policy applies");
    if (dmarc.walk.organizationalDomain == step.domain)
        roles.emplace_back("the Organizational Domain");
    switch (step.next) {
    case WalkStep::Next::StopAtOrganization:
        roles.emplace_back("psd=n ends the walk");
        break;
    case WalkStep::Next::StopAtSuffix:
        roles.emplace_back("psd=y ends the walk");
        break;
    case WalkStep::Next::LastName:
    case WalkStep::Next::GoOn:
        break;
    case WalkStep::Next::Unknown:
        if (step.domain.labelCount() > 1)
            roles.emplace_back("whether the walk goes on is not known");
        break;
    }
    return listed(roles);
}

void addWalk(Outline &outline, const Evaluation &dmarc)
{
    OutlineTable table{"dmarc.walk", "The DNS tree walk", {"Step", "Asked", "Found", "What follows"}, {}};
    for (std::size_t i = 0; i < dmarc.walk.steps.size(); ++i) {
        const WalkStep &step = dmarc.walk.steps[i];
        table.rows.push_back({plain(std::to_string(i + 1)), code(step.recordName.text()),
                              OutlineCell{foundText(step), stepMark(dmarc, i), step.hasRecord()},
                              plain(roleText(dmarc, i))});
    }
    outline.tables.push_back(std::move(table));
    if (dmarc.walk.skippedNames > 0)
        outline.notes.push_back("The walk skips " + counted(dmarc.walk.skippedNames, "name", "names") +
                                ": a name of more than eight labels is cut to its last seven.");
}

Mark destinationMark(const dmarc::Destination &destination)
{
    if (destination.isPending())
        return Mark::Waiting;
    if (destination.works())
        return Mark::Ok;
    if (!destination.uri.valid)
        return Mark::High;
    using dmarc::Authorization;
    using dmarc::Deliverability;
    const bool isKnown = destination.authorization != Authorization::Unknown &&
                         destination.authorization != Authorization::NotChecked &&
                         destination.deliverability != Deliverability::Unknown &&
                         destination.deliverability != Deliverability::NotChecked;
    return isKnown ? Mark::Medium : Mark::Unknown;
}

std::string_view authorizationText(dmarc::Authorization authorization)
{
    switch (authorization) {
    case dmarc::Authorization::Pending:
        return "waiting";
    case dmarc::Authorization::NotNeeded:
        return "within the organization";
    case dmarc::Authorization::Authorized:
        return "has agreed";
    case dmarc::Authorization::Refused:
        return "has not agreed: no reports are sent there";
    case dmarc::Authorization::BadOverride:
        return "names an address elsewhere: nobody gets the report";
    case dmarc::Authorization::Unknown:
        return "not known: no answer could be had";
    case dmarc::Authorization::NotChecked:
        return "not checked";
    }
    return {};
}

std::string_view deliverabilityText(dmarc::Deliverability deliverability)
{
    switch (deliverability) {
    case dmarc::Deliverability::Pending:
        return "waiting";
    case dmarc::Deliverability::Able:
        return "takes mail";
    case dmarc::Deliverability::NullMx:
        return "says that it takes no mail";
    case dmarc::Deliverability::NoHost:
        return "has no mail host";
    case dmarc::Deliverability::NxDomain:
        return "does not exist";
    case dmarc::Deliverability::Unknown:
        return "not known: no answer could be had";
    case dmarc::Deliverability::NotChecked:
        return "not checked";
    }
    return {};
}

void addDestinations(Outline &outline, const Evaluation &dmarc)
{
    OutlineTable table{
        "dmarc.destinations", "Where reports go", {"Reports", "Address", "Agreement", "Mail"}, {}};
    const auto add = [&table](std::string_view kind, const std::vector<dmarc::Destination> &destinations) {
        for (const dmarc::Destination &destination : destinations) {
            if (table.rows.size() == MostRows)
                return;
            table.rows.push_back(
                {plain(std::string(kind)),
                 OutlineCell{shown(destination.uri.text), destinationMark(destination), true},
                 plain(std::string(authorizationText(destination.authorization))),
                 plain(std::string(deliverabilityText(destination.deliverability)))});
        }
    };
    add("aggregate", dmarc.rua);
    add("failure", dmarc.ruf);
    if (const std::size_t all = dmarc.rua.size() + dmarc.ruf.size(); all > table.rows.size())
        outline.notes.push_back(
            "Not shown here: " +
            counted(all - table.rows.size(), "more address for reports", "more addresses for reports") + ".");
    if (!table.rows.empty())
        outline.tables.push_back(std::move(table));
}

void addAlias(Outline &outline, const Evaluation &dmarc)
{
    if (!dmarc.alias)
        return;
    std::string note =
        shown(dmarc.own()->recordName.text()) + " is an alias of " + shown(dmarc.alias->target.text());
    if (dmarc.alias->dangling)
        note += ", which does not exist";
    else if (dmarc.alias->external)
        note += ": whoever holds that name sets the policy";
    outline.notes.push_back(note + '.');
}

std::string oldPolicyText(const std::optional<dmarc::Policy> &policy)
{
    return policy ? std::string(toString(*policy)) : "no policy";
}

void addOldView(Outline &outline, const Evaluation &dmarc)
{
    if (!dmarc.rfc7489Differs)
        return;
    OutlineTable table{"dmarc.rfc7489",
                       "What receivers conclude that still follow RFC 7489",
                       {"", "RFC 9989", "RFC 7489"},
                       {}};
    const dmarc::OldView &old = dmarc.rfc7489;
    table.rows.push_back({plain("Organizational Domain"),
                          code(dmarc.organizationalDomain ? dmarc.organizationalDomain->text() : "not known"),
                          code(old.organizationalDomain.text())});
    table.rows.push_back({plain("Policy for the domain"), plain(policyText(dmarc.policy)),
                          plain(oldPolicyText(old.effective))});
    table.rows.push_back({plain("Policy below it"), plain(policyText(dmarc.subdomains)),
                          plain(oldPolicyText(old.subdomains))});
    if (old.pct != 100)
        table.rows.push_back(
            {plain("Share of failing mail"), plain("all"), plain(std::to_string(old.pct) + " %")});
    outline.tables.push_back(std::move(table));
}

std::string sentenceOf(const Evaluation &dmarc)
{
    switch (dmarc.status) {
    case Evaluation::Status::Pending:
        return "Waiting for the DMARC records.";
    case Evaluation::Status::Ok:
        return "Mail that forges " + shown(dmarc.domain.text()) + " meets the policy " +
               policyText(dmarc.policy) + ", by " + std::string(discoveryText(dmarc.policy.discovery)) + '.';
    case Evaluation::Status::Missing:
        return "There is no DMARC record, neither at the domain nor above it: receivers have no policy to "
               "follow.";
    case Evaluation::Status::Invalid:
        return "What is published for DMARC cannot be used: receivers act as if there were nothing.";
    case Evaluation::Status::TempError:
        return "Whether DMARC applies is not known: a look-up that decides it failed.";
    case Evaluation::Status::NotChecked:
        return "Whether DMARC applies is not known: the snapshot does not hold an answer that decides it.";
    }
    return {};
}

} // namespace

State dmarcState(const Report &report)
{
    const Evaluation &dmarc = report.dmarc;
    switch (dmarc.status) {
    case Evaluation::Status::Pending:
        return {Mark::Waiting, "waiting for answers"};
    case Evaluation::Status::Ok:
        return {Mark::Ok, policyText(dmarc.policy) + ", subdomains " + policyText(dmarc.subdomains) + ", " +
                              counted(dmarc.rua.size(), "report address", "report addresses")};
    case Evaluation::Status::Missing:
        return {Mark::Info, "no record"};
    case Evaluation::Status::Invalid:
        return {Mark::Critical, "the record cannot be used"};
    case Evaluation::Status::TempError:
        return {Mark::Unknown, "a look-up failed"};
    case Evaluation::Status::NotChecked:
        return {Mark::NotTested, "not in the snapshot"};
    }
    return {};
}

Outline dmarcOutline(const Report &report)
{
    const Evaluation &dmarc = report.dmarc;
    Outline outline;
    outline.sentence = sentenceOf(dmarc);
    if (const WalkStep *step = dmarc.step())
        addTags(outline, *step);
    for (const dmarc::StrayRecord &stray : dmarc.strays)
        outline.records.push_back({stray.name.text(), "TXT", stray.text});
    if (dmarc.status == Evaluation::Status::Invalid && dmarc.own()) {
        for (const dmarc::Text &text : dmarc.own()->texts)
            outline.records.push_back({dmarc.own()->recordName.text(), "TXT", text.text});
    }
    if (dmarc.straysLeftOut > 0)
        outline.notes.push_back(
            "Not shown here: " + counted(dmarc.straysLeftOut, "more record", "more records") +
            " of DMARC at names where no receiver looks.");
    capRecords(outline);
    addAlias(outline, dmarc);
    addPolicies(outline, dmarc);
    addWalk(outline, dmarc);
    addDestinations(outline, dmarc);
    addOldView(outline, dmarc);
    return outline;
}

} // namespace mailoscope::outline
