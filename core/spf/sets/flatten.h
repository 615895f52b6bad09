// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "fixes/change.h"
#include "spf/sets/branches.h"
#include "spf/sets/proof.h"
#include "spf/sets/rewrite.h"

#include <set>
#include <string>
#include <vector>

/// Records written anew with addresses in the place of branches, or without what is needless: shown to say
/// the same of every address before anybody publishes them.
namespace mailoscope::spf
{

/// RFC 7208 section 3.4: sizes that fit a UDP answer of 512 octets.
constexpr std::size_t SafeAnswerOctets = 512;
constexpr std::size_t SafeDataOctets = 450; ///< the name and all its TXT data

/// A record rewritten, proven (see Proof::holds()).
struct Rewriting {
    DomainName domain;
    std::string before;
    std::string after;
    std::vector<Published> chain;          ///< new records that `after` includes
    bool chainNamesUnchecked = false;      ///< it could not be told whether their names are free
    std::vector<Branch> replaced;          ///< `node` is null: the evaluation may be gone
    std::vector<Branch> kept;              ///< likewise
    std::vector<RemovedTerm> removed;      ///< as needless
    std::vector<std::string> coveredToday; ///< kept, though they decide nothing as things stand
    int lookupsBefore = 0;
    int voidsBefore = 0;
    std::size_t networksBefore = 0; ///< ip4 and ip6 terms
    std::size_t networksAfter = 0;
    bool isOverSafeSize = false; ///< the TXT answer is over SafeDataOctets or SafeAnswerOctets, as before
    Proof proof;
    std::vector<fixes::Change> changes;
};

/// Why nothing is proposed.
struct Refusal {
    enum class Why {
        Pending,        ///< facts are missing
        NoRecord,       ///< there is no record to rewrite
        NotKnown,       ///< a look-up failed, so nobody knows what the record says
        Faulty,         ///< the record ends in an error for some addresses: to be mended first
        TooBig,         ///< the tree is over our own bounds
        NothingToDo,    ///< no branch can be replaced, or nothing is needless
        CannotReplace,  ///< a branch that was chosen cannot be replaced
        TooManyRecords, ///< the addresses need more records than look-ups are left
        OverLimits,     ///< even so, the look-ups are over the limits
        NameTooLong,    ///< no room for the names of further records
        NotProven,      ///< what came out does not say the same
    };
    Why why = Why::Pending;
    std::vector<Branch> branches; ///< CannotReplace: those; else all with an obstacle
    int needed = 0;               ///< TooManyRecords: records; OverLimits: look-ups
    int left = 0;                 ///< TooManyRecords: look-ups left for them
    std::size_t networks = 0;     ///< TooManyRecords: to be written
};

struct FlattenOptions {
    std::set<BranchPlace> replaced;
    CoveredToday covered = CoveredToday::Kept;
    Limits limits;
};

/// The includes that can be replaced, also those behind a redirect that can be taken up.
std::set<BranchPlace> replaceableIncludes(const Evaluation &evaluation);

/// Replaces branches by the fewest networks that stand for their addresses. What does not fit into the record
/// goes into records of its own, `_spf1.DOMAIN` and so on.
Result<Rewriting, Refusal> flatten(const Evaluation &evaluation, FactSource &facts, RecordCache &records,
                                   const FlattenOptions &options);

/// The same for the fewest branches that bring the record under its limits; known providers, whose addresses
/// change without notice, only where it cannot be done without them.
Result<Rewriting, Refusal> bringUnderLimit(const Evaluation &evaluation, FactSource &facts,
                                           RecordCache &records, const Limits &limits = {});

/// The record without what is needless: repeated, covered and dead terms, networks side by side joined.
Result<Rewriting, Refusal> clean(const Evaluation &evaluation, FactSource &facts, RecordCache &records,
                                 CoveredToday covered = CoveredToday::Kept);
/// As clean(), for who does not ask why not.
std::optional<Rewriting> cleaned(const Evaluation &evaluation, FactSource &facts, RecordCache &records);

} // namespace mailoscope::spf
