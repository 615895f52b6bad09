// SPDX-License-Identifier: Apache-2.0
#include "models/facts_model.h"

#include "models/look_ups_model.h"
#include "text/figures.h"
#include "text/shown_string.h"
#include "theme/theme.h"

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

/// A snapshot had no answer: nothing was sent, and nothing failed.
bool isNotRecorded(const Fact &fact)
{
    return fact.answer.outcome == dns::Outcome::Unreachable && fact.from == "snapshot";
}

Meaning meaningOf(const Fact &fact)
{
    if (isNotRecorded(fact))
        return Meaning::NotTested;
    if (dns::isTemporaryFailure(fact.answer.outcome))
        return Meaning::High;
    return fact.answer.outcome == dns::Outcome::Answered ? Meaning::Ok : Meaning::Info;
}

QString recordLine(const dns::ResourceRecord &record)
{
    return QStringLiteral("%1\t%2\tIN\t%3\t%4")
        .arg(toQString(record.owner))
        .arg(record.ttl)
        .arg(toQString(dns::toString(record.type)), shownString(dns::toPresentation(record)));
}

} // namespace

void FactsModel::setReport(std::shared_ptr<const Report> report)
{
    m_report = std::move(report);
    const std::vector<FactPointer> none;
    const std::vector<FactPointer> &wanted = m_report ? m_report->facts : none;
    // Both lists are in the order of their keys: walk them side by side.
    std::size_t at = 0;
    for (const FactPointer &fact : wanted) {
        while (at < m_facts.size() && m_facts[at]->key() < fact->key()) {
            beginRemoveRows({}, static_cast<int>(at), static_cast<int>(at));
            m_facts.erase(m_facts.begin() + static_cast<std::ptrdiff_t>(at));
            endRemoveRows();
        }
        if (at < m_facts.size() && m_facts[at]->key() == fact->key()) {
            const bool changed = m_facts[at] != fact && *m_facts[at] != *fact;
            m_facts[at] = fact;
            if (changed) {
                Q_EMIT dataChanged(index(static_cast<int>(at), 0),
                                   index(static_cast<int>(at), ColumnCount - 1));
            }
        } else {
            beginInsertRows({}, static_cast<int>(at), static_cast<int>(at));
            m_facts.insert(m_facts.begin() + static_cast<std::ptrdiff_t>(at), fact);
            endInsertRows();
        }
        ++at;
    }
    if (at < m_facts.size()) {
        beginRemoveRows({}, static_cast<int>(at), static_cast<int>(m_facts.size()) - 1);
        m_facts.resize(at);
        endRemoveRows();
    }
}

const Fact *FactsModel::factAt(int row) const
{
    return row >= 0 && static_cast<std::size_t>(row) < m_facts.size()
               ? m_facts[static_cast<std::size_t>(row)].get()
               : nullptr;
}

int FactsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_facts.size());
}

int FactsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString FactsModel::textOf(const Fact &fact, int column) const
{
    if (column == Name)
        return toQString(fact.key().name);
    if (column == Type)
        return toQString(dns::toString(fact.key().type));
    if (column == Outcome)
        return isNotRecorded(fact) ? tr("not recorded") : outcomeWords(fact.answer.outcome);
    if (column == Records) {
        constexpr qsizetype Longest = 300;
        QString line;
        for (const dns::ResourceRecord &record : fact.answer.records) {
            line += (line.isEmpty() ? QString() : QStringLiteral("  ·  ")) +
                    shownString(dns::toPresentation(record));
            if (line.size() > Longest)
                return line.left(Longest) + QStringLiteral("…");
        }
        return line;
    }
    if (column == Ttl)
        return dns::isTemporaryFailure(fact.answer.outcome) ? QString() : grouped(fact.answer.ttl);
    if (column == Authentic)
        return fact.answer.authenticated ? tr("yes") : QString();
    if (column == From)
        return shownString(fact.from);
    return utcClockTime(fact.at);
}

QVariant FactsModel::sortValueOf(const Fact &fact, int column) const
{
    if (column == Ttl)
        return fact.answer.ttl;
    if (column == At)
        return static_cast<qlonglong>(fact.at.time_since_epoch().count());
    return textOf(fact, column);
}

QVariant FactsModel::data(const QModelIndex &index, int role) const
{
    const Fact *fact = factAt(index.row());
    if (!fact)
        return {};
    const int column = index.column();
    if (role == Qt::DisplayRole)
        return textOf(*fact, column);
    if (role == Qt::DecorationRole && column == Outcome)
        return icon(meaningOf(*fact));
    if (role == Qt::TextAlignmentRole && column == Ttl)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole)
        return toolTipFor(column == At ? QStringLiteral("%1\n%2").arg(utcTime(fact->at), localTime(fact->at))
                                       : textOf(*fact, column));
    if (role == Qt::AccessibleTextRole)
        return QStringLiteral("%1: %2").arg(headerData(column, Qt::Horizontal).toString(),
                                            textOf(*fact, column));
    if (role == SortRole)
        return sortValueOf(*fact, column);
    if (role == MeaningRole && column == Outcome)
        return static_cast<int>(meaningOf(*fact));
    return {};
}

QVariant FactsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((section == Ttl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole && section == Authentic)
        return tr("The resolver said that it has validated the answer (DNSSEC)");
    if (role != Qt::DisplayRole)
        return {};
    if (section == Name)
        return tr("Name");
    if (section == Type)
        return tr("Type");
    if (section == Outcome)
        return tr("Outcome");
    if (section == Records)
        return tr("Records");
    if (section == Ttl)
        return tr("TTL");
    if (section == Authentic)
        //: the AD bit of a DNS answer; stays as it is
        return tr("AD");
    if (section == From)
        return tr("From");
    return section == At ? tr("At (UTC)") : QVariant();
}

QString answerText(const Fact &fact)
{
    QStringList lines;
    lines << QStringLiteral(";; %1 → %2")
                 .arg(shownString(dns::toString(fact.key())), outcomeWords(fact.answer.outcome));
    lines << FactsModel::tr(";; from %1 at %2, took %3, TTL %4%5")
                 .arg(shownString(fact.from), utcTime(fact.at), milliseconds(fact.took))
                 .arg(fact.answer.ttl)
                 .arg(fact.answer.authenticated ? FactsModel::tr(", authentic (AD)") : QString());
    if (fact.answer.rcode != 0)
        lines << FactsModel::tr(";; response code %1").arg(fact.answer.rcode);
    for (const dns::ResourceRecord &record : fact.answer.aliases)
        lines << recordLine(record);
    for (const dns::ResourceRecord &record : fact.answer.records)
        lines << recordLine(record);
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace mailoscope::ui
