// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/address_set.h"
#include "facts/fact_source.h"
#include "spf/check_host.h"
#include "spf/record.h"
#include "spf/select.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// The include tree: what a record asks of every receiver, whatever the client. Look-ups are counted as the
/// worst-case client meets them, one that nothing matches (RFC 7208 section 4.6.4).
namespace mailoscope::spf
{

/// Our own bounds on hostile trees; no standard sets any. Where one is reached, the node says so
/// (NodeStatus::Cut).
struct TreeBounds {
    std::size_t nodes = 2000;      ///< records taken up, repeated ones counted again
    std::size_t terms = 50000;     ///< terms over all records
    std::size_t depth = 30;        ///< includes within includes
    std::size_t addresses = 50000; ///< addresses of a and mx terms over all records
};

enum class NodeStatus {
    Ok,
    Pending,  ///< the answer is not there yet
    NoRecord, ///< the name exists without an SPF record
    NxDomain, ///< the name does not exist
    MultipleRecords,
    Invalid,   ///< the record has faults: permerror for every receiver
    TempError, ///< the look-up failed: not known
    BadName,   ///< the target is no domain name that can have a record
    Loop,      ///< the record is already being evaluated above
    Cut,       ///< our own bounds ended the expansion here
};

enum class TermStatus {
    Ok,
    Pending,
    Void,         ///< the term's own look-up was void for both address families, or for one (see voids)
    TempError,    ///< a look-up failed: not known
    Unknown,      ///< depends on the message or the client
    BadName,      ///< the name is invalid after macro expansion: it never matches
    TooManyHosts, ///< mx with more than 10 hosts: permerror
    ChildProblem, ///< include or redirect whose target is a fault (see the child's status)
    Unreadable,   ///< the term itself has a fault
};

/// Why a term is never evaluated.
enum class Dead {
    No,
    AfterAll,        ///< behind `all` (section 5.1)
    RedirectWithAll, ///< redirect beside `all` (section 6.1)
};

/// Counts that differ by the client's address family.
struct FamilyCount {
    int v4 = 0;
    int v6 = 0;
    int worst() const { return v4 > v6 ? v4 : v6; }
    FamilyCount &operator+=(const FamilyCount &other)
    {
        v4 += other.v4;
        v6 += other.v6;
        return *this;
    }
    friend bool operator==(const FamilyCount &, const FamilyCount &) = default;
};

/// What holds for the clients of one address family and not for those of the other.
struct FamilyFlags {
    bool v4 = false;
    bool v6 = false;
    bool any() const { return v4 || v6; }
    friend bool operator==(const FamilyFlags &, const FamilyFlags &) = default;
};

/// How many addresses: IPv4 exactly, IPv6 as an exact decimal text is made of the set where needed.
struct AddressCount {
    std::uint64_t v4 = 0;
    Uint128 v6;
    friend bool operator==(const AddressCount &, const AddressCount &) = default;
};

struct MxHost {
    std::uint16_t preference = 0;
    DomainName host;
    std::vector<IpAddress> addresses; ///< IPv4 before IPv6, in the order of the answers
    bool pending = false;
    bool failed = false; ///< a look-up of its addresses failed
    friend bool operator==(const MxHost &, const MxHost &) = default;
};

struct Node;

/// One term of a record in the tree.
struct TermNode {
    std::size_t index = 0; ///< in the record's terms and spans
    TermStatus status = TermStatus::Ok;
    Dead dead = Dead::No;
    std::optional<DomainName>
        target; ///< the domain the term speaks of, expanded; absent where it has none or it is not known
    bool dependsOnMessage = false; ///< its macros need a sender or client
    bool dependsOnClient =
        false; ///< its macros name the client: what a sample shows holds for that one address
    dns::Outcome outcome = dns::Outcome::Answered; ///< of the term's own look-up, where it has one

    int ownLookups = 0;     ///< 1 where the term counts, plus 1 for each `%{p}`
    int subtreeLookups = 0; ///< ownLookups and those of everything below
    int runningLookups =
        0; ///< all that were spent in the whole tree when this term and all below it are done
    FamilyCount ownVoids;
    FamilyCount subtreeVoids;

    std::vector<MxHost> mxHosts;      ///< for mx
    std::vector<IpAddress> addresses; ///< for a, and for mx over all hosts, in the order they are tried
    FamilyFlags failed;               ///< a look-up that clients of this family need has failed
    AddressCount matches;             ///< addresses that the term matches by itself
    AddressCount decides;     ///< of those, the ones that no earlier term of the same record has decided
    bool behindError = false; ///< an earlier term ends the check in an error for all who reach it
    bool exact = true;        ///< false where what it matches depends on the client or is not known yet

    std::unique_ptr<Node> child; ///< for include and redirect that were followed
};

/// All addresses by the result that check_host() gives them.
struct Partition {
    std::array<AddressSet, CheckResultCount> byResult;
    /// False where macros, exists or ptr make the set depend on the client, or facts are missing.
    bool exact = true;

    const AddressSet &of(CheckResult result) const { return byResult[static_cast<std::size_t>(result)]; }
    AddressSet &of(CheckResult result) { return byResult[static_cast<std::size_t>(result)]; }
    friend bool operator==(const Partition &, const Partition &) = default;
};

/// One record in the tree.
struct Node {
    DomainName domain;
    NodeStatus status = NodeStatus::Pending;
    Selection selection;
    std::shared_ptr<const ParsedRecord> record; ///< null where there is none
    std::vector<TermNode> terms;                ///< one for each term of the record
    std::vector<DomainName> aliases; ///< the names a CNAME chain led through, the last one holds the record
    std::size_t depth = 0;
    bool isRedirected = false; ///< reached by redirect, so that it decides for the record above

    int lookups = 0;      ///< of this record and everything below
    int ownLookups = 0;   ///< of this record's terms alone
    bool atLeast = false; ///< more may come: a target depends on the message, or an answer is missing
    FamilyCount voids;    ///< void look-ups of this record's terms and everything below
    AddressCount passes;  ///< addresses for which this record, taken alone and without limits, gives pass
    /// What this record, taken alone and without limits, says of each address. Of an included record only the
    /// results that reach the one above are kept: pass, temperror, permerror and none.
    Partition addresses;
};

/// A message to try macros with.
struct Sample {
    std::optional<IpAddress> ip;
    std::string sender;
    std::string helo;
};

struct Options {
    Limits limits;
    TreeBounds bounds;
    std::optional<Sample> sample;
};

/// A tree and whether our bounds cut it.
struct Tree {
    Node root;
    std::size_t nodeCount = 0;
    bool cut = false;
    bool pending = false; ///< some answer is missing somewhere
    bool failed = false;  ///< a look-up was tried and failed
};

/// The look-ups that belong to a term of the record at `node` itself.
std::vector<dns::Question> questionsOf(const Node &node, const TermNode &term);

/// Expands the record of `domain` with all its includes and redirects, also past the limit of look-ups. Asks
/// at once for everything that can be named.
Tree buildTree(const DomainName &domain, FactSource &facts, RecordCache &records, const Options &options);

} // namespace mailoscope::spf
