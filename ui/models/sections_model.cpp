// SPDX-License-Identifier: Apache-2.0
#include "models/sections_model.h"

#include "text/shown_string.h"
#include "theme/theme.h"

#include <algorithm>

namespace mailoscope::ui
{

int SectionsModel::rowOf(Section section)
{
    const std::span<const Section> sections = allSections();
    return static_cast<int>(std::find(sections.begin(), sections.end(), section) - sections.begin()) + 1;
}

std::optional<Section> SectionsModel::sectionAt(int row)
{
    if (row <= OverviewRow || row >= RowCount)
        return std::nullopt;
    return allSections()[static_cast<std::size_t>(row - 1)];
}

QString SectionsModel::nameOf(int row) const
{
    const std::optional<Section> section = sectionAt(row);
    return section ? toQString(shortTitleOf(*section)) : tr("Overview");
}

void SectionsModel::setReport(std::shared_ptr<const Report> report)
{
    for (int row = 0; row < RowCount; ++row) {
        std::optional<Standing> wanted;
        if (report) {
            const std::optional<Section> section = sectionAt(row);
            wanted = section ? standingOf(*report, *section) : Standing{headlineOf(*report).mark, 0, {}};
        }
        std::optional<Standing> &standing = m_standings[static_cast<std::size_t>(row)];
        if (wanted == standing)
            continue;
        standing = std::move(wanted);
        Q_EMIT dataChanged(index(row), index(row));
    }
}

int SectionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : RowCount;
}

QVariant SectionsModel::data(const QModelIndex &index, int role) const
{
    if (index.row() < 0 || index.row() >= RowCount)
        return {};
    const std::optional<Standing> &standing = m_standings[static_cast<std::size_t>(index.row())];
    const Meaning meaning = standing ? meaningOf(standing->mark) : Meaning::NotTested;
    if (role == Qt::DisplayRole)
        return nameOf(index.row());
    if (role == Qt::ToolTipRole && sectionAt(index.row()))
        return toolTipFor(toQString(titleOf(*sectionAt(index.row()))));
    if (role == MeaningRole)
        return static_cast<int>(meaning);
    if (role == WordRole)
        return standing ? wordFor(meaning) : QString();
    if (role == CountRole)
        return standing ? static_cast<int>(standing->findings) : 0;
    if (role == Qt::AccessibleTextRole) {
        if (!standing)
            return nameOf(index.row());
        const int count = static_cast<int>(standing->findings);
        const QString findings = count > 0 ? tr("%n finding(s)", nullptr, count) : tr("no findings");
        return QStringLiteral("%1: %2, %3").arg(nameOf(index.row()), wordFor(meaning), findings);
    }
    return {};
}

} // namespace mailoscope::ui
