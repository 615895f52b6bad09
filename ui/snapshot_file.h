// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "facts/snapshot.h"

#include <QString>

#include <optional>

namespace mailoscope::ui
{

/// Reads a snapshot from disk. The error is a sentence for the user with the file's name in it.
Result<Snapshot, QString> readSnapshotFile(const QString &path);
/// Writes it whole or not at all; gives the sentence to show where it could not.
std::optional<QString> writeSnapshotFile(const QString &path, const Snapshot &snapshot);

} // namespace mailoscope::ui
