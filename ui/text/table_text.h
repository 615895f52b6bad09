// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QTableView;

namespace mailoscope::ui
{

/// The selected rows of a table as they are shown: a line each, the visible columns divided by tabs.
QString selectedRowsText(const QTableView &table);

} // namespace mailoscope::ui
