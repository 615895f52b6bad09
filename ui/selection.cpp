// SPDX-License-Identifier: Apache-2.0
#include "selection.h"

namespace mailoscope::ui
{

void Selection::selectPath(const TermPath &path)
{
    if (m_path == path && !m_finding)
        return;
    m_path = path;
    m_finding.reset();
    Q_EMIT changed();
}

void Selection::selectFinding(const Finding &finding)
{
    if (m_finding == finding)
        return;
    m_finding = finding;
    if (finding.section == "spf" && !finding.evidence.empty())
        m_path = finding.evidence.front().path;
    Q_EMIT changed();
}

void Selection::clear()
{
    m_path.clear();
    m_finding.reset();
    Q_EMIT changed();
}

} // namespace mailoscope::ui
