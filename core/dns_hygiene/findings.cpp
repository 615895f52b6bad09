// SPDX-License-Identifier: Apache-2.0
#include "dns_hygiene/findings.h"

#include "dns/message.h"
#include "report/finding_list.h"

#include <algorithm>
#include <set>

namespace mailoscope::dns_hygiene
{

namespace
{

// RFC 1912 section 2.2, RFC 2308 section 5. AD-HOC: wider than their advice, so that the defaults of the
// large DNS hosts are not called odd.
constexpr std::uint32_t MinRefresh = 300;
constexpr std::uint32_t MaxRefresh = 86400;
constexpr std::uint32_t MinExpire = 604800;
constexpr std::uint32_t MaxNegativeTtl = 86400;

std::string oddityOf(const dns::SoaData &soa)
{
    if (soa.refresh < MinRefresh || soa.refresh > MaxRefresh)
        return "refresh is " + std::to_string(soa.refresh) + " seconds";
    if (soa.retry == 0 || soa.retry > soa.refresh)
        return "retry is " + std::to_string(soa.retry) + " seconds, with a refresh of " +
               std::to_string(soa.refresh);
    if (soa.expire < MinExpire)
        return "expire is " + std::to_string(soa.expire) + " seconds, less than a week";
    if (soa.minimum > MaxNegativeTtl)
        return "answers that a name does not exist are kept for " + std::to_string(soa.minimum) + " seconds";
    // RFC 1035 section 3.3.13: the first label is the local part, the rest the domain.
    if (soa.mailbox.labelCount() < 2 || soa.mailbox.text().find('@') != std::string::npos)
        return "the mailbox of the person responsible, " + soa.mailbox.text() + ", is no address";
    return {};
}

class Findings
{
public:
    Findings(const Evaluation &evaluation, Ttls ttls) : m_evaluation(evaluation), m_ttls(ttls) {}

    std::vector<Finding> all()
    {
        addZone();
        addAliases();
        addDenied();
        addTexts();
        addTtls();
        return m_findings.take();
    }

private:
    Finding &add(const char *id, Severity severity, Reference reference)
    {
        Finding &finding = m_findings.add(id, severity, std::move(reference));
        finding.arguments["domain"] = m_evaluation.domain.text();
        return finding;
    }
    static Evidence evidenceOf(const dns::ResourceRecord &record)
    {
        return {record.owner.text(), dns::toString(record.type), dns::toPresentation(record), {}, {}};
    }

    void addZone()
    {
        // RFC 2182 section 5
        if (m_evaluation.nameServers.size() == 1) {
            Finding &finding = add("dns.ns.single", Severity::Medium, {"RFC 2182", "5"});
            finding.arguments["zone"] = m_evaluation.apex.text();
            finding.evidence.push_back(evidenceOf(m_evaluation.nameServers.front()));
        }
        const auto *soa = m_evaluation.soa ? std::get_if<dns::SoaData>(&m_evaluation.soa->data) : nullptr;
        const std::string oddity = soa ? oddityOf(*soa) : std::string();
        if (!oddity.empty()) {
            Finding &finding = add("dns.soa.odd", Severity::Low, {"RFC 1912", "2.2"});
            finding.arguments["zone"] = m_evaluation.apex.text();
            finding.arguments["fault"] = oddity;
            finding.evidence.push_back(evidenceOf(*m_evaluation.soa));
        }
    }

    void addAliases()
    {
        for (const Alias &alias : m_evaluation.aliases) {
            // RFC 1034 section 3.6.2
            if (alias.coexists) {
                Finding &finding = add("dns.cname.coexist", Severity::High, {"RFC 1034", "3.6.2"});
                finding.arguments["name"] = alias.name.text();
                finding.evidence.push_back(evidenceOf(alias.record));
            }
            if (alias.isDangling) {
                Finding &finding = add("dns.cname.dangling", Severity::High, {"RFC 1034", "3.6.2"});
                finding.arguments["name"] = alias.name.text();
                finding.arguments["target"] = alias.target.text();
                finding.evidence.push_back(evidenceOf(alias.record));
            }
        }
    }

    void addDenied()
    {
        for (const DeniedName &denied : m_evaluation.denied) {
            Finding &finding = add("dns.ent.nxdomain", Severity::Medium, {"RFC 8020", "2"});
            finding.arguments["name"] = denied.name.text();
            finding.arguments["below"] = denied.below.text();
            finding.evidence.push_back({denied.name.text(), "TXT", {}, {}, {}});
        }
        if (m_evaluation.hasTextWildcard) {
            Finding &finding = add("dns.wildcard.txt", Severity::Medium, {"RFC 4592", "2.2.1"});
            finding.arguments["name"] = m_evaluation.wildcardProbe.text();
            finding.evidence.push_back({m_evaluation.wildcardProbe.text(), "TXT", {}, {}, {}});
        }
    }

    void addTexts()
    {
        // RFC 9715 section 3.1: larger answers do not go over UDP.
        if (m_evaluation.textAnswerOctets > dns::EdnsPayload) {
            Finding &finding = add("dns.txt.answer-size", Severity::Low, {"RFC 9715", "3"});
            finding.arguments["octets"] = std::int64_t(m_evaluation.textAnswerOctets);
            finding.arguments["count"] = std::int64_t(m_evaluation.texts.size());
            finding.evidence.push_back({m_evaluation.domain.text(), "TXT", {}, {}, {}});
        }
        std::set<std::string> services;
        std::vector<const TextRecord *> tokens;
        for (const TextRecord &text : m_evaluation.texts) {
            if (!text.service.empty()) {
                services.insert(text.service);
                tokens.push_back(&text);
            }
            if (text.secret) {
                Finding &finding = add("dns.txt.secret", Severity::High, {"RFC 1035", "3.3.14"});
                finding.evidence.push_back({m_evaluation.domain.text(), "TXT", text.text, *text.secret, {}});
            }
        }
        if (tokens.size() < ManyTokens)
            return;
        Finding &finding = add("dns.txt.tokens", Severity::Low, {"RFC 1035", "3.3.14"});
        std::string list;
        for (const std::string &service : services)
            list += (list.empty() ? "" : ", ") + service;
        finding.arguments["count"] = std::int64_t(tokens.size());
        finding.arguments["services"] = list;
        for (const TextRecord *text : tokens)
            finding.evidence.push_back({m_evaluation.domain.text(), "TXT", text->text, {}, {}});
    }

    // RFC 1912 section 2.2, RFC 2181 section 5.2: one TTL for a record set.
    void addTtls()
    {
        std::set<std::pair<DomainName, dns::RrType>> judged;
        for (const dns::ResourceRecord &record : m_evaluation.policies) {
            const bool low = m_ttls == Ttls::AsPublished && record.ttl < LowTtl;
            if ((!low && record.ttl <= HighTtl) || !judged.emplace(record.owner, record.type).second)
                continue;
            Finding &finding = add(low ? "dns.ttl.low" : "dns.ttl.high", Severity::Low, {"RFC 1912", "2.2"});
            finding.arguments["name"] = record.owner.text();
            finding.arguments["type"] = dns::toString(record.type);
            finding.arguments["seconds"] = std::int64_t(record.ttl);
            finding.evidence.push_back(evidenceOf(record));
        }
    }

    const Evaluation &m_evaluation;
    const Ttls m_ttls;
    mailoscope::FindingList m_findings{"dns"};
};

} // namespace

std::vector<Finding> findings(const Evaluation &evaluation, Ttls ttls)
{
    return Findings(evaluation, ttls).all();
}

} // namespace mailoscope::dns_hygiene
