// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/server_answer.h"
#include "facts/fact_source.h"

#include <optional>
#include <string>
#include <vector>

/// What the servers that hold a domain's zone say themselves, past the resolvers and their caches: whether
/// each answers for the zone, over TCP too, and whether all say the same about mail. Asked only where the
/// user wants it, for many networks let nobody but their resolvers ask other servers.
namespace mailoscope::zone_servers
{

/// The records of one kind as texts, sorted, so that two servers can be compared; nothing where the server
/// did not tell.
using Texts = std::optional<std::vector<std::string>>;

struct Server {
    enum class State {
        Pending,
        Answers, ///< for the zone, with authority
        Lame,    ///< it answers, but not for this zone (RFC 1912 section 2.8)
        Silent,  ///< no answer reached us; it may be our own network that stops it
        NotAsked ///< it has no address on the public Internet
    };
    DomainName name;
    std::optional<IpAddress> address; ///< the one that is asked; nothing where none is known
    State state = State::Pending;
    dns::Outcome outcome = dns::Outcome::Timeout; ///< of the question for the zone's SOA record
    std::optional<std::uint32_t> serial;          ///< of the zone, as this server has it
    std::optional<bool> overTcp;                  ///< it answers over TCP; nothing where that is not known
    Texts spf;                                    ///< the SPF records of the domain
    Texts mx;
    friend bool operator==(const Server &, const Server &) = default;
};

struct Evaluation {
    enum class Status { Pending, Ok, TempError, NotChecked };
    Status status = Status::NotChecked; ///< TempError: no server's answer reached us
    bool pending = false;
    DomainName domain;
    DomainName apex;
    std::vector<Server> servers;
    bool cut = false; ///< the zone has more servers than are asked
    /// What the resolver says, to be compared; nothing where it did not tell or an alias leads elsewhere.
    Texts resolverSpf;
    Texts resolverMx;
    friend bool operator==(const Evaluation &, const Evaluation &) = default;
};

/// Thirteen is the most that a root zone ever had, and more than DNS hosts give.
constexpr std::size_t MaxServers = 13;

/// `nameServers`: the NS records of the apex, as the resolver gave them.
Evaluation evaluate(const DomainName &domain, const DomainName &apex,
                    const std::vector<dns::ResourceRecord> &nameServers, FactSource &facts);

} // namespace mailoscope::zone_servers
