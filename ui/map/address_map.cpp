// SPDX-License-Identifier: Apache-2.0
#include "map/address_map.h"

#include "report/spf_sets.h"
#include "text/figures.h"
#include "text/shown_string.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

using Kind = MapBranch::Kind;

QString tr(const char *text)
{
    return QCoreApplication::translate("AddressMap", text);
}

/// "1 IPv4 address", "3,280 IPv4 addresses + 2⁹⁶ IPv6".
QString inWords(std::uint64_t v4, const Ipv6Set &v6)
{
    const QString four =
        v4 == 1 ? tr("1 IPv4 address") : tr("%1 IPv4 addresses").arg(grouped(static_cast<quint64>(v4)));
    if (v6.isEmpty())
        return four;
    const QString six = v6.isAll() ? tr("all IPv6") : tr("%1 IPv6").arg(ipv6Count(countOf(v6)));
    return v4 == 0 ? tr("%1 addresses").arg(six) : QStringLiteral("%1 + %2").arg(four, six);
}

/// The part of the whole IPv4 space in two digits that count: "0.19 %".
QString partOfAll(std::uint64_t v4)
{
    const double percent = 100.0 * static_cast<double>(v4) / 4294967296.0;
    if (percent < 0.0001)
        return tr("less than %1 %").arg(QLocale().toString(0.0001, 'f', 4));
    if (percent > 99.9 && percent < 100)
        return tr("more than %1 %").arg(QLocale().toString(99.9, 'f', 1));
    int digits = 0;
    for (double rest = percent; rest < 10 && digits < 4; rest *= 10)
        ++digits;
    return tr("%1 %").arg(QLocale().toString(percent, 'f', percent >= 100 ? 0 : digits));
}

QString sentenceOf(const spf::Dependence &dependence)
{
    //: a term, the domain whose record it stands in, what about it
    return tr("%1 in the record of %2 %3: its addresses are on no map.")
        .arg(shownString(dependence.term), toQString(dependence.domain),
             toQString(mailoscope::wordsOf(dependence.why)));
}

bool isOpen(const spf::Evaluation &spf)
{
    return spf.pending || spf.isUnknown();
}

} // namespace

AddressMap::AddressMap(std::vector<MapBranch> branches) : m_branches(std::move(branches))
{
    settle();
}

AddressMap::AddressMap(const spf::Evaluation &spf) : AddressMap(mapBranchesOf(spf))
{
    m_dependences = spf::dependencesOf(spf);
    m_isPending = isOpen(spf);
}

AddressMap::AddressMap(const spf::Evaluation &before, const spf::Evaluation &after)
    : m_isComparison(true), m_isPending(isOpen(before) || isOpen(after))
{
    spf::Comparison comparison = spf::compare(before, after);
    m_branches = mapBranchesOf(before, after, comparison);
    m_dependences = std::move(comparison.dependences);
    settle();
}

AddressMap AddressMap::without(Kind kind) const
{
    AddressMap rest;
    std::copy_if(m_branches.begin(), m_branches.end(), std::back_inserter(rest.m_branches),
                 [kind](const MapBranch &branch) { return branch.kind != kind; });
    rest.m_dependences = m_dependences;
    rest.m_isComparison = m_isComparison;
    rest.m_isPending = m_isPending;
    rest.settle();
    return rest;
}

void AddressMap::settle()
{
    for (std::size_t i = 0; i < m_branches.size(); ++i) {
        const Kind kind = m_branches[i].kind;
        m_isComparison = m_isComparison || (kind != Kind::Authorised && kind != Kind::BeyondLimits);
        for (const Interval<std::uint32_t> &interval : m_branches[i].v4.intervals())
            m_spans.push_back({interval.first, interval.last, static_cast<int>(i)});
    }
    std::sort(m_spans.begin(), m_spans.end(),
              [](const MapSpan &a, const MapSpan &b) { return a.first < b.first; });
    m_countBefore.reserve(m_spans.size() + 1);
    m_countBefore.push_back(0);
    for (const MapSpan &span : m_spans)
        m_countBefore.push_back(m_countBefore.back() + (span.last - span.first) + 1);
}

std::size_t AddressMap::spanAt(std::uint32_t address) const
{
    const auto found =
        std::lower_bound(m_spans.begin(), m_spans.end(), address,
                         [](const MapSpan &span, std::uint32_t value) { return span.last < value; });
    return static_cast<std::size_t>(found - m_spans.begin());
}

std::uint64_t AddressMap::countIn(const Cidr &block) const
{
    // The addresses before `end`.
    const auto countBefore = [this](std::uint64_t end) -> std::uint64_t {
        if (m_spans.empty() || end == 0)
            return 0;
        const std::size_t span = spanAt(static_cast<std::uint32_t>(end - 1));
        if (span == m_spans.size())
            return m_countBefore.back();
        const std::uint64_t first = m_spans[span].first;
        return m_countBefore[span] + (end > first ? end - first : 0);
    };
    return countBefore(std::uint64_t(block.last().v4Value()) + 1) - countBefore(block.first().v4Value());
}

