// SPDX-License-Identifier: Apache-2.0
#include "dmarc/destination.h"

#include "base/public_suffix.h"
#include "dmarc/policy.h"
#include "mx/evaluate.h"

#include <algorithm>

namespace mailoscope::dmarc
{

namespace
{

Deliverability deliverabilityOf(const mx::Evaluation &mx)
{
    if (mx.pending)
        return Deliverability::Pending;
    switch (mx.status) {
    case mx::Evaluation::Status::Pending:
        return Deliverability::Pending;
    case mx::Evaluation::Status::Ok:
        return mx.nullMx ? Deliverability::NullMx : Deliverability::Able;
    case mx::Evaluation::Status::Missing:
        if (mx.outcome == dns::Outcome::NxDomain)
            return Deliverability::NxDomain;
        return mx.implicitMx ? Deliverability::Able : Deliverability::NoHost;
    case mx::Evaluation::Status::Invalid:
        return Deliverability::NoHost;
    case mx::Evaluation::Status::TempError:
    case mx::Evaluation::Status::NotChecked:
        return Deliverability::Unknown;
    }
    return Deliverability::Unknown;
}

} // namespace

std::string_view toString(Authorization authorization)
{
    switch (authorization) {
    case Authorization::Pending:
        return "pending";
    case Authorization::NotNeeded:
        return "not_needed";
    case Authorization::Authorized:
        return "authorized";
    case Authorization::Refused:
        return "refused";
    case Authorization::BadOverride:
        return "bad_override";
    case Authorization::Unknown:
        return "unknown";
    case Authorization::NotChecked:
        return "not_checked";
    }
    return "unknown";
}

std::string_view toString(Deliverability deliverability)
{
    switch (deliverability) {
    case Deliverability::Pending:
        return "pending";
    case Deliverability::Able:
        return "able";
    case Deliverability::NullMx:
        return "null_mx";
    case Deliverability::NoHost:
        return "no_host";
    case Deliverability::NxDomain:
        return "nxdomain";
    case Deliverability::Unknown:
        return "unknown";
    case Deliverability::NotChecked:
        return "not_checked";
    }
    return "unknown";
}

std::vector<Destination> Destinations::judge(const std::optional<std::vector<ReportUri>> &uris)
{
    std::vector<Destination> destinations;
    if (!uris)
        return destinations;
    for (const ReportUri &uri : *uris) {
        Destination destination;
        destination.uri = uri;
        if (uri.host && m_count < MaxDestinations) {
            ++m_count;
            deliver(destination, *uri.host);
            authorize(destination, *uri.host);
        }
        destinations.push_back(std::move(destination));
    }
    return destinations;
}

void Destinations::deliver(Destination &destination, const DomainName &host)
{
    destination.deliverability = deliverabilityOf(mx::evaluate(host, m_facts, mx::Depth::Addresses));
    if (destination.deliverability != Deliverability::NxDomain)
        return;
    const std::optional<DomainName> registrable = registrableDomain(host);
    if (!registrable)
        return;
    const Existence existence = existenceOf(*registrable, m_facts);
    if (existence == Existence::NxDomain)
        destination.missingDomain = registrable;
    else if (existence == Existence::Pending)
        destination.deliverability = Deliverability::Pending;
}

// RFC 9990 section 4: external is a host whose Organizational Domain is not that of the policy.
void Destinations::authorize(Destination &destination, const DomainName &host)
{
    if (host == m_policyDomain || (m_organization && host == *m_organization)) {
        destination.authorization = Authorization::NotNeeded;
        return;
    }
    // RFC 9990 section 4, step 3: the name where the policy was found, not the domain in From.
    const auto question = host.prefixed(m_policyDomain.text() + "._report._dmarc");
    // Nearly all names that are not below the organization are external: the record is asked for along with
    // the walk.
    const bool likelyExternal = !m_organization || !host.isAtOrBelow(*m_organization);
    if (question && likelyExternal)
        m_facts.dns(*question, dns::RrType::TXT);
    const Walk hostWalk = walk(host, m_facts);
    destination.hostOrganization = hostWalk.organizationalDomain;
    if (!m_organization || !hostWalk.organizationalDomain) {
        destination.authorization = hostWalk.pending ? Authorization::Pending : Authorization::Unknown;
        return;
    }
    if (*hostWalk.organizationalDomain == *m_organization) {
        destination.authorization = Authorization::NotNeeded;
        return;
    }
    if (!question) {
        // A name longer than DNS allows cannot agree to anything.
        destination.authorization = Authorization::Refused;
        return;
    }
    destination.question = *question;
    const dns::Answer *answer = m_facts.dns(*question, dns::RrType::TXT);
    if (!answer)
        destination.authorization = Authorization::Pending;
    else if (dns::isTemporaryFailure(answer->outcome))
        destination.authorization = Authorization::Unknown;
    else
        readAgreement(destination, host, *answer);
}

// RFC 9990 section 4, steps 5 to 7: one DMARC record or more; its rua may replace the address, at the same
// host alone.
void Destinations::readAgreement(Destination &destination, const DomainName &host,
                                 const dns::Answer &answer) const
{
    destination.authorization = Authorization::Refused;
    bool atHost = true;
    for (const dns::TxtData *txt : dns::dataOf<dns::TxtData>(answer)) {
        const std::string text = txt->joined();
        const ParsedRecord parsed = parse(text);
        if (!parsed.record) {
            destination.malformed.push_back(text);
            continue;
        }
        destination.authorization = Authorization::Authorized;
        if (!parsed.record->rua)
            continue;
        for (const ReportUri &uri : *parsed.record->rua) {
            atHost = atHost && uri.host == host;
            destination.overrides.push_back(uri.uri);
        }
    }
    if (destination.authorization == Authorization::Authorized) {
        destination.malformed.clear();
        if (!atHost)
            destination.authorization = Authorization::BadOverride;
    }
    std::sort(destination.malformed.begin(), destination.malformed.end());
    std::sort(destination.overrides.begin(), destination.overrides.end());
}

} // namespace mailoscope::dmarc
