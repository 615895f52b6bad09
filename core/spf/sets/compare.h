// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/evaluate.h"

#include <optional>
#include <string>
#include <vector>

/// What two records say differently, address by address.
namespace mailoscope::spf
{

/// Addresses that one record gives one result and the other another.
struct Move {
    CheckResult from = CheckResult::None;
    CheckResult to = CheckResult::None;
    AddressSet addresses;
    friend bool operator==(const Move &, const Move &) = default;
};

/// On which side something stands.
enum class Side { Old, New, Both };

/// A branch (see Share) and what it takes part in.
struct BranchChange {
    std::string term;                 ///< as in Share; empty for the ip4 and ip6 terms of the record itself
    std::optional<DomainName> target; ///< of include and redirect
    Side side = Side::Both;
    AddressSet added;   ///< that pass in the new record through this branch, and did not pass before
    AddressSet removed; ///< that passed in the old record through this branch, and do not pass any more
    friend bool operator==(const BranchChange &, const BranchChange &) = default;
};

/// A term whose addresses nobody can list.
struct Dependence {
    enum class Why {
        Exists,   ///< `exists` with macros of the client or the message
        Ptr,      ///< the client's reverse DNS decides
        Macros,   ///< the target's name depends on the client or the message
        NotKnown, ///< an answer is missing, or a look-up has failed
        Cut,      ///< our own bounds ended the expansion here
    };
    Why why = Why::Macros;
    DomainName domain; ///< whose record it stands in
    std::string term;  ///< as written
    Side side = Side::Both;
    friend bool operator==(const Dependence &, const Dependence &) = default;
};

/// The terms whose addresses nobody can list, anywhere in the tree, each once; no more than `most`.
std::vector<Dependence> dependencesOf(const Evaluation &evaluation, std::size_t most = 1000);

struct Comparison {
    AddressSet added;        ///< pass now, and did not
    AddressSet removed;      ///< passed, and do not any more
    std::vector<Move> moves; ///< every change of result; those from and to pass make up the two sets above
    std::vector<BranchChange> branches;  ///< those of both records, the new one's first
    std::vector<Dependence> dependences; ///< what cannot be compared exactly
    bool exact = true;                   ///< the sets say all: nothing depends on the client or is unknown
    bool limitsMatter = false; ///< one of the records passes a limit, which is part of what is compared

    bool isSame() const { return moves.empty(); }
    friend bool operator==(const Comparison &, const Comparison &) = default;
};

/// Compares what receivers make of two records, the limits on look-ups included.
Comparison compare(const Evaluation &before, const Evaluation &after);

} // namespace mailoscope::spf
