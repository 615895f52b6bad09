// SPDX-License-Identifier: Apache-2.0
#include "support/scripted_facts.h"

#include <QTest>

#include <algorithm>

namespace mailoscope::tests
{

ScriptedFacts::ScriptedFacts(Zone zone, Unscripted unscripted)
    : m_zone(std::move(zone)), m_unscripted(unscripted)
{
}

const dns::Answer *ScriptedFacts::dns(const DomainName &name, dns::RrType type)
{
    const dns::Question question{name, type};
    const auto known = m_known.find(question);
    if (known != m_known.end())
        return &known->second;
    m_needed.insert(question);
    return nullptr;
}

bool ScriptedFacts::nextRound()
{
    if (m_needed.empty())
        return false;
    std::vector<std::string> &asked = m_asked.emplace_back();
    for (const dns::Question &question : m_needed) {
        const std::string text = dns::toString(question);
        asked.push_back(text);
        if (m_unscripted == Unscripted::FailsTheTest && !m_zone.knows(question.name))
            QTest::qFail(("asked for what no test has scripted: " + text).c_str(), __FILE__, __LINE__);
        m_known.emplace(question, m_zone.answer(question));
    }
    std::sort(asked.begin(), asked.end());
    m_needed.clear();
    return true;
}

} // namespace mailoscope::tests
