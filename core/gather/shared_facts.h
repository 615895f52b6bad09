// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_source.h"

#include <chrono>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace mailoscope::gather
{

/// Answers shared by many checks, each for no longer than its TTL.
class SharedFacts
{
public:
    using Answer = std::shared_ptr<const dns::Answer>;

    explicit SharedFacts(std::size_t capacity) : m_capacity(capacity) {}

    /// What is over at this time is found no more. Answers found before stay valid until the next call.
    void setTime(std::chrono::microseconds now);
    /// Keeps an answer; one with a TTL of 0 serves only those that waited for it.
    void put(const Answer &answer);
    const Answer *find(const DomainName &name, dns::RrType type) const;

private:
    struct Entry {
        Answer answer;
        std::chrono::microseconds expires;
    };
    std::size_t m_capacity;
    std::unordered_map<dns::Question, Entry, dns::QuestionHash, dns::QuestionEqual> m_entries;
    std::chrono::microseconds m_now{0};
    std::chrono::microseconds m_sweepAt{0};
};

/// The facts as one check sees them. While it waits it keeps what it has seen, so that its picture does not
/// change between two evaluations, whatever becomes of the TTLs; once it has ended, it holds nothing.
class CheckFacts : public FactSource
{
public:
    explicit CheckFacts(const SharedFacts &shared) : m_shared(shared) {}

    const dns::Answer *dns(const DomainName &name, dns::RrType type) override;
    std::shared_ptr<const dns::Answer> share(const dns::Answer &answer) override;

    /// What was missing since the last call.
    std::vector<dns::Question> takeNeeded();
    /// From now on the answers that are used are kept.
    void keepWhatIsUsed() { m_keeps = true; }
    void put(const SharedFacts::Answer &answer) { m_kept.insert_or_assign(answer->question, answer); }

private:
    const SharedFacts &m_shared;
    bool m_keeps = false;
    std::unordered_map<dns::Question, SharedFacts::Answer, dns::QuestionHash, dns::QuestionEqual> m_kept;
    std::unordered_set<dns::Question> m_needed;
};

} // namespace mailoscope::gather
