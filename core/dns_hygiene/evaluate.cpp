// SPDX-License-Identifier: Apache-2.0
#include "dns_hygiene/evaluate.h"

#include "dns/message.h"
#include "dns_hygiene/tokens.h"

#include <algorithm>

namespace mailoscope::dns_hygiene
{

namespace
{

using dns::Outcome;
using dns::RrType;

/// Nobody has such a name, so that only a wildcard can answer for it (RFC 4592 section 2.2.1).
constexpr std::string_view WildcardProbe = "mailoscope-no-such-name";

/// Octets of the answer as servers send it: each owner name is a pointer to the question (RFC 1035
/// section 4.1.4).
std::size_t octetsOnTheWire(const dns::Answer &answer)
{
    dns::Message message;
    message.questions.push_back(answer.question);
    message.hasEdns = true;
    message.answers = answer.aliases;
    message.answers.insert(message.answers.end(), answer.records.begin(), answer.records.end());
    std::size_t octets = dns::encode(message).size();
    for (const dns::ResourceRecord &record : message.answers) {
        std::size_t name = 1;
        for (const std::string &label : record.owner.labels())
            name += label.size() + 1;
        octets -= std::max<std::size_t>(name, 2) - 2;
    }
    return octets;
}

class Evaluator
{
public:
    Evaluator(const DomainName &domain, const dnssec::Evaluation &zone, const Subjects &subjects,
              FactSource &facts)
        : m_zone(zone), m_subjects(subjects), m_facts(facts)
    {
        m_result.domain = domain;
        m_result.apex = zone.apex;
    }

    Evaluation evaluate()
    {
        const DomainName &domain = m_result.domain;
        const dns::Answer *texts = ask(domain, RrType::TXT);
        const dns::Answer *mx = ask(domain, RrType::MX);
        readWildcard();
        readZone();
        readAlias(domain);
        for (std::size_t i = 0; i < std::min(m_subjects.aliases.size(), MaxSubjects); ++i)
            readAlias(m_subjects.aliases[i]);
        for (std::size_t i = 0; i < std::min(m_subjects.policies.size(), MaxSubjects); ++i)
            readPolicy(m_subjects.policies[i]);
        for (const dns::Answer *answer : {texts, mx})
            keepRecords(answer);
        if (texts)
            readTexts(*texts);
        m_result.pending = m_pending;
        if (m_pending)
            return std::move(m_result);
        m_result.status = texts->outcome == Outcome::NxDomain       ? Evaluation::Status::Missing
                          : texts->outcome == Outcome::NotRecorded  ? Evaluation::Status::NotChecked
                          : dns::isTemporaryFailure(texts->outcome) ? Evaluation::Status::TempError
                                                                    : Evaluation::Status::Ok;
        return std::move(m_result);
    }

private:
    const dns::Answer *ask(const DomainName &name, RrType type)
    {
        const dns::Answer *answer = m_facts.dns(name, type);
        m_pending = m_pending || !answer;
        return answer;
    }

    void readWildcard()
    {
        const auto probe = m_result.domain.prefixed(WildcardProbe);
        if (!probe)
            return;
        m_result.wildcardProbe = *probe;
        const dns::Answer *answer = ask(*probe, RrType::TXT);
        m_result.hasTextWildcard = answer && answer->outcome == Outcome::Answered;
    }

    void readZone()
    {
        // Asked for the best guess meanwhile; it is right for almost all domains.
        const dns::Answer *servers = ask(m_result.apex, RrType::NS);
        const dns::Answer *soa = ask(m_result.apex, RrType::SOA);
        m_pending = m_pending || (m_zone.pending && !m_zone.apexKnown);
        if (!servers || !soa)
            return;
        if (servers->aliases.empty())
            m_result.nameServers = servers->records;
        if (soa->aliases.empty() && !soa->records.empty())
            m_result.soa = soa->records.front();
    }

    // RFC 1034 section 3.6.2: nothing may stand beside a CNAME record.
    void readAlias(const DomainName &name)
    {
        const dns::Answer *cname = ask(name, RrType::CNAME);
        const dns::Answer *text = ask(name, RrType::TXT);
        // Beside an alias at the top of a zone there are always an SOA record and mostly MX records.
        const dns::Answer *mx = name == m_result.domain ? ask(name, RrType::MX) : nullptr;
        const dns::Answer *soa = name == m_result.domain ? ask(name, RrType::SOA) : nullptr;
        const bool known = std::any_of(m_result.aliases.begin(), m_result.aliases.end(),
                                       [&](const Alias &other) { return other.name == name; });
        if (!cname || !text || known || cname->outcome != Outcome::Answered)
            return;
        Alias alias;
        alias.name = name;
        alias.record = cname->records.front();
        alias.target = dns::canonicalName(*text);
        for (const dns::Answer *answer : {text, mx, soa})
            alias.coexists =
                alias.coexists || (answer && answer->outcome == Outcome::Answered && answer->aliases.empty());
        // NXDOMAIN at the end of a chain is about its end (RFC 2308 section 2.1).
        alias.isDangling = text->outcome == Outcome::NxDomain && !text->aliases.empty();
        m_result.aliases.push_back(std::move(alias));
    }

    void keepRecords(const dns::Answer *answer)
    {
        if (!answer)
            return;
        for (const dns::ResourceRecord &record : answer->records) {
            // What stands behind an alias has somebody else's TTL.
            if (answer->aliases.empty() && m_result.policies.size() < 4 * MaxSubjects)
                m_result.policies.push_back(record);
        }
    }

    // RFC 8020 section 2: NXDOMAIN says that nothing is below either.
    void readPolicy(const dns::Question &question)
    {
        const dns::Answer *answer = ask(question.name, question.type);
        keepRecords(answer);
        const bool exists = answer && (answer->outcome == Outcome::Answered || !answer->aliases.empty());
        if (!question.name.isAtOrBelow(m_result.domain))
            return;
        // Asked along with the record itself, whatever its answer will be.
        std::size_t steps = 0;
        for (DomainName above = question.name.parent();
             above != m_result.domain && above.isAtOrBelow(m_result.domain); above = above.parent()) {
            if (++steps > MaxSteps)
                return;
            const dns::Answer *there = ask(above, RrType::TXT);
            const bool isNew = std::none_of(m_result.denied.begin(), m_result.denied.end(),
                                            [&](const DeniedName &other) { return other.name == above; });
            if (exists && there && there->outcome == Outcome::NxDomain && there->aliases.empty() && isNew)
                m_result.denied.push_back({above, question.name});
        }
    }

    void readTexts(const dns::Answer &answer)
    {
        if (answer.outcome != Outcome::Answered)
            return;
        m_result.textAnswerOctets = octetsOnTheWire(answer);
        for (const dns::ResourceRecord &record : answer.records) {
            const auto *txt = std::get_if<dns::TxtData>(&record.data);
            if (!txt)
                continue;
            TextRecord text{record, txt->joined(), {}, {}};
            text.service = std::string(verificationService(text.text));
            text.secret = secretIn(text.text);
            m_result.texts.push_back(std::move(text));
        }
    }

    /// Names between a policy and the domain.
    static constexpr std::size_t MaxSteps = 4;

    const dnssec::Evaluation &m_zone;
    const Subjects &m_subjects;
    FactSource &m_facts;
    Evaluation m_result;
    bool m_pending = false;
};

} // namespace

Evaluation evaluate(const DomainName &domain, const dnssec::Evaluation &zone, const Subjects &subjects,
                    FactSource &facts)
{
    return Evaluator(domain, zone, subjects, facts).evaluate();
}

} // namespace mailoscope::dns_hygiene
