// SPDX-License-Identifier: Apache-2.0
#include "dnssec/evaluate.h"

#include "base/public_suffix.h"
#include "dnssec/key.h"

#include <algorithm>

namespace mailoscope::dnssec
{

namespace
{

using dns::Outcome;
using dns::RrType;

/// Names whose SOA record is asked for at once: from the domain upwards.
constexpr std::size_t MaxZoneCandidates = 8;

/// From the domain up to its registrable domain.
std::vector<DomainName> zoneCandidates(const DomainName &domain)
{
    const DomainName last = registrableDomain(domain).value_or(domain);
    std::vector<DomainName> names = {domain};
    while (names.back() != last && !names.back().isRoot() && names.size() < MaxZoneCandidates)
        names.push_back(names.back().parent());
    return names;
}

class Evaluator
{
public:
    Evaluator(const DomainName &domain, FactSource &facts) : m_facts(facts) { m_result.domain = domain; }

    Evaluation evaluate(const mx::Evaluation &mx)
    {
        const std::vector<DomainName> candidates = zoneCandidates(m_result.domain);
        // One question each that can be named now, before anything is judged.
        const std::optional<bool> root = validatesRoot(m_facts);
        m_pending = isRootPending(m_facts);
        m_result.validatingResolver = root;
        for (const DomainName &name : candidates)
            ask(name, RrType::SOA);
        for (const DomainName &name : {candidates.front(), candidates.back()}) {
            ask(name, RrType::DS);
            ask(name, RrType::DNSKEY);
        }
        findApex(candidates);
        readDelegation();
        readKeys();
        matchDelegation();
        judgeAuthenticity(mx);
        m_result.pending = m_pending;
        m_result.status = status();
        return std::move(m_result);
    }

private:
    /// Notes AD and what the resolver says of signatures.
    const dns::Answer *ask(const DomainName &name, RrType type)
    {
        const dns::Answer *answer = m_facts.dns(name, type);
        m_pending = m_pending || !answer;
        if (!answer)
            return nullptr;
        m_tried =
            m_tried || (dns::isTemporaryFailure(answer->outcome) && answer->outcome != Outcome::NotRecorded);
        if (answer->authenticated)
            m_result.validatingResolver = true;
        if (const auto reason = bogusReason(*answer); reason && !m_result.bogusReason) {
            m_result.bogusReason = reason;
            m_result.bogusName = name;
        }
        return answer;
    }

    // RFC 1034 section 4.2.1: the top of a zone is where its SOA record is.
    void findApex(const std::vector<DomainName> &candidates)
    {
        m_result.apex = candidates.back();
        bool failed = false;
        for (const DomainName &name : candidates) {
            const dns::Answer *soa = ask(name, RrType::SOA);
            if (!soa)
                return;
            m_missing = m_missing || (name == m_result.domain && soa->outcome == Outcome::NxDomain);
            if (takeApex(name, *soa, failed))
                return;
        }
        // A public suffix of the private part of the list may be a name inside a larger zone.
        for (DomainName name = candidates.back().parent(); !failed && !m_missing && !name.isRoot();
             name = name.parent()) {
            const dns::Answer *soa = ask(name, RrType::SOA);
            if (!soa || takeApex(name, *soa, failed))
                return;
        }
        m_failed = m_failed || failed;
    }

    bool takeApex(const DomainName &name, const dns::Answer &soa, bool &failed)
    {
        failed = failed || dns::isTemporaryFailure(soa.outcome);
        m_failed = m_failed || failed;
        if (soa.outcome != Outcome::Answered || !soa.aliases.empty())
            return false;
        m_result.apex = name;
        m_result.apexKnown = !failed;
        return true;
    }

    void readDelegation()
    {
        const dns::Answer *answer = ask(m_result.apex, RrType::DS);
        m_dsKnown = answer && !dns::isTemporaryFailure(answer->outcome);
        m_failed = m_failed || (answer && !m_dsKnown);
        if (!m_dsKnown)
            return;
        for (const dns::ResourceRecord &record : answer->records) {
            if (const auto *data = std::get_if<dns::DsData>(&record.data);
                data && m_result.ds.size() < MaxRecords)
                m_result.ds.push_back({record, *data, Delegation::Match::Unknown});
        }
        m_result.hasDs = !m_result.ds.empty();
    }

