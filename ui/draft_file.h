// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "fixes/edits.h"

#include <QString>

#include <optional>

namespace mailoscope::ui
{

/// Reads a draft from disk. The error is a sentence for the user.
Result<fixes::EditedRecords, QString> readDraftFile(const QString &path);
/// Writes it whole or not at all; gives the sentence to show where it could not.
std::optional<QString> writeDraftFile(const QString &path, const fixes::EditedRecords &draft);

} // namespace mailoscope::ui
