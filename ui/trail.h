// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/snapshot.h"

#include <QString>

#include <memory>
#include <vector>

namespace mailoscope::ui
{

/// The domains that were shown, one after another, to go back to and on again, as in a browser.
class Trail
{
public:
    /// A domain, out of the network or a snapshot.
    struct Stop {
        DomainName domain;
        std::shared_ptr<const Snapshot> snapshot; ///< null where the network was asked
        QString snapshotName;                     ///< empty for the sample
    };
    /// The oldest is forgotten beyond it.
    static constexpr std::size_t Longest = 50;

    /// A domain is shown. What lay ahead is forgotten; the same again is no step.
    void visit(Stop stop);
    /// Null where there is none.
    const Stop *before() const { return m_at > 1 ? &m_stops[m_at - 2] : nullptr; }
    const Stop *after() const { return m_at < m_stops.size() ? &m_stops[m_at] : nullptr; }
    /// Goes there; only where there is one.
    Stop back() { return m_stops[--m_at - 1]; }
    Stop forward() { return m_stops[m_at++]; }

private:
    std::vector<Stop> m_stops;
    std::size_t m_at = 0; ///< one behind the stop that is shown
};

} // namespace mailoscope::ui
