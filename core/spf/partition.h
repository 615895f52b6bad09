// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/tree.h"

/// The exact sets of addresses behind each result of check_host().
namespace mailoscope::spf
{

/// Works out the sets of one record after another; its buffers serve them all.
class Partitioner
{
public:
    Partitioner();
    ~Partitioner();

    /// What the record of `node`, taken alone and without the limits of section 4.6.4, says of each address.
    /// The children must have theirs. Fills in what each term matches and decides.
    Partition partitionOf(Node &node);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// The same for a whole tree with the limits on look-ups and void look-ups, as receivers apply them: for each
/// address the exact count on its own path through the terms.
Partition partitionWithLimits(const Node &root, const Limits &limits);

/// Calls `visit(Cidr)` for each address block that a term of kind ip4, ip6, a or mx matches; never for
/// others.
template <typename Visit>
void forEachBlock(const Term &term, const TermNode &node, const Visit &visit)
{
    const Mechanism *mechanism = mechanismOf(term);
    if (!mechanism)
        return;
    if (const auto *ip4 = std::get_if<Ip4>(mechanism)) {
        visit(ip4->network());
    } else if (const auto *ip6 = std::get_if<Ip6>(mechanism)) {
        visit(ip6->network());
    } else {
        const auto *a = std::get_if<A>(mechanism);
        const auto *mx = std::get_if<Mx>(mechanism);
        for (const IpAddress &address : node.addresses) {
            if (a || mx)
                visit(Cidr{address, (a ? a->cidr : mx->cidr).length(address.family())});
        }
    }
}

} // namespace mailoscope::spf
