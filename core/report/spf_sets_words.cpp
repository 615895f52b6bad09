// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "report/spf_sets.h"

#include <algorithm>

namespace mailoscope
{

namespace
{

std::string placeOf(const spf::Branch &branch)
{
    if (branch.obstacleTerm.empty())
        return shown(branch.text);
    if (branch.obstacleTerm == branch.text)
        return shown(branch.text);
    return shown(branch.obstacleTerm) + " in the record of " + shown(branch.obstacleDomain.text());
}

std::string number(std::size_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

} // namespace

std::string sentenceOf(const spf::Branch &branch)
{
    switch (branch.obstacle) {
    case spf::Obstacle::None:
        return {};
    case spf::Obstacle::Exists:
        return placeOf(branch) +
               " asks a name server about each client, so there is no list of its addresses.";
    case spf::Obstacle::Ptr:
        return placeOf(branch) +
               " depends on each client's reverse DNS, so there is no list of its addresses.";
    case spf::Obstacle::Macros:
        return placeOf(branch) +
               " has macros of the client or the message, so it says something else to each.";
    case spf::Obstacle::NotKnown:
        return "What stands behind " + placeOf(branch) + " could not be looked up.";
    case spf::Obstacle::Faulty:
        return placeOf(branch) + " ends in an error for some clients. Mend or remove it first.";
    case spf::Obstacle::Everybody:
        return placeOf(branch) + " lets every address pass: there is nothing to list.";
    case spf::Obstacle::TooBig:
        return "What stands behind " + placeOf(branch) + " is too big to be worked out.";
    case spf::Obstacle::NotPortable:
        return "The record that " + shown(branch.text) +
               " leads to has macros that would mean something else in another record.";
    }
    return {};
}

std::string sentenceOf(const spf::Refusal &refusal, const DomainName &domain)
{
    using Why = spf::Refusal::Why;
    const std::string name = shown(domain.text());
    switch (refusal.why) {
    case Why::Pending:
        return "Some answers are missing, so nothing can be said of the record of " + name + '.';
    case Why::NoRecord:
        return name + " has no SPF record to rewrite.";
    case Why::NotKnown:
        return "A look-up failed, so it is not known what the record of " + name + " says. Try again later.";
    case Why::Faulty:
        return "The record of " + name +
               " ends in an error for some clients. Mend that first; inspect tells where it is.";
    case Why::TooBig:
        return "The include tree of " + name + " is too big to be worked out.";
    case Why::NothingToDo:
        return refusal.branches.empty() ? "There is nothing to rewrite in the record of " + name + '.'
                                        : "No branch of the record of " + name + " can be replaced.";
    case Why::CannotReplace: {
        std::string text;
        for (const spf::Branch &branch : refusal.branches)
            text += (text.empty() ? "" : " ") + sentenceOf(branch);
        return text;
    }
    case Why::TooManyRecords:
        return "The addresses take " + number(refusal.networks, "network", "networks") + " and " +
               number(static_cast<std::size_t>(std::max(refusal.needed, 0)), "record", "records") +
               " of a safe size of their own, but the limit leaves look-ups for " +
               std::to_string(std::max(refusal.left, 0)) + ". Choose fewer branches.";
    case Why::OverLimits:
        return "Even so the record would need " + std::to_string(refusal.needed) +
               " look-ups or meet too many void ones. Choose other branches, or more of them.";
    case Why::NameTooLong:
        return "There is no room for the names of further records below " + name + '.';
    case Why::NotProven:
        return "What came out did not say the same as the record of " + name +
               ", so it is not shown. This should not happen: please report it.";
    }
    return {};
}

std::string_view wordsOf(spf::Needless why)
{
    switch (why) {
    case spf::Needless::AfterAll:
        return "behind all, so it is never evaluated";
    case spf::Needless::RedirectWithAll:
        return "never followed, because the record has all";
    case spf::Needless::Repeated:
        return "said before";
    case spf::Needless::Covered:
        return "covered by another network of the record";
    case spf::Needless::Merged:
        return "part of a larger network now";
    case spf::Needless::SameAsAll:
        return "gives what all gives anyway";
    case spf::Needless::CoveredToday:
        return "decides nothing today: earlier terms cover its addresses, or it has none";
    }
    return {};
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

std::string ageWarning(Timestamp at, std::string_view advice)
{
    return "Flattened records age: these addresses are those of " + toRfc3339(at).substr(0, 10) +
           ". When a provider changes its own, nobody will tell you, and mail will fail SPF. " +
           std::string(advice);
}

} // namespace mailoscope
