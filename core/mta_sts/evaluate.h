// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_source.h"
#include "mta_sts/policy.h"
#include "mta_sts/record.h"
#include "mx/evaluate.h"

#include <optional>
#include <string>
#include <vector>

namespace mailoscope::mta_sts
{

/// What stands between senders and a policy.
enum class Problem {
    None,
    RecordLookUpFailed,
    RecordNotRecorded, ///< the snapshot does not hold it
    NoRecord,
    MultipleRecords,
    RecordSyntax,
    NoHost,      ///< the policy host has no address
    HostFailed,  ///< its addresses could not be looked up
    PrivateHost, ///< its addresses are not of the public Internet: no connection was made
    Unreachable, ///< refused, no handshake, or no HTTP
    Timeout,
    Certificate, ///< not acceptable for the policy host
    Redirect,    ///< an answer of 3xx, which must not be followed
    Status,      ///< another answer than 200
    PolicySyntax,
    NotFetched, ///< left out, or not in the snapshot
};
/// As in the JSON: "record-lookup-failed", "no-record"...; empty for None.
std::string_view toString(Problem problem);

struct Evaluation {
    enum class Status { Pending, Ok, Missing, Invalid, TempError, NotApplicable, NotChecked };
    Status status = Status::Pending;
    bool pending = true;
    Problem problem = Problem::None;

    DomainName domain;
    DomainName recordName; ///< `_mta-sts.<domain>`
    DomainName host;       ///< `mta-sts.<domain>`
    https::Url url;        ///< of the policy

    std::optional<dns::Outcome> recordOutcome; ///< of the TXT look-up
    std::vector<dns::ResourceRecord> recordAliases;
    std::vector<std::string> recordTexts; ///< those that senders take for records
    std::vector<std::string> resembling;  ///< those that were meant to be records
    std::optional<ParsedRecord> record;   ///< of the first text

    std::vector<dns::ResourceRecord> hostAliases;
    std::optional<dns::Outcome> hostOutcome; ///< of the A look-up
    std::optional<https::Response> response; ///< the body cut to MaxPolicyOctets
    std::size_t bodyOctets = 0;              ///< of the whole body
    std::optional<ParsedPolicy> policy;      ///< where a page came with status 200

    std::vector<DomainName> unmatchedMx;     ///< MX hosts that no pattern covers; of a usable policy
    std::vector<std::string> unusedPatterns; ///< patterns that cover no MX host; likewise
    bool matched = false;                    ///< the two before are known
    bool receivesNoMail = false;             ///< a null MX, or neither MX nor addresses
    /// The record at the organisation's own name, where the domain lies below it: it is not inherited.
    bool parentHasRecord = false;
    DomainName parent; ///< the root where there is none

    friend bool operator==(const Evaluation &, const Evaluation &) = default;
};

/// RFC 8461 sections 3 and 4.1. Everything is asked for in the first round: no answer names another.
Evaluation evaluate(const DomainName &domain, const mx::Evaluation &mx, FactSource &facts);

} // namespace mailoscope::mta_sts
