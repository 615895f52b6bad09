// SPDX-License-Identifier: Apache-2.0
#include "report/spf_notes.h"

#include "report/explain.h"

namespace mailoscope
{

namespace
{

/// True for the innermost term at which the limit is passed: the ones around it end there as well.
bool isOverLimit(const spf::TermNode &term)
{
    const int limit = spf::Limits().lookups;
    return term.dead == spf::Dead::No && term.ownLookups > 0 &&
           term.runningLookups - term.subtreeLookups <= limit &&
           term.runningLookups - term.subtreeLookups + term.ownLookups > limit;
}

} // namespace

SpfNote statusOf(const spf::Node &node)
{
    switch (node.status) {
    case spf::NodeStatus::Ok:
        return {};
    case spf::NodeStatus::Pending:
        return {Mark::Waiting, "waiting"};
    case spf::NodeStatus::NoRecord:
        return {Mark::Critical, "no SPF record"};
    case spf::NodeStatus::NxDomain:
        return {Mark::Critical, "name does not exist"};
    case spf::NodeStatus::MultipleRecords:
        return {Mark::Critical, "several SPF records"};
    case spf::NodeStatus::Invalid:
        return {Mark::Critical, "faulty record"};
    case spf::NodeStatus::BadName:
        return {Mark::Critical, "not a domain name"};
    case spf::NodeStatus::Loop:
        return {Mark::Critical, "loop"};
    case spf::NodeStatus::TempError:
        return {Mark::Unknown, "could not be looked up"};
    case spf::NodeStatus::Cut:
        return {Mark::NotTested, "not followed further"};
    }
    return {};
}

SpfNote statusOf(const spf::TermNode &term)
{
    switch (term.status) {
    case spf::TermStatus::Ok:
    case spf::TermStatus::ChildProblem:
        return {};
    case spf::TermStatus::Pending:
        return {Mark::Waiting, "waiting"};
    case spf::TermStatus::Void:
        // For one address family alone it is only a host without an address of that family.
        if (term.ownVoids.v4 == 0)
            return {Mark::Low, "void for IPv6"};
        return term.ownVoids.v6 == 0 ? SpfNote{Mark::Low, "void for IPv4"} : SpfNote{Mark::Medium, "void"};
    case spf::TermStatus::TempError:
        return {Mark::Unknown, "could not be looked up"};
    case spf::TermStatus::Unknown:
        return {Mark::NotTested, "depends on the message"};
    case spf::TermStatus::BadName:
        return {Mark::Medium, "not a domain name"};
    case spf::TermStatus::TooManyHosts:
        return {Mark::Critical, "more than 10 mail hosts"};
    case spf::TermStatus::Unreadable:
        return {Mark::Critical, "fault"};
    }
    return {};
}

std::string_view wordsOf(spf::Dead dead)
{
    switch (dead) {
    case spf::Dead::No:
        return {};
    case spf::Dead::AfterAll:
        return "never evaluated: behind all";
    case spf::Dead::RedirectWithAll:
        return "never followed: beside all";
    }
    return {};
}

std::vector<SpfNote> notesOf(const spf::Node &node)
{
    std::vector<SpfNote> notes;
    for (const DomainName &alias : node.aliases)
        notes.push_back({Mark::Info, "alias of " + shown(alias.text())});
    if (SpfNote status = statusOf(node); !status.words.empty())
        notes.push_back(std::move(status));
    return notes;
}

std::vector<SpfNote> notesOf(const spf::Node &node, const spf::TermNode &term)
{
    std::vector<SpfNote> notes;
    if (term.dead != spf::Dead::No)
        notes.push_back({Mark::Medium, std::string(wordsOf(term.dead))});
    for (const std::string &sentence : faultSentences(node, term.index))
        notes.push_back({Mark::Critical, sentence});
    const bool isTold = term.status == spf::TermStatus::Unreadable && !notes.empty();
    SpfNote status = isTold ? SpfNote() : statusOf(term);
    if (term.dependsOnMessage && term.target)
        notes.push_back({Mark::Info, "with this sample: " + shown(term.target->text())});
    const bool isToldByChild = term.child && term.child->status != spf::NodeStatus::Ok;
    if (!status.words.empty() && !isToldByChild)
        notes.push_back(std::move(status));
    if (term.child) {
        for (SpfNote &note : notesOf(*term.child))
            notes.push_back(std::move(note));
    }
    if (isOverLimit(term))
        notes.push_back({Mark::Critical, "over the limit of " + std::to_string(spf::Limits().lookups) +
                                             " look-ups: here receivers stop with permerror"});
    return notes;
}

Mark markOf(spf::CheckResult result)
{
    switch (result) {
    case spf::CheckResult::Pass:
        return Mark::Ok;
    case spf::CheckResult::Fail:
    case spf::CheckResult::PermError:
        return Mark::Critical;
    case spf::CheckResult::SoftFail:
        return Mark::High;
    case spf::CheckResult::Neutral:
    case spf::CheckResult::None:
        return Mark::Info;
    case spf::CheckResult::TempError:
        return Mark::Unknown;
    }
    return Mark::Unknown;
}

SpfNote noteOf(const spf::Step &step)
{
    const std::string term = shown(step.text);
    switch (step.kind) {
    case spf::Step::Kind::Record:
        return step.match == spf::Step::Match::Failed ? SpfNote{Mark::Critical, "faulty record"}
                                                      : SpfNote{Mark::Info, "record taken up"};
    case spf::Step::Kind::Return:
    case spf::Step::Kind::End: {
        if (!step.result)
            return {Mark::Info, {}};
        const std::string_view how = step.kind == spf::Step::Kind::End ? "the end: " : "gives ";
        return {markOf(*step.result), std::string(how) + std::string(spf::toString(*step.result))};
    }
    case spf::Step::Kind::Term:
        break;
    }
    switch (step.match) {
    case spf::Step::Match::Matched:
        return {Mark::Ok, term + " matches"};
    case spf::Step::Match::NotMatched:
        return {Mark::Info, term + " does not match"};
    case spf::Step::Match::Entered:
        return {Mark::Info, term + " is entered"};
    case spf::Step::Match::Skipped:
        return {Mark::NotTested, term + " cannot match"};
    case spf::Step::Match::Failed:
        return {Mark::Critical, term + " ends the check"};
    case spf::Step::Match::NotApplicable:
        break;
    }
    return {Mark::Info, term};
}

} // namespace mailoscope
