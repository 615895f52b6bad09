// SPDX-License-Identifier: Apache-2.0
#pragma once

class QAbstractButton;
class QAbstractScrollArea;
class QLabel;
class QString;
class QTableView;
class QWidget;

/// What pages share.
namespace mailoscope::ui
{

/// A sentence of plain text that wraps and can be copied.
QLabel *sentenceLabel();
/// A field with its label before it, which stay together where a row is divided.
QWidget *labelled(const QString &label, QWidget *field);
/// The button's icon becomes as high as its letters.
void fitIcon(QAbstractButton &button);
/// Makes `content`, which scrolls up and down, the whole of a page.
void putIntoScrollArea(QWidget &page, QWidget *content, const QString &accessibleName);
/// A context menu of the view's own actions. Qt's would run an event loop of its own.
void showActionsAsMenu(QAbstractScrollArea &view);
/// An action that copies the text of the current cell alone.
void addCopyCellAction(QTableView &table);
/// Ctrl+C and a context menu that copy the selected rows as text.
void addCopyAction(QTableView &table);

} // namespace mailoscope::ui
