// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/effect.h"
#include "text/place_details.h"

#include <vector>

namespace mailoscope::ui
{

/// What would change if a draft were published.
std::vector<DetailLine> linesOf(const fixes::Effect &effect);

} // namespace mailoscope::ui
