// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dnssec/authenticity.h"
#include "mx/evaluate.h"

#include <optional>
#include <vector>

/// Whether a mail domain's zone is signed, and whether our resolver calls its data authentic (RFC 4033 to
/// 4035). Signed is what we see; secure is what the resolver says.
namespace mailoscope::dnssec
{

/// A DS record in the zone above and what it points at.
struct Delegation {
    enum class Match {
        Unknown,     ///< the keys are not known, or the digest is of a type that we cannot compute
        Matches,     ///< the digest of one of the zone's keys
        NoSuchKey,   ///< no zone key has this tag and algorithm
        OtherDigest, ///< a key has this tag and algorithm, but another digest
    };
    dns::ResourceRecord record;
    dns::DsData data;
    Match match = Match::Unknown;
    friend bool operator==(const Delegation &, const Delegation &) = default;
};

struct Key {
    dns::ResourceRecord record;
    dns::DnskeyData data;
    std::uint16_t tag = 0;
    std::optional<int> rsaBits;
    friend bool operator==(const Key &, const Key &) = default;
};

/// An address look-up of a mail host: DANE needs it secure (RFC 7672 section 2.2.2).
struct HostSecurity {
    DomainName name;
    Authenticity authenticity = Authenticity::Unknown;
    friend bool operator==(const HostSecurity &, const HostSecurity &) = default;
};

struct Evaluation {
    enum class Status {
        Pending,
        Ok,            ///< signed, and a DS record matches a key
        Missing,       ///< neither DNSKEY nor DS
        Invalid,       ///< an island, DS records that match no key, or bogus
        TempError,     ///< a look-up failed
        NotApplicable, ///< the domain does not exist
        NotChecked,    ///< whether DS and keys fit cannot be told, or the snapshot does not hold the answers
    };
    Status status = Status::Pending;
    bool pending = true;
    DomainName domain;
    DomainName apex;        ///< the zone that holds the domain: the nearest name with an SOA record
    bool apexKnown = false; ///< false: `apex` is the best guess, because a look-up failed or is not there yet
    std::optional<bool>
        validatingResolver;     ///< the resolver claims to validate; nothing where that is not known
    bool authenticated = false; ///< the resolver called the domain's own data authentic
    std::optional<std::uint16_t> bogusReason; ///< RFC 8914 section 4, where the resolver said so
    DomainName bogusName;                     ///< and of which name
    bool hasDs = false;
    bool hasKeys = false;
    bool isIsland = false;      ///< keys without a DS record (RFC 4033 section 2)
    bool noDsMatches = false;   ///< every DS record is known to match no key
    std::vector<Delegation> ds; ///< MaxRecords at most, as the following
    std::vector<Key> keys;
    std::vector<dns::RrsigData> signatures; ///< what the resolver gave of them: few do, and few all
    std::optional<dns::Nsec3ParamData> nsec3;
    std::vector<HostSecurity> hosts; ///< of the mail hosts, in their order
    friend bool operator==(const Evaluation &, const Evaluation &) = default;
};

/// Records of one type that are judged; no zone has use for more.
constexpr std::size_t MaxRecords = 32;

Evaluation evaluate(const DomainName &domain, const mx::Evaluation &mx, FactSource &facts);

/// The authenticity of a host's addresses: A and AAAA.
Authenticity authenticityOfAddresses(const DomainName &host, std::optional<bool> validatingResolver,
                                     FactSource &facts);

} // namespace mailoscope::dnssec
