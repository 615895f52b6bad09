// SPDX-License-Identifier: Apache-2.0
#include "models/sections_model.h"

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

QString nameOf(int section)
{
    if (section == SectionsModel::Spf)
        return QStringLiteral("SPF");
    return section == SectionsModel::Mx ? QStringLiteral("MX") : QStringLiteral("DNS");
}

const char *idOf(int section)
{
    if (section == SectionsModel::Spf)
        return "spf";
    return section == SectionsModel::Mx ? "mx" : "dns";
}

} // namespace

int SectionsModel::rowOf(const QString &section)
{
    for (int row = 0; row < SectionCount; ++row) {
        if (section == QLatin1String(idOf(row)))
            return row;
    }
    return -1;
}

SectionsModel::Standing SectionsModel::standingOf(const Report &report, int section)
{
    Standing standing;
    bool pending = report.pending;
    bool failed = false;
    if (section == Spf) {
        pending = report.spf.pending;
        failed = report.spf.status == spf::Evaluation::Status::TempError;
    } else if (section == Mx) {
        pending = report.mx.pending;
        failed = report.mx.status == mx::Evaluation::Status::TempError;
    } else {
        failed = std::any_of(report.facts.begin(), report.facts.end(), [](const FactPointer &fact) {
            return isTemporaryFailure(fact->outcome());
        });
    }
    const bool hostFault =
        section == Mx &&
        std::any_of(report.mx.hosts.begin(), report.mx.hosts.end(), [](const mx::Host &host) {
            return host.status == mx::Host::Status::NoAddress || host.status == mx::Host::Status::NxDomain;
        });
    const std::vector<const Finding *> findings = report.findingsOf(idOf(section));
    standing.count = static_cast<int>(findings.size());
    auto worst = Severity::Info;
    for (const Finding *finding : findings)
        worst = std::max(worst, finding->severity);
    if (worst > Severity::Info)
        standing.meaning = ui::meaningOf(worst);
    else if (pending)
        standing.meaning = Meaning::Waiting;
    else
        standing.meaning = failed ? Meaning::Unknown : Meaning::Ok;
    standing.word = wordFor(standing.meaning);
    if (hostFault && standing.meaning == Meaning::Ok) {
        standing.meaning = Meaning::High;
        standing.word = SectionsModel::tr("Host fault");
    }
    if (section == Dns && standing.meaning == Meaning::Unknown)
        standing.word = SectionsModel::tr("Incomplete");
    return standing;
}

void SectionsModel::setReport(std::shared_ptr<const Report> report)
{
    for (int row = 0; row < SectionCount; ++row) {
        Standing &standing = m_standings[static_cast<std::size_t>(row)];
        const Standing wanted = report ? standingOf(*report, row) : Standing();
        if (wanted == standing)
            continue;
        standing = wanted;
        Q_EMIT dataChanged(index(row), index(row));
    }
}

int SectionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : SectionCount;
}

QVariant SectionsModel::data(const QModelIndex &index, int role) const
{
    if (index.row() < 0 || index.row() >= SectionCount)
        return {};
    const Standing &standing = m_standings[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return nameOf(index.row());
    if (role == MeaningRole)
        return static_cast<int>(standing.meaning);
    if (role == WordRole)
        return standing.word;
    if (role == CountRole)
        return standing.count;
    if (role == Qt::AccessibleTextRole) {
        const QString findings =
            standing.count > 0 ? tr("%n finding(s)", nullptr, standing.count) : tr("no findings");
        return standing.word.isEmpty()
                   ? nameOf(index.row())
                   : QStringLiteral("%1: %2, %3").arg(nameOf(index.row()), standing.word, findings);
    }
    return {};
}

} // namespace mailoscope::ui
