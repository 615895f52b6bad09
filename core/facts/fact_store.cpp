// SPDX-License-Identifier: Apache-2.0
#include "facts/fact_store.h"

#include <algorithm>

namespace mailoscope
{

void sortByKey(std::vector<FactPointer> &facts)
{
    // The first octets of the names tell most of them apart without a look at the facts.
    struct Sorted {
        std::uint64_t begin = 0;
        FactPointer fact;
    };
    std::vector<Sorted> sorted;
    sorted.reserve(facts.size());
    for (FactPointer &fact : facts) {
        std::uint64_t begin = fact->content.index();
        const std::string_view name =
            fact->isDns() ? std::string_view(fact->dns().question.name.text()) : std::string_view();
        for (std::size_t i = 0; i < 7; ++i)
            begin = (begin << 8) | (i < name.size() ? static_cast<unsigned char>(name[i]) : 0U);
        sorted.push_back({begin, std::move(fact)});
    }
    std::sort(sorted.begin(), sorted.end(), [](const Sorted &a, const Sorted &b) {
        return a.begin != b.begin ? a.begin < b.begin : keyBefore(*a.fact, *b.fact);
    });
    std::transform(sorted.begin(), sorted.end(), facts.begin(),
                   [](Sorted &entry) { return std::move(entry.fact); });
}

void FactStore::put(Fact fact)
{
    FactKey key = fact.key();
    auto shared = std::make_shared<const Fact>(std::move(fact));
    const std::size_t next = size();
    if (auto *question = std::get_if<dns::Question>(&key))
        m_dns.try_emplace(std::move(*question), Entry{nullptr, next}).first->second.fact = std::move(shared);
    else
        m_others.try_emplace(std::move(key), Entry{nullptr, next}).first->second.fact = std::move(shared);
}

const FactStore::Entry *FactStore::entryOf(const FactKey &key) const
{
    if (const auto *question = std::get_if<dns::Question>(&key))
        return entryOf(question->name, question->type);
    const auto found = m_others.find(key);
    return found == m_others.end() ? nullptr : &found->second;
}

const FactStore::Entry *FactStore::entryOf(const DomainName &name, dns::RrType type) const
{
    const auto found = m_dns.find(dns::QuestionRef{name, type});
    return found == m_dns.end() ? nullptr : &found->second;
}

const FactPointer *FactStore::findPointer(const FactKey &key) const
{
    const Entry *entry = entryOf(key);
    return entry ? &entry->fact : nullptr;
}

const Fact *FactStore::find(const FactKey &key) const
{
    const Entry *entry = entryOf(key);
    return entry ? entry->fact.get() : nullptr;
}

const FactPointer *FactStore::find(const DomainName &name, dns::RrType type) const
{
    const Entry *entry = entryOf(name, type);
    return entry ? &entry->fact : nullptr;
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
    for (const auto &[key, entry] : m_dns)
        facts.push_back(entry.fact.get());
    for (const auto &[key, entry] : m_others)
        facts.push_back(entry.fact.get());
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

void FactReader::noteUse(const FactStore::Entry &entry)
{
    if (m_isUsed.size() <= entry.number)
        m_isUsed.resize(m_store.size());
    if (m_isUsed[entry.number])
        return;
    m_isUsed[entry.number] = true;
    m_used.push_back(entry.fact);
}

const dns::Answer *FactReader::dns(const DomainName &name, dns::RrType type)
{
    if (const FactStore::Entry *entry = m_store.entryOf(name, type)) {
        noteUse(*entry);
        return &entry->fact->dns();
    }
    if (!m_missing.contains(dns::QuestionRef{name, type})) {
        m_missing.insert({name, type});
        m_needed.emplace_back(dns::Question{name, type});
    }
    return nullptr;
}

std::shared_ptr<const dns::Answer> FactReader::share(const dns::Answer &answer)
{
    const FactPointer *fact = m_store.find(answer.question.name, answer.question.type);
    const bool isTheSame = fact && &(*fact)->dns() == &answer;
    return isTheSame ? std::shared_ptr<const dns::Answer>(*fact, &answer) : nullptr;
}

const Fact *FactReader::find(const FactKey &key)
{
    if (const FactStore::Entry *entry = m_store.entryOf(key)) {
        noteUse(*entry);
        return entry->fact.get();
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

const dns::ServerAnswer *FactReader::server(const dns::ServerQuestion &question)
{
    if (!m_reach.servers)
        return FactSource::server(question);
    const Fact *fact = find(question);
    return fact ? &fact->server() : nullptr;
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
