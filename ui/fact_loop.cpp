// SPDX-License-Identifier: Apache-2.0
#include "fact_loop.h"

#include "gather/gatherer.h"

namespace mailoscope::ui
{

FactLoop::FactLoop(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &FactLoop::run);
}

FactLoop::~FactLoop()
{
    forget();
}

void FactLoop::forget()
{
    for (const auto &[key, ticket] : m_tickets)
        m_gatherer->cancel(ticket);
    m_tickets.clear();
}

void FactLoop::start(std::shared_ptr<gather::Gatherer> gatherer, const FactStore &known, Work work)
{
    forget();
    m_gatherer = std::move(gatherer);
    for (const Fact *fact : known.sorted()) {
        if (!m_facts.contains(fact->key()))
            m_facts.put(*fact);
    }
    m_work = std::move(work);
    m_timer.start();
}

void FactLoop::stop()
{
    forget();
    m_timer.stop();
    m_work = nullptr;
}

void FactLoop::clear()
{
    stop();
    m_facts.clear();
}

void FactLoop::run()
{
    if (!m_work)
        return;
    FactReader reader(m_facts, {false, false});
    m_work(reader);
    for (const FactKey &key : reader.needed()) {
        if (m_tickets.contains(key) || !m_gatherer)
            continue;
        m_tickets[key] = m_gatherer->ask(key, [this, key](Fact fact) {
            m_tickets.erase(key);
            m_facts.put(std::move(fact));
            m_timer.start();
        });
    }
    if (!m_tickets.empty())
        return;
    m_work = nullptr;
    Q_EMIT finished();
}

} // namespace mailoscope::ui
