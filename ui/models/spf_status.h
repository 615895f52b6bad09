// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/spf_place.h"
#include "report/spf_notes.h"
#include "theme/theme.h"

namespace mailoscope::ui
{

/// What is wrong or open with a place, its own record's state before that of the term; no words where all is
/// well.
SpfNote statusOf(const SpfPlace &place);
/// The shape that goes with it; absent where all is well.
std::optional<Meaning> meaningOfStatus(const SpfPlace &place);

} // namespace mailoscope::ui
