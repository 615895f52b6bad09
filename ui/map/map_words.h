// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/map_fact.h"
#include "models/map_legend_model.h"
#include "models/networks_model.h"

/// What the map says in words.
namespace mailoscope::ui
{

/// A few lines: the block and how much of it may send, the branches with their part, the networks, and what
/// the block is kept for.
QString wordsOf(const AddressMap &map, const Cidr &block);
/// The networks of all branches in the block, a line each, columns divided by tabs: network, branch,
/// provider.
QString networksText(const AddressMap &map, const Cidr &block);
/// The branches as the legend lists them. Where a branch is called by who runs it, its term is told instead:
/// the provider has a column of its own. `tree` is what the branch's path leads through.
std::vector<LegendRow> legendRowsOf(const AddressMap &map, const spf::Evaluation &tree);
/// The IPv6 networks of all branches.
std::vector<NetworkRow> v6RowsOf(const AddressMap &map, const spf::Evaluation &tree);
/// The networks that the new one of two records has won and lost, IPv4 and IPv6.
std::vector<NetworkRow> changedRowsOf(const AddressMap &map);
/// What the user means by an address or a network; or a sentence that tells why it is none.
struct GoToTarget {
    std::optional<Cidr> block;
    QString error;
};
GoToTarget readGoTo(const QString &typed);

} // namespace mailoscope::ui
