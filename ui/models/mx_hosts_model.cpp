// SPDX-License-Identifier: Apache-2.0
#include "models/mx_hosts_model.h"

#include "providers/providers.h"
#include "text/figures.h"
#include "text/shown_string.h"
#include "theme/theme.h"

namespace mailoscope::ui
{

namespace
{

Meaning meaningOf(const mx::Host &host)
{
    switch (host.status) {
    case mx::Host::Status::Pending:
        return Meaning::Waiting;
    case mx::Host::Status::Ok:
        return host.isAlias ? Meaning::Medium : Meaning::Ok;
    case mx::Host::Status::NoAddress:
    case mx::Host::Status::NxDomain:
        return Meaning::High;
    case mx::Host::Status::TempError:
        return Meaning::Unknown;
    }
    return Meaning::Unknown;
}

QString stateWords(const mx::Host &host)
{
    switch (host.status) {
    case mx::Host::Status::Pending:
        return MxHostsModel::tr("waiting");
    case mx::Host::Status::Ok:
        return host.isAlias ? MxHostsModel::tr("is an alias") : MxHostsModel::tr("has addresses");
    case mx::Host::Status::NoAddress:
        return MxHostsModel::tr("no address");
    case mx::Host::Status::NxDomain:
        return MxHostsModel::tr("no such name");
    case mx::Host::Status::TempError:
        return MxHostsModel::tr("look-up failed");
    }
    return {};
}

} // namespace

void MxHostsModel::setReport(std::shared_ptr<const Report> report)
{
    const std::vector<mx::Host> wanted = report ? report->mx.hosts : std::vector<mx::Host>();
    if (wanted.size() < m_hosts.size()) {
        beginRemoveRows({}, static_cast<int>(wanted.size()), static_cast<int>(m_hosts.size()) - 1);
        m_hosts.resize(wanted.size());
        endRemoveRows();
    }
    for (std::size_t i = 0; i < m_hosts.size(); ++i) {
        if (m_hosts[i] == wanted[i])
            continue;
        m_hosts[i] = wanted[i];
        Q_EMIT dataChanged(index(static_cast<int>(i), 0), index(static_cast<int>(i), ColumnCount - 1));
    }
    if (wanted.size() > m_hosts.size()) {
        beginInsertRows({}, static_cast<int>(m_hosts.size()), static_cast<int>(wanted.size()) - 1);
        m_hosts = wanted;
        endInsertRows();
    }
}

int MxHostsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_hosts.size());
}

int MxHostsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString MxHostsModel::textOf(const mx::Host &host, int column) const
{
    if (column == Preference)
        return grouped(host.preference);
    if (column == Host)
        return toQString(host.name);
    if (column == State)
        return stateWords(host);
    if (column == Addresses) {
        QStringList addresses;
        for (const IpAddress &address : host.addresses)
            addresses << toQString(address.toString());
        return addresses.join(QStringLiteral(", "));
    }
    const std::optional<providers::Provider> provider = providers::forMxHost(host.name);
    if (!provider)
        return {};
    const QString name = shownString(provider->name);
    //: %1 is a company that may be the one running a mail service
    return provider->certain ? name : tr("looks like %1").arg(name);
}

QVariant MxHostsModel::data(const QModelIndex &index, int role) const
{
    if (index.row() < 0 || index.row() >= rowCount())
        return {};
    const mx::Host &host = m_hosts[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    if (role == Qt::DisplayRole)
        return textOf(host, column);
    if (role == Qt::DecorationRole && column == State)
        return icon(meaningOf(host));
    if (role == Qt::TextAlignmentRole && column == Preference)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole)
        return toolTipFor(textOf(host, column));
    if (role == Qt::AccessibleTextRole)
        return QStringLiteral("%1: %2").arg(headerData(column, Qt::Horizontal).toString(),
                                            textOf(host, column));
    if (role == SortRole)
        return column == Preference ? QVariant(host.preference) : QVariant(textOf(host, column));
    if (role == MeaningRole && column == State)
        return static_cast<int>(meaningOf(host));
    return {};
}

QVariant MxHostsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(
            Qt::Alignment((section == Preference ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole)
        return {};
    if (section == Preference)
        return tr("Preference");
    if (section == Host)
        return tr("Host");
    if (section == State)
        return tr("Status");
    if (section == Addresses)
        return tr("Addresses");
    return section == Who ? tr("Who") : QVariant();
}

} // namespace mailoscope::ui
