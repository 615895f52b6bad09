// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns_hygiene/evaluate.h"
#include "report/finding.h"

/// What is notable about a domain's DNS.
namespace mailoscope::dns_hygiene
{

/// Where the facts come from. A resolver counts TTLs down, so that a short one tells nothing; zone files and
/// the zone's own servers give them as they were set.
enum class Ttls { CountedDown, AsPublished };

/// AD-HOC: proofs of ownership from here on are worth a word.
constexpr std::size_t ManyTokens = 8;
/// Seconds: policies below are asked for too often, above they are hard to mend in a hurry.
constexpr std::uint32_t LowTtl = 300;
constexpr std::uint32_t HighTtl = 86400;

std::vector<Finding> findings(const Evaluation &evaluation, Ttls ttls = Ttls::CountedDown);

} // namespace mailoscope::dns_hygiene
