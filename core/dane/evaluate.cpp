// SPDX-License-Identifier: Apache-2.0
#include "dane/evaluate.h"

#include "dane/match.h"

#include <algorithm>

namespace mailoscope::dane
{

namespace
{

using dns::Outcome;
using dns::RrType;
using dnssec::Authenticity;

// RFC 7672 section 2.2.3
DomainName tlsaNameOf(const DomainName &base)
{
    const auto name = base.prefixed("_25._tcp");
    return name ? *name : base;
}

/// The host, its addresses, its aliases and its TLSA records.
class HostEvaluator
{
public:
    HostEvaluator(const mx::Host &host, std::optional<bool> validating, FactSource &facts)
        : m_mx(host), m_validating(validating), m_facts(facts)
    {
        m_host.name = host.name;
        m_host.base = host.name;
    }

    Host evaluate(const std::vector<DomainName> &nextHops)
    {
        // All that can be named at once: addresses are asked by mx and dnssec, the records beside them.
        const dns::Answer *own = m_facts.dns(tlsaNameOf(m_host.name), RrType::TLSA);
        const smtp::Session *session = m_facts.smtp({m_host.name, 25});
        const dns::Answer *v4 = m_facts.dns(m_host.name, RrType::A);
        const dns::Answer *v6 = m_facts.dns(m_host.name, RrType::AAAA);
        if (!v4 || !v6)
            return m_host;
        m_host.addresses = dnssec::authenticityOfAddresses(m_host.name, m_validating, m_facts);
        if (m_mx.status == mx::Host::Status::NoAddress || m_mx.status == mx::Host::Status::NxDomain) {
            m_host.status = Host::Status::NoAddress;
            return m_host;
        }
        const dns::Answer *answer = chooseBase(*v4, *v6, own);
        if (!answer)
            return m_host;
        takeRecords(*answer);
        if (!session)
            return m_host;
        takeSession(*session, nextHops);
        m_host.status = status(*answer);
        return m_host;
    }

private:
    // RFC 7672 section 2.2.2: where the host is an alias, the name at its end is tried first, if the whole
    // chain is secure; then the host's own name, if its own alias is.
    const dns::Answer *chooseBase(const dns::Answer &v4, const dns::Answer &v6, const dns::Answer *own)
    {
        const dns::Answer &aliased = v4.aliases.empty() ? v6 : v4;
        if (aliased.aliases.empty())
            return own;
        if (m_host.addresses == Authenticity::Insecure) {
            // The answer is as weak as its weakest link: for the first one ask for itself (section 2.1.3).
            const dns::Answer *alias = m_facts.dns(m_host.name, RrType::CNAME);
            if (!alias)
                return nullptr;
            if (dnssec::authenticityOf(alias, m_validating) == Authenticity::Secure)
                m_host.addresses = Authenticity::Secure;
            return own;
        }
        const DomainName expanded = dns::canonicalName(aliased);
        const dns::Answer *there = m_facts.dns(tlsaNameOf(expanded), RrType::TLSA);
        if (!there)
            return nullptr;
        const bool insecure = dnssec::authenticityOf(there, m_validating) == Authenticity::Insecure;
        if (there->outcome == Outcome::NoData || there->outcome == Outcome::NxDomain || insecure)
            return own;
        m_host.base = expanded;
        return there;
    }

    void takeRecords(const dns::Answer &answer)
    {
        m_host.outcome = answer.outcome;
        m_host.tlsa = dnssec::authenticityOf(&answer, m_validating);
        for (const dns::ResourceRecord &record : answer.records) {
            const auto *data = std::get_if<dns::TlsaData>(&record.data);
            if (!data || m_host.parameters.size() == MaxParameters)
                continue;
            Parameters one;
            one.record = record;
            one.data = *data;
            one.faults = faultsOf(*data);
            m_host.parameters.push_back(std::move(one));
        }
        markOutdone(m_host.parameters);
    }

