// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.h"
#include "facts/fact_source.h"

#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace mailoscope {

/// All facts of one inspection, by their keys. A fact, once put, stays where it is in memory until the store is
/// cleared or the fact replaced.
class FactStore
{
public:
    FactStore() = default;
    FactStore(FactStore &&) = default;
    FactStore &operator=(FactStore &&) = default;
    FactStore(const FactStore &other);
    FactStore &operator=(const FactStore &other);

    /// Adds a fact, or puts it in the place of the one with the same key.
    void put(Fact fact);
    const Fact *find(const FactKey &key) const;
    bool contains(const FactKey &key) const { return find(key) != nullptr; }
    std::size_t size() const { return m_facts.size(); }
    bool isEmpty() const { return m_facts.empty(); }
    void clear() { m_facts.clear(); }

    /// The facts in the order of their keys, so that the order of arrival leaves no trace.
    std::vector<const Fact *> sorted() const;

    friend bool operator==(const FactStore &, const FactStore &);

private:
    std::unordered_map<FactKey, std::unique_ptr<Fact>> m_facts;
};

/// Reads a store for one run of evaluators and notes what was asked: what is there (used) and what is missing
/// (needed), each once, in the order first asked.
class FactReader : public FactSource
{
public:
    explicit FactReader(const FactStore &store) : m_store(store) {}

    const dns::Answer *dns(const DomainName &name, dns::RrType type) override;

    const std::vector<FactKey> &needed() const { return m_needed; }
    const std::vector<const Fact *> &used() const { return m_used; }

private:
    const FactStore &m_store;
    std::unordered_set<FactKey> m_asked;
    std::vector<FactKey> m_needed;
    std::vector<const Fact *> m_used;
};

/// Edited facts over real ones: what an evaluator would see if these records were published. Only the keys that
/// were edited differ; everything else, and the noting of what is needed, is left to the source below.
class Overlay : public FactSource
{
public:
    explicit Overlay(FactSource &below) : m_below(below) {}

    void put(dns::Answer answer);
    const dns::Answer *dns(const DomainName &name, dns::RrType type) override;

private:
    FactSource &m_below;
    std::unordered_map<FactKey, std::unique_ptr<dns::Answer>> m_edited;
};

} // namespace mailoscope
