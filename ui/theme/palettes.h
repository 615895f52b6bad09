// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPalette>

namespace mailoscope::ui
{

enum class Appearance { Desktop, Light, Dark, HighContrast };

/// Of Desktop: the default one, which stands for the desktop's.
QPalette paletteFor(Appearance appearance);

} // namespace mailoscope::ui
