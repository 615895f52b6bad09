// SPDX-License-Identifier: Apache-2.0
#include "gather/shared_facts.h"

namespace mailoscope::gather
{

/// What is over is not found, but lies there until it is swept out.
constexpr std::chrono::seconds SweepInterval(10);

void SharedFacts::setTime(std::chrono::microseconds now)
{
    m_now = now;
    if (now < m_sweepAt)
        return;
    std::erase_if(m_entries, [now](const auto &entry) { return entry.second.expires <= now; });
    m_sweepAt = now + SweepInterval;
}

void SharedFacts::put(const Answer &answer)
{
    if (answer->ttl == 0)
        return;
    if (m_entries.size() >= m_capacity)
        m_entries.clear(); // checks that wait keep what they have seen
    m_entries.insert_or_assign(answer->question, Entry{answer, m_now + std::chrono::seconds(answer->ttl)});
}

const SharedFacts::Answer *SharedFacts::find(const DomainName &name, dns::RrType type) const
{
    const auto found = m_entries.find(dns::QuestionRef{name, type});
    return found == m_entries.end() || found->second.expires <= m_now ? nullptr : &found->second.answer;
}

const dns::Answer *CheckFacts::dns(const DomainName &name, dns::RrType type)
{
    if (m_keeps) {
        const auto kept = m_kept.find(dns::QuestionRef{name, type});
        if (kept != m_kept.end())
            return kept->second.get();
    }
    if (const SharedFacts::Answer *answer = m_shared.find(name, type)) {
        if (m_keeps)
            m_kept.emplace((*answer)->question, *answer);
        return answer->get();
    }
    m_needed.insert({name, type});
    return nullptr;
}

std::shared_ptr<const dns::Answer> CheckFacts::share(const dns::Answer &answer)
{
    const auto kept = m_kept.find(answer.question);
    if (kept != m_kept.end() && kept->second.get() == &answer)
        return kept->second;
    const SharedFacts::Answer *shared = m_shared.find(answer.question.name, answer.question.type);
    return shared && shared->get() == &answer ? *shared : nullptr;
}

std::vector<dns::Question> CheckFacts::takeNeeded()
{
    std::vector<dns::Question> needed(m_needed.begin(), m_needed.end());
    m_needed.clear();
    return needed;
}

} // namespace mailoscope::gather
