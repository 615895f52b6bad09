// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/mark.h"

#include <QBrush>
#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QString>

/// The one home of colours, by what they mean. The palette is the desktop's; only the meanings are ours.
namespace mailoscope::ui
{

/// What a colour, a shape and a word say together. Never shown by colour alone.
enum class Meaning { Ok, Critical, High, Medium, Low, Info, NotTested, Unknown, Waiting, Never };
constexpr int MeaningCount = 10;

Meaning meaningOf(Severity severity);
Meaning meaningOf(Mark mark);
/// "OK", "Critical", ... "Waiting", in the user's language.
QString wordFor(Meaning meaning);

/// A palette read as light or dark, with our meanings in it. Cheap to make where it is needed.
class Theme
{
public:
    explicit Theme(const QPalette &palette);
    /// Of the application's palette as it is now.
    static Theme current();

    bool isDark() const { return m_dark; }
    QColor colour(Meaning meaning) const;
    /// Text that stands back: it keeps 4.5 : 1 on the base colour.
    QColor quietText() const;
    /// A line between areas.
    QColor hairline() const;
    /// Behind the term that is selected, in a record.
    QColor termBackground() const;

    /// The ground that a mailbox shows logos on, and text on it. The same in every palette: it is the
    /// mailbox's.
    static QColor mailboxGround(bool isDark);
    static QColor mailboxText(bool isDark);

    /// Branches of a tree, counted from 0, come round again after branchCount. A hatch tells those apart that
    /// share a colour or look alike to some eyes.
    static constexpr int BranchCount = 12;
    QColor branchColour(int branch) const;
    QBrush branchBrush(int branch) const;

private:
    QPalette m_palette;
    bool m_dark;
};

/// The ratio of WCAG 2.1, from 1 to 21.
double contrast(const QColor &a, const QColor &b);
/// Between two colours: `partOfB` from 0 to 1.
QColor mixed(const QColor &a, const QColor &b, double partOfB);
/// The colour, or the nearest darker or lighter one that keeps 4.5 : 1 on the ground.
QColor legible(const QColor &colour, const QColor &ground);

QIcon applicationIcon();
/// An icon of our family (resources/icons) that follows the palette, also when it changes later.
QIcon icon(const QString &name);
/// The shape of a meaning, in its colour.
QIcon icon(Meaning meaning);

} // namespace mailoscope::ui
