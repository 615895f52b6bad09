// SPDX-License-Identifier: Apache-2.0
#include "models/findings_model.h"

#include "report/explain.h"
#include "text/shown_string.h"
#include "theme/theme.h"

#include <algorithm>

namespace mailoscope::ui
{

void FindingsModel::setReport(std::shared_ptr<const Report> report)
{
    m_report = std::move(report);
    const std::vector<Finding> wanted = m_report ? m_report->findings : std::vector<Finding>();
    // Rows that are gone go, rows that are new come in at their places: what is selected stays selected.
    for (std::size_t i = m_findings.size(); i-- > 0;) {
        if (std::find(wanted.begin(), wanted.end(), m_findings[i]) != wanted.end())
            continue;
        beginRemoveRows({}, static_cast<int>(i), static_cast<int>(i));
        m_findings.erase(m_findings.begin() + static_cast<std::ptrdiff_t>(i));
        endRemoveRows();
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (i < m_findings.size() && m_findings[i] == wanted[i])
            continue;
        beginInsertRows({}, static_cast<int>(i), static_cast<int>(i));
        m_findings.insert(m_findings.begin() + static_cast<std::ptrdiff_t>(i), wanted[i]);
        endInsertRows();
    }
    if (m_findings.size() > wanted.size()) {
        beginRemoveRows({}, static_cast<int>(wanted.size()), static_cast<int>(m_findings.size()) - 1);
        m_findings.resize(wanted.size());
        endRemoveRows();
    }
}

const Finding *FindingsModel::findingAt(int row) const
{
    return row >= 0 && static_cast<std::size_t>(row) < m_findings.size()
               ? &m_findings[static_cast<std::size_t>(row)]
               : nullptr;
}

int FindingsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

int FindingsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString FindingsModel::textOf(const Finding &finding, int column) const
{
    if (column == Severity)
        return wordFor(meaningOf(finding.severity));
    if (column == Title)
        return toQString(explain(finding).title);
    if (column == Where)
        return finding.evidence.empty() ? QString() : shownString(finding.evidence.front().name);
    if (column == Id)
        return toQString(finding.id);
    return toQString(toString(finding.reference));
}

QVariant FindingsModel::data(const QModelIndex &index, int role) const
{
    const Finding *finding = findingAt(index.row());
    if (!finding)
        return {};
    if (role == Qt::DisplayRole)
        return textOf(*finding, index.column());
    if (role == Qt::DecorationRole && index.column() == Severity)
        return icon(meaningOf(finding->severity));
    if (role == Qt::ToolTipRole)
        return toolTipFor(textOf(*finding, index.column()));
    if (role == Qt::AccessibleTextRole) {
        const QString header = headerData(index.column(), Qt::Horizontal).toString();
        return QStringLiteral("%1: %2").arg(header, textOf(*finding, index.column()));
    }
    if (role == SortRole) {
        if (index.column() == Severity)
            return -static_cast<int>(finding->severity);
        return textOf(*finding, index.column());
    }
    if (role == MeaningRole && index.column() == Severity)
        return static_cast<int>(meaningOf(finding->severity));
    if (role == SeverityRole)
        return static_cast<int>(finding->severity);
    if (role == SectionRole)
        return toQString(finding->section);
    return role == IdRole ? toQString(finding->id) : QVariant();
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    if (section == Severity)
        return tr("Severity");
    if (section == Title)
        return tr("Finding");
    if (section == Where)
        return tr("Where");
    if (section == Id)
        return tr("Id");
    return section == Standard ? tr("Reference") : QVariant();
}

QString findingText(const Finding &finding)
{
    const Explanation words = explain(finding);
    QStringList lines{
        QStringLiteral("%1: %2").arg(wordFor(meaningOf(finding.severity)), toQString(words.title)),
        QStringLiteral("%1, %2").arg(toQString(finding.id), toQString(toString(finding.reference)))};
    for (const Evidence &evidence : finding.evidence) {
        lines << QStringLiteral("%1 %2  %3")
                     .arg(shownString(evidence.type), shownString(evidence.name),
                          shownString(evidence.record));
    }
    lines << QString() << toQString(words.why) << toQString(words.whatToDo);
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace mailoscope::ui
