// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/change.h"
#include "text/place_details.h"

#include <optional>
#include <string>
#include <vector>

/// Changes to records and files as lines to read.
namespace mailoscope::ui
{

/// A text today and then, with what goes between [- and -] and what comes between {+ and +}.
void addTexts(std::vector<DetailLine> &lines, const std::optional<std::string> &before,
              const std::optional<std::string> &after);
/// The record's type and name, or the file's URL, and its texts.
void addChangeLines(std::vector<DetailLine> &lines, const fixes::Change &change);

} // namespace mailoscope::ui
