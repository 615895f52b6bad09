// SPDX-License-Identifier: Apache-2.0
#include "dkim/evaluate.h"

#include "base/ascii.h"
#include "base/memo.h"
#include "base/public_suffix.h"
#include "providers/providers.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>

namespace mailoscope::dkim
{

namespace
{

using dns::Outcome;
using dns::RrType;
using Status = SelectorResult::Status;
using Wildcard = Evaluation::Wildcard;

/// Octets of TXT data at one name that are compared and kept; the rest is hostile.
constexpr std::size_t MaxTextOctets = 16384;

/// RFC 8020: the name is denied itself, no alias at it has led away.
bool isDenied(const dns::Answer &answer)
{
    return answer.outcome == Outcome::NxDomain && answer.aliases.empty();
}

/// Two names with the same answer: the same texts at the end of the same chain.
bool sameAnswer(const dns::Answer &a, const dns::Answer &b)
{
    const auto same = [](const std::vector<dns::ResourceRecord> &left,
                         const std::vector<dns::ResourceRecord> &right) {
        return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                          [](const auto &x, const auto &y) { return x.data == y.data; });
    };
    // Sorted, because an answer may hold thousands of records, in any order.
    const auto sorted = [](const std::vector<dns::ResourceRecord> &records) {
        std::vector<std::string> texts;
        for (const dns::ResourceRecord &record : records)
            texts.push_back(dns::toPresentation(record));
        std::sort(texts.begin(), texts.end());
        return texts;
    };
    return a.outcome == b.outcome && same(a.aliases, b.aliases) &&
           (same(a.records, b.records) ||
            (a.records.size() == b.records.size() && sorted(a.records) == sorted(b.records)));
}

std::string firstText(const dns::Answer *answer)
{
    if (!answer)
        return {};
    const auto texts = dns::dataOf<dns::TxtData>(*answer);
    return texts.empty() ? std::string() : texts.front()->joined().substr(0, MaxTextOctets);
}

struct Asked {
    Selector selector;
    DomainName name;
    const dns::Answer *answer = nullptr;
};

PublishedKey readAfresh(const dns::TxtData &data)
{
    PublishedKey published;
    published.text = data.joined().substr(0, MaxTextOctets);
    for (const std::string &string : data.strings)
        published.stringOctets.push_back(string.size());
    published.parsed = parse(published.text);
    const auto &record = published.parsed.record;
    if (record && record->publicKey && !record->publicKey->empty())
        published.key = readKey(record->type(), *record->publicKey);
    return published;
}

class Evaluator
{
public:
    Evaluator(const DomainName &domain, FactSource &facts, const Options &options)
        : m_facts(facts), m_options(options)
    {
        m_result.domain = domain;
        m_result.controlName = domain;
    }

    Evaluation evaluate()
    {
        ask();
        if (m_domainTxt && m_domainTxt->outcome == Outcome::NxDomain) {
            m_result.status = Evaluation::Status::NotApplicable;
            m_result.pending = false;
            return std::move(m_result);
        }
        judgeControl();
        judgeSurroundings();
        for (const Asked &asked : m_asked)
            judge(asked);
        if (m_result.wildcard == Wildcard::Key)
            addWildcard();
        std::stable_sort(m_result.found.begin(), m_result.found.end(), [](const auto &a, const auto &b) {
            return a.selector.sources.front() < b.selector.sources.front();
        });
        std::sort(m_result.absent.begin(), m_result.absent.end());
        if (!m_pending)
            compareKeys();
        m_result.pending = m_pending;
        m_result.status = overallStatus();
        return std::move(m_result);
    }

private:
    const dns::Answer *ask(std::string_view prefix)
    {
        const auto name = m_result.domain.prefixed(prefix);
        if (!name)
            return nullptr;
        const dns::Answer *answer = m_facts.dns(*name, RrType::TXT);
        m_pending = m_pending || !answer;
        return answer;
    }

