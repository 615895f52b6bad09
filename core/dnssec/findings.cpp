// SPDX-License-Identifier: Apache-2.0
#include "dnssec/findings.h"

#include "dnssec/key.h"
#include "report/finding_list.h"

#include <algorithm>
#include <map>

namespace mailoscope::dnssec
{

namespace
{

/// Keys below these are within reach of determined attackers; NIST SP 800-57 part 1 wants 2048.
constexpr int BrokenRsaBits = 1024;
constexpr int GoodRsaBits = 2048;

class Findings
{
public:
    Findings(const Evaluation &evaluation, std::optional<Timestamp> at) : m_evaluation(evaluation), m_at(at)
    {
    }

    std::vector<Finding> all()
    {
        addBogus();
        addResolver();
        const bool known = m_evaluation.status != Evaluation::Status::Pending &&
                           m_evaluation.status != Evaluation::Status::TempError &&
                           (m_evaluation.status != Evaluation::Status::NotChecked ||
                            (m_evaluation.hasDs && m_evaluation.hasKeys)) &&
                           m_evaluation.status != Evaluation::Status::NotApplicable;
        if (known && !m_evaluation.bogusReason)
            addChain();
        addKeys();
        addNsec3();
        addSignatures();
        addHosts();
        return m_findings.take();
    }

private:
    Finding &add(const char *id, Severity severity, Reference reference)
    {
        Finding &finding = m_findings.add(id, severity, std::move(reference));
        finding.arguments["domain"] = m_evaluation.domain.text();
        finding.arguments["zone"] = m_evaluation.apex.text();
        return finding;
    }

    static Evidence evidence(const DomainName &name, const char *type, std::string record = {})
    {
        return {name.text(), type, std::move(record), {}, {}};
    }
    static Evidence evidence(const dns::ResourceRecord &record)
    {
        return evidence(record.owner, dns::toString(record.type).c_str(), dns::toPresentation(record));
    }

    // RFC 4035 section 5.5. Only the resolver's own words count: SERVFAIL alone may have any cause.
    void addBogus()
    {
        if (!m_evaluation.bogusReason)
            return;
        Finding &finding = add("dnssec.bogus", Severity::Critical, {"RFC 4035", "5"});
        finding.arguments["name"] = m_evaluation.bogusName.text();
        finding.arguments["reason"] = reasonText(*m_evaluation.bogusReason);
        finding.evidence.push_back(evidence(m_evaluation.bogusName, "DNSKEY"));
    }

    // RFC 8914 section 4
    static std::string reasonText(std::uint16_t reason)
    {
        switch (reason) {
        case 7:
            return "Signature Expired";
        case 8:
            return "Signature Not Yet Valid";
        case 9:
            return "DNSKEY Missing";
        case 10:
            return "RRSIGs Missing";
        case 11:
            return "No Zone Key Bit Set";
        case 12:
            return "NSEC Missing";
        default:
            return "DNSSEC Bogus";
        }
    }

    // RFC 6840 section 5.8: without AD on the signed root, AD says nothing anywhere.
    void addResolver()
    {
        if (m_evaluation.pending || m_evaluation.validatingResolver != false)
            return;
        Finding &finding = add("dnssec.resolver", Severity::Info, {"RFC 6840", "5.8"});
        finding.evidence.push_back(evidence(DomainName(), "SOA"));
    }

    void addChain()
    {
        if (!m_evaluation.hasKeys && !m_evaluation.hasDs) {
            // AD would prove that there are keys all the same.
            if (!m_evaluation.authenticated && m_evaluation.apexKnown)
                add("dnssec.unsigned", Severity::Medium, {"RFC 4033", "3"})
                    .evidence.push_back(evidence(m_evaluation.apex, "DNSKEY"));
            return;
        }
        if (m_evaluation.isIsland) {
            Finding &finding = add("dnssec.island", Severity::Medium, {"RFC 4033", "2"});
            finding.evidence.push_back(evidence(m_evaluation.apex, "DS"));
            for (const Key &key : m_evaluation.keys)
                finding.evidence.push_back(evidence(key.record));
        }
        if (m_evaluation.noDsMatches) {
            Finding &finding = add("dnssec.ds.mismatch", Severity::Critical, {"RFC 4035", "5.2"});
            finding.arguments["fault"] = "no DS record at the parent matches a key of the zone";
            for (const Delegation &ds : m_evaluation.ds)
                finding.evidence.push_back(evidence(ds.record));
        } else if (m_evaluation.hasDs &&
                   std::all_of(m_evaluation.ds.begin(), m_evaluation.ds.end(),
                               [](const Delegation &ds) { return ds.data.digestType == 1; })) {
            // RFC 9905 section 3: validators may treat such a delegation as unsigned.
            Finding &finding = add("dnssec.ds.mismatch", Severity::Medium, {"RFC 9905", "3"});
            finding.arguments["fault"] = "the only DS digest at the parent is SHA-1";
            for (const Delegation &ds : m_evaluation.ds)
                finding.evidence.push_back(evidence(ds.record));
        }
    }

