// SPDX-License-Identifier: Apache-2.0
#include "spf/record_cache.h"

namespace mailoscope::spf
{

namespace
{

std::vector<std::optional<TargetName>> fixedTargetsOf(const Record &record)
{
    std::vector<std::optional<TargetName>> targets(record.terms.size());
    for (std::size_t i = 0; i < record.terms.size(); ++i) {
        const MacroString *spec = domainSpecOf(record.terms[i]);
        if (spec && !spec->hasMacros())
            targets[i] = targetNamed(expand(*spec, {}).value_or(std::string()));
    }
    return targets;
}

std::vector<Interval<std::uint32_t>> v4ClientsOf(const Record &record)
{
    constexpr Interval<std::uint32_t> Everybody{0, 0xffffffffU};
    constexpr Interval<std::uint32_t> Nobody{1, 0};
    std::vector<Interval<std::uint32_t>> clients;
    clients.reserve(record.terms.size());
    for (const Term &term : record.terms) {
        const Mechanism *mechanism = mechanismOf(term);
        const auto *ip4 = mechanism ? std::get_if<Ip4>(mechanism) : nullptr;
        if (ip4)
            clients.push_back(v4IntervalOf(ip4->network()));
        else
            clients.push_back(mechanism && !std::holds_alternative<Ip6>(*mechanism) ? Everybody : Nobody);
    }
    return clients;
}

} // namespace

TargetName targetNamed(std::string expanded)
{
    TargetName target;
    target.text = trimmedTarget(std::move(expanded));
    // AD-HOC: section 4.8 leaves a name open that expansion made invalid: the term does not match.
    if (auto name = DomainName::parse(target.text); name && !name->isRoot())
        target.name = *std::move(name);
    return target;
}

std::shared_ptr<const TakenUp> RecordCache::takeUp(const dns::Answer &answer, FactSource &facts)
{
    const auto found = m_takenUp.find(&answer);
    if (found != m_takenUp.end() &&
        (found->second.share || saysTheSame(found->second.taken->selection, answer))) {
        return found->second.taken;
    }
    if (m_takenUp.size() >= MaxRecords)
        m_takenUp.clear();
    auto taken = std::make_shared<TakenUp>();
    taken->selection = selectRecord(&answer);
    if (taken->selection.status == Selection::Status::Found) {
        taken->record = parse(taken->selection.text);
        taken->targets = fixedTargetsOf(*taken->record->record);
        taken->v4Clients = v4ClientsOf(*taken->record->record);
    }
    m_takenUp.insert_or_assign(&answer, Entry{facts.share(answer), taken});
    return taken;
}

std::shared_ptr<const ParsedRecord> RecordCache::parse(const std::string &text)
{
    const auto found = m_records.find(text);
    if (found != m_records.end())
        return found->second;
    if (m_records.size() >= MaxRecords)
        m_records.clear();
    auto parsed = std::make_shared<const ParsedRecord>(spf::parse(text));
    m_records.emplace(text, parsed);
    return parsed;
}

} // namespace mailoscope::spf
