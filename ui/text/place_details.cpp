// SPDX-License-Identifier: Apache-2.0
#include "text/place_details.h"

#include "report/explain.h"
#include "text/fact_text.h"
#include "text/figures.h"
#include "text/shown_string.h"
#include "text/spf_row_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

/// Blocks beyond these are only counted: a pane is no place to read ten thousand.
constexpr std::size_t MostBlocks = 300;

class DetailLines
{
    Q_DECLARE_TR_FUNCTIONS(DetailLines)
public:
    DetailLines(const Report &report, const SpfPlace &place) : m_report(report), m_place(place) {}

    std::vector<DetailLine> take()
    {
        addTerm();
        addCosts();
        addHosts();
        addRecordBelow();
        addAddresses();
        addQuestions();
        return std::move(m_lines);
    }

private:
    using Kind = DetailLine::Kind;

    void add(const QString &label, const QString &text, Kind kind = Kind::Words)
    {
        if (!text.isEmpty())
            m_lines.push_back({kind, label, text});
    }

    void addTerm();
    void addCosts();
    void addHosts();
    void addRecordBelow();
    void addFaults(const spf::Node &node, std::optional<std::size_t> term);
    void addAddresses();
    void addQuestions();
    QString told(const dns::Question &question) const;

    const Report &m_report;
    SpfPlace m_place;
    std::vector<DetailLine> m_lines;
};

void DetailLines::addTerm()
{
    m_lines.push_back({Kind::Heading, {}, shownString(writtenText(m_place))});
    add(tr("Means"), meaningText(m_place));
    add(tr("Status"), statusText(m_place));
    if (const spf::TermNode *term = m_place.term) {
        addFaults(*m_place.record, term->index);
        if (term->target)
            add(tr("Speaks of"), toQString(*term->target), Kind::Code);
        else if (term->dependsOnMessage)
            add(tr("Speaks of"), tr("a name that depends on the message; give a sample sender to see it"));
    }
    add(tr("Run by"), providerName(m_place));
}

void DetailLines::addCosts()
{
    const QString limit = grouped(static_cast<quint64>(spf::Limits().lookups));
    if (const spf::TermNode *term = m_place.term) {
        if (term->subtreeLookups > 0) {
            const QString own = tr("%1 by itself").arg(term->ownLookups);
            const QString all = tr("%n look-up(s)", nullptr, term->subtreeLookups);
            add(tr("Costs"), term->child ? tr("%1, %2").arg(all, own) : all);
            add(tr("Sum"), tr("%1 of %2 are spent when it is done")
                               .arg(grouped(static_cast<quint64>(term->runningLookups)), limit));
        }
        if (term->subtreeVoids.worst() > 0) {
            add(tr("Void"), tr("%1 for IPv4 clients, %2 for IPv6 clients")
                                .arg(term->subtreeVoids.v4)
                                .arg(term->subtreeVoids.v6));
        }
        return;
    }
    const spf::Node &root = *m_place.record;
    const QString count = grouped(static_cast<quint64>(root.lookups));
    add(tr("Costs"), root.atLeast ? tr("at least %1 of %2 look-ups").arg(count, limit)
                                  : tr("%1 of %2 look-ups").arg(count, limit));
    add(tr("Void"), tr("%1 for IPv4 clients, %2 for IPv6 clients; %3 are allowed")
                        .arg(root.voids.v4)
                        .arg(root.voids.v6)
                        .arg(spf::Limits().voidLookups));
}

void DetailLines::addHosts()
{
    if (!m_place.term)
        return;
    QString label = tr("Hosts");
    for (const spf::MxHost &host : m_place.term->mxHosts) {
        QStringList addresses;
        for (const IpAddress &address : host.addresses)
            addresses << toQString(address.toString());
        QString state = addresses.join(QStringLiteral(", "));
        if (host.pending)
            state = tr("waiting");
        else if (host.failed)
            state = tr("look-up failed");
        else if (addresses.isEmpty())
            state = tr("no address");
        add(label, QStringLiteral("%1 %2: %3").arg(host.preference).arg(toQString(host.host), state),
            Kind::Code);
        label.clear();
    }
}

