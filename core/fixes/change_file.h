// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "fixes/change.h"

#include <string>
#include <string_view>
#include <vector>

/// Changes that were written to a file, and are laid over facts again.
namespace mailoscope::fixes
{

/// A draft that was saved, the `fix` of a finding in the JSON of a report, or a list of changes as it has
/// them. The error is one sentence for the user.
Result<std::vector<Change>, std::string> readChanges(std::string_view json);

/// Those that would change a record or take it away that is not among the facts: they do nothing.
std::vector<RecordChange> withoutEffect(std::span<const Change> changes, const FactStore &facts);

} // namespace mailoscope::fixes
