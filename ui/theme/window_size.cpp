// SPDX-License-Identifier: Apache-2.0
#include "theme/window_size.h"

#include <QScreen>
#include <QStyle>
#include <QWidget>

namespace mailoscope::ui
{

void resizeWithinScreen(QWidget &window, const QSize &wanted)
{
    const QWidget *parent = window.parentWidget();
    const QScreen *screen = parent ? parent->screen() : window.screen();
    if (!screen) {
        window.resize(wanted);
        return;
    }
    // How thick the frame is shows only when the window is there.
    const int frame = window.style()->pixelMetric(QStyle::PM_MdiSubWindowFrameWidth, nullptr, &window);
    const int title = window.style()->pixelMetric(QStyle::PM_TitleBarHeight, nullptr, &window);
    const QSize room = screen->availableSize() - QSize(2 * frame, frame + title);
    window.resize(wanted.boundedTo(room));
}

} // namespace mailoscope::ui
