// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_store.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>

namespace mailoscope::gather
{
class Gatherer;
}

namespace mailoscope::ui
{

/// Work over facts that is done again whenever facts have arrived, until nothing is missing.
class FactLoop : public QObject
{
    Q_OBJECT
public:
    using Work = std::function<void(FactSource &facts)>;

    explicit FactLoop(QObject *parent = nullptr);
    ~FactLoop() override;

    /// Begins, later and from the event loop. Work under way is forgotten; what it gathered is kept.
    void start(std::shared_ptr<gather::Gatherer> gatherer, const FactStore &known, Work work);
    void stop();
    /// Stops, and what was gathered is asked again the next time.
    void clear();
    bool isRunning() const { return m_work != nullptr; }
    const FactStore &facts() const { return m_facts; }

Q_SIGNALS:
    /// Nothing is missing any more.
    void finished();

private:
    void run();
    void forget();

    std::shared_ptr<gather::Gatherer> m_gatherer;
    FactStore m_facts;
    Work m_work;
    std::map<FactKey, quint64> m_tickets;
    QTimer m_timer;
};

} // namespace mailoscope::ui