    /// Everything that can be named, at once: selectors, the control name and what stands beside them.
    void ask()
    {
        m_domainTxt = m_facts.dns(m_result.domain, RrType::TXT); // others ask for it anyway
        m_pending = !m_domainTxt;
        m_domainKey = ask("_domainkey");
        m_adsp = ask("_adsp._domainkey");
        m_wildcard = ask("*._domainkey");
        if (const auto control = m_result.domain.prefixed(controlSelector(m_result.domain) + "._domainkey")) {
            m_result.controlName = *control;
            m_control = m_facts.dns(*control, RrType::TXT);
            m_pending = m_pending || !m_control;
        }
        for (Selector &selector : selectorsFor(m_result.domain, m_options.sources)) {
            const auto name = m_result.domain.prefixed(selector.name + "._domainkey");
            if (!name)
                continue;
            const dns::Answer *answer = m_facts.dns(*name, RrType::TXT);
            m_pending = m_pending || !answer;
            m_asked.push_back({std::move(selector), *name, answer});
        }
        // What a snapshot does not hold was not asked.
        m_result.asked =
            static_cast<std::size_t>(std::count_if(m_asked.begin(), m_asked.end(), [](const Asked &asked) {
                return !asked.answer || asked.answer->outcome != Outcome::NotRecorded;
            }));
    }

    void judgeControl()
    {
        if (m_control && !dns::isTemporaryFailure(m_control->outcome))
            m_mask = m_control;
        else if (m_wildcard && m_wildcard->outcome == Outcome::Answered)
            m_mask = m_wildcard; // what the control name would have been answered with
        if (!m_mask)
            return;
        const auto texts = dns::dataOf<dns::TxtData>(*m_mask);
        if (texts.empty()) {
            m_result.wildcard = m_mask->aliases.empty() ? Wildcard::None : Wildcard::Other;
            return;
        }
        m_result.wildcardRecord = read(*texts.front());
        if (!m_result.wildcardRecord->isKeyRecord())
            m_result.wildcard = Wildcard::Other;
        else
            m_result.wildcard = m_result.wildcardRecord->isRevoked() ? Wildcard::Revoked : Wildcard::Key;
    }

    void judgeSurroundings()
    {
        m_result.hasWildcardRecord = m_wildcard && m_wildcard->outcome == Outcome::Answered;
        if (m_domainKey) {
            m_result.domainKeyOutcome = m_domainKey->outcome;
            m_result.domainKeysPolicy = firstText(m_domainKey);
            // A wildcard above answers here too: only what names DomainKeys' tags is a policy (RFC 4870
            // section 3.6).
            if (!looksLikeDomainKeysPolicy(m_result.domainKeysPolicy))
                m_result.domainKeysPolicy.clear();
        }
        // RFC 5617 section 4.2.1: dkim=unknown, all or discardable.
        m_result.adspRecord = firstText(m_adsp);
        if (!ascii::startsWithIgnoringCase(m_result.adspRecord, "dkim"))
            m_result.adspRecord.clear();
        if (m_result.adspRecord.find('=') == std::string::npos)
            m_result.adspRecord.clear();
    }

    static bool looksLikeDomainKeysPolicy(std::string_view text)
    {
        return text.starts_with("o=") || text.starts_with("t=") ||
               text.find("; o=") != std::string_view::npos || text.find(";o=") != std::string_view::npos;
    }

    void judge(const Asked &asked)
    {
        if (!asked.answer)
            return;
        const dns::Answer &answer = *asked.answer;
        const bool hasNothing =
            isDenied(answer) || (answer.outcome == Outcome::NoData && answer.aliases.empty());
        if (hasNothing || isFromWildcard(answer)) {
            // A wildcard's answer shows nothing of the name itself.
            m_result.absent.push_back(asked.selector.name);
            if (asked.selector.isNamed())
                m_result.notFound.push_back(asked.selector);
            return;
        }
        if (dns::isTemporaryFailure(answer.outcome) && answer.aliases.empty()) {
            if (answer.outcome != Outcome::NotRecorded)
                m_result.unanswered.push_back({asked.selector, answer.outcome});
            return;
        }
        SelectorResult result;
        result.selector = asked.selector;
        result.name = asked.name;
        fill(result, answer);
        m_result.found.push_back(std::move(result));
    }

    bool isFromWildcard(const dns::Answer &answer) const
    {
        switch (m_result.wildcard) {
        case Wildcard::Unknown:
        case Wildcard::None:
            return false;
        case Wildcard::Key:
        case Wildcard::Revoked:
        case Wildcard::Other:
            return sameAnswer(answer, *m_mask);
        }
        return false;
    }

    void fill(SelectorResult &result, const dns::Answer &answer)
    {
        result.outcome = answer.outcome;
        for (const dns::ResourceRecord &alias : answer.aliases) {
            if (const auto *target = std::get_if<dns::NameData>(&alias.data))
                result.chain.push_back(target->name);
        }
        for (const dns::TxtData *data : dns::dataOf<dns::TxtData>(answer)) {
            if (result.keys.size() == MaxRecordsPerSelector)
                break;
            result.keys.push_back(read(*data));
        }
        nameProvider(result);
        result.status = statusOf(result);
        if (result.status == Status::Dangling)
            lookForZone(result);
    }

