// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace mailoscope::bimi
{

/// A logo that makes a renderer draw more elements is not drawn: the profile allows `use`, and a small file
/// that uses groups of uses could keep a renderer busy for hours.
constexpr std::size_t MaxDrawnElements = 20'000;
/// The same for uses of uses.
constexpr std::size_t MaxUseDepth = 16;

/// The elements that are drawn when every `use` is followed; more than MaxDrawnElements where one of the two
/// bounds is passed, and where the text is no XML.
std::size_t drawnElements(std::string_view svg);

} // namespace mailoscope::bimi