    void takeSession(const smtp::Session &session, const std::vector<DomainName> &nextHops)
    {
        m_host.probed = !smtp::isUnknown(session.outcome) && session.outcome != smtp::Outcome::NoAddress &&
                        session.outcome != smtp::Outcome::PrivateAddress;
        m_host.encrypted = session.outcome == smtp::Outcome::Encrypted;
        if (!m_host.encrypted || !session.tls || session.tls->chain.empty())
            return;
        // RFC 7672 section 3.2.2: the base domain, the next-hop domain, and what that is an alias of.
        std::vector<DomainName> names = nextHops;
        names.push_back(m_host.base);
        matchChain(m_host.parameters, *session.tls, names);
        bool usable = false;
        bool authenticated = false;
        bool told = false;
        for (const Parameters &one : m_host.parameters) {
            if (!one.isUsable() || one.outdone)
                continue;
            usable = true;
            told = told || one.matched.has_value();
            authenticated = authenticated || one.authenticates();
        }
        if (usable && told)
            m_host.authenticated = authenticated;
    }

    // RFC 7672 section 2.2, the four kinds of answers.
    Host::Status status(const dns::Answer &answer) const
    {
        if (dns::isTemporaryFailure(answer.outcome))
            return Host::Status::Failed;
        if (m_host.parameters.empty())
            return Host::Status::Opportunistic;
        if (m_host.addresses == Authenticity::Insecure || m_host.tlsa == Authenticity::Insecure)
            return Host::Status::Insecure;
        if (m_host.tlsa != Authenticity::Secure || m_host.addresses != Authenticity::Secure)
            return Host::Status::Unverified;
        const bool usable = std::any_of(m_host.parameters.begin(), m_host.parameters.end(),
                                        [](const Parameters &one) { return one.isUsable(); });
        return usable ? Host::Status::Authenticated : Host::Status::Encrypted;
    }

    const mx::Host &m_mx;
    const std::optional<bool> m_validating;
    FactSource &m_facts;
    Host m_host;
};

Evaluation::Status statusOf(const Evaluation &evaluation)
{
    using Status = Evaluation::Status;
    bool records = false;
    bool unverified = false;
    bool failed = false;
    bool tried = false;
    bool invalid = false;
    for (const Host &host : evaluation.hosts) {
        records = records || !host.parameters.empty();
        unverified = unverified || host.status == Host::Status::Unverified;
        failed = failed || host.status == Host::Status::Failed;
        tried = tried || (host.status == Host::Status::Failed && host.outcome != dns::Outcome::NotRecorded);
        invalid = invalid || host.status == Host::Status::Insecure ||
                  host.status == Host::Status::Encrypted || host.authenticated == false;
    }
    if (invalid)
        return Status::Invalid;
    // What a snapshot does not hold was not asked.
    if (failed)
        return tried ? Status::TempError : Status::NotChecked;
    if (!records)
        return Status::Missing;
    return unverified ? Status::NotChecked : Status::Ok;
}

} // namespace

DomainName Host::tlsaName() const
{
    return tlsaNameOf(base);
}

Evaluation evaluate(const DomainName &domain, const mx::Evaluation &mx, const dnssec::Evaluation &dnssec,
                    FactSource &facts)
{
    Evaluation evaluation;
    evaluation.domain = domain;
    const dns::Answer *records = facts.dns(domain, RrType::MX);
    evaluation.mx = dnssec::authenticityOf(records, dnssec.validatingResolver);
    std::vector<DomainName> nextHops = {domain};
    if (records && dns::canonicalName(*records) != domain)
        nextHops.push_back(dns::canonicalName(*records));
    bool pending = mx.pending || !records;
    for (const mx::Host &host : mx.hosts) {
        const bool known = std::any_of(evaluation.hosts.begin(), evaluation.hosts.end(),
                                       [&](const Host &other) { return other.name == host.name; });
        if (known || host.name.isRoot())
            continue;
        evaluation.hosts.push_back(HostEvaluator(host, dnssec.validatingResolver, facts).evaluate(nextHops));
        pending = pending || evaluation.hosts.back().status == Host::Status::Pending;
    }
    evaluation.pending = pending;
    if (pending)
        return evaluation;
    if (evaluation.hosts.empty())
        evaluation.status = mx.status == mx::Evaluation::Status::TempError ? Evaluation::Status::TempError
                            : mx.status == mx::Evaluation::Status::NotChecked
                                ? Evaluation::Status::NotChecked
                                : Evaluation::Status::NotApplicable;
    else
        evaluation.status = statusOf(evaluation);
    return evaluation;
}

} // namespace mailoscope::dane
