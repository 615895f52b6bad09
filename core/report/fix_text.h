// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/copy_as.h"
#include "fixes/fix.h"
#include "report/terminal.h"

#include <optional>
#include <string>

namespace mailoscope::text
{

/// One change, with what goes and what comes marked.
void appendChange(terminal::Page &page, const std::string &indent, const fixes::Change &change);
/// A fix below its finding: what to do, each change with what goes and what comes marked inside the records,
/// the risk, and what stands in the way of a proof.
/// Where a form is given, the changes follow in it.
void appendFix(terminal::Page &page, const fixes::Fix &fix, const std::string &indent,
               const std::optional<fixes::CopyForm> &copyAs, const FactStore &facts);

} // namespace mailoscope::text
