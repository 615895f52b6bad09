// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_source.h"

#include <optional>
#include <string_view>
#include <vector>

/// Where a domain takes mail (RFC 5321 section 5.1, RFC 7505), and what its hosts show: their reverse names
/// and, where it was asked for, their STARTTLS.
namespace mailoscope::mx
{

/// The names of an address (RFC 1912 section 2.1, RFC 8601 section 2.7.3 "iprev").
struct ReverseName {
    enum class Status {
        Pending,
        Confirmed,   ///< one of the names has the address
        Unconfirmed, ///< there are names, and none of them has it
        Missing,     ///< no name at all
        TempError,   ///< a look-up failed
        NotChecked,  ///< the snapshot does not hold the answer
        NotAsked,    ///< nobody on the Internet could say: loopback, private and the like
    };
    IpAddress address;
    Status status = Status::Pending;
    std::vector<DomainName> names; ///< sorted; at most MaxReverseNames
    friend bool operator==(const ReverseName &, const ReverseName &) = default;
};

struct Host {
    enum class Status {
        Pending,
        Ok,
        NoAddress,  ///< neither A nor AAAA
        NxDomain,   ///< the name does not exist
        TempError,  ///< a look-up failed and no address is known
        NotChecked, ///< the snapshot does not hold its addresses
    };
    std::uint16_t preference = 0;
    DomainName name;
    Status status = Status::Pending;
    std::vector<IpAddress> addresses; ///< IPv4 before IPv6
    bool isAlias = false;             ///< the name is a CNAME (RFC 2181 section 10.3)
    DomainName canonicalName;         ///< where the aliases end
    /// The name is the text of an address (RFC 5321 section 5.1 wants a domain name): none was looked up.
    bool isAddressLiteral = false;
    std::vector<ReverseName> reverse; ///< of each address
    /// What it showed on port 25, where that was asked; not set while it is pending.
    std::optional<smtp::Session> session;

    /// Every address is in a special-purpose block (RFC 6890), so that nobody on the Internet reaches the
    /// host. Documentation addresses are such, too.
    bool hasOnlySpecialAddresses() const;
    friend bool operator==(const Host &, const Host &) = default;
};

struct Evaluation {
    enum class Status {
        Pending,
        Ok,
        Missing,
        Invalid,
        TempError,  ///< a look-up that decides failed
        NotChecked, ///< the snapshot does not hold an answer that decides
    };
    DomainName domain;
    Status status = Status::Pending;
    bool pending = true;        ///< the MX records or the hosts' addresses are still to come
    bool reversePending = true; ///< reverse names are
    bool smtpPending = true;    ///< sessions are
    dns::Outcome outcome = dns::Outcome::Timeout; ///< of the MX look-up
    bool nullMx = false;                          ///< exactly `0 .` (RFC 7505 section 3)
    /// `.` among other hosts, or with a preference that is not 0 (RFC 7505 section 3).
    bool nullMxBesideOthers = false;
    std::optional<std::uint16_t> nullMxPreference; ///< set where the only record is `.` and this is not 0
    bool implicitMx = false;  ///< no MX record, but the domain has addresses (RFC 5321 section 5.1)
    bool hasWildcard = false; ///< `*` below the domain has MX records that take mail (RFC 4592)
    bool cut = false;         ///< there are more than MaxHosts records
    std::vector<Host> hosts;  ///< by preference, then name
    friend bool operator==(const Evaluation &, const Evaluation &) = default;

    /// An answer that decides is not known: its look-up failed, or nobody asked.
    bool isUnknown() const { return status == Status::TempError || status == Status::NotChecked; }
    /// Sessions were asked for and none of them came about: most often our own network blocks port 25, so
    /// that nothing can be said of any host.
    bool nobodyReached() const;
};

/// Hosts whose addresses are asked for; no domain has use for more.
constexpr std::size_t MaxHosts = 50;
/// Hosts that are greeted.
constexpr std::size_t MaxSessions = 16;
/// Addresses of one host whose names are asked for, and names of one address that are looked up (RFC 7208
/// section 5.5 takes no more than 10 either).
constexpr std::size_t MaxReverseAddresses = 16;
constexpr std::size_t MaxReverseNames = 10;
constexpr std::uint16_t Port = 25;

/// How much is asked for.
enum class Depth {
    Everything,
    Addresses, ///< whether mail can be taken, and where: for the domains of others
};

Evaluation evaluate(const DomainName &domain, FactSource &facts, Depth depth = Depth::Everything);

/// The one word for a session that reports have always used: how mail to this host would be protected.
enum class SmtpStatus {
    Ok,
    Absent,    ///< no STARTTLS
    BadName,   ///< the certificate is another host's
    Expired,   ///< it is, or is not valid yet
    Untrusted, ///< it signed itself, or nobody known did
    Broken,    ///< STARTTLS is offered and fails, or what is spoken is no SMTP
    Refused,   ///< no connection, or no wish to talk to us
    Timeout,   ///< silence
};
/// "ok", "absent", "bad-name", "expired", "untrusted", "broken", "refused" or "timeout".
std::string_view toString(SmtpStatus status);
/// Nothing where the host was not greeted. Of several faults of a certificate the first in the order above.
std::optional<SmtpStatus> smtpStatus(const smtp::Session &session);

} // namespace mailoscope::mx
