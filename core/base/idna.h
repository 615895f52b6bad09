// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

/// Internationalised names: U-labels to A-labels and back (RFC 5890, 5891; UTS #46, non-transitional).
namespace mailoscope::idna
{

enum class Error { NotAllowed, TooLong };

/// One label to its A-label; an ASCII label stays as it is. Label by label, because names with underscores
/// would fail as a whole.
Result<std::string, Error> toALabel(std::string_view label);
/// The same for every label of a name; dots stay where they are.
Result<std::string, Error> toALabels(std::string_view name);
/// An A-label to its U-label where the round trip is clean and the text is fit to be shown; else the label.
std::string toULabel(const std::string &label);

} // namespace mailoscope::idna
