// SPDX-License-Identifier: Apache-2.0
#include "facts/fact_store.h"

#include <algorithm>

namespace mailoscope
{

void FactStore::put(Fact fact)
{
    FactKey key = fact.key();
    auto shared = std::make_shared<const Fact>(std::move(fact));
    if (auto *question = std::get_if<dns::Question>(&key))
        m_dns.insert_or_assign(std::move(*question), std::move(shared));
    else
        m_others.insert_or_assign(std::move(key), std::move(shared));
}

const FactPointer *FactStore::findPointer(const FactKey &key) const
{
    if (const auto *question = std::get_if<dns::Question>(&key))
        return find(question->name, question->type);
    const auto found = m_others.find(key);
    return found == m_others.end() ? nullptr : &found->second;
}

const Fact *FactStore::find(const FactKey &key) const
{
    const FactPointer *fact = findPointer(key);
    return fact ? fact->get() : nullptr;
}

const FactPointer *FactStore::find(const DomainName &name, dns::RrType type) const
{
    const auto found = m_dns.find(dns::QuestionRef{name, type});
    return found == m_dns.end() ? nullptr : &found->second;
}

void FactStore::clear()
{
    m_dns.clear();
    m_others.clear();
}

std::vector<const Fact *> FactStore::sorted() const
{
    std::vector<const Fact *> facts;
    facts.reserve(size());
    for (const auto &[key, fact] : m_dns)
        facts.push_back(fact.get());
    for (const auto &[key, fact] : m_others)
        facts.push_back(fact.get());
    std::sort(facts.begin(), facts.end(), [](const Fact *a, const Fact *b) { return keyBefore(*a, *b); });
    return facts;
}

bool operator==(const FactStore &a, const FactStore &b)
{
    const auto factsA = a.sorted();
    const auto factsB = b.sorted();
    return std::equal(factsA.begin(), factsA.end(), factsB.begin(), factsB.end(),
                      [](const Fact *x, const Fact *y) { return *x == *y; });
}

void FactReader::noteUse(const FactPointer &fact)
{
    if (m_found.insert(fact.get()).second)
        m_used.push_back(fact);
}

const dns::Answer *FactReader::dns(const DomainName &name, dns::RrType type)
{
    if (const FactPointer *fact = m_store.find(name, type)) {
        noteUse(*fact);
        return &(*fact)->dns();
    }
    if (!m_missing.contains(dns::QuestionRef{name, type})) {
        m_missing.insert({name, type});
        m_needed.emplace_back(dns::Question{name, type});
    }
    return nullptr;
}

const Fact *FactReader::find(const FactKey &key)
{
    if (const FactPointer *fact = m_store.findPointer(key)) {
        noteUse(*fact);
        return fact->get();
    }
    if (m_otherMissing.insert(key).second)
        m_needed.push_back(key);
    return nullptr;
}

const https::Response *FactReader::https(const https::Url &url)
{
    if (!m_reach.https)
        return FactSource::https(url);
    const Fact *fact = find(url);
    return fact ? &fact->https() : nullptr;
}

const smtp::Session *FactReader::smtp(const smtp::Target &target)
{
    if (!m_reach.smtp)
        return FactSource::smtp(target);
    const Fact *fact = find(target);
    return fact ? &fact->smtp() : nullptr;
}

void Overlay::put(dns::Answer answer)
{
    dns::Question key = answer.question;
    m_edited.insert_or_assign(std::move(key), std::make_unique<dns::Answer>(std::move(answer)));
}

void Overlay::put(https::Response response)
{
    https::Url key = response.url;
    m_editedPages.insert_or_assign(std::move(key), std::make_unique<https::Response>(std::move(response)));
}

const dns::Answer *Overlay::dns(const DomainName &name, dns::RrType type)
{
    const auto edited = m_edited.find(dns::QuestionRef{name, type});
    return edited == m_edited.end() ? m_below.dns(name, type) : edited->second.get();
}

const https::Response *Overlay::https(const https::Url &url)
{
    const auto edited = m_editedPages.find(url);
    return edited == m_editedPages.end() ? m_below.https(url) : edited->second.get();
}

} // namespace mailoscope
