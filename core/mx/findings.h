// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mx/evaluate.h"
#include "report/finding.h"

#include <chrono>
#include <optional>
#include <set>
#include <vector>

/// What is notable about where a domain takes mail: the ids `mx.*`, `ptr.*` and `smtp.*` of the catalogue
/// that DNS and a greeting on port 25 can tell.
namespace mailoscope::mx
{

/// What other protocols' evaluations say; not set where they are still pending.
struct Surroundings {
    /// The domain's SPF record lets somebody pass.
    std::optional<bool> spfAuthorisesSenders;
    /// Of the hosts' addresses those that the SPF record lets pass: mail leaves from them, too.
    std::optional<std::set<IpAddress>> sendingAddresses;
    /// An MTA-STS policy in mode enforce: senders check the hosts' certificates (RFC 8461 section 4).
    bool stsEnforced = false;
    /// The hosts have TLSA records (RFC 7672).
    bool daneUsed = false;
};

/// A certificate that ends sooner is notable.
constexpr std::chrono::days ExpiringSoon(14);
/// RFC 5321 section 4.5.3.2.1 lets clients wait five minutes; few do.
constexpr std::chrono::seconds SlowGreeting(30);

/// In no particular order. Nothing that is still pending is judged, and nothing that could not be told.
std::vector<Finding> findings(const Evaluation &evaluation, const Surroundings &surroundings = {});

} // namespace mailoscope::mx
