// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFont>

class QTreeView;
class QTableView;
class QWidget;

/// Sizes, all of them in units of the font.
namespace mailoscope::ui
{

/// The height of a line of the widget's font.
int em(const QWidget &widget);
/// Half of it: the space between things.
int halfEm(const QWidget &widget);
/// The width of so many digits.
int digits(const QWidget &widget, int count);
/// The system's fixed font in the size of the widget's font, for records.
QFont codeFont(const QWidget &widget);

/// What our tables share: rows, no grid, sortable by heads, quiet.
void setUpTable(QTableView &table);

} // namespace mailoscope::ui
