// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/map_branches.h"

#include <QIcon>

namespace mailoscope::ui
{

/// How a branch looks on the map, as an icon that follows the palette.
QIcon mapSwatch(MapBranch::Kind kind, int look);

} // namespace mailoscope::ui
