// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dmarc/policy.h"

/// What a receiver concludes that still follows RFC 7489: the Organizational Domain by the public suffix
/// list, two questions, no np, psd or t, but pct.
namespace mailoscope::dmarc
{

struct OldView {
    bool pending = true;
    bool tempError = false;
    DomainName organizationalDomain;  ///< by the ICANN part of the list
    std::optional<DomainName> domain; ///< whose record it is
    bool severalRecords = false;      ///< more than one record ended the discovery (section 6.6.3 step 5)
    int pct = 100;                    ///< the share of failing mail that the policy is applied to
    std::optional<Policy> effective;  ///< for the name; nothing: no DMARC processing
    std::optional<Policy> subdomains; ///< for the names below it that have no record of their own
    friend bool operator==(const OldView &, const OldView &) = default;
};

/// Both records are asked for at once.
OldView oldViewOf(const DomainName &domain, FactSource &facts);

} // namespace mailoscope::dmarc
