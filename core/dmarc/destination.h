// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dmarc/walk.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Where reports go: whether an external destination agreed (RFC 9990 section 4; RFC 9991 section 5 has the
/// same for failure reports) and whether it can take mail.
namespace mailoscope::dmarc
{

/// Destinations that are looked up for one record, rua and ruf together; no record has use for more.
constexpr std::size_t MaxDestinations = 20;

enum class Authorization {
    Pending,
    NotNeeded, ///< inside the Organizational Domain of the policy
    Authorized,
    Refused,     ///< external, and no record of agreement
    BadOverride, ///< external, and its record names an address at yet another host: nobody gets the report
    Unknown,     ///< a look-up failed
    NotChecked,  ///< not a valid mailto URI, or beyond our bound
};
/// As in the JSON: "pending", "not_needed", "authorized", "refused", "bad_override", "unknown",
/// "not_checked".
std::string_view toString(Authorization authorization);

enum class Deliverability {
    Pending,
    Able,
    NullMx,   ///< it says that it takes no mail (RFC 7505)
    NoHost,   ///< neither MX nor address, or no mail host has an address
    NxDomain, ///< the domain does not exist
    Unknown,  ///< a look-up failed
    NotChecked,
};
/// As in the JSON: "pending", "able", "null_mx", "no_host", "nxdomain", "unknown", "not_checked".
std::string_view toString(Deliverability deliverability);

struct Destination {
    ReportUri uri;
    Authorization authorization = Authorization::NotChecked;
    std::optional<DomainName>
        question; ///< where the record of agreement was asked for; nothing if the name is too long
    std::vector<std::string> malformed; ///< texts there that are no DMARC records, where none is
    std::vector<std::string>
        overrides; ///< the addresses that a record of agreement puts in place of this one
    std::optional<DomainName>
        hostOrganization; ///< the Organizational Domain of the host, where it had to be known
    Deliverability deliverability = Deliverability::NotChecked;
    /// The registrable domain of the host, where DNS says that it does not exist.
    std::optional<DomainName> missingDomain;

    bool isExternal() const
    {
        return authorization == Authorization::Authorized || authorization == Authorization::Refused ||
               authorization == Authorization::BadOverride;
    }
    bool isPending() const
    {
        return authorization == Authorization::Pending || deliverability == Deliverability::Pending;
    }
    /// A report can get there as far as DNS tells.
    bool works() const
    {
        return (authorization == Authorization::NotNeeded || authorization == Authorization::Authorized) &&
               deliverability == Deliverability::Able;
    }
    friend bool operator==(const Destination &, const Destination &) = default;
};

/// Judges the URIs of a record found at `policyDomain`, whose own Organizational Domain is `organization`
/// (nothing where that is not known).
class Destinations
{
public:
    Destinations(const DomainName &policyDomain, std::optional<DomainName> organization, FactSource &facts)
        : m_policyDomain(policyDomain), m_organization(std::move(organization)), m_facts(facts)
    {
    }
    /// Which list the URIs stand in: a record of agreement may replace those of `rua` alone.
    std::vector<Destination> judge(const std::optional<std::vector<ReportUri>> &uris);

private:
    void authorize(Destination &destination, const DomainName &host);
    void readAgreement(Destination &destination, const DomainName &host, const dns::Answer &answer) const;
    void deliver(Destination &destination, const DomainName &host);

    const DomainName m_policyDomain;
    const std::optional<DomainName> m_organization;
    FactSource &m_facts;
    std::size_t m_count = 0;
};

} // namespace mailoscope::dmarc
