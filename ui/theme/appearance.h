// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/palettes.h"

class QWidget;

/// How the whole program looks: its palette, the size of its text, whether anything moves.
namespace mailoscope::ui
{

/// Gives the program the palette; everything that is open follows.
void applyAppearance(Appearance appearance);

constexpr int SmallestTextPercent = 100;
constexpr int LargestTextPercent = 200;
/// Makes the text so large beside the desktop's, and with it whatever is measured in it. Windows that are
/// open follow.
void applyTextSize(int percent);

/// Whether things may move: the user allows it here, and so does the desktop.
bool animationsWanted();
void setAnimationsWanted(bool wanted);

} // namespace mailoscope::ui