void DetailLines::addFaults(const spf::Node &node, std::optional<std::size_t> term)
{
    if (!node.record)
        return;
    QString label = tr("Faults");
    for (const spf::Issue &issue : node.record->issues) {
        if (term && issue.term != *term)
            continue;
        add(label, toQString(sentenceOf(issue, node.selection.text)));
        label.clear();
    }
}

void DetailLines::addRecordBelow()
{
    const spf::Node *node = m_place.below();
    if (!node)
        return;
    QString label = m_place.term ? tr("Leads to") : tr("Record");
    for (const DomainName &alias : node->aliases) {
        add(label, tr("by an alias to %1").arg(toQString(alias)));
        label.clear();
    }
    if (!node->selection.text.empty()) {
        add(label, shownString(node->selection.text), Kind::Code);
        add({}, tr("TTL %1 s, longest string %2 octets")
                    .arg(grouped(node->selection.ttl), grouped(node->selection.longestString)));
    } else {
        for (const std::string &record : node->selection.records) {
            add(label, shownString(record), Kind::Code);
            label.clear();
        }
    }
    addFaults(*node, std::nullopt);
    if (node->atLeast)
        add({}, tr("More may come: not everything below is known."));
}

void DetailLines::addAddresses()
{
    const spf::Node *node = m_place.below();
    const AddressSet *set = nullptr;
    AddressSet own;
    if (node) {
        set = &node->addresses.of(spf::CheckResult::Pass);
    } else if (m_place.term && !m_place.term->addresses.empty()) {
        for (const IpAddress &address : m_place.term->addresses)
            own.insert({address, addressBits(address.family())});
        set = &own;
    }
    const QString count = addressesInFull(m_place);
    if (m_place.term ? m_place.term->matches != spf::AddressCount() || !m_place.term->exact : true)
        add(tr("Addresses"), count);
    if (m_place.term && m_place.term->decides != m_place.term->matches) {
        add({},
            tr("%1 of them are not decided by an earlier term")
                .arg(addressCount(m_place.term->decides).isEmpty() ? grouped(0)
                                                                   : addressCount(m_place.term->decides)));
    }
    if (!set)
        return;
    const std::vector<Cidr> blocks = cidrsOf(*set);
    QStringList lines;
    for (std::size_t i = 0; i < std::min(blocks.size(), MostBlocks); ++i)
        lines << toQString(blocks[i].toString());
    if (blocks.size() > MostBlocks)
        lines << tr("… and %n more block(s)", nullptr, static_cast<int>(blocks.size() - MostBlocks));
    for (const QString &line : lines)
        add({}, line, Kind::Code);
}

QString DetailLines::told(const dns::Question &question) const
{
    const auto at =
        std::lower_bound(m_report.facts.begin(), m_report.facts.end(), FactKey(question),
                         [](const FactPointer &fact, const FactKey &key) { return keyBefore(*fact, key); });
    if (at == m_report.facts.end() || (*at)->key() != FactKey(question))
        return m_report.pending ? tr("waiting") : tr("not asked");
    const QString outcome = outcomeWords((*at)->outcome());
    return (*at)->from.empty() ? outcome : tr("%1 in %2").arg(outcome, milliseconds((*at)->took));
}

void DetailLines::addQuestions()
{
    QString label = tr("Asked");
    for (const dns::Question &question : questionsOf(m_place)) {
        add(label, QStringLiteral("%1: %2").arg(shownString(dns::toString(question)), told(question)));
        label.clear();
    }
}

} // namespace

std::vector<DetailLine> detailsOf(const Report &report, const SpfPlace &place)
{
    return DetailLines(report, place).take();
}

QString toText(const std::vector<DetailLine> &lines)
{
    QString text;
    for (const DetailLine &line : lines) {
        text += line.kind == DetailLine::Kind::Heading ? line.text
                                                       : QStringLiteral("%1\t%2").arg(line.label, line.text);
        text += QLatin1Char('\n');
    }
    return text;
}

} // namespace mailoscope::ui
