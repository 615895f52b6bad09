// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/tree.h"

/// The exact sets of addresses behind each result of check_host().
namespace mailoscope::spf {

/// What the record of `node`, taken alone and without the limits of section 4.6.4, says of each address. The children
/// must have theirs. Fills in what each term matches and decides.
Partition partitionOf(Node &node);

/// The same for a whole tree with the limits on look-ups and void look-ups, as receivers apply them: for each address
/// the exact count on its own path through the terms.
Partition partitionWithLimits(const Node &root, const Limits &limits);

/// The address blocks that a term of kind ip4, ip6, a or mx matches; empty for all others.
std::vector<Cidr> blocksOf(const Term &term, const TermNode &node);

} // namespace mailoscope::spf
