// SPDX-License-Identifier: Apache-2.0
#include "models/look_ups_model.h"

#include "text/fact_text.h"
#include "text/figures.h"
#include "text/shown_string.h"
#include "theme/theme.h"

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

using State = gather::LookUp::State;

Meaning meaningOf(const gather::LookUp &lookUp)
{
    if (lookUp.state == State::Waiting)
        return Meaning::Waiting;
    if (lookUp.state == State::Abandoned || !lookUp.outcome)
        return Meaning::NotTested;
    return ui::meaningOf(*lookUp.outcome);
}

} // namespace

void LookUpsModel::clear()
{
    setLog({});
}

void LookUpsModel::setLog(gather::LookUpLog log)
{
    beginResetModel();
    m_log = std::move(log);
    m_whole = std::chrono::microseconds(1);
    for (const gather::LookUp &lookUp : m_log)
        stretchTo(lookUp);
    endResetModel();
}

void LookUpsModel::put(const gather::LookUp &lookUp)
{
    if (lookUp.id < 0 || static_cast<std::size_t>(lookUp.id) > m_log.size())
        return;
    const auto at = static_cast<std::size_t>(lookUp.id);
    const std::chrono::microseconds wholeBefore = m_whole;
    stretchTo(lookUp);
    if (at == m_log.size()) {
        beginInsertRows({}, lookUp.id, lookUp.id);
        m_log.push_back(lookUp);
        endInsertRows();
    } else {
        m_log[at] = lookUp;
        Q_EMIT dataChanged(index(lookUp.id, 0), index(lookUp.id, ColumnCount - 1));
    }
    if (m_whole != wholeBefore && rowCount() > 1)
        Q_EMIT dataChanged(index(0, Bar), index(rowCount() - 1, Bar), {BeginRole, EndRole});
}

void LookUpsModel::stretchTo(const gather::LookUp &lookUp)
{
    m_whole = std::max(m_whole, lookUp.start + lookUp.took);
}

const gather::LookUp *LookUpsModel::lookUpAt(int row) const
{
    return row >= 0 && static_cast<std::size_t>(row) < m_log.size() ? &m_log[static_cast<std::size_t>(row)]
                                                                    : nullptr;
}

int LookUpsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_log.size());
}

int LookUpsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString LookUpsModel::textOf(const gather::LookUp &lookUp, int column) const
{
    const bool isOver = lookUp.state == State::Answered || lookUp.state == State::Cached;
    if (column == Type)
        return typeText(lookUp.key);
    if (column == Name)
        return nameText(lookUp.key);
    if (column == Server)
        return lookUp.state == State::Cached && lookUp.server.isEmpty() ? tr("none asked") : lookUp.server;
    if (column == Outcome) {
        if (lookUp.state == State::Waiting)
            return tr("waiting");
        if (lookUp.state == State::Abandoned || !lookUp.outcome)
            return tr("given up");
        return lookUp.state == State::Cached && !isNotRecorded(*lookUp.outcome)
                   ? tr("%1, kept").arg(outcomeWords(*lookUp.outcome))
                   : outcomeWords(*lookUp.outcome);
    }
    if (column == Ttl)
        return isOver && lookUp.outcome && !isTemporaryFailure(*lookUp.outcome) ? grouped(lookUp.ttl)
                                                                                : QString();
    if (column == Start)
        return milliseconds(lookUp.start);
    if (column == Took)
        return lookUp.state == State::Waiting ? QString() : milliseconds(lookUp.took);
    QStringList notes;
    if (lookUp.attempt > 1)
        notes << tr("attempt %1").arg(lookUp.attempt);
    if (lookUp.overTcp)
        notes << tr("over TCP");
    if (!lookUp.note.isEmpty())
        notes << lookUp.note;
    return notes.join(QStringLiteral(", "));
}

QVariant LookUpsModel::sortValueOf(const gather::LookUp &lookUp, int column) const
{
    if (column == Ttl)
        return lookUp.ttl;
    if (column == Start || column == Bar)
        return static_cast<qlonglong>(lookUp.start.count());
    if (column == Took)
        return static_cast<qlonglong>(lookUp.took.count());
    return textOf(lookUp, column);
}

QVariant LookUpsModel::data(const QModelIndex &index, int role) const
{
    const gather::LookUp *lookUp = lookUpAt(index.row());
    if (!lookUp)
        return {};
    const int column = index.column();
    if (role == Qt::DisplayRole)
        return textOf(*lookUp, column);
    if (role == Qt::DecorationRole && column == Outcome)
        return icon(meaningOf(*lookUp));
    if (role == Qt::TextAlignmentRole && (column == Ttl || column == Start || column == Took))
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole) {
        if (column == Start) {
            return toolTipFor(
                tr("Sent at %1 UTC\n%2").arg(utcClockTime(lookUp->sentAt), localTime(lookUp->sentAt)));
        }
        return toolTipFor(textOf(*lookUp, column));
    }
    if (role == Qt::AccessibleTextRole) {
        const QString header = headerData(column, Qt::Horizontal).toString();
        return QStringLiteral("%1: %2").arg(header, textOf(*lookUp, column));
    }
    if (role == SortRole)
        return sortValueOf(*lookUp, column);
    if (role == MeaningRole && (column == Outcome || column == Bar))
        return static_cast<int>(meaningOf(*lookUp));
    if (role == BeginRole || role == EndRole) {
        const double whole = static_cast<double>(m_whole.count());
        const auto part = [whole](std::chrono::microseconds at) {
            return static_cast<double>(at.count()) / whole;
        };
        if (role == BeginRole)
            return part(lookUp->start);
        return lookUp->state == State::Waiting ? 1.0 : part(lookUp->start + lookUp->took);
    }
    return role == StateRole ? static_cast<int>(lookUp->state) : QVariant();
}

QVariant LookUpsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const bool number = section == Ttl || section == Start || section == Took;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole && section == Start)
        return tr("Since the inspection began");
    if (role != Qt::DisplayRole)
        return {};
    if (section == Type)
        return tr("Type");
    if (section == Name)
        return tr("Question");
    if (section == Server)
        return tr("Server");
    if (section == Outcome)
        return tr("Outcome");
    if (section == Ttl)
        //: seconds that an answer may be kept
        return tr("TTL");
    if (section == Start)
        return tr("Start");
    if (section == Took)
        return tr("Took");
    return section == Bar ? tr("Time") : QVariant();
}

} // namespace mailoscope::ui
