// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.h"
#include "dnssec/evaluate.h"

#include <optional>
#include <span>
#include <vector>

/// What of a domain's DNS a resolver can tell, beyond the records of single protocols. What only the zone's
/// own servers can tell (lame delegations, differences between servers, answers over TCP) and what only
/// registries know (when a registration ends) is not looked at.
namespace mailoscope::dns_hygiene
{

/// What other sections know and want looked at.
struct Subjects {
    /// Names that may be aliases: what they lead to should exist.
    std::vector<DomainName> aliases;
    /// Questions about records of the domain's policies, such as `TXT _dmarc.example.com`: their TTLs are
    /// judged, and that the names above those with an answer are not denied.
    std::vector<dns::Question> policies;
};

struct Alias {
    DomainName name;
    dns::ResourceRecord record; ///< its CNAME record
    DomainName target;          ///< the end of the chain
    bool isDangling = false;    ///< the end does not exist
    bool coexists = false;      ///< other records stand beside the CNAME record
    friend bool operator==(const Alias &, const Alias &) = default;
};

struct DeniedName {
    DomainName name;  ///< the server says that it does not exist
    DomainName below; ///< yet this name below it has records
    friend bool operator==(const DeniedName &, const DeniedName &) = default;
};

struct TextRecord {
    dns::ResourceRecord record;
    std::string text;           ///< the strings joined
    std::string service;        ///< whose proof of ownership it is; empty for others
    std::optional<Span> secret; ///< what looks like one, in `text`
    friend bool operator==(const TextRecord &, const TextRecord &) = default;
};

struct Evaluation {
    enum class Status { Pending, Ok, Missing, TempError, NotChecked };
    Status status = Status::Pending; ///< Missing: the domain does not exist
    bool pending = true;
    DomainName domain;
    DomainName apex;
    std::vector<dns::ResourceRecord> nameServers; ///< of the apex; empty where they are not known
    std::optional<dns::ResourceRecord> soa;
    std::vector<TextRecord> texts;    ///< at the domain
    std::size_t textAnswerOctets = 0; ///< the size of the whole TXT answer on the wire
    bool hasTextWildcard = false;     ///< any name below the domain has TXT records
    DomainName wildcardProbe;         ///< the name that was asked for it
    std::vector<Alias> aliases;       ///< those of the subjects, and the domain, that are aliases
    std::vector<DeniedName> denied;
    std::vector<dns::ResourceRecord>
        policies; ///< the records behind the TTLs: the subjects', MX and TXT of the domain
    friend bool operator==(const Evaluation &, const Evaluation &) = default;
};

/// Subjects of one kind, and records of one answer, that are looked at.
constexpr std::size_t MaxSubjects = 64;

Evaluation evaluate(const DomainName &domain, const dnssec::Evaluation &zone, const Subjects &subjects,
                    FactSource &facts);

} // namespace mailoscope::dns_hygiene
