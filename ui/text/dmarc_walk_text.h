// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dmarc/policy.h"
#include "theme/theme.h"

#include <QStringList>

#include <vector>

/// The DNS tree walk of DMARC and the policy that it leads to, in words.
namespace mailoscope::ui
{

/// One row of the walk as it is drawn.
struct WalkRow {
    enum class Kind {
        Step,         ///< a question
        Skipped,      ///< names that the walk jumps over
        Beyond,       ///< names behind its end
        Organization, ///< what came of it: the Organizational Domain
        Policy,       ///< the record that applies
    };
    /// How the rail goes on to the next row.
    enum class Rail { On, Unknown, Ends };

    Kind kind = Kind::Step;
    Rail rail = Rail::On;
    Meaning meaning = Meaning::Info;
    bool isNotable = false; ///< its meaning is to be seen: a record, a failure, a result
    int number = 0;         ///< of a step, from 1
    QString title;          ///< of rows that are no step
    QStringList labels;     ///< of the walk's first name, the leftmost first
    int dropped = 0;        ///< so many of them are not part of the name that was asked for
    QString found;
    QString record;     ///< the text that was found, fit to be shown
    QStringList badges; ///< what the step is to the whole
    QString details;    ///< everything in full, for the tooltip
    friend bool operator==(const WalkRow &, const WalkRow &) = default;
};

std::vector<WalkRow> rowsOf(const dmarc::Walk &walk, const dmarc::AppliedPolicy &policy,
                            dmarc::Existence existence);
/// The row for those who cannot see it, and for the clipboard.
QString textOf(const WalkRow &row);

/// The policy for a name.
struct PolicyText {
    Meaning meaning = Meaning::Waiting;
    QString word; ///< "reject", "no policy"; empty while it is not known
    QString why;  ///< whole sentences
    friend bool operator==(const PolicyText &, const PolicyText &) = default;
};
PolicyText policyTextOf(const DomainName &name, const dmarc::AppliedPolicy &policy,
                        dmarc::Existence existence);

} // namespace mailoscope::ui
