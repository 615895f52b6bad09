// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/hilbert.h"
#include "map/map_branches.h"

#include <QString>

#include <vector>

/// Who may send, as sets of addresses: what the map draws and the list of IPv6 networks says.
namespace mailoscope::ui
{

/// Addresses that follow each other and belong to one branch.
struct MapSpan {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    int branch = 0; ///< index into the branches
    friend bool operator==(const MapSpan &, const MapSpan &) = default;
};

/// A row of the list of IPv6 networks.
struct MapNetwork {
    Cidr block;
    int branch = 0;
    friend bool operator==(const MapNetwork &, const MapNetwork &) = default;
};

class AddressMap
{
public:
    AddressMap() = default;
    /// Of branches that are known; no two of them share an address.
    explicit AddressMap(std::vector<MapBranch> branches);
    /// The addresses that receivers let pass, and through which branch; as the budget bar divides the record.
    explicit AddressMap(const spf::Evaluation &spf);
    /// What the new record won and lost against the old one, and through which branch.
    AddressMap(const spf::Evaluation &before, const spf::Evaluation &after);

    /// The same without the branches of one kind: of a comparison the old record has won nothing, and the new
    /// one has lost nothing.
    AddressMap without(MapBranch::Kind kind) const;

    const std::vector<MapBranch> &branches() const { return m_branches; }
    const MapBranch &branch(int index) const { return m_branches[static_cast<std::size_t>(index)]; }
    bool isComparison() const { return m_isComparison; }

    /// All IPv4 addresses with their branch, in ascending order.
    const std::vector<MapSpan> &spans() const { return m_spans; }
    /// The first span that ends at or after `address`: an index into spans(), or its size.
    std::size_t spanAt(std::uint32_t address) const;
    /// IPv4 addresses inside `block`, of all branches.
    std::uint64_t countIn(const Cidr &block) const;

    /// Of all branches that may send.
    std::uint64_t v4Count() const;
    Ipv6Set v6() const;
    bool isEmpty() const;
    /// The fewest blocks of each branch, in ascending order.
    std::vector<MapNetwork> v6Networks() const;

    /// Terms whose addresses nobody can list: they are on no map.
    const std::vector<spf::Dependence> &dependences() const { return m_dependences; }
    /// An answer that may add addresses is still missing.
    bool isPending() const { return m_isPending; }

    /// The branch whose place in the tree holds `path`, or -1. With several of one place the first. Of a
    /// comparison: of those in the new record.
    int branchHolding(const TermPath &path) const;
    /// The branch that an IPv4 address belongs to, or -1.
    int branchOf(const IpAddress &address) const;
    /// The next block of the length of `block` that holds addresses, behind or before it in the order of
    /// addresses; nothing where there is none.
    std::optional<Cidr> nextUsed(const Cidr &block, bool forward) const;

    /// "3,280 IPv4 addresses", in the words of the kind: "3,280 won · 16 lost · 1,024 stay".
    QString summary() const;
    /// What is on no map and why, a sentence each: terms without a list of addresses, limits, missing
    /// answers, IPv6 networks.
    std::vector<QString> caveats() const;

private:
    void settle();

    std::vector<MapBranch> m_branches;
    std::vector<MapSpan> m_spans;
    std::vector<std::uint64_t> m_countBefore; ///< addresses in the spans before each, and in all
    std::vector<spf::Dependence> m_dependences;
    bool m_isComparison = false;
    bool m_isPending = false;
};

} // namespace mailoscope::ui
