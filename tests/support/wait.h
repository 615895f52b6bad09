// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

namespace mailoscope::tests
{

/// Turns the event loop until `isSo` holds; false when that does not come within `milliseconds`. Unlike
/// QTRY_VERIFY it returns as soon as it holds.
template <typename Predicate>
[[nodiscard]] bool waitFor(Predicate isSo, int milliseconds = 20000)
{
    const QDeadlineTimer deadline(milliseconds);
    QTimer tick; // the loop may have nothing else to wake it
    tick.setTimerType(Qt::PreciseTimer);
    tick.start(1);
    while (!isSo()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

} // namespace mailoscope::tests
