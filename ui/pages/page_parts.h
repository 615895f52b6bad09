// SPDX-License-Identifier: Apache-2.0
#pragma once

class QLabel;
class QTableView;

/// What pages share.
namespace mailoscope::ui {

/// A sentence of plain text that wraps and can be copied.
QLabel *sentenceLabel();
/// Ctrl+C and a context menu that copy the selected rows as text.
void addCopyAction(QTableView &table);

} // namespace mailoscope::ui
