// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "print/flow.h"
#include "spf/evaluate.h"

namespace mailoscope::print
{

/// The include tree as a drawing.
void drawSpf(Flow &flow, const spf::Evaluation &spf);

} // namespace mailoscope::print
