// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/evaluate.h"

#include <optional>
#include <string>
#include <vector>

/// Which term of a record lets which addresses pass.
namespace mailoscope::spf
{

/// The addresses that a term by itself matches, as far as that is the same for every client: of an include or
/// redirect those that pass there.
AddressSet matchedBy(const Node &node, const TermNode &term);

/// A branch of a record: one of its terms, or all its ip4 and ip6 terms together.
struct Share {
    std::string term;                 ///< mechanism or modifier in a fixed spelling; empty for ip4 and ip6
    std::optional<DomainName> target; ///< of include and redirect, where it is known
    AddressSet passes;                ///< the addresses that this branch lets pass
};

/// The branches of the record at `root`, each once, in the order in which they are first met; what an earlier
/// one has decided is never another's.
std::vector<Share> sharesOf(const Node &root);

/// The same text for terms that mean the same at this record, without the qualifier.
std::string fixedSpelling(const Node &node, const TermNode &term);

} // namespace mailoscope::spf
