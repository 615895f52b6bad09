// SPDX-License-Identifier: Apache-2.0
// What is notable about the certificates of mail hosts.
#include "base/ascii.h"
#include "base/text.h"
#include "mx/finding_list.h"
#include "x509/certificate.h"

#include <algorithm>

namespace mailoscope::mx
{

namespace
{

constexpr int LeastRsaBits = 2048; // RFC 9325 section 4.5
constexpr int LeastEcBits = 224;

std::string date(Timestamp time)
{
    return toRfc3339(time).substr(0, 10);
}

class CertificateJudge
{
public:
    CertificateJudge(const Host &host, FindingList &list)
        : m_host(host), m_tls(*host.session->tls), m_list(list)
    {
        for (const std::string &der : m_tls.chain) {
            auto certificate = x509::fromDer(der);
            if (!certificate || m_chain.size() == x509::MaxChainLength)
                break;
            m_chain.push_back(*std::move(certificate));
        }
    }

    void judge()
    {
        addFaults();
        if (m_chain.empty())
            return;
        addExpiring();
        addKey();
        addSha1();
        addOrder();
    }

private:
    bool has(tls::Fault fault) const { return m_tls.faults.contains(fault); }

    /// Who checks certificates refuses the mail; others take any (RFC 7435). Names and dates count for
    /// MTA-STS and for DANE-TA (RFC 7672 section 3.1.2), authorities for MTA-STS alone (section 3.1).
    Severity gradeOfNames() const
    {
        return m_list.surroundings().stsEnforced || m_list.surroundings().daneUsed ? Severity::High
                                                                                   : Severity::Medium;
    }
    Severity gradeOfTrust() const
    {
        return m_list.surroundings().stsEnforced ? Severity::High : Severity::Medium;
    }

    Finding &add(const char *id, Severity severity, Reference reference)
    {
        Finding &finding = m_list.add(id, severity, std::move(reference));
        finding.arguments["host"] = shown(m_host.name.text());
        std::string text;
        if (!m_chain.empty()) {
            const x509::Certificate &leaf = m_chain.front();
            text = leaf.subjectText();
            finding.arguments["subject"] = shown(text);
            finding.arguments["issuer"] = shown(leaf.issuerText());
            finding.arguments["from"] = date(leaf.notBefore);
            finding.arguments["until"] = date(leaf.notAfter);
            finding.arguments["names"] = namesOf(leaf);
        } else {
            for (const char *unknown : {"subject", "issuer", "from", "until", "names"})
                finding.arguments[unknown] = std::string("not known");
        }
        finding.evidence.push_back(replyOf(m_host, std::move(text)));
        return finding;
    }

    static std::string namesOf(const x509::Certificate &certificate)
    {
        constexpr std::size_t NamesShown = 5;
        std::string names;
        for (std::size_t i = 0; i < std::min(certificate.dnsNames.size(), NamesShown); ++i)
            names += (i == 0 ? "" : ", ") + shown(certificate.dnsNames[i]);
        if (certificate.dnsNames.size() > NamesShown)
            names += ", …";
        return names.empty() ? "none" : names;
    }

    void addFaults()
    {
        // RFC 5280 section 6.1.3.
        if (has(tls::Fault::Expired))
            add("smtp.cert.expired", gradeOfNames(), {"RFC 5280", "6.1.3"});
        if (has(tls::Fault::NotYetValid))
            add("smtp.cert.not-yet-valid", gradeOfNames(), {"RFC 5280", "6.1.3"});
        if (has(tls::Fault::NameMismatch))
            add("smtp.cert.host", gradeOfNames(), {"RFC 9525", "6.3"});
        if (has(tls::Fault::SelfSigned))
            add("smtp.cert.selfsigned", gradeOfTrust(), {"RFC 5280", "6.1"});
        if (has(tls::Fault::Untrusted))
            add("smtp.cert.chain", gradeOfTrust(), {"RFC 5280", "6.1"}).arguments["detail"] =
                shown(m_tls.detail);
    }

    void addExpiring()
    {
        const x509::Certificate &leaf = m_chain.front();
        if (has(tls::Fault::Expired) || leaf.notAfter < m_tls.at || leaf.notAfter - m_tls.at >= ExpiringSoon)
            return;
        add("smtp.cert.expiring", Severity::Medium, {"RFC 5280", "4.1.2.5"}).arguments["days"] =
            static_cast<std::int64_t>(
                std::chrono::duration_cast<std::chrono::days>(leaf.notAfter - m_tls.at).count());
    }

    void addKey()
    {
        const x509::Certificate &leaf = m_chain.front();
        const bool isShort = (leaf.keyType == "RSA" && leaf.keyBits < LeastRsaBits) ||
                             (leaf.keyType == "EC" && leaf.keyBits < LeastEcBits);
        if (!isShort)
            return;
        Finding &finding = add("smtp.cert.key", Severity::Medium, {"RFC 9325", "4.5"});
        finding.arguments["bits"] = static_cast<std::int64_t>(leaf.keyBits);
        finding.arguments["type"] = shown(leaf.keyType);
    }

    /// RFC 9325 section 4.5. The signature of one that signed itself proves nothing anyway.
    void addSha1()
    {
        for (const x509::Certificate &certificate : m_chain) {
            const std::string algorithm = ascii::lowered(certificate.signatureAlgorithm);
            const bool isWeak =
                algorithm.find("sha1") != std::string::npos || algorithm.find("md5") != std::string::npos;
            if (!isWeak || certificate.isSelfSigned)
                continue;
            Finding &finding = add("smtp.cert.sha1", Severity::Medium, {"RFC 9325", "4.5"});
            finding.arguments["subject"] = shown(certificate.subjectText());
            finding.arguments["algorithm"] = shown(certificate.signatureAlgorithm);
            return;
        }
    }

    /// RFC 5246 section 7.4.2 (TLS 1.3 forgives it): each certificate certifies the one before.
    void addOrder()
    {
        for (std::size_t i = 1; i < m_chain.size(); ++i) {
            if (m_chain[i - 1].issuer == m_chain[i].subject)
                continue;
            Finding &finding = add("smtp.cert.order", Severity::Medium, {"RFC 5246", "7.4.2"});
            finding.arguments["position"] = static_cast<std::int64_t>(i + 1);
            finding.arguments["stray"] = shown(m_chain[i].subjectText());
            return;
        }
    }

    const Host &m_host;
    const tls::Session &m_tls;
    FindingList &m_list;
    std::vector<x509::Certificate> m_chain;
};

} // namespace

void addCertificateFindings(const Host &host, FindingList &list)
{
    CertificateJudge(host, list).judge();
}

} // namespace mailoscope::mx
