// SPDX-License-Identifier: Apache-2.0
#pragma once

class QAbstractScrollArea;
class QLabel;
class QTableView;

/// What pages share.
namespace mailoscope::ui
{

/// A sentence of plain text that wraps and can be copied.
QLabel *sentenceLabel();
/// A context menu of the view's own actions. Qt's would run an event loop of its own.
void showActionsAsMenu(QAbstractScrollArea &view);
/// Ctrl+C and a context menu that copy the selected rows as text.
void addCopyAction(QTableView &table);

} // namespace mailoscope::ui
