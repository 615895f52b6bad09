// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mx/evaluate.h"
#include "report/finding.h"
#include "spf/evaluate.h"

#include <vector>

/// What is notable about a domain's SPF: the ids of the catalogue that DNS alone can tell.
namespace mailoscope::spf
{

/// More authorised IPv4 addresses than this are notable (BreakSPF, NDSS 2024).
constexpr std::uint64_t ManyAddresses = 100000;
/// Look-ups from here on to the limit leave no room for the next provider.
constexpr int NearLimit = 8;
/// Includes within includes, beyond which a tree is hard to keep in order (RFC 7208 section 10.1.1).
constexpr std::size_t DeepChain = 5;

/// In no particular order. Nothing that is still pending is judged.
std::vector<Finding> findings(const Evaluation &evaluation, const mx::Evaluation &mx,
                              const Limits &limits = {});

} // namespace mailoscope::spf
