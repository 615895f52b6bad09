// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_source.h"

#include <vector>

/// Where a domain takes mail (RFC 5321 section 5.1, RFC 7505).
namespace mailoscope::mx
{

struct Host {
    enum class Status {
        Pending,
        Ok,
        NoAddress, ///< neither A nor AAAA
        NxDomain,  ///< the name does not exist
        TempError, ///< a look-up failed and no address is known
    };
    std::uint16_t preference = 0;
    DomainName name;
    Status status = Status::Pending;
    std::vector<IpAddress> addresses; ///< IPv4 before IPv6
    bool isAlias = false;             ///< the name is a CNAME (RFC 2181 section 10.3)
    friend bool operator==(const Host &, const Host &) = default;
};

struct Evaluation {
    enum class Status { Pending, Ok, Missing, Invalid, TempError };
    Status status = Status::Pending;
    bool pending = true;
    dns::Outcome outcome = dns::Outcome::Timeout; ///< of the MX look-up
    bool nullMx = false;                          ///< exactly `0 .` (RFC 7505 section 3)
    bool implicitMx = false; ///< no MX record, but the domain has addresses (RFC 5321 section 5.1)
    std::vector<Host> hosts; ///< by preference, then name
    friend bool operator==(const Evaluation &, const Evaluation &) = default;
};

Evaluation evaluate(const DomainName &domain, FactSource &facts);

} // namespace mailoscope::mx
