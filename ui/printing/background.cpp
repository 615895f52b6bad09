// SPDX-License-Identifier: Apache-2.0
#include "printing/background.h"

namespace mailoscope::ui
{

Background::~Background()
{
    m_isStopped = true;
    if (m_thread)
        m_thread->wait();
}

void Background::run(std::function<Done()> work)
{
    if (m_thread)
        return;
    m_isStopped = false;
    auto done = std::make_shared<Done>();
    m_thread.reset(QThread::create([work = std::move(work), done] { *done = work(); }));
    connect(m_thread.get(), &QThread::finished, this, [this, done] {
        m_thread.release()->deleteLater(); // it is still in its signal
        if (m_isStopped)
            Q_EMIT stopped();
        else if (*done)
            (*done)();
    });
    m_thread->start();
}

} // namespace mailoscope::ui
