// SPDX-License-Identifier: Apache-2.0
#include "facts/fact_store.h"

#include <algorithm>
#include <cstdio>

namespace mailoscope {

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

FactStore::FactStore(const FactStore &other)
{
    *this = other;
}

FactStore &FactStore::operator=(const FactStore &other)
{
    if (this == &other)
        return *this;
    m_facts.clear();
    for (const auto &[key, fact] : other.m_facts)
        m_facts.emplace(key, std::make_unique<Fact>(*fact));
    return *this;
}

void FactStore::put(Fact fact)
{
    FactKey key = fact.key();
    m_facts.insert_or_assign(std::move(key), std::make_unique<Fact>(std::move(fact)));
}

const Fact *FactStore::find(const FactKey &key) const
{
    const auto found = m_facts.find(key);
    return found == m_facts.end() ? nullptr : found->second.get();
}

std::vector<const Fact *> FactStore::sorted() const
{
    std::vector<const Fact *> facts;
    facts.reserve(m_facts.size());
    for (const auto &[key, fact] : m_facts)
        facts.push_back(fact.get());
    std::sort(facts.begin(), facts.end(),
              [](const Fact *a, const Fact *b) { return a->key() < b->key(); });
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
    FactKey key{name, type};
    const Fact *fact = m_store.find(key);
    if (m_asked.insert(key).second) {
        if (fact)
            m_used.push_back(fact);
        else
            m_needed.push_back(std::move(key));
    }
    return fact ? &fact->answer : nullptr;
}

void Overlay::put(dns::Answer answer)
{
    FactKey key = answer.question;
    m_edited.insert_or_assign(std::move(key), std::make_unique<dns::Answer>(std::move(answer)));
}

const dns::Answer *Overlay::dns(const DomainName &name, dns::RrType type)
{
    const auto edited = m_edited.find(FactKey{name, type});
    return edited == m_edited.end() ? m_below.dns(name, type) : edited->second.get();
}

} // namespace mailoscope
