// SPDX-License-Identifier: Apache-2.0
#include "models/findings_filter.h"

#include "models/findings_model.h"

#include <QRegularExpression>

#include <algorithm>

namespace mailoscope::ui
{

Result<FindingsQuery, QString> FindingsQuery::parse(const QString &text)
{
    FindingsQuery query;
    static const QRegularExpression Blanks(QStringLiteral("\\s+"));
    for (const QString &term : text.split(Blanks, Qt::SkipEmptyParts)) {
        if (term == QLatin1String("&&"))
            continue;
        if (std::optional<QString> error = readTerm(term, query))
            return *error;
    }
    return query;
}

std::optional<QString> FindingsQuery::readTerm(const QString &term, FindingsQuery &query)
{
    static const QRegularExpression Condition(QStringLiteral("^([A-Za-z]+)(>=|<=|==|!=|=|<|>|:)(.*)$"));
    const QRegularExpressionMatch match = Condition.match(term);
    if (!match.hasMatch()) {
        query.m_words << term;
        return std::nullopt;
    }
    const QString field = match.captured(1).toLower();
    const QString sign = match.captured(2);
    const QString value = match.captured(3).toLower();
    Comparison comparison = Comparison::Equal;
    if (sign == QLatin1String(">="))
        comparison = Comparison::GreaterOrEqual;
    else if (sign == QLatin1String("<="))
        comparison = Comparison::LessOrEqual;
    else if (sign == QLatin1String("!="))
        comparison = Comparison::NotEqual;
    else if (sign == QLatin1String("<"))
        comparison = Comparison::Less;
    else if (sign == QLatin1String(">"))
        comparison = Comparison::Greater;

    if (field == QLatin1String("sev") || field == QLatin1String("severity")) {
        const std::optional<Severity> severity = severityFromString(value.toStdString());
        if (!severity)
            return tr("A severity is one of info, low, medium, high and critical.");
        query.m_severities.push_back({comparison, *severity});
        return std::nullopt;
    }
    const bool isArea = field == QLatin1String("area") || field == QLatin1String("section");
    if (!isArea && field != QLatin1String("id")) {
        // What is no condition of ours is text that somebody copied, such as include:example.com.
        if (sign == QLatin1String(":") || sign == QLatin1String("=")) {
            query.m_words << term;
            return std::nullopt;
        }
        return tr("Conditions are about sev, area or id, such as sev>=medium or area==spf.");
    }
    if (comparison != Comparison::Equal && comparison != Comparison::NotEqual)
        return tr("An area or an id can be == or != to something.");
    if (value.isEmpty())
        return tr("A value is missing behind %1.").arg(field + sign);
    query.m_texts.push_back({isArea ? Field::Area : Field::Id, comparison, value});
    return std::nullopt;
}

bool FindingsQuery::matches(Severity severity, const QString &section, const QString &id,
                            const QString &texts) const
{
    const auto holds = [severity](const SeverityCondition &condition) {
        switch (condition.comparison) {
        case Comparison::Equal:
            return severity == condition.severity;
        case Comparison::NotEqual:
            return severity != condition.severity;
        case Comparison::Less:
            return severity < condition.severity;
        case Comparison::LessOrEqual:
            return severity <= condition.severity;
        case Comparison::Greater:
            return severity > condition.severity;
        case Comparison::GreaterOrEqual:
            return severity >= condition.severity;
        }
        return false;
    };
    if (!std::all_of(m_severities.begin(), m_severities.end(), holds))
        return false;
    for (const TextCondition &condition : m_texts) {
        const bool found = condition.field == Field::Area ? section == condition.value
                                                          : id.contains(condition.value, Qt::CaseInsensitive);
        if (found == (condition.comparison == Comparison::NotEqual))
            return false;
    }
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const QString &word) { return texts.contains(word, Qt::CaseInsensitive); });
}

FindingsFilter::FindingsFilter(QObject *parent) : QSortFilterProxyModel(parent)
{
    setSortRole(FindingsModel::SortRole);
}

void FindingsFilter::setQuery(const FindingsQuery &query)
{
    m_query = query;
    invalidateFilter();
}

bool FindingsFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QAbstractItemModel &source = *sourceModel();
    const QModelIndex first = source.index(row, 0, parent);
    QString texts;
    for (int column = 0; column < FindingsModel::ColumnCount; ++column)
        texts += source.index(row, column, parent).data().toString() + QLatin1Char('\n');
    return m_query.matches(static_cast<Severity>(first.data(FindingsModel::SeverityRole).toInt()),
                           first.data(FindingsModel::SectionRole).toString(),
                           first.data(FindingsModel::IdRole).toString(), texts);
}

} // namespace mailoscope::ui
