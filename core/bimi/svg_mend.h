// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bimi/svg.h"

#include <optional>
#include <string>
#include <string_view>

/// Logos with a fault taken out. Whether it is gone is for checkSvg() to say.
namespace mailoscope::bimi
{

enum class SvgMend {
    Xml,         ///< without a document type declaration
    Profile,     ///< namespace, version and profile of the root
    Title,       ///< exactly one, first, with text
    Position,    ///< without x and y of the root
    Script,      ///< without scripts and attributes for events
    Animation,   ///< without animations
    External,    ///< without references to elsewhere
    Bitmap,      ///< without images
    Schema,      ///< without what the profile does not know
    Size,        ///< without comments, metadata and blanks between elements
    Square,      ///< a viewBox as high as wide, with the sign in its middle
    ViewBox,     ///< one made of width and height
    Discouraged, ///< without what is tolerated only
    Display,     ///< width and height in pixels, large enough
};

struct MendedSvg {
    std::string text;
    /// Something that a renderer may have drawn is gone or drawn in another way.
    bool looksDifferent = false;
};

/// Nothing where it cannot be mended, or there is nothing to mend. `title` is for a logo without one.
std::optional<MendedSvg> mendedSvg(std::string_view svg, SvgMend what, std::string_view title);

} // namespace mailoscope::bimi
