// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <QString>

namespace mailoscope::tests
{

/// All that a report concludes, as text with indents: two reports with the same text say the same. When and
/// from whom the facts came is left out, and the order of records within an answer, which resolvers may
/// change.
QString reportText(const Report &report);

} // namespace mailoscope::tests
