// SPDX-License-Identifier: Apache-2.0
#include "dane/findings.h"

#include "report/finding_list.h"

#include <algorithm>

namespace mailoscope::dane
{

namespace
{

using dnssec::Authenticity;

std::string_view textOf(Fault fault)
{
    switch (fault) {
    case Fault::Usage:
        return "its usage is not 2 or 3";
    case Fault::Selector:
        return "its selector is not 0 or 1";
    case Fault::MatchingType:
        return "its matching type is not 0, 1 or 2";
    case Fault::DigestLength:
        return "its data is not as long as its digest";
    case Fault::Certificate:
        return "its data is no certificate";
    case Fault::PkixUsage:
        return "its usage is 0 or 1";
    }
    return {};
}

class Findings
{
public:
    Findings(const Evaluation &evaluation, std::span<const StsVerdict> sts)
        : m_evaluation(evaluation), m_sts(sts)
    {
    }

    std::vector<Finding> all()
    {
        for (const Host &host : m_evaluation.hosts) {
            if (host.status == Host::Status::Pending)
                continue;
            addSecurity(host);
            addRecords(host);
            addRollover(host);
            addMatch(host);
            addSts(host);
        }
        if (!m_evaluation.pending)
            addDomain();
        return m_findings.take();
    }

private:
    Finding &add(const char *id, Severity severity, Reference reference)
    {
        Finding &finding = m_findings.add(id, severity, std::move(reference));
        finding.arguments["domain"] = m_evaluation.domain.text();
        return finding;
    }
    Finding &add(const char *id, Severity severity, Reference reference, const Host &host)
    {
        Finding &finding = add(id, severity, std::move(reference));
        finding.arguments["host"] = host.name.text();
        finding.arguments["name"] = host.tlsaName().text();
        return finding;
    }
    static Evidence evidenceOf(const Parameters &one)
    {
        return {one.record.owner.text(), "TLSA", dns::toPresentation(one.record), {}, {}};
    }
    static void show(Finding &finding, const Host &host)
    {
        for (const Parameters &one : host.parameters)
            finding.evidence.push_back(evidenceOf(one));
        if (host.parameters.empty())
            finding.evidence.push_back({host.tlsaName().text(), "TLSA", {}, {}, {}});
    }

    void addSecurity(const Host &host)
    {
        // RFC 7672 section 2.1.1: insecure records are as good as none.
        if (host.status == Host::Status::Insecure)
            show(add("dane.insecure", Severity::Medium, {"RFC 7672", "2.1.1"}, host), host);
        // RFC 7672 section 2.1.2: without a proof that there are none, the host is passed over. A time-out
        // may be ours; a server failure beside secure addresses of the same host is not.
        if (host.status == Host::Status::Failed && host.outcome == dns::Outcome::ServerFailure &&
            host.addresses == Authenticity::Secure)
            show(add("dane.denial", Severity::High, {"RFC 7672", "2.1.2"}, host), host);
        // RFC 7672 section 2.2.1: the MX records lead to the host.
        if (host.status == Host::Status::Authenticated && m_evaluation.mx == Authenticity::Insecure)
            show(add("dane.mx.insecure", Severity::Low, {"RFC 7672", "2.2.1"}, host), host);
    }

    void addRecords(const Host &host)
    {
        for (const Parameters &one : host.parameters) {
            for (const Fault fault : one.faults) {
                const bool isPkix = fault == Fault::PkixUsage;
                Finding &finding = add(
                    isPkix ? "dane.usage.pkix" : "dane.fields", isPkix ? Severity::Medium : Severity::High,
                    isPkix ? Reference{"RFC 7672", "3.1.3"} : Reference{"RFC 6698", "2.1"}, host);
                finding.arguments["record"] = dns::toPresentation(one.record).substr(0, MaxShown);
                finding.arguments["fault"] = std::string(textOf(fault));
                finding.evidence.push_back(evidenceOf(one));
            }
            // RFC 7671 section 10.1.2
            if (one.data.matchingType == 0 && one.isUsable()) {
                Finding &finding = add("dane.mtype0", Severity::Low, {"RFC 7671", "10.1.2"}, host);
                finding.arguments["octets"] = std::int64_t(one.data.association.size());
                finding.evidence.push_back(evidenceOf(one));
            }
        }
    }

    static std::vector<const Parameters *> usable(const Host &host)
    {
        std::vector<const Parameters *> found;
        for (const Parameters &one : host.parameters) {
            if (one.isUsable() && !one.outdone)
                found.push_back(&one);
        }
        return found;
    }

