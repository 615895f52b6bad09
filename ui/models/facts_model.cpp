// SPDX-License-Identifier: Apache-2.0
#include "models/facts_model.h"

#include "report/fact_words.h"
#include "text/fact_text.h"
#include "text/figures.h"
#include "text/shown_string.h"
#include "theme/theme.h"

#include <algorithm>

namespace mailoscope::ui
{

void FactsModel::setReport(std::shared_ptr<const Report> report)
{
    m_report = std::move(report);
    const std::vector<FactPointer> none;
    const std::vector<FactPointer> &wanted = m_report ? m_report->facts : none;
    // Both lists are in the order of their keys: walk them side by side.
    std::size_t at = 0;
    for (const FactPointer &fact : wanted) {
        while (at < m_facts.size() && keyBefore(*m_facts[at], *fact)) {
            beginRemoveRows({}, static_cast<int>(at), static_cast<int>(at));
            m_facts.erase(m_facts.begin() + static_cast<std::ptrdiff_t>(at));
            endRemoveRows();
        }
        if (at < m_facts.size() && !keyBefore(*fact, *m_facts[at])) {
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
        return nameText(fact.key());
    if (column == Type)
        return typeText(fact.key());
    if (column == Outcome)
        return outcomeWords(fact.outcome());
    if (column == Records)
        return toQString(gistOf(fact));
    if (column == Ttl)
        return !fact.isDns() || isTemporaryFailure(fact.outcome()) ? QString() : grouped(fact.dns().ttl);
    if (column == Authentic)
        return fact.isDns() && fact.dns().authenticated ? tr("yes") : QString();
    if (column == From)
        return shownString(fact.from);
    return utcClockTime(fact.at);
}

QVariant FactsModel::sortValueOf(const Fact &fact, int column) const
{
    if (column == Ttl)
        return fact.isDns() ? fact.dns().ttl : 0;
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
        return icon(meaningOf(fact->outcome()));
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
        return static_cast<int>(meaningOf(fact->outcome()));
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

} // namespace mailoscope::ui
