// SPDX-License-Identifier: Apache-2.0
#include "fact_run.h"

#include "interrupt.h"

#include <QCoreApplication>

namespace mailoscope::cli
{

bool FactRun::run(const Work &work)
{
    const Interrupt interrupt([this] {
        m_isStopped = true;
        QCoreApplication::quit();
    });
    schedule(work);
    QCoreApplication::exec();
    m_progress.clear();
    return !m_isStopped;
}

void FactRun::schedule(const Work &work)
{
    if (std::exchange(m_isScheduled, true))
        return;
    QMetaObject::invokeMethod(
        this, [this, &work] { evaluate(work); }, Qt::QueuedConnection);
}

void FactRun::evaluate(const Work &work)
{
    m_isScheduled = false;
    if (m_isStopped)
        return;
    FactReader reader(m_facts, {false, false});
    work(reader);
    gather(reader.needed(), work);
    if (m_underWay.empty())
        QCoreApplication::quit();
}

void FactRun::gather(const std::vector<FactKey> &needed, const Work &work)
{
    for (const FactKey &key : needed) {
        if (!m_underWay.insert(key).second)
            continue;
        ++m_asked;
        m_gatherer->ask(key, [this, key, &work](Fact fact) {
            m_underWay.erase(key);
            m_facts.put(std::move(fact));
            m_progress.show(std::to_string(m_asked - static_cast<int>(m_underWay.size())) + " of " +
                            std::to_string(m_asked) + " look-ups");
            schedule(work);
        });
    }
}

} // namespace mailoscope::cli
