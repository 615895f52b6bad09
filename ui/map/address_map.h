// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/hilbert.h"
#include "models/spf_place.h"
#include "spf/sets/compare.h"

#include <QString>

#include <vector>

/// Who may send, as sets of addresses: what the map draws and the list of IPv6 networks says.
namespace mailoscope::ui
{

/// A part of what is shown, told apart by colour and hatch.
struct MapBranch {
    enum class Kind {
        Authorised,   ///< may send
        BeyondLimits, ///< the record names them, but receivers stop at the limits before it counts
        Stays,        ///< of two records: may send before and after
        Won,          ///< may send now, and could not
        Lost,         ///< could send, and may not any more
    };

    Kind kind = Kind::Authorised;
    QString name;     ///< as in the budget bar; of networks in a record: whose
    QString provider; ///< who runs it; empty where nobody we know
    TermPath path;    ///< the place in the tree; of Lost that in the old record's
    int look = -1;    ///< Theme's number of colour and hatch, the one of the budget bar; -1: the quiet look
    Ipv4Set v4;       ///< no two branches share an address
    Ipv6Set v6;

    /// Whether its addresses may send, as things are in the (new) record.
    bool maySend() const { return kind == Kind::Authorised || kind == Kind::Stays || kind == Kind::Won; }
};

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
    /// The addresses that receivers let pass, and through which branch; as the budget bar divides the record.
    explicit AddressMap(const spf::Evaluation &spf);
    /// What the new record won and lost against the old one, and through which branch.
    AddressMap(const spf::Evaluation &before, const spf::Evaluation &after);

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

    /// The branch whose place in the tree holds `path`, or -1. With several of one place the first.
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

/// "Authorised", "Won", ... in the user's language.
QString wordFor(MapBranch::Kind kind);

} // namespace mailoscope::ui
