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

const Fact *ScriptedFacts::find(const FactKey &key)
{
    const Fact *fact = m_known.find(key);
    if (!fact)
        m_needed.insert(key);
    return fact;
}

const dns::Answer *ScriptedFacts::dns(const DomainName &name, dns::RrType type)
{
    const Fact *fact = find(dns::Question{name, type});
    return fact ? &fact->dns() : nullptr;
}

const https::Response *ScriptedFacts::https(const https::Url &url)
{
    const Fact *fact = find(url);
    return fact ? &fact->https() : nullptr;
}

const smtp::Session *ScriptedFacts::smtp(const smtp::Target &target)
{
    const Fact *fact = find(target);
    return fact ? &fact->smtp() : nullptr;
}

const dns::ServerAnswer *ScriptedFacts::server(const dns::ServerQuestion &question)
{
    const Fact *fact = find(question);
    return fact ? &fact->server() : nullptr;
}

bool ScriptedFacts::nextRound()
{
    if (m_needed.empty())
        return false;
    std::vector<std::string> &asked = m_asked.emplace_back();
    for (const FactKey &key : m_needed) {
        const std::string text = toString(key);
        asked.push_back(text);
        const auto *question = std::get_if<dns::Question>(&key);
        if (m_unscripted == Unscripted::FailsTheTest && question && !m_zone.knows(question->name))
            QTest::qFail(("asked for what no test has scripted: " + text).c_str(), __FILE__, __LINE__);
        m_known.put(m_zone.fact(key));
    }
    std::sort(asked.begin(), asked.end());
    m_needed.clear();
    return true;
}

} // namespace mailoscope::tests
