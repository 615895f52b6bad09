// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/place_details.h"

#include <QString>

#include <vector>

class QWidget;

namespace mailoscope::ui
{

/// Opens a small dialog with something to read, over `parent`, and returns at once.
void showNotice(QWidget &parent, const QString &title, const std::vector<DetailLine> &lines);

} // namespace mailoscope::ui
