// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"

namespace mailoscope
{

/// The rules that the verdict rests on: what was seen, and whether the condition holds.
OutlineTable ruleTable(const Report &report);
/// What follows from them: what becomes of mail that forges the domain, or names below it.
OutlineTable treatmentTable(const Report &report);
/// What bears on forged mail and cannot be seen from outside.
OutlineTable notTestableTable();

} // namespace mailoscope
