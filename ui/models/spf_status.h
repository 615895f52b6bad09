// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/spf_place.h"
#include "theme/theme.h"

namespace mailoscope::ui
{

/// The shape that goes with a place's status; absent where all is well.
std::optional<Meaning> meaningOfStatus(const SpfPlace &place);

} // namespace mailoscope::ui
