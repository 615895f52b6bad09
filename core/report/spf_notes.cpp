// SPDX-License-Identifier: Apache-2.0
#include "report/spf_notes.h"

#include "report/explain.h"

namespace mailoscope
{

namespace
{

Mark problemOf(spf::NodeStatus status)
{
    switch (status) {
    case spf::NodeStatus::Ok:
        return Mark::None;
    case spf::NodeStatus::Pending:
    case spf::NodeStatus::TempError:
    case spf::NodeStatus::Cut:
        return Mark::Unknown;
    case spf::NodeStatus::NoRecord:
    case spf::NodeStatus::NxDomain:
    case spf::NodeStatus::MultipleRecords:
    case spf::NodeStatus::Invalid:
    case spf::NodeStatus::BadName:
    case spf::NodeStatus::Loop:
        return Mark::Critical;
    }
    return Mark::None;
}

Mark problemOf(spf::TermStatus status)
{
    switch (status) {
    case spf::TermStatus::Ok:
    case spf::TermStatus::ChildProblem:
        return Mark::None;
    case spf::TermStatus::Pending:
    case spf::TermStatus::TempError:
        return Mark::Unknown;
    case spf::TermStatus::Void:
    case spf::TermStatus::BadName:
        return Mark::Medium;
    case spf::TermStatus::Unknown:
        return Mark::Info;
    case spf::TermStatus::TooManyHosts:
    case spf::TermStatus::Unreadable:
        return Mark::Critical;
    }
    return Mark::None;
}

/// True for the innermost term at which the limit is passed: the ones around it end there as well.
bool isOverLimit(const spf::TermNode &term)
{
    const int limit = spf::Limits().lookups;
    return term.dead == spf::Dead::No && term.ownLookups > 0 &&
           term.runningLookups - term.subtreeLookups <= limit &&
           term.runningLookups - term.subtreeLookups + term.ownLookups > limit;
}

} // namespace

std::vector<SpfNote> notesOf(const spf::Node &node)
{
    std::vector<SpfNote> notes;
    for (const DomainName &alias : node.aliases)
        notes.push_back({Mark::Info, "alias of " + shown(alias.text())});
    const std::string words = statusWords(node.status);
    if (!words.empty())
        notes.push_back({problemOf(node.status), words});
    return notes;
}

std::vector<SpfNote> notesOf(const spf::Node &node, const spf::TermNode &term)
{
    std::vector<SpfNote> notes;
    if (term.dead == spf::Dead::AfterAll)
        notes.push_back({Mark::Medium, "never evaluated: it stands behind \"all\""});
    else if (term.dead == spf::Dead::RedirectWithAll)
        notes.push_back({Mark::Medium, "never followed: the record has \"all\" too"});
    for (const std::string &sentence : faultSentences(node, term.index))
        notes.push_back({Mark::Critical, sentence});
    const bool isTold = term.status == spf::TermStatus::Unreadable && !notes.empty();
    std::string words = isTold ? std::string() : statusWords(term.status);
    if (term.status == spf::TermStatus::Void && term.ownVoids.v4 != term.ownVoids.v6)
        words += term.ownVoids.v4 > 0 ? " for IPv4 clients" : " for IPv6 clients";
    if (term.dependsOnMessage && term.target)
        notes.push_back({Mark::Info, "with this sample: " + shown(term.target->text())});
    const bool isToldByChild = term.child && term.child->status != spf::NodeStatus::Ok;
    if (!words.empty() && !isToldByChild)
        notes.push_back({problemOf(term.status), words});
    if (term.child) {
        for (SpfNote &note : notesOf(*term.child))
            notes.push_back(std::move(note));
    }
    if (isOverLimit(term))
        notes.push_back({Mark::Critical, "over the limit of " + std::to_string(spf::Limits().lookups) +
                                             " look-ups: here receivers stop with permerror"});
    return notes;
}

} // namespace mailoscope
