// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/evaluate.h"

#include <optional>
#include <string>
#include <vector>

/// The branches of a record that cost look-ups, and whether their addresses can stand in their place.
namespace mailoscope::spf
{

/// Why a branch cannot be replaced by the addresses it stands for.
enum class Obstacle {
    None,
    Exists,      ///< `exists` asks a name server about each client
    Ptr,         ///< the client's reverse DNS decides
    Macros,      ///< a name in it depends on the client or the message
    NotKnown,    ///< an answer is missing, or a look-up has failed
    Faulty,      ///< the branch ends in an error for some clients: to be mended first
    Everybody,   ///< it lets every address pass: there is nothing to list
    TooBig,      ///< our own bounds ended the expansion
    NotPortable, ///< of redirect: a term of the target means something else in this record
};

/// Where a branch stands: how many redirects lead to the record that holds it, and which of its terms it is.
struct BranchPlace {
    std::size_t redirects = 0;
    std::size_t term = 0;
    friend bool operator==(const BranchPlace &, const BranchPlace &) = default;
    friend auto operator<=>(const BranchPlace &, const BranchPlace &) = default;
};

struct Branch {
    BranchPlace place;
    const Node *node = nullptr; ///< whose record it stands in; lives as long as the evaluation
    std::string text;           ///< the term as written, without its qualifier
    std::string spelling;       ///< the term in a fixed spelling
    std::optional<DomainName> target;
    bool isRedirect = false;
    Qualifier qualifier = Qualifier::Pass; ///< of redirect: meaningless
    int lookups = 0;                       ///< of the branch and all below it
    FamilyCount voids;                     ///< likewise
    AddressSet addresses;                  ///< that it matches by itself
    std::string followedRecord;            ///< of redirect: the record that it leads to
    bool decidesNothing = false;           ///< earlier terms have decided all of them
    Obstacle obstacle = Obstacle::None;
    std::string obstacleTerm;  ///< the term in the way, where there is one
    DomainName obstacleDomain; ///< whose record that stands in

    const TermNode &term() const { return node->terms[place.term]; }
    bool canBeReplaced() const { return obstacle == Obstacle::None; }
};

/// The own record and those that `redirect` leads to, the one that decides last.
std::vector<const Node *> decidingRecords(const Node &root);

/// include, a, mx, ptr, exists and redirect that are evaluated, in the order of the records. None where the
/// record itself cannot be evaluated.
std::vector<Branch> branchesOf(const Evaluation &evaluation);

} // namespace mailoscope::spf