    // RFC 9904, RFC 9905
    void addKeys()
    {
        for (const Key &key : m_evaluation.keys) {
            if (!isZoneKey(key.data) || isRevoked(key.data))
                continue;
            const bool weak = isWeakAlgorithm(key.data.algorithm);
            const int bits = key.rsaBits.value_or(GoodRsaBits);
            if (!weak && bits >= GoodRsaBits)
                continue;
            const bool mild = !weak && bits >= BrokenRsaBits && !isEntryPoint(key.data);
            Finding &finding = add("dnssec.alg.weak", mild ? Severity::Low : Severity::Medium,
                                   {weak ? "RFC 9905" : "RFC 9904", ""});
            finding.arguments["key"] = std::int64_t(key.tag);
            finding.arguments["kind"] =
                algorithmName(key.data.algorithm) +
                (key.rsaBits ? " with " + std::to_string(*key.rsaBits) + " bits" : "");
            finding.evidence.push_back(evidence(key.record));
        }
    }

    // RFC 9276 section 3.1
    void addNsec3()
    {
        if (!m_evaluation.nsec3)
            return;
        const dns::Nsec3ParamData &param = *m_evaluation.nsec3;
        if (param.iterations == 0 && param.salt.size() <= LongSalt)
            return;
        Finding &finding = add("dnssec.nsec3.params", Severity::Low, {"RFC 9276", "3.1"});
        finding.arguments["iterations"] = std::int64_t(param.iterations);
        finding.arguments["salt"] = std::int64_t(param.salt.size());
        finding.evidence.push_back(evidence({m_evaluation.apex, dns::RrType::NSEC3PARAM, 0, param}));
    }

    /// RFC 4034 section 3.1.5: serial number arithmetic (RFC 1982), so that the year 2106 is no end.
    std::int64_t secondsUntil(std::uint32_t time) const
    {
        const auto now = std::chrono::duration_cast<std::chrono::seconds>(m_at->time_since_epoch()).count();
        return static_cast<std::int32_t>(time - static_cast<std::uint32_t>(now));
    }

    // RFC 6781 section 4.4.2. AD-HOC: zones that sign at every answer use short lives; what has more than a
    // quarter of its life left is no sign that signing has stopped.
    void addSignatures()
    {
        if (!m_at)
            return;
        // During a roll-over an old signature may run out beside its successor: the last one of a type
        // counts.
        std::map<dns::RrType, const dns::RrsigData *> last;
        for (const dns::RrsigData &signature : m_evaluation.signatures) {
            const dns::RrsigData *&kept = last[signature.covered];
            if (!kept || secondsUntil(signature.expiration) > secondsUntil(kept->expiration))
                kept = &signature;
        }
        const dns::RrsigData *worst = nullptr;
        for (const auto &[type, signature] : last) {
            const std::int64_t left = secondsUntil(signature->expiration);
            const std::int64_t life = static_cast<std::int32_t>(signature->expiration - signature->inception);
            const bool soon =
                left < std::chrono::seconds(ExpiringSoon).count() && (left < 0 || left < life / 4);
            if (soon && (!worst || left < secondsUntil(worst->expiration)))
                worst = signature;
        }
        if (!worst)
            return;
        Finding &finding = add("dnssec.sig.expiring", Severity::High, {"RFC 6781", "4.4.2"});
        const std::int64_t hours = secondsUntil(worst->expiration) / 3600;
        finding.arguments["type"] = dns::toString(worst->covered);
        finding.arguments["left"] = hours <= 0 ? "has ended" : "ends in " + std::to_string(hours) + " hours";
        finding.evidence.push_back(evidence({m_evaluation.apex, dns::RrType::RRSIG, 0, *worst}));
    }

    // RFC 7672 section 2.2.2. Where the mail domain itself is not signed, DANE is out of reach anyway.
    void addHosts()
    {
        if (!m_evaluation.authenticated)
            return;
        for (const HostSecurity &host : m_evaluation.hosts) {
            if (host.authenticity != Authenticity::Insecure)
                continue;
            Finding &finding = add("dnssec.mx.unsigned", Severity::Low, {"RFC 7672", "2.2"});
            finding.arguments["host"] = host.name.text();
            finding.evidence.push_back(evidence(host.name, "A"));
        }
    }

    const Evaluation &m_evaluation;
    std::optional<Timestamp> m_at;
    mailoscope::FindingList m_findings{"dnssec"};
};

} // namespace

std::vector<Finding> findings(const Evaluation &evaluation, std::optional<Timestamp> at)
{
    return Findings(evaluation, at).all();
}

} // namespace mailoscope::dnssec
