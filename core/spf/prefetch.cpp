// SPDX-License-Identifier: Apache-2.0
#include "spf/prefetch.h"

namespace mailoscope::spf
{

namespace
{

/// Terms that are prefetched in one go; a receiver would stop at ten.
constexpr int MaxTerms = 20;

class Prefetch
{
public:
    Prefetch(const MacroValues &values, const IpAddress &ip, FactSource &facts, RecordCache &records)
        : m_values(values), m_ip(ip), m_facts(facts), m_records(records)
    {
    }

    void record(const TakenUp &taken, const DomainName &domain)
    {
        const std::vector<Term> &terms = taken.record->record->terms;
        for (std::size_t i = 0; i < terms.size(); ++i) {
            if (const auto *directive = std::get_if<Directive>(&terms[i])) {
                if (std::holds_alternative<All>(directive->mechanism))
                    return;
                mechanism(directive->mechanism, taken.targets[i], domain);
            }
        }
        if (const auto index = indexOfRedirect(*taken.record->record))
            follow(std::get<Redirect>(terms[*index]).domain, taken.targets[*index]);
    }

private:
    void mechanism(const Mechanism &mechanism, const std::optional<TargetName> &fixed,
                   const DomainName &domain)
    {
        if (std::holds_alternative<Ip4>(mechanism) || std::holds_alternative<Ip6>(mechanism) ||
            ++m_terms > MaxTerms) {
            return;
        }
        if (const auto *include = std::get_if<Include>(&mechanism)) {
            follow(include->domain, fixed);
            return;
        }
        if (std::holds_alternative<Ptr>(mechanism)) {
            if (const auto reverse = DomainName::parse(m_ip.reverseName()))
                m_facts.dns(*reverse, dns::RrType::PTR);
            return;
        }
        const MacroString *spec = domainSpecOf(mechanism);
        const std::optional<DomainName> target = spec ? targetOf(*spec, fixed) : domain;
        if (!target)
            return;
        const dns::RrType addressType = m_ip.isV4() ? dns::RrType::A : dns::RrType::AAAA;
        if (std::holds_alternative<A>(mechanism))
            m_facts.dns(*target, addressType);
        else if (std::holds_alternative<Exists>(mechanism))
            m_facts.dns(*target, dns::RrType::A);
        else
            mxHosts(m_facts.dns(*target, dns::RrType::MX), addressType);
    }

    void mxHosts(const dns::Answer *answer, dns::RrType addressType)
    {
        if (!answer)
            return;
        const auto hosts = dns::dataOf<dns::MxData>(*answer);
        if (hosts.size() > 10)
            return; // a permerror: none of them will be asked for
        for (const dns::MxData *host : hosts) {
            if (!host->exchange.isRoot())
                m_facts.dns(host->exchange, addressType);
        }
    }

    void follow(const MacroString &spec, const std::optional<TargetName> &fixed)
    {
        const std::optional<DomainName> target = targetOf(spec, fixed);
        if (!target || target->labelCount() < 2)
            return;
        const dns::Answer *answer = m_facts.dns(*target, dns::RrType::TXT);
        if (!answer)
            return;
        const std::shared_ptr<const TakenUp> taken = m_records.takeUp(*answer, m_facts);
        if (!taken->record || ++m_terms > MaxTerms || !taken->record->isFlawless())
            return;
        const std::optional<std::string> outer = m_values.domain;
        m_values.domain = target->text();
        record(*taken, *target);
        m_values.domain = outer;
    }

    std::optional<DomainName> targetOf(const MacroString &spec, const std::optional<TargetName> &fixed) const
    {
        if (fixed)
            return fixed->name;
        if (spec.uses('p'))
            return std::nullopt; // costs look-ups of its own
        std::optional<std::string> text = expand(spec, m_values);
        return text ? targetNamed(*std::move(text)).name : std::nullopt;
    }

    MacroValues m_values;
    const IpAddress m_ip;
    FactSource &m_facts;
    RecordCache &m_records;
    int m_terms = 0;
};

} // namespace

void prefetchTerms(const TakenUp &record, const DomainName &domain, const MacroValues &values,
                   const IpAddress &ip, FactSource &facts, RecordCache &records)
{
    Prefetch(values, ip, facts, records).record(record, domain);
}

} // namespace mailoscope::spf
