// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/place_details.h"

#include <vector>

class QWidget;

namespace mailoscope::ui
{

/// Every key that does something: those of the actions below `menus`, and those of fields and views.
std::vector<DetailLine> shortcutLines(const QWidget &menus);
/// What the program is, and whose work it stands on, each with its licence.
std::vector<DetailLine> aboutLines();

} // namespace mailoscope::ui
