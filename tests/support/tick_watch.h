// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <ctime>

namespace mailoscope::tests
{

/// Ticks each millisecond while it lives: proves that the event loop kept turning, and tells its longest
/// turn.
class TickWatch
{
public:
    TickWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
        m_sinceTick.start();
        m_timer.start(1);
    }

    int ticks() const { return m_ticks; }
    double longestGapMs() const { return static_cast<double>(m_longest) / 1e6; }
    double longestCpuMs() const { return static_cast<double>(m_longestCpu) / 1e6; }

private:
    static qint64 cpuNanoseconds()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<qint64>(time.tv_sec) * 1000000000 + time.tv_nsec;
    }
    void tick()
    {
        m_longest = std::max(m_longest, m_sinceTick.nsecsElapsed());
        m_sinceTick.restart();
        const qint64 cpu = cpuNanoseconds();
        m_longestCpu = std::max(m_longestCpu, cpu - m_cpuAtTick);
        m_cpuAtTick = cpu;
        ++m_ticks;
    }

    QTimer m_timer;
    QElapsedTimer m_sinceTick;
    qint64 m_longest = 0;
    qint64 m_cpuAtTick = cpuNanoseconds();
    qint64 m_longestCpu = 0;
    int m_ticks = 0;
};

} // namespace mailoscope::tests
