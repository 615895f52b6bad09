// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dnssec/evaluate.h"
#include "mx/evaluate.h"

#include <optional>
#include <set>
#include <vector>

/// DANE for SMTP (RFC 7672, with RFC 6698 and RFC 7671): which mail hosts bind their certificates in DNS, and
/// whether what they showed fits.
namespace mailoscope::dane
{

/// Why a TLSA record cannot be used.
enum class Fault {
    Usage,        ///< not 0 to 3
    Selector,     ///< not 0 or 1
    MatchingType, ///< not 0 to 2
    DigestLength, ///< not 32 octets for SHA-256, 64 for SHA-512; nothing at all
    Certificate,  ///< a whole certificate that cannot be read
    PkixUsage,    ///< 0 or 1: a client may treat it as unusable (RFC 7672 section 3.1.3)
};

struct Parameters {
    dns::ResourceRecord record;
    dns::TlsaData data;
    std::set<Fault> faults;
    bool outdone = false;        ///< left aside for a stronger digest of the same kind (RFC 7671 section 9)
    std::optional<bool> matched; ///< it fits the chain that the host showed; nothing where no chain was seen
    /// Where a trust anchor (usage 2) is in the chain, what else is wanted; nothing otherwise.
    std::optional<bool> chainHolds; ///< the leaf leads to it, at the time of the connection
    std::optional<bool> nameFits;   ///< the leaf names the host or the domain
    std::string matchedIssuer;      ///< the organisation of the trust anchor, as octets
    bool matchedIsRoot = false;
    friend bool operator==(const Parameters &, const Parameters &) = default;

    bool isUsable() const { return faults.empty(); }
    /// It alone would let a sender accept the host.
    bool authenticates() const
    {
        return isUsable() && matched.value_or(false) && chainHolds.value_or(true) && nameFits.value_or(true);
    }
};

/// What a sender that follows RFC 7672 section 2.2 does with the host.
struct Host {
    enum class Status {
        Pending,
        Authenticated, ///< secure TLSA records of use: TLS and a certificate that fits are wanted
        Encrypted,     ///< secure TLSA records, none of use: TLS is wanted, any certificate will do
        Opportunistic, ///< no TLSA records
        Insecure,      ///< TLSA records, but not secure: nobody may use them
        Unverified,    ///< TLSA records; our resolver cannot tell whether they are secure
        Failed,        ///< the look-up failed: senders put the mail off
        NoAddress,     ///< no address, so nobody asks further
    };
    DomainName name;
    Status status = Status::Pending;
    dnssec::Authenticity addresses = dnssec::Authenticity::Unknown;
    DomainName base; ///< the TLSA base domain (RFC 7672 section 2.2.2): the name, or what it is an alias of
    dns::Outcome outcome = dns::Outcome::Timeout; ///< of the look-up of `_25._tcp.<base>`
    dnssec::Authenticity tlsa = dnssec::Authenticity::Unknown;
    std::vector<Parameters> parameters; ///< MaxParameters at most
    bool probed = false;                ///< a connection was made
    bool encrypted = false;             ///< and TLS came to be
    /// Any record of use lets the sender accept the certificate; nothing where no chain was seen or none is
    /// of use.
    std::optional<bool> authenticated;
    friend bool operator==(const Host &, const Host &) = default;

    DomainName tlsaName() const;
};

struct Evaluation {
    enum class Status {
        Pending,
        Ok,            ///< every host with TLSA records is protected by them
        Missing,       ///< no host has any
        Invalid,       ///< some host's records are insecure, of no use, or fit nothing
        TempError,     ///< a look-up failed and nothing else is known
        NotApplicable, ///< the domain takes no mail
        NotChecked,    ///< our resolver does not validate the records, or the snapshot does not hold them
    };
    Status status = Status::Pending;
    bool pending = true;
    DomainName domain;
    dnssec::Authenticity mx = dnssec::Authenticity::Unknown; ///< of the MX records
    std::vector<Host> hosts;                                 ///< those of mx::Evaluation, each once
    friend bool operator==(const Evaluation &, const Evaluation &) = default;
};

/// TLSA records of one host that are judged.
constexpr std::size_t MaxParameters = 32;

Evaluation evaluate(const DomainName &domain, const mx::Evaluation &mx, const dnssec::Evaluation &dnssec,
                    FactSource &facts);

} // namespace mailoscope::dane