std::uint64_t AddressMap::v4Count() const
{
    std::uint64_t count = 0;
    for (const MapBranch &branch : m_branches)
        count += branch.maySend() ? countOf(branch.v4) : 0;
    return count;
}

Ipv6Set AddressMap::v6() const
{
    Ipv6Set set;
    for (const MapBranch &branch : m_branches) {
        if (branch.maySend())
            set = set.united(branch.v6);
    }
    return set;
}

bool AddressMap::isEmpty() const
{
    return m_branches.empty();
}

std::vector<MapNetwork> AddressMap::v6Networks() const
{
    std::vector<MapNetwork> networks;
    for (std::size_t i = 0; i < m_branches.size(); ++i) {
        for (const Cidr &block : cidrsOf(m_branches[i].v6))
            networks.push_back({block, static_cast<int>(i)});
    }
    std::sort(networks.begin(), networks.end(),
              [](const MapNetwork &a, const MapNetwork &b) { return a.block < b.block; });
    return networks;
}

int AddressMap::branchHolding(const TermPath &path) const
{
    int holding = -1;
    std::size_t longest = 0;
    for (std::size_t i = 0; i < m_branches.size(); ++i) {
        const MapBranch &branch = m_branches[i];
        if (branch.path.size() <= longest || branch.kind == Kind::Lost)
            continue;
        bool holds = startsWith(path, branch.path);
        if (!holds && path.size() == branch.path.size() &&
            std::equal(path.begin(), path.end() - 1, branch.path.begin()))
            holds = std::binary_search(branch.also.begin(), branch.also.end(), path.back());
        if (holds) {
            longest = branch.path.size();
            holding = static_cast<int>(i);
        }
    }
    return holding;
}

int AddressMap::branchOf(const IpAddress &address) const
{
    if (!address.isV4())
        return -1;
    const std::size_t span = spanAt(address.v4Value());
    return span < m_spans.size() && m_spans[span].first <= address.v4Value() ? m_spans[span].branch : -1;
}

std::optional<Cidr> AddressMap::nextUsed(const Cidr &block, bool forward) const
{
    const auto blockOf = [&block](std::uint32_t address) {
        const Cidr holding{IpAddress::fromV4(address), block.prefixLength};
        return Cidr{holding.first(), block.prefixLength};
    };
    if (forward) {
        const std::uint32_t last = block.last().v4Value();
        if (last == Ipv4Set::highest())
            return std::nullopt;
        const std::size_t next = spanAt(last + 1);
        if (next == m_spans.size())
            return std::nullopt;
        return blockOf(std::max(m_spans[next].first, last + 1));
    }
    const std::uint32_t first = block.first().v4Value();
    // A span that reaches up to the block or into it, else the one before.
    const std::size_t at = spanAt(first);
    if (at < m_spans.size() && m_spans[at].first < first)
        return blockOf(first - 1);
    if (at == 0)
        return std::nullopt;
    return blockOf(m_spans[at - 1].last);
}

QString AddressMap::summary() const
{
    if (!m_isComparison) {
        const std::uint64_t count = v4Count();
        const QString words = inWords(count, v6());
        return count == 0 ? words : tr("%1, %2 of IPv4").arg(words, partOfAll(count));
    }
    std::uint64_t won = 0;
    std::uint64_t lost = 0;
    std::uint64_t stays = 0;
    for (const MapBranch &branch : m_branches) {
        const std::uint64_t count = countOf(branch.v4);
        (branch.kind == Kind::Won ? won : branch.kind == Kind::Lost ? lost : stays) += count;
    }
    //: numbers of IPv4 addresses, of one record against another
    return tr("IPv4: %1 won · %2 lost · %3 stay").arg(grouped(won), grouped(lost), grouped(stays));
}

std::vector<QString> AddressMap::caveats() const
{
    std::vector<QString> sentences;
    if (m_isPending)
        sentences.push_back(tr("Some answers are missing, so there may be more addresses than these."));
    std::uint64_t beyond = 0;
    Ipv6Set beyondV6;
    Ipv6Set shown;
    for (const MapBranch &branch : m_branches) {
        shown = shown.united(branch.v6);
        if (branch.kind == Kind::BeyondLimits) {
            beyond += countOf(branch.v4);
            beyondV6 = beyondV6.united(branch.v6);
        }
    }
    if (beyond > 0 || !beyondV6.isEmpty())
        sentences.push_back(
            tr("The record names %1 more, but its limits on look-ups are spent before: receivers that keep "
               "them give an error there. Save look-ups to let these send.")
                .arg(inWords(beyond, beyondV6)));
    for (const spf::Dependence &dependence : m_dependences)
        sentences.push_back(sentenceOf(dependence));
    if (!shown.isEmpty())
        sentences.push_back(tr("IPv6 is too large for a map: its networks stand in a list."));
    return sentences;
}

} // namespace mailoscope::ui
