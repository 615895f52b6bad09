// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "caa/record.h"
#include "facts/fact_source.h"

#include <span>
#include <vector>

/// Which CAA records govern the certificates of a mail domain (RFC 8659 section 3).
namespace mailoscope::caa
{

struct PublishedRecord {
    dns::ResourceRecord record;
    Parsed<Record, Issue> parsed;
};

/// The relevant record set of one name.
struct NameRecords {
    enum class Status { Pending, Ok, Missing, TempError, NotChecked };
    Status status = Status::Pending;
    DomainName name;
    DomainName foundAt;                   ///< the name or the one above it that has CAA records
    std::vector<PublishedRecord> records; ///< MaxRecords at most, in an order of their own
    std::size_t leftOut = 0;              ///< records beyond those

    /// A property stands in the set: without it certificates of its kind are open to all authorities.
    bool has(Property property) const;
    /// The authorities that the property names; a server's certificate falls back from IssueWild to Issue.
    std::vector<std::string> issuersOf(Property property) const;
};

struct Evaluation {
    enum class Status { Pending, Ok, Missing, Invalid, TempError, NotChecked };
    Status status = Status::Pending;
    bool pending = true;
    NameRecords domain;             ///< governs S/MIME and mark certificates (RFC 9495 section 4)
    std::vector<NameRecords> hosts; ///< govern the certificates of the servers, in the order given, each once
};

constexpr std::size_t MaxRecords = 64;
constexpr std::size_t MaxHosts = 16;

/// `hosts`: names of servers whose certificates matter, mail hosts and the MTA-STS host.
Evaluation evaluate(const DomainName &domain, std::span<const DomainName> hosts, FactSource &facts);

} // namespace mailoscope::caa