    void readKeys()
    {
        const dns::Answer *answer = ask(m_result.apex, RrType::DNSKEY);
        m_keysKnown = answer && !dns::isTemporaryFailure(answer->outcome);
        m_failed = m_failed || (answer && !m_keysKnown);
        if (!m_keysKnown)
            return;
        for (const dns::ResourceRecord &record : answer->records) {
            const auto *data = std::get_if<dns::DnskeyData>(&record.data);
            if (data && m_result.keys.size() < MaxRecords)
                m_result.keys.push_back({record, *data, keyTagOf(*data), rsaBits(*data)});
        }
        m_result.hasKeys = !m_result.keys.empty();
        if (!m_result.hasKeys)
            return;
        // Of use only where there are keys; that they cannot be had changes no verdict.
        if (const dns::Answer *param = ask(m_result.apex, RrType::NSEC3PARAM)) {
            for (const auto *data : dns::dataOf<dns::Nsec3ParamData>(*param))
                m_result.nsec3 = *data;
        }
        if (const dns::Answer *signatures = ask(m_result.apex, RrType::RRSIG)) {
            for (const auto *data : dns::dataOf<dns::RrsigData>(*signatures)) {
                if (m_result.signatures.size() < MaxRecords)
                    m_result.signatures.push_back(*data);
            }
        }
    }

    // RFC 4035 section 5.2: tag and algorithm of a zone key, then its digest.
    Delegation::Match matchOf(const dns::DsData &ds) const
    {
        bool sameTag = false;
        for (const Key &key : m_result.keys) {
            if (key.tag != ds.keyTag || key.data.algorithm != ds.algorithm || !isZoneKey(key.data))
                continue;
            sameTag = true;
            const auto digest = digestOf(m_result.apex, key.data, ds.digestType);
            if (!digest)
                return Delegation::Match::Unknown;
            if (*digest == ds.digest)
                return Delegation::Match::Matches;
        }
        return sameTag ? Delegation::Match::OtherDigest : Delegation::Match::NoSuchKey;
    }

    void matchDelegation()
    {
        if (!m_dsKnown || !m_keysKnown)
            return;
        bool couldMatch = m_result.ds.empty();
        for (Delegation &ds : m_result.ds) {
            ds.match = matchOf(ds.data);
            couldMatch = couldMatch || ds.match == Delegation::Match::Matches ||
                         ds.match == Delegation::Match::Unknown;
        }
        m_result.noDsMatches = !couldMatch;
        m_result.isIsland = m_result.hasKeys && !m_result.hasDs;
    }

    void judgeAuthenticity(const mx::Evaluation &mx)
    {
        if (const dns::Answer *soa = m_facts.dns(m_result.domain, RrType::SOA))
            m_result.authenticated = soa->authenticated && !dns::isTemporaryFailure(soa->outcome);
        for (const mx::Host &host : mx.hosts) {
            if (!host.name.isRoot()) {
                m_result.hosts.push_back(
                    {host.name, authenticityOfAddresses(host.name, m_result.validatingResolver, m_facts)});
            }
        }
    }

    Evaluation::Status status() const
    {
        using Status = Evaluation::Status;
        if (m_result.bogusReason)
            return Status::Invalid;
        if (m_pending)
            return Status::Pending;
        if (m_missing && !m_result.apexKnown)
            return m_failed ? failure() : Status::NotApplicable;
        if (m_failed)
            return failure();
        if (m_result.isIsland || m_result.noDsMatches)
            return Status::Invalid;
        if (!m_result.hasDs)
            return Status::Missing;
        const bool matches = std::any_of(m_result.ds.begin(), m_result.ds.end(), [](const Delegation &ds) {
            return ds.match == Delegation::Match::Matches;
        });
        return matches ? Status::Ok : Status::NotChecked;
    }

    /// What a snapshot does not hold was not asked.
    Evaluation::Status failure() const
    {
        return m_tried ? Evaluation::Status::TempError : Evaluation::Status::NotChecked;
    }

    FactSource &m_facts;
    Evaluation m_result;
    bool m_pending = false;
    bool m_failed = false;
    bool m_tried = false;   ///< what failed was asked
    bool m_missing = false; ///< the domain does not exist
    bool m_dsKnown = false;
    bool m_keysKnown = false;
};

} // namespace

Evaluation evaluate(const DomainName &domain, const mx::Evaluation &mx, FactSource &facts)
{
    return Evaluator(domain, facts).evaluate(mx);
}

Authenticity authenticityOfAddresses(const DomainName &host, std::optional<bool> validatingResolver,
                                     FactSource &facts)
{
    const Authenticity v4 = authenticityOf(facts.dns(host, RrType::A), validatingResolver);
    const Authenticity v6 = authenticityOf(facts.dns(host, RrType::AAAA), validatingResolver);
    // Both lie in one zone; should they differ all the same, the weaker counts.
    if (v4 == Authenticity::Insecure || v6 == Authenticity::Insecure)
        return Authenticity::Insecure;
    if (v4 == Authenticity::Unknown && v6 == Authenticity::Unknown)
        return Authenticity::Unknown;
    return Authenticity::Secure;
}

} // namespace mailoscope::dnssec
