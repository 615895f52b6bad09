// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string_view>

namespace mailoscope::document
{

/// What a report holds, in the order in which it is read.
enum class Part { Summary, Findings, Fixes, Sections, Verdict, Profiles, Appendix };
inline constexpr std::array AllParts = {Part::Summary, Part::Findings, Part::Fixes,   Part::Sections,
                                        Part::Verdict, Part::Profiles, Part::Appendix};
/// "summary", "findings"...: as options and settings name it; never renamed.
std::string_view optionOf(Part part);
std::optional<Part> partFromOption(std::string_view option);
/// For people.
std::string_view titleOf(Part part);

using Parts = std::set<Part>;
Parts allParts();
/// What fits on a few pages.
Parts lightParts();

} // namespace mailoscope::document
