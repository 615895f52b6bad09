// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.h"

#include <list>
#include <optional>
#include <unordered_map>

namespace mailoscope::gather
{

/// Facts by their keys for as long as their TTL allows; the longest unused are dropped first where there are
/// too many.
class AnswerCache
{
public:
    explicit AnswerCache(std::size_t capacity) : m_capacity(capacity) {}

    /// Keeps a fact, unless it is a failure or may not be kept at all.
    void put(const Fact &fact, std::chrono::microseconds now);
    /// The fact with all its TTLs reduced by its age (RFC 1035 section 3.2.1), if it is still good.
    std::optional<Fact> find(const dns::Question &key, std::chrono::microseconds now);
    void clear();
    std::size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        Fact fact;
        std::chrono::microseconds keptAt;
        std::list<dns::Question>::iterator use;
    };
    using Entries = std::unordered_map<dns::Question, Entry>;
    void drop(Entries::iterator entry);

    std::size_t m_capacity;
    Entries m_entries;
    std::list<dns::Question> m_uses; ///< the last used first
};

} // namespace mailoscope::gather
