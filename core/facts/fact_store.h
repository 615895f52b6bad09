// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.h"
#include "facts/fact_source.h"

#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace mailoscope
{

/// A fact never changes, so stores and reports share it.
using FactPointer = std::shared_ptr<const Fact>;

/// Sorts by keyBefore().
void sortByKey(std::vector<FactPointer> &facts);

/// All facts of one inspection, by their keys. Copies share the facts.
class FactStore
{
public:
    /// Adds a fact, or puts it in the place of the one with the same key.
    void put(Fact fact);
    const Fact *find(const FactKey &key) const;
    const FactPointer *findPointer(const FactKey &key) const;
    /// Null where there is no such fact. Copies nothing but the pointer.
    const FactPointer *find(const DomainName &name, dns::RrType type) const;
    bool contains(const FactKey &key) const { return find(key) != nullptr; }
    std::size_t size() const { return m_dns.size() + m_others.size(); }
    bool isEmpty() const { return size() == 0; }
    void clear();

    /// The facts in the order of their keys, so that the order of arrival leaves no trace.
    std::vector<const Fact *> sorted() const;

    friend bool operator==(const FactStore &, const FactStore &);

private:
    friend class FactReader;
    /// Facts are numbered from 0 up as their keys come in, so that a reader can tell cheaply which ones it
    /// has met.
    struct Entry {
        FactPointer fact;
        std::size_t number = 0;
    };
    const Entry *entryOf(const FactKey &key) const;
    const Entry *entryOf(const DomainName &name, dns::RrType type) const;

    /// Apart from the others, so that an answer is found without building a key.
    std::unordered_map<dns::Question, Entry, dns::QuestionHash, dns::QuestionEqual> m_dns;
    std::unordered_map<FactKey, Entry> m_others;
};

/// The kinds of facts that the user lets us ask for, besides DNS.
struct Reach {
    bool https = true;
    bool smtp = false;
    bool servers = false; ///< the zone's own name servers, past the resolvers
    friend bool operator==(const Reach &, const Reach &) = default;
};

/// Reads a store for one run of evaluators and notes what was asked: what is there (used) and what is missing
/// (needed), each once, in the order first asked.
class FactReader : public FactSource
{
public:
    explicit FactReader(const FactStore &store, Reach reach = {}) : m_store(store), m_reach(reach) {}

    const dns::Answer *dns(const DomainName &name, dns::RrType type) override;
    std::shared_ptr<const dns::Answer> share(const dns::Answer &answer) override;
    const https::Response *https(const https::Url &url) override;
    const smtp::Session *smtp(const smtp::Target &target) override;
    const dns::ServerAnswer *server(const dns::ServerQuestion &question) override;

    const std::vector<FactKey> &needed() const { return m_needed; }
    const std::vector<FactPointer> &used() const { return m_used; }

private:
    void noteUse(const FactStore::Entry &entry);
    const Fact *find(const FactKey &key);

    const FactStore &m_store;
    const Reach m_reach;
    std::vector<bool> m_isUsed; ///< by the facts' numbers
    std::unordered_set<dns::Question, dns::QuestionHash, dns::QuestionEqual> m_missing;
    std::unordered_set<FactKey> m_otherMissing;
    std::vector<FactKey> m_needed;
    std::vector<FactPointer> m_used;
};

/// Edited facts over real ones: what an evaluator would see if these records were published. Only the keys
/// that were edited differ; everything else, and the noting of what is needed, is left to the source below.
class Overlay : public FactSource
{
public:
    explicit Overlay(FactSource &below) : m_below(below) {}

    void put(dns::Answer answer);
    void put(https::Response response);
    const dns::Answer *dns(const DomainName &name, dns::RrType type) override;
    /// Of the facts below; what is edited is shared with nobody.
    std::shared_ptr<const dns::Answer> share(const dns::Answer &answer) override
    {
        return m_below.share(answer);
    }
    const https::Response *https(const https::Url &url) override;
    const smtp::Session *smtp(const smtp::Target &target) override { return m_below.smtp(target); }
    /// What is edited is not published: the servers say what they say today.
    const dns::ServerAnswer *server(const dns::ServerQuestion &question) override
    {
        return m_below.server(question);
    }

private:
    FactSource &m_below;
    std::unordered_map<dns::Question, std::unique_ptr<dns::Answer>, dns::QuestionHash, dns::QuestionEqual>
        m_edited;
    std::unordered_map<https::Url, std::unique_ptr<https::Response>> m_editedPages;
};

} // namespace mailoscope