    void nameProvider(SelectorResult &result) const
    {
        std::optional<providers::Provider> provider;
        if (!result.chain.empty()) {
            const DomainName &end = result.chain.back();
            result.isExternal = !sameOrganization(end, m_result.domain);
            for (auto target = result.chain.rbegin(); target != result.chain.rend() && !provider; ++target)
                provider = providers::forSelectorTarget(*target);
            result.isSharedKey =
                std::any_of(result.chain.begin(), result.chain.end(), providers::isSharedKeyTarget);
        }
        if (!provider)
            provider = providers::forSelector(result.selector.name);
        if (!provider)
            return;
        result.provider = provider->name;
        result.providerIsCertain = provider->certain;
    }

    static Status statusOf(const SelectorResult &result)
    {
        if (dns::isTemporaryFailure(result.outcome))
            return Status::TempError;
        if (result.keys.empty())
            return targetStatus(result);
        const PublishedKey *key = result.key();
        if (!key)
            return Status::NotAKey;
        // RFC 6376 section 6.1.2: of several records a verifier may try any.
        if (std::any_of(result.keys.begin(), result.keys.end(),
                        [](const auto &each) { return each.isUsable(); }))
            return Status::Ok;
        return key->isRevoked() ? Status::Revoked : Status::Invalid;
    }

    static Status targetStatus(const SelectorResult &result)
    {
        // AD-HOC: Amazon SES holds a key at one or two of its three names at a time; an alias of the right
        // form is complete without one.
        const bool isSes = result.provider == "Amazon SES" && result.providerIsCertain;
        return result.outcome == Outcome::NxDomain && !isSes ? Status::Dangling : Status::NoKey;
    }

    /// What DNS alone can tell of who could take over a dangling target: whether its organisation's domain
    /// exists.
    void lookForZone(SelectorResult &result)
    {
        const auto zone = registrableDomain(result.chain.back());
        if (!zone || m_result.domain.isAtOrBelow(*zone))
            return;
        const dns::Answer *answer = m_facts.dns(*zone, RrType::NS);
        m_pending = m_pending || !answer;
        if (answer && isDenied(*answer))
            result.missingZone = *zone;
    }

    /// Wildcards give the same text hundreds of times; it is read once.
    PublishedKey read(const dns::TxtData &data)
    {
        const auto [place, isNew] = m_read.try_emplace(data.strings);
        if (isNew)
            place->second = readPublishedKey(data);
        return place->second;
    }

    void addWildcard()
    {
        SelectorResult result;
        result.selector = {"*", {Source::Wildcard}, {}};
        result.name = m_result.domain;
        if (const auto name = m_result.domain.prefixed("*._domainkey"))
            result.name = *name;
        fill(result, *m_mask);
        m_result.found.push_back(std::move(result));
    }

    void compareKeys()
    {
        std::vector<std::string> moduli;
        for (const SelectorResult &result : m_result.found) {
            const PublishedKey *key = result.key();
            const bool isRsa = key && key->key && key->key->rsa;
            moduli.push_back(isRsa ? key->key->rsa->modulus : std::string());
        }
        static Memo<std::vector<std::string>, std::vector<bool>> known(8);
        const std::vector<bool> shares = *known.of(moduli, [&moduli] { return sharePrimes(moduli); });
        for (std::size_t i = 0; i < shares.size(); ++i)
            m_result.found[i].sharesPrime = shares[i];
    }

    Evaluation::Status overallStatus()
    {
        using Overall = Evaluation::Status;
        const auto any = [this](Status status) {
            return std::any_of(m_result.found.begin(), m_result.found.end(),
                               [status](const SelectorResult &result) { return result.status == status; });
        };
        m_result.deniesEmptyNonTerminals =
            m_domainKey && isDenied(*m_domainKey) && (!m_result.found.empty() || m_result.hasWildcardRecord);
        if (m_pending)
            return Overall::Pending;
        if (any(Status::Ok))
            return Overall::Ok;
        if (!m_result.found.empty())
            return statusWithoutKey(any(Status::TempError));
        if (m_result.wildcard == Wildcard::Revoked)
            return Overall::NotApplicable;
        const bool isDeniedHere = m_domainKey && isDenied(*m_domainKey);
        if (isDeniedHere)
            return Overall::Missing;
        return failureStatus().value_or(Overall::NotFound);
    }

