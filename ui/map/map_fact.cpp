// SPDX-License-Identifier: Apache-2.0
#include "map/map_fact.h"

#include "text/figures.h"
#include "text/shown_string.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("AddressMap", text);
}

QString blockText(const Cidr &block)
{
    return toQString(block.prefixLength == 32 ? block.address.toString() : block.toString());
}

/// "Google Workspace", "won by Google Workspace".
QString branchText(const MapBranch &branch)
{
    switch (branch.kind) {
    case MapBranch::Kind::Authorised:
        return branch.name;
    case MapBranch::Kind::BeyondLimits:
        return tr("beyond the limits: %1").arg(branch.name);
    case MapBranch::Kind::Stays:
        return tr("may send before and after");
    case MapBranch::Kind::Won:
        return tr("won: %1").arg(branch.name);
    case MapBranch::Kind::Lost:
        return tr("lost: %1").arg(branch.name);
    }
    return {};
}

void addNetworks(MapFact &fact, const MapSpan &span)
{
    for (const Cidr &network : cidrsOf(Ipv4Set::fromIntervals({{span.first, span.last}}))) {
        if (!network.contains(fact.block.address) && !fact.block.contains(network.address))
            continue;
        if (fact.networks.size() == MapFact::MostNetworks) {
            fact.hasMore = true;
            return;
        }
        fact.networks.push_back({network, span.branch});
    }
}

} // namespace

MapFact factOf(const AddressMap &map, const Cidr &block)
{
    MapFact fact;
    fact.block = {block.first(), block.prefixLength};
    fact.special = specialPurposeBlockOf(fact.block);
    const std::uint32_t first = block.first().v4Value();
    const std::uint32_t last = block.last().v4Value();
    std::vector<std::uint64_t> countOfBranch(map.branches().size());
    const std::vector<MapSpan> &spans = map.spans();
    for (std::size_t i = map.spanAt(first); i < spans.size() && spans[i].first <= last; ++i) {
        const std::uint64_t count =
            std::uint64_t(std::min(spans[i].last, last)) - std::max(spans[i].first, first) + 1;
        countOfBranch[static_cast<std::size_t>(spans[i].branch)] += count;
        fact.count += count;
        if (!fact.hasMore)
            addNetworks(fact, spans[i]);
    }
    for (std::size_t i = 0; i < countOfBranch.size(); ++i) {
        if (countOfBranch[i] > 0)
            fact.parts.push_back({static_cast<int>(i), countOfBranch[i]});
    }
    std::stable_sort(fact.parts.begin(), fact.parts.end(),
                     [](const MapPart &a, const MapPart &b) { return a.count > b.count; });
    return fact;
}

MapFact factAt(const AddressMap &map, const MapPicture &picture, const QPointF &point)
{
    return factOf(map, picture.blockAt(point, picture.cellLength));
}

QString lineOf(const AddressMap &map, const MapFact &fact)
{
    QStringList parts{blockText(fact.block)};
    const std::uint64_t size = std::uint64_t(1) << static_cast<unsigned>(32 - fact.block.prefixLength);
    if (fact.special)
        parts << toQString(fact.special->name);
    if (fact.count == 0) {
        parts << (map.isComparison() ? tr("nobody may send, before or after") : tr("nobody may send"));
        return parts.join(QStringLiteral(" · "));
    }
    if (size > 1)
        parts << (fact.count == size ? tr("all %1 addresses").arg(grouped(size))
                                     : tr("%1 of %2 addresses").arg(grouped(fact.count), grouped(size)));
    for (const MapPart &part : fact.parts) {
        const QString name = branchText(map.branch(part.branch));
        parts << (fact.parts.size() == 1 ? name : tr("%1 %2").arg(name, grouped(part.count)));
    }
    if (fact.networks.size() > 1 || fact.networks.front().block != fact.block) {
        QStringList networks;
        for (const MapNetwork &network : fact.networks)
            networks << blockText(network.block);
        if (fact.hasMore)
            networks << QStringLiteral("…");
        parts << networks.join(QStringLiteral(", "));
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace mailoscope::ui