    // RFC 7671 section 8: a next key is published before it is used.
    void addRollover(const Host &host)
    {
        const auto records = usable(host);
        if (records.size() == 1) {
            Finding &finding = add("dane.rollover", Severity::Low, {"RFC 7671", "8.1"}, host);
            finding.evidence.push_back(evidenceOf(*records.front()));
        }
        if (host.authenticated != true)
            return;
        for (const Parameters *one : records) {
            if (one->matched == false) {
                add("dane.stale", Severity::Info, {"RFC 7671", "8"}, host)
                    .evidence.push_back(evidenceOf(*one));
            } else if (one->data.usage == 2 && !one->matchedIsRoot && one->matchedIssuer == "Let's Encrypt") {
                add("dane.letsencrypt-ta", Severity::Medium, {"RFC 7671", "5.2"}, host)
                    .evidence.push_back(evidenceOf(*one));
            }
        }
    }

    /// Who cares: senders that validate, if the records are secure.
    static Severity gradeOf(const Host &host, Severity worst)
    {
        if (host.status == Host::Status::Authenticated || host.status == Host::Status::Encrypted)
            return worst;
        return host.status == Host::Status::Unverified ? std::min(worst, Severity::High) : Severity::Low;
    }

    void addMatch(const Host &host)
    {
        if (host.parameters.empty() || !host.probed)
            return;
        // RFC 7672 section 2.2: secure records make TLS mandatory.
        if (!host.encrypted) {
            show(add("dane.tls.missing", gradeOf(host, Severity::Critical), {"RFC 7672", "2.2"}, host), host);
            return;
        }
        for (const Parameters *one : usable(host)) {
            const bool holds = one->chainHolds.value_or(true) && one->nameFits.value_or(true);
            if (one->data.usage != 2 || one->matched != true || holds)
                continue;
            // RFC 7672 section 3.1.2, 3.2.2
            Finding &finding =
                add("dane.ta.name", gradeOf(host, Severity::High), {"RFC 7672", "3.1.2"}, host);
            finding.arguments["fault"] =
                one->chainHolds.value_or(true)
                    ? "the certificate names neither the host nor the domain"
                    : "the certificates do not lead to that authority, or have expired";
            finding.evidence.push_back(evidenceOf(*one));
        }
        if (host.authenticated == false &&
            std::none_of(host.parameters.begin(), host.parameters.end(), [](const auto &one) {
                return one.isUsable() && !one.outdone && one.matched == true;
            }))
            show(add("dane.mismatch", gradeOf(host, Severity::Critical), {"RFC 7672", "3.2"}, host), host);
    }

    // RFC 8461 section 2: a policy of MTA-STS does not override DANE, nor the reverse.
    void addSts(const Host &host)
    {
        const auto verdict = std::find_if(m_sts.begin(), m_sts.end(),
                                          [&](const StsVerdict &other) { return other.host == host.name; });
        const bool inForce = host.status == Host::Status::Authenticated;
        if (verdict == m_sts.end() || !inForce || !host.authenticated ||
            *host.authenticated == verdict->passes)
            return;
        Finding &finding = add("dane.sts.conflict", Severity::Medium, {"RFC 8461", "2"}, host);
        finding.arguments["accepts"] = verdict->passes ? "MTA-STS" : "DANE";
        finding.arguments["refuses"] = verdict->passes ? "DANE" : "MTA-STS";
        show(finding, host);
    }

    void addDomain()
    {
        std::vector<const Host *> with;
        std::vector<const Host *> without;
        bool allSecure = m_evaluation.mx == Authenticity::Secure;
        for (const Host &host : m_evaluation.hosts) {
            if (!host.parameters.empty())
                with.push_back(&host);
            else if (host.status == Host::Status::Opportunistic)
                without.push_back(&host);
            allSecure = allSecure && host.addresses == Authenticity::Secure;
        }
        // RFC 7672 section 2.2: an attacker picks the host without.
        if (!with.empty() && !without.empty()) {
            Finding &finding = add("dane.partial", Severity::Medium, {"RFC 7672", "2.2"}, *without.front());
            finding.arguments["with"] = std::int64_t(with.size());
            finding.arguments["without"] = std::int64_t(without.size());
            for (const Host *host : without)
                show(finding, *host);
        }
        if (m_evaluation.status == Evaluation::Status::Missing && allSecure && !without.empty()) {
            Finding &finding = add("dane.missing", Severity::Low, {"RFC 7672", "1.3"}, *without.front());
            for (const Host *host : without)
                show(finding, *host);
        }
    }

    /// Of a record inside a sentence.
    static constexpr std::size_t MaxShown = 40;

    const Evaluation &m_evaluation;
    std::span<const StsVerdict> m_sts;
    mailoscope::FindingList m_findings{"dane"};
};

} // namespace

std::vector<Finding> findings(const Evaluation &evaluation, std::span<const StsVerdict> sts)
{
    return Findings(evaluation, sts).all();
}

} // namespace mailoscope::dane
