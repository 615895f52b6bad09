// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace mailoscope
{

/// The last results of a pure function that is dear: evaluators run again at each answer and at each
/// keystroke, mostly over the same octets. It never changes a result. Bounded: a new result takes the place
/// of the oldest. May be used by several threads.
template <typename Key, typename Value>
class Memo
{
public:
    explicit Memo(std::size_t most) : m_most(most) {}

    /// What `make()` gives, or gave for an equal key. `key` may be of a type that compares with Key and can
    /// become one.
    template <typename Like, typename Make>
    std::shared_ptr<const Value> of(const Like &key, Make make)
    {
        {
            const std::lock_guard guard(m_mutex);
            for (const Entry &entry : m_entries) {
                if (entry.key == key)
                    return entry.value;
            }
        }
        auto value = std::make_shared<const Value>(make());
        const std::lock_guard guard(m_mutex);
        Entry entry{Key(key), value};
        if (m_entries.size() < m_most)
            m_entries.push_back(std::move(entry));
        else
            m_entries[m_oldest++ % m_most] = std::move(entry);
        return value;
    }

private:
    struct Entry {
        Key key;
        std::shared_ptr<const Value> value;
    };
    const std::size_t m_most;
    std::mutex m_mutex;
    std::vector<Entry> m_entries;
    std::size_t m_oldest = 0;
};

} // namespace mailoscope
