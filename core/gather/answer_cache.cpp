// SPDX-License-Identifier: Apache-2.0
#include "gather/answer_cache.h"

namespace mailoscope::gather
{

void AnswerCache::put(const Fact &fact, std::chrono::microseconds now)
{
    if (dns::isTemporaryFailure(fact.dns().outcome) || fact.dns().ttl == 0 || m_capacity == 0)
        return;
    if (const auto old = m_entries.find(fact.dns().question); old != m_entries.end())
        drop(old);
    while (m_entries.size() >= m_capacity)
        drop(m_entries.find(m_uses.back()));
    m_uses.push_front(fact.dns().question);
    m_entries.emplace(fact.dns().question, Entry{fact, now, m_uses.begin()});
}

std::optional<Fact> AnswerCache::find(const dns::Question &key, std::chrono::microseconds now)
{
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return std::nullopt;
    Entry &entry = found->second;
    const auto age = std::chrono::floor<std::chrono::seconds>(now - entry.keptAt).count();
    if (age >= entry.fact.dns().ttl) {
        drop(found);
        return std::nullopt;
    }
    m_uses.splice(m_uses.begin(), m_uses, entry.use);
    Fact fact = entry.fact;
    // The answer's TTL is the least of all, so none of them falls below zero.
    const auto seconds = static_cast<std::uint32_t>(age);
    fact.dns().ttl -= seconds;
    for (auto *records : {&fact.dns().aliases, &fact.dns().records}) {
        for (dns::ResourceRecord &record : *records)
            record.ttl -= std::min(record.ttl, seconds);
    }
    return fact;
}

void AnswerCache::clear()
{
    m_entries.clear();
    m_uses.clear();
}

void AnswerCache::drop(Entries::iterator entry)
{
    m_uses.erase(entry->second.use);
    m_entries.erase(entry);
}

} // namespace mailoscope::gather