    /// Records were found, but no key that can be used.
    Evaluation::Status statusWithoutKey(bool anyFailed) const
    {
        using Overall = Evaluation::Status;
        if (anyFailed)
            return Overall::TempError;
        const bool allRevoked =
            std::all_of(m_result.found.begin(), m_result.found.end(),
                        [](const auto &result) { return result.status == Status::Revoked; });
        if (allRevoked && m_result.wildcard == Wildcard::Revoked)
            return Overall::NotApplicable;
        const bool anyInvalid =
            std::any_of(m_result.found.begin(), m_result.found.end(), [](const auto &result) {
                return result.status == Status::Invalid || result.status == Status::NotAKey ||
                       result.status == Status::Dangling;
            });
        if (anyInvalid)
            return Overall::Invalid;
        return failureStatus().value_or(
            Overall::NotFound); // only revoked keys, or aliases that hold none now
    }

    /// A snapshot may have been recorded with another list of selectors: what it does not hold was not asked.
    std::optional<Evaluation::Status> failureStatus() const
    {
        bool anyKnown = false;
        bool anyFailed = false;
        const auto look = [&](const dns::Answer *answer) {
            if (!answer || answer->outcome == Outcome::NotRecorded)
                return;
            anyKnown = true;
            anyFailed = anyFailed || dns::isTemporaryFailure(answer->outcome);
        };
        look(m_domainKey);
        look(m_control);
        for (const Asked &asked : m_asked)
            look(asked.answer);
        if (!anyKnown)
            return Evaluation::Status::NotChecked;
        return anyFailed ? std::optional(Evaluation::Status::TempError) : std::nullopt;
    }

    FactSource &m_facts;
    const Options &m_options;
    Evaluation m_result;
    bool m_pending = false;
    std::vector<Asked> m_asked;
    const dns::Answer *m_domainTxt = nullptr;
    const dns::Answer *m_domainKey = nullptr;
    const dns::Answer *m_adsp = nullptr;
    const dns::Answer *m_wildcard = nullptr;
    const dns::Answer *m_control = nullptr;
    const dns::Answer *m_mask = nullptr; ///< what a name without a key of its own is answered with
    std::map<std::vector<std::string>, PublishedKey> m_read;
};

} // namespace

bool PublishedKey::isUsable() const
{
    const bool isVoid = std::any_of(parsed.issues.begin(), parsed.issues.end(),
                                    [](const Issue &issue) { return voidsRecord(issue.kind); });
    if (!parsed.record || isVoid || !key || !key->isUsable())
        return false;
    // RFC 8301 section 3.2: keys of less than 1024 bits never verify.
    const bool isTooShort = key->rsa && key->rsa->bits() < 1024;
    return !isTooShort && parsed.record->servesMail() && parsed.record->allowsSha256();
}

const PublishedKey *SelectorResult::key() const
{
    const PublishedKey *first = nullptr;
    for (const PublishedKey &each : keys) {
        if (!each.isKeyRecord())
            continue;
        if (each.isUsable())
            return &each;
        first = first ? first : &each;
    }
    return first;
}

bool Evaluation::isAbsent(const std::string &selector) const
{
    return std::binary_search(absent.begin(), absent.end(), selector);
}

PublishedKey readPublishedKey(const dns::TxtData &data)
{
    // Its modulus is tried with many primes (modulus.cpp), and the same few keys are read at each evaluation.
    // MaxTextOctets bounds what is kept of each; empty strings take room, too.
    constexpr std::size_t MostKept = 64;
    static Memo<std::vector<std::string>, PublishedKey> known(MostKept);
    const std::size_t octets =
        std::accumulate(data.strings.begin(), data.strings.end(), std::size_t(0),
                        [](std::size_t sum, const std::string &string) { return sum + string.size() + 1; });
    if (octets > MaxTextOctets)
        return readAfresh(data);
    return *known.of(data.strings, [&data] { return readAfresh(data); });
}

std::string controlSelector(const DomainName &domain)
{
    // FNV-1a, twice: no secret, only a name that nobody has chosen.
    std::uint64_t hash = 14695981039346656037ULL;
    std::string name = "x";
    constexpr std::string_view Letters = "abcdefghijkmnpqrstuvwxyz23456789";
    for (int round = 0; round < 2; ++round) {
        for (const char c : domain.text())
            hash = (hash ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
        for (int i = 0; i < 10; ++i)
            name.push_back(Letters[(hash >> (5 * i + 12)) & 31U]);
    }
    return name;
}

Evaluation evaluate(const DomainName &domain, FactSource &facts, const Options &options)
{
    return Evaluator(domain, facts, options).evaluate();
}

} // namespace mailoscope::dkim
