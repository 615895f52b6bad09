// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>
#include <string_view>

namespace mailoscope::ui
{

/// The name of a file, without its folder, fit to be shown.
QString shownFileName(const QString &path);
/// Writes a file whole or not at all; gives the sentence to show where it could not.
std::optional<QString> saveFile(const QString &path, std::string_view octets);

} // namespace mailoscope::ui
