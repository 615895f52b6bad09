// SPDX-License-Identifier: Apache-2.0
#pragma once

class QSize;
class QWidget;

namespace mailoscope::ui
{

/// Gives a window that is about to open a size that its screen has room for, frame included. How large it
/// wants to be depends on the font, and may be more than that.
void resizeWithinScreen(QWidget &window, const QSize &wanted);

} // namespace mailoscope::ui
