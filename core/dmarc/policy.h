// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dmarc/walk.h"

#include <optional>

/// Which policy applies to a name, and what is left of it (RFC 9989 section 4.10.1).
namespace mailoscope::dmarc
{

enum class PolicyTag { P, Sp, Np };
/// "p", "sp" or "np".
std::string_view toString(PolicyTag tag);

/// Where the policy record was found.
enum class Discovery {
    Unknown,              ///< an answer that counts is missing or could not be had
    NotFound,             ///< nowhere: DMARC does not apply
    OwnRecord,            ///< at the name itself
    OrganizationalDomain, ///< at the Organizational Domain above it
    PublicSuffix,         ///< at the record with psd=y above that
};

/// Whether a name exists (RFC 9989 section 3.2.13: NXDOMAIN is the only "no").
enum class Existence { Pending, Exists, NxDomain, Unknown };
Existence existenceOf(const DomainName &domain, FactSource &facts);

struct AppliedPolicy {
    bool pending = true;
    bool tempError = false;
    Discovery discovery = Discovery::Unknown;
    std::optional<DomainName> domain; ///< whose record it is
    PolicyTag tag = PolicyTag::P;     ///< the tag that applies; the one that stands in for an absent one
    std::optional<Policy> published;  ///< what that tag says; nothing where it is absent or unreadable
    std::optional<Policy> effective;  ///< after t=y and after faults; nothing: no DMARC processing
    Usability usability = Usability::Normal;
    bool testing = false; ///< t=y stands in the record

    /// "Enforced": something other than none is left.
    bool isEnforced() const { return effective && *effective != Policy::None; }
    /// Known to the end: neither pending nor spoilt by a failed look-up.
    bool isKnown() const { return !pending && discovery != Discovery::Unknown; }
    friend bool operator==(const AppliedPolicy &, const AppliedPolicy &) = default;
};

/// RFC 9989 section 4.7, tag t: one level lower.
Policy oneLower(Policy policy);

/// The step of a walk that holds the policy record, and how it was found.
struct PolicyRecord {
    Discovery discovery = Discovery::Unknown;
    std::optional<std::size_t> step;
};
PolicyRecord policyRecordOf(const Walk &walk);

/// The policy for the walk's start name.
AppliedPolicy policyOf(const Walk &walk, Existence existence);

/// The policy for any name: its walk and its existence are asked for at once.
AppliedPolicy policyFor(const DomainName &name, FactSource &facts);

} // namespace mailoscope::dmarc
