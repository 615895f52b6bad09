// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/evaluate.h"
#include "spf/sets/branches.h"

#include <set>
#include <string>
#include <vector>

/// Writing a record anew so that it says the same. What comes out is a proposal: prove() decides.
namespace mailoscope::spf
{

/// Why a term is not needed.
enum class Needless {
    AfterAll,        ///< behind `all`
    RedirectWithAll, ///< redirect beside `all`
    Repeated,        ///< the same mechanism stands in front of it
    Covered,         ///< networks that the record itself names in front of it hold all its addresses
    Merged,          ///< a larger network takes its place
    SameAsAll,       ///< it gives what `all` gives
    CoveredToday,    ///< earlier branches decide all its addresses, as they are now
};

struct RemovedTerm {
    std::string text;
    Needless why = Needless::Covered;
    friend bool operator==(const RemovedTerm &, const RemovedTerm &) = default;
};

/// Whether branches go that decide nothing as things stand: what others let pass may change without notice.
enum class CoveredToday { Kept, Removed };

/// How far addresses may be brought together.
enum class Merging {
    AcrossTerms, ///< over terms between them that have the same qualifier
    SideBySide,  ///< only where nothing else stands between them
};

/// Networks that stand together with one qualifier.
struct NetworkGroup {
    Qualifier qualifier = Qualifier::Pass;
    std::vector<Cidr> blocks; ///< in the order in which they are to be written
    std::vector<bool> isOwn;  ///< for each block: the record named a network in it before
};

/// A record in parts: what can be moved into records of its own, and what cannot.
struct Draft {
    struct Part {
        Term term;             ///< where it is no group
        bool isGroup = false;  ///< the place of the next network of a group
        std::size_t group = 0; ///< index into groups
        std::size_t block = 0; ///< index into that group's blocks
    };
    std::vector<Part> parts;
    std::vector<NetworkGroup> groups;
    std::vector<RemovedTerm> removed;
    std::vector<std::string> coveredToday; ///< branches that decide nothing as things stand, and are kept
    std::size_t networksBefore = 0;        ///< ip4 and ip6 terms of the records that are rewritten
    int lookups = 0;                       ///< of the branches that are kept
    FamilyCount voids;                     ///< likewise

    std::size_t blockCount() const;
    /// The whole as one record.
    Record record() const;
};

struct DraftOptions {
    std::set<BranchPlace> replaced; ///< the branches to be replaced by their addresses
    CoveredToday covered = CoveredToday::Kept;
    Merging merging = Merging::AcrossTerms;
};

/// Where a branch behind a redirect is replaced, the redirect is taken up too. All of `replaced` must be
/// branches that can be.
Draft draftOf(const Evaluation &evaluation, const DraftOptions &options);

/// A network as a directive; a full-length prefix is left out.
Directive networkTerm(Qualifier qualifier, const Cidr &block);

} // namespace mailoscope::spf
