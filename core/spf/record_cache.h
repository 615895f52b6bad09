// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/address_set.h"
#include "facts/fact_source.h"
#include "spf/record.h"
#include "spf/select.h"

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

/// Reading each record once, however often it is evaluated.
namespace mailoscope::spf
{

/// The name that a domain-spec stands for.
struct TargetName {
    std::string text;               ///< for `%{d}`: in the owner's letter case, without a trailing dot
    std::optional<DomainName> name; ///< absent where the text is no name that can be asked
    friend bool operator==(const TargetName &, const TargetName &) = default;
};

/// The name that an expanded domain-spec gives.
TargetName targetNamed(std::string expanded);

/// A TXT answer as SPF sees it: the choice of the record, and the record as it is read.
struct TakenUp {
    Selection selection;
    std::shared_ptr<const ParsedRecord> record; ///< null unless there is exactly one
    /// For each term of the record: its target, where that is the same for everybody.
    std::vector<std::optional<TargetName>> targets;
    /// For each term: the IPv4 clients it has to be tried for; nobody for modifiers and ip6.
    std::vector<Interval<std::uint32_t>> v4Clients;
};

/// Keeps what has been read, because evaluators run again at each arrival of facts and for each client. It
/// never changes an answer. Bounded: beyond its capacity it starts anew.
class RecordCache
{
public:
    /// What an answer says. What was read before is found by the answer's address. Where `facts` shares its
    /// answers, a share is kept, so that the address stands for this answer alone; else what was read is only
    /// taken if it still says the same, octet for octet.
    std::shared_ptr<const TakenUp> takeUp(const dns::Answer &answer, FactSource &facts);

private:
    std::shared_ptr<const ParsedRecord> parse(const std::string &text);

    static constexpr std::size_t MaxRecords = 16384;
    std::unordered_map<std::string, std::shared_ptr<const ParsedRecord>> m_records;
    struct Entry {
        std::shared_ptr<const dns::Answer> share; ///< null where the source shares nothing
        std::shared_ptr<const TakenUp> taken;
    };
    std::unordered_map<const dns::Answer *, Entry> m_takenUp;
};

} // namespace mailoscope::spf
