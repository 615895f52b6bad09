// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>

namespace mailoscope::ui
{

/// One piece of work at a time on a thread of its own. What it gives back is run on the thread of the window,
/// unless the work was stopped.
class Background : public QObject
{
    Q_OBJECT
public:
    using Done = std::function<void()>;

    explicit Background(QObject *parent = nullptr) : QObject(parent) {}
    /// Stops the work and waits for its end.
    ~Background() override;

    /// `work` looks at isStopped() now and then. Does nothing while other work is under way.
    void run(std::function<Done()> work);
    void stop() { m_isStopped = true; }
    bool isStopped() const { return m_isStopped; }
    bool isRunning() const { return m_thread != nullptr; }

Q_SIGNALS:
    /// The work came to its end after it had been stopped.
    void stopped();

private:
    std::unique_ptr<QThread> m_thread;
    std::atomic<bool> m_isStopped = false;
};

} // namespace mailoscope::ui
