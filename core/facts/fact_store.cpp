// SPDX-License-Identifier: Apache-2.0
#include "facts/fact_store.h"

#include <algorithm>
#include <cstdio>

namespace mailoscope
{

std::string toRfc3339(Timestamp time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    char text[48];
    int length = std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", int(date.year()),
                               unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()),
                               int(clock.minutes().count()), int(clock.seconds().count()));
    std::string result(text, static_cast<std::size_t>(std::max(length, 0)));
    if (clock.subseconds().count() != 0) {
        length = std::snprintf(text, sizeof text, ".%03d", int(clock.subseconds().count()));
        result.append(text, static_cast<std::size_t>(std::max(length, 0)));
    }
    return result + 'Z';
}

void FactStore::put(Fact fact)
{
    FactKey key = fact.key();
    m_facts.insert_or_assign(std::move(key), std::make_shared<const Fact>(std::move(fact)));
}

const Fact *FactStore::find(const FactKey &key) const
{
    const auto found = m_facts.find(key);
    return found == m_facts.end() ? nullptr : found->second.get();
}

const FactPointer *FactStore::find(const DomainName &name, dns::RrType type) const
{
    const auto found = m_facts.find(dns::QuestionRef{name, type});
    return found == m_facts.end() ? nullptr : &found->second;
}

std::vector<const Fact *> FactStore::sorted() const
{
    std::vector<const Fact *> facts;
    facts.reserve(m_facts.size());
    for (const auto &[key, fact] : m_facts)
        facts.push_back(fact.get());
    std::sort(facts.begin(), facts.end(), [](const Fact *a, const Fact *b) { return a->key() < b->key(); });
    return facts;
}

bool operator==(const FactStore &a, const FactStore &b)
{
    const auto factsA = a.sorted();
    const auto factsB = b.sorted();
    return std::equal(factsA.begin(), factsA.end(), factsB.begin(), factsB.end(),
                      [](const Fact *x, const Fact *y) { return *x == *y; });
}

const dns::Answer *FactReader::dns(const DomainName &name, dns::RrType type)
{
    if (const FactPointer *fact = m_store.find(name, type)) {
        if (m_found.insert(fact->get()).second)
            m_used.push_back(*fact);
        return &(*fact)->answer;
    }
    if (!m_missing.contains(dns::QuestionRef{name, type})) {
        m_missing.insert(FactKey{name, type});
        m_needed.push_back(FactKey{name, type});
    }
    return nullptr;
}

void Overlay::put(dns::Answer answer)
{
    FactKey key = answer.question;
    m_edited.insert_or_assign(std::move(key), std::make_unique<dns::Answer>(std::move(answer)));
}

const dns::Answer *Overlay::dns(const DomainName &name, dns::RrType type)
{
    const auto edited = m_edited.find(dns::QuestionRef{name, type});
    return edited == m_edited.end() ? m_below.dns(name, type) : edited->second.get();
}

} // namespace mailoscope
