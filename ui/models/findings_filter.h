// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "report/finding.h"

#include <QCoreApplication>
#include <QSortFilterProxyModel>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace mailoscope::ui
{

/// `sev>=medium area==spf include`: conditions and words, all of which must hold. `&&` may stand between
/// them.
class FindingsQuery
{
    Q_DECLARE_TR_FUNCTIONS(FindingsQuery)
public:
    /// The error is one sentence for the user.
    static Result<FindingsQuery, QString> parse(const QString &text);

    /// `texts` is everything shown of the finding.
    bool matches(Severity severity, const QString &section, const QString &id, const QString &texts) const;

private:
    enum class Comparison { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };
    struct SeverityCondition {
        Comparison comparison;
        Severity severity;
    };
    enum class Field { Area, Id };
    struct TextCondition {
        Field field;
        Comparison comparison;
        QString value;
    };

    static std::optional<QString> readTerm(const QString &term, FindingsQuery &query);

    std::vector<SeverityCondition> m_severities;
    std::vector<TextCondition> m_texts;
    QStringList m_words;
};

/// Sorts by FindingsModel::SortRole and keeps what a query matches.
class FindingsFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit FindingsFilter(QObject *parent = nullptr);
    void setQuery(const FindingsQuery &query);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    FindingsQuery m_query;
};

} // namespace mailoscope::ui
