// SPDX-License-Identifier: Apache-2.0
#include "trail.h"

namespace mailoscope::ui
{

void Trail::visit(Stop stop)
{
    if (m_at > 0) {
        Stop &now = m_stops[m_at - 1];
        if (now.domain == stop.domain && now.snapshot == stop.snapshot)
            return;
    }
    m_stops.resize(m_at);
    m_stops.push_back(std::move(stop));
    if (m_stops.size() > Longest)
        m_stops.erase(m_stops.begin());
    m_at = m_stops.size();
}

} // namespace mailoscope::ui
