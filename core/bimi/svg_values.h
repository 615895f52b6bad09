// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bimi/svg.h"

#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>

/// Names and values in a logo: shared by the check and by what mends what it found.
namespace mailoscope::bimi::values
{

/// Without white space around.
std::string_view trimmed(std::string_view text);
bool isAnyOf(std::string_view name, std::initializer_list<std::string_view> names);

/// What an element that the profile does not have would do.
SvgFault::Kind kindOfForbidden(std::string_view element);
/// Where a reference leads, if not to a place in the document itself.
std::optional<SvgFault::Kind> kindOfReference(std::string_view target);
/// The same of every `url(...)` in a value.
std::optional<SvgFault::Kind> kindOfUrls(std::string_view value);

std::optional<double> numberOf(std::string_view text);
/// Four numbers between blanks and commas; width and height above zero (SVG Tiny 1.2 section 7.7).
std::optional<std::array<double, 4>> viewBoxOf(std::string_view text);
/// A length in pixels; nothing for other units.
std::optional<double> pixelsOf(std::string_view text);

} // namespace mailoscope::bimi::values
