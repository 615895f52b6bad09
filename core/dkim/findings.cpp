// SPDX-License-Identifier: Apache-2.0
#include "dkim/findings.h"

#include "dkim/finding_list.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace mailoscope::dkim
{

namespace
{

using Status = SelectorResult::Status;
using Wildcard = Evaluation::Wildcard;

const Reference Selectors{"RFC 6376", "3.1"};
/// Names in one sentence; there may be hundreds.
constexpr std::size_t MaxNamesInList = 6;

std::string listOf(const std::vector<std::string> &names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < MaxNamesInList; ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > MaxNamesInList)
        text += ", ...";
    return text;
}

class Judge
{
public:
    Judge(const Evaluation &evaluation, const Context &context) : m_evaluation(evaluation), m_context(context)
    {
    }

    std::vector<Finding> judge()
    {
        if (m_evaluation.status == Evaluation::Status::NotApplicable &&
            m_evaluation.wildcard == Wildcard::Unknown && m_evaluation.found.empty()) {
            return {}; // the domain does not exist
        }
        for (const SelectorResult &result : m_evaluation.found)
            addSelector(result);
        addLeftovers();
        if (m_evaluation.pending)
            return m_list.take();
        addWhatIsMissing();
        addWildcard();
        addReusedKeys();
        addOnlyEd25519();
        addHalfMicrosoft();
        return m_list.take();
    }

private:
    Finding &add(std::string id, Severity severity, Reference reference, const SelectorResult &result)
    {
        Finding &finding = m_list.add(std::move(id), severity, std::move(reference), result.name);
        finding.arguments["selector"] = result.selector.name;
        finding.evidence.front().type = result.chain.empty() ? "TXT" : "CNAME";
        if (!result.chain.empty()) {
            finding.evidence.front().record = result.chain.front().text();
            finding.arguments["target"] = shown(result.chain.back().text());
        } else if (!result.keys.empty()) {
            finding.evidence.front().record = result.keys.front().text;
        }
        return finding;
    }

    DomainName below(std::string_view prefix) const
    {
        const auto name = m_evaluation.domain.prefixed(prefix);
        return name ? *name : m_evaluation.domain;
    }

    void addSelector(const SelectorResult &result)
    {
        addChain(result);
        if (result.status == Status::NotAKey) {
            addNotAKey(result);
            return;
        }
        for (const PublishedKey &published : result.keys) {
            if (published.isKeyRecord())
                addKeyFindings(result, published, m_list);
        }
        if (result.keys.size() > 1) {
            Finding &finding = add("dkim.multiple", Severity::High, {"RFC 6376", "3.6.2.2"}, result);
            finding.arguments["count"] = static_cast<std::int64_t>(result.keys.size());
            finding.evidence.clear();
            for (const PublishedKey &published : result.keys)
                finding.evidence.push_back({result.name.text(), "TXT", published.text, {}, {}});
        }
    }

    void addNotAKey(const SelectorResult &result)
    {
        Finding &finding = add("dkim.syntax", Severity::High, {"RFC 6376", "3.6.1"}, result);
        const std::string &text = result.keys.front().text;
        // A host name in a TXT record was meant to be the target of a CNAME record.
        const auto host = DomainName::parse(text);
        const bool isTarget =
            host && host->labelCount() > 2 && text.find_first_of(" =;\"\\") == std::string::npos;
        const bool isTooLong = text.size() > MaxRecordOctets;
        finding.arguments["fault"] = std::string(isTarget    ? "target-in-txt"
                                                 : isTooLong ? "too-long"
                                                             : "not-a-key");
        finding.arguments["part"] = text.empty() ? "(empty)" : shown(text.substr(0, 80));
        finding.evidence.front() = {result.name.text(), "TXT", text, {}, {}};
    }

    void addChain(const SelectorResult &result)
    {
        if (result.chain.empty())
            return;
        if (result.status == Status::Dangling) {
            add("dkim.cname.dangling", Severity::High, {"RFC 6376", "3.6.2"}, result);
            // Without a registry no more is said than what DNS says.
            if (result.missingZone) {
                add("dkim.cname.registrable", Severity::Critical, {"RFC 6376", "3.6.2"}, result)
                    .arguments["zone"] = shown(result.missingZone->text());
            }
        }
        if (result.chain.size() > LongChain) {
            add("dkim.cname.chain", Severity::Low, {"RFC 1034", "3.6.2"}, result).arguments["count"] =
                static_cast<std::int64_t>(result.chain.size());
        }
        if (result.isSharedKey && result.status == Status::Ok) {
            add("dkim.key.shared-tenant", Severity::Low, {"RFC 6376", "8"}, result).arguments["provider"] =
                result.provider;
        }
    }

    void addLeftovers()
    {
        if (!m_evaluation.adspRecord.empty()) {
            m_list.add("dkim.adsp", Severity::Low, {"RFC 5617", {}}, below("_adsp._domainkey"))
                .evidence.front()
                .record = m_evaluation.adspRecord;
        }
        if (!m_evaluation.domainKeysPolicy.empty()) {
            m_list.add("dkim.policy-leftover", Severity::Low, {"RFC 4870", "3.6"}, below("_domainkey"))
                .evidence.front()
                .record = m_evaluation.domainKeysPolicy;
        }
    }

    void addWhatIsMissing()
    {
        if (m_context.isParked) {
            addParked();
            return;
        }
        if (m_evaluation.status == Evaluation::Status::Missing)
            m_list.add("dkim.domainkey.nxdomain", Severity::High, {"RFC 8020", "2"}, below("_domainkey"));
        // Aliases and revoked keys are selectors that were found.
        if (m_evaluation.status == Evaluation::Status::NotFound && m_evaluation.found.empty()) {
            Finding &finding =
                m_list.add("dkim.none-found", Severity::Medium, Selectors, below("_domainkey"));
            finding.arguments["count"] = static_cast<std::int64_t>(m_evaluation.asked);
            finding.arguments["domain"] = shown(m_evaluation.domain.text());
        }
    }

    // M3AAWG's practice for parked domains: an empty key for every selector.
    void addParked()
    {
        const bool isOpen = m_evaluation.wildcard == Wildcard::None && !m_evaluation.hasWildcardRecord;
        if (isOpen)
            m_list.add("dkim.parked.open", Severity::Info, {"RFC 6376", "3.6.1"}, below("*._domainkey"));
    }

    void addWildcard()
    {
        if (m_evaluation.wildcard != Wildcard::Key)
            return;
        Finding &finding =
            m_list.add("dkim.wildcard", Severity::Medium, {"RFC 4592", "2.1"}, m_evaluation.controlName);
        finding.evidence.front().record = m_evaluation.wildcardRecord->text;
    }

    /// The octets that make the key; empty where there is none.
    static std::string keyOctets(const SelectorResult &result)
    {
        const PublishedKey *published = result.key();
        if (!published || !published->key)
            return {};
        if (published->key->rsa)
            return "rsa" + published->key->rsa->modulus;
        return published->key->ed25519 ? "ed25519" + *published->key->ed25519 : std::string();
    }

    void addReusedKeys()
    {
        std::map<std::string, std::vector<const SelectorResult *>> byKey;
        for (const SelectorResult &result : m_evaluation.found) {
            const std::string octets = keyOctets(result);
            if (!octets.empty())
                byKey[octets].push_back(&result);
        }
        for (const auto &[octets, results] : byKey) {
            if (results.size() < 2)
                continue;
            std::vector<std::string> names;
            for (const SelectorResult *result : results)
                names.push_back(result->selector.name);
            Finding &finding = add("dkim.key.reused", Severity::Medium, Selectors, *results.front());
            finding.arguments["selectors"] = listOf(names);
            finding.arguments["count"] = static_cast<std::int64_t>(names.size());
            finding.evidence.clear();
            for (const SelectorResult *result : results)
                finding.evidence.push_back({result->name.text(), "TXT", result->key()->text, {}, {}});
        }
    }

    // RFC 8463 section 3: verifiers may know RSA only, so that both kinds of signatures are needed.
    void addOnlyEd25519()
    {
        const SelectorResult *first = nullptr;
        std::vector<std::string> names;
        for (const SelectorResult &result : m_evaluation.found) {
            const PublishedKey *published = result.key();
            if (result.status == Status::Ok && published && published->key && published->key->ed25519) {
                first = first ? first : &result;
                names.push_back(result.selector.name);
            } else if (result.status != Status::Revoked && result.status != Status::Invalid) {
                return; // an RSA key, or a name that may hold one
            }
        }
        if (!first || !m_evaluation.unanswered.empty())
            return;
        add("dkim.ed25519.only", Severity::Medium, {"RFC 8463", "3"}, *first).arguments["selectors"] =
            listOf(names);
    }

    const SelectorResult *found(std::string_view selector) const
    {
        const auto place =
            std::find_if(m_evaluation.found.begin(), m_evaluation.found.end(),
                         [selector](const auto &result) { return result.selector.name == selector; });
        return place == m_evaluation.found.end() ? nullptr : &*place;
    }

    /// Microsoft 365 signs with either of two selectors and moves from one to the other.
    void addHalfMicrosoft()
    {
        for (const auto &[one, other] :
             {std::pair("selector1", "selector2"), std::pair("selector2", "selector1")}) {
            const SelectorResult *half = found(one);
            const bool isMicrosoft =
                half && half->providerIsCertain && half->provider == "Microsoft 365" && !half->chain.empty();
            if (!isMicrosoft || !m_evaluation.isAbsent(other))
                continue;
            Finding &finding = m_list.add("dkim.m365.half", Severity::Low, Selectors,
                                          below(std::string(other) + "._domainkey"));
            finding.arguments["selector"] = std::string(one);
            finding.arguments["other"] = std::string(other);
        }
    }

    const Evaluation &m_evaluation;
    const Context &m_context;
    FindingList m_list;
};

} // namespace

std::vector<Finding> findings(const Evaluation &evaluation, const Context &context)
{
    return Judge(evaluation, context).judge();
}

} // namespace mailoscope::dkim
