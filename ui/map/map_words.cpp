// SPDX-License-Identifier: Apache-2.0
#include "map/map_words.h"

#include "text/figures.h"
#include "text/shown_string.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace mailoscope::ui
{

namespace
{

constexpr std::size_t MostBranches = 4; ///< that are told of one block

QString tr(const char *text)
{
    return QCoreApplication::translate("MapWords", text);
}

/// "Own networks", "Won: Microsoft 365".
QString calledBy(const MapBranch &branch)
{
    if (branch.kind == MapBranch::Kind::Authorised || branch.kind == MapBranch::Kind::Stays)
        return branch.name;
    //: %1 is what becomes of addresses, such as won, lost or beyond the limits; %2 the branch of a record
    return tr("%1: %2").arg(wordFor(branch.kind), branch.name);
}

QString partLine(const AddressMap &map, const MapPart &part, double size)
{
    const MapBranch &branch = map.branch(part.branch);
    QStringList words{calledBy(branch)};
    if (!branch.provider.isEmpty() && branch.provider != branch.name)
        words << branch.provider;
    const double share = static_cast<double>(part.count) / size;
    //: addresses of a block, and which part of the block they are
    words << tr("%1 (%2)").arg(grouped(part.count), percentage(share));
    return words.join(QStringLiteral(" · "));
}

QString titleOf(const MapBranch &branch, const spf::Evaluation &tree)
{
    const std::optional<SpfPlace> place = placeAt(tree, branch.path);
    const bool isCalledByProvider = !branch.provider.isEmpty() && branch.provider == branch.name;
    QString title =
        isCalledByProvider && place && place->term ? shownString(writtenText(*place)) : branch.name;
    if (branch.kind == MapBranch::Kind::BeyondLimits)
        title = tr("%1 (beyond the limits)").arg(title);
    return title;
}

QString networksLine(const MapFact &fact)
{
    QStringList networks;
    for (const MapNetwork &network : fact.networks)
        networks << toQString(network.block.toString());
    if (fact.hasMore)
        networks << QStringLiteral("…");
    return networks.join(QStringLiteral(", "));
}

} // namespace

QString wordsOf(const AddressMap &map, const Cidr &block)
{
    const MapFact fact = factOf(map, block);
    const quint64 size = quint64(1) << (32 - block.prefixLength);
    quint64 may = 0;
    for (const MapPart &part : fact.parts)
        may += map.branch(part.branch).maySend() ? part.count : 0;
    const QString name = toQString(block.toString());
    QStringList lines;
    if (size == 1)
        lines << (may == 1 ? tr("%1 · may send") : tr("%1 · may not send")).arg(name);
    else if (may == 0)
        lines << tr("%1 · none of %2 addresses may send").arg(name, grouped(size));
    else
        lines << tr("%1 · %2 of %3 addresses may send (%4)")
                     .arg(name, grouped(may), grouped(size),
                          percentage(static_cast<double>(may) / static_cast<double>(size)));
    for (std::size_t i = 0; i < fact.parts.size() && i < MostBranches; ++i)
        lines << partLine(map, fact.parts[i], static_cast<double>(size));
    if (fact.parts.size() > MostBranches)
        lines << tr("and %1 more branches").arg(fact.parts.size() - MostBranches);
    // Of a block that is a network itself nothing is added by its name.
    const bool isItself =
        fact.networks.size() == 1 && !fact.hasMore && fact.networks.front().block == fact.block;
    if (!fact.networks.empty() && !isItself)
        lines << tr("Networks: %1").arg(networksLine(fact));
    if (fact.special)
        //: %1 is what a block of addresses is kept for, such as private use
        lines << tr("No mail comes from here: %1 (%2)")
                     .arg(QString::fromLatin1(fact.special->name),
                          QString::fromLatin1(fact.special->reference));
    return lines.join(QLatin1Char('\n'));
}

QString networksText(const AddressMap &map, const Cidr &block)
{
    const Ipv4Set inside = Ipv4Set::fromIntervals({v4IntervalOf(block)});
    QString text;
    for (const MapBranch &branch : map.branches()) {
        for (const Cidr &network : cidrsOf(branch.v4.intersected(inside))) {
            QStringList cells{toQString(network.toString()), calledBy(branch)};
            if (!branch.provider.isEmpty())
                cells << branch.provider;
            text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
        }
    }
    return text;
}

std::vector<LegendRow> legendRowsOf(const AddressMap &map, const spf::Evaluation &tree)
{
    std::uint64_t all = 0;
    for (const MapBranch &branch : map.branches())
        all += countOf(branch.v4);
    std::vector<LegendRow> rows;
    for (std::size_t i = 0; i < map.branches().size(); ++i) {
        const MapBranch &branch = map.branches()[i];
        const std::uint64_t count = countOf(branch.v4);
        const double part = all == 0 ? 0 : static_cast<double>(count) / static_cast<double>(all);
        rows.push_back({static_cast<int>(i), branch.kind, branch.look, titleOf(branch, tree), branch.provider,
                        count, part, branch.path});
    }
    return rows;
}

std::vector<NetworkRow> v6RowsOf(const AddressMap &map, const spf::Evaluation &tree)
{
    std::vector<QString> titles;
    for (const MapBranch &branch : map.branches())
        titles.push_back(titleOf(branch, tree));
    std::vector<NetworkRow> rows;
    for (const MapNetwork &network : map.v6Networks()) {
        const MapBranch &branch = map.branch(network.branch);
        rows.push_back({network.block, branch.kind, titles[static_cast<std::size_t>(network.branch)],
                        branch.provider, branch.look, branch.path});
    }
    return rows;
}

std::vector<NetworkRow> changedRowsOf(const AddressMap &map)
{
    std::vector<NetworkRow> rows;
    for (const MapBranch &branch : map.branches()) {
        if (branch.kind != MapBranch::Kind::Won && branch.kind != MapBranch::Kind::Lost)
            continue;
        for (const Cidr &block : cidrsOf(AddressSet{branch.v4, branch.v6}))
            rows.push_back({block, branch.kind, branch.name, branch.provider, branch.look, branch.path});
    }
    return rows;
}

GoToTarget readGoTo(const QString &typed)
{
    // As it stands in records, too.
    static const QRegularExpression Before(QStringLiteral("^[-+?~]?ip[46]:"),
                                           QRegularExpression::CaseInsensitiveOption);
    const QString text = typed.trimmed().remove(Before);
    if (text.isEmpty())
        return {std::nullopt, tr("Type an address such as 192.0.2.1, or a network such as "
                                 "192.0.2.0/24.")};
    const qsizetype slash = text.indexOf(QLatin1Char('/'));
    const std::optional<IpAddress> address = IpAddress::parse(text.left(slash).toStdString());
    if (!address)
        return {std::nullopt, tr("\"%1\" is no IP address. Such as 192.0.2.1 or 192.0.2.0/24 would "
                                 "be.")
                                  .arg(shownString(text.left(60).toStdString()))};
    const int most = addressBits(address->family());
    if (slash < 0)
        return {Cidr{*address, most}, {}};
    static const QRegularExpression Number(QStringLiteral("^[0-9]{1,3}$"));
    const QString length = text.mid(slash + 1);
    if (!Number.match(length).hasMatch() || length.toInt() > most)
        return {std::nullopt, tr("The length of the network is a number from 0 to %1: \"%2\" is "
                                 "none.")
                                  .arg(most)
                                  .arg(shownString(length.left(20).toStdString()))};
    const Cidr written{*address, length.toInt()};
    return {Cidr{written.first(), written.prefixLength}, {}};
}

} // namespace mailoscope::ui
