// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dmarc/evaluate.h"
#include "report/finding.h"

#include <optional>
#include <vector>

/// What is notable about a domain's DMARC: the ids of the catalogue that DNS alone can tell.
namespace mailoscope::dmarc
{

/// Record text longer than this crowds the answer.
constexpr std::size_t LongRecord = 450;
/// Receivers of RFC 7489 had to support so many addresses and no more (section 6.2 there).
constexpr std::size_t ManyAddresses = 2;
/// Findings about single parts of one record; a hostile record could ask for thousands.
constexpr std::size_t MaxPartFindings = 40;

/// What other parts of an inspection found out. Every field may be left as it is: then what needs it is not
/// judged.
struct Surroundings {
    /// The domain says that it sends no mail: SPF is `v=spf1 -all` and nothing else, and no DKIM key is
    /// known.
    std::optional<bool> sendsNoMail;
    /// The domain takes mail: MX records other than a null MX, or an implicit MX.
    std::optional<bool> takesMail;
    /// At least one DKIM key, not revoked, was found at a selector that was tried.
    std::optional<bool> anyDkimKey;
    /// SPF authorises hosts under the domain's own MAIL FROM: a record that does not leave everything to
    /// others' bounce domains. False where the record is missing, broken or passes nobody.
    std::optional<bool> spfAuthorisesSomeone;
    /// A BIMI record is published: it needs an enforced policy.
    bool hasBimi = false;
    /// The resolver validates DNSSEC, so that a missing AD bit means an unsigned zone.
    std::optional<bool> validatingResolver;
    /// Domains seen in MAIL FROM and in d= of passing mail (from received reports), for strict alignment.
    std::vector<DomainName> spfDomainsSeen;
    std::vector<DomainName> dkimDomainsSeen;
};

/// In no particular order. Nothing that is still pending is judged.
std::vector<Finding> findings(const Evaluation &evaluation, const Surroundings &surroundings = {});

} // namespace mailoscope::dmarc
