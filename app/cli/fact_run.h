// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fact_origin.h"
#include "facts/fact_store.h"
#include "progress.h"

#include <QObject>

#include <functional>
#include <set>

/// Work over facts that is done again whenever facts have arrived, until nothing is missing.
namespace mailoscope::cli
{

class FactRun : public QObject
{
public:
    /// Reads what it needs, and is called again when that has come.
    using Work = std::function<void(FactSource &facts)>;

    explicit FactRun(const FactOrigin &origin) : m_gatherer(origin.gatherer()) {}

    /// False where the user has stopped it. What an earlier call gathered is kept.
    bool run(const Work &work);

private:
    void evaluate(const Work &work);
    void gather(const std::vector<FactKey> &needed, const Work &work);
    void schedule(const Work &work);

    std::shared_ptr<gather::Gatherer> m_gatherer;
    FactStore m_facts;
    std::set<FactKey> m_underWay;
    Progress m_progress;
    int m_asked = 0;
    bool m_isScheduled = false;
    bool m_isStopped = false;
};

} // namespace mailoscope::cli
