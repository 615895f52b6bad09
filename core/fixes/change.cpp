// SPDX-License-Identifier: Apache-2.0
#include "fixes/change.h"

#include <algorithm>

namespace mailoscope::fixes
{

namespace
{

constexpr std::size_t MaxStringOctets = 255; ///< RFC 1035 section 3.3

/// The answer that holds the set itself, not one that came to it by an alias.
const dns::Answer *answerOf(const FactStore &facts, const DomainName &name, dns::RrType type)
{
    const FactPointer *fact = facts.find(name, type);
    return fact && (*fact)->dns().aliases.empty() ? &(*fact)->dns() : nullptr;
}

/// The records of a name and type as any answer has them, one that came by an alias included.
const dns::Answer *answerAbout(const FactStore &facts, const DomainName &name, dns::RrType type)
{
    if (const dns::Answer *own = answerOf(facts, name, type))
        return own;
    for (const Fact *fact : facts.sorted()) {
        if (fact->isDns() && fact->dns().question.type == type && canonicalName(fact->dns()) == name)
            return &fact->dns();
    }
    return nullptr;
}

/// Where the strings of a TXT record divide means nothing to its readers (RFC 7208 section 3.3, RFC 6376
/// section 3.6.2.2), and who types a text does not say.
bool saysTheSame(const dns::RecordData &a, const dns::RecordData &b)
{
    const auto *textA = std::get_if<dns::TxtData>(&a);
    const auto *textB = std::get_if<dns::TxtData>(&b);
    return textA && textB ? textA->joined() == textB->joined() : a == b;
}

void apply(const RecordChange &change, RecordSet &set)
{
    std::vector<dns::RecordData> &records = set.after;
    if (!change.before) {
        if (change.after)
            records.push_back(*change.after);
        return;
    }
    const auto found = std::find_if(records.begin(), records.end(), [&](const dns::RecordData &data) {
        return saysTheSame(data, *change.before);
    });
    if (found == records.end())
        return;
    if (change.after)
        *found = *change.after;
    else
        records.erase(found);
}

RecordSet setOf(const RecordChange &change, const FactStore &facts)
{
    RecordSet set{change.name, change.type, change.ttl, {}, {}};
    const dns::Answer *answer = answerAbout(facts, change.name, change.type);
    if (answer && answer->outcome == dns::Outcome::Answered) {
        for (const dns::ResourceRecord &record : answer->records)
            set.before.push_back(record.data);
        if (!answer->records.empty())
            set.ttl = answer->records.front().ttl;
    }
    set.after = set.before;
    return set;
}

dns::Answer with(const RecordSet &set, dns::Answer answer)
{
    answer.records.clear();
    for (const dns::RecordData &data : set.after)
        answer.records.push_back({set.name, set.type, set.ttl, data});
    if (!answer.records.empty())
        answer.outcome = dns::Outcome::Answered;
    else if (answer.outcome == dns::Outcome::Answered)
        answer.outcome = dns::Outcome::NoData;
    answer.rcode = answer.outcome == dns::Outcome::NxDomain ? answer.rcode : std::uint16_t{0};
    answer.ttl = set.ttl;
    return answer;
}

Fact withContent(const Fact *like, dns::Answer answer)
{
    Fact fact;
    if (like) {
        fact.from = like->from;
        fact.at = like->at;
    }
    fact.content = std::move(answer);
    return fact;
}

/// RFC 8020: a name with data below it exists.
void makeExist(FactStore &facts, const DomainName &name)
{
    std::vector<Fact> changed;
    for (const Fact *fact : facts.sorted()) {
        if (!fact->isDns() || fact->dns().outcome != dns::Outcome::NxDomain || !fact->dns().aliases.empty() ||
            !name.isAtOrBelow(fact->dns().question.name)) {
            continue;
        }
        Fact exists = *fact;
        exists.dns().outcome = dns::Outcome::NoData;
        exists.dns().rcode = 0;
        changed.push_back(std::move(exists));
    }
    for (Fact &fact : changed)
        facts.put(std::move(fact));
}

void publish(const RecordSet &set, FactStore &facts)
{
    std::vector<Fact> changed;
    for (const Fact *fact : facts.sorted()) {
        if (fact->isDns() && fact->dns().question.type == set.type && canonicalName(fact->dns()) == set.name)
            changed.push_back(withContent(fact, with(set, fact->dns())));
    }
    if (!answerOf(facts, set.name, set.type)) {
        const dns::Answer none = dns::emptyAnswer({set.name, set.type}, dns::Outcome::NoData);
        changed.push_back(withContent(nullptr, with(set, none)));
    }
    for (Fact &fact : changed)
        facts.put(std::move(fact));
    if (!set.after.empty())
        makeExist(facts, set.name);
}

void publish(const FileChange &change, FactStore &facts)
{
    const Fact *known = facts.find(FactKey(change.url));
    https::Response response;
    if (known)
        response = known->https();
    response.url = change.url;
    response.outcome = https::Outcome::Answered;
    response.status = 200;
    response.contentType = change.mediaType;
    response.contentEncoding.clear();
    response.location.clear();
    response.body = change.after;
    response.truncated = false;
    response.detail.clear();
    Fact fact;
    if (known) {
        fact.from = known->from;
        fact.at = known->at;
    }
    fact.content = std::move(response);
    facts.put(std::move(fact));
}

} // namespace

dns::RecordData txtData(std::string_view text)
{
    dns::TxtData data;
    do {
        data.strings.emplace_back(text.substr(0, MaxStringOctets));
        text.remove_prefix(std::min(MaxStringOctets, text.size()));
    } while (!text.empty());
    return data;
}

std::string textOf(dns::RrType type, const dns::RecordData &data)
{
    if (const auto *txt = std::get_if<dns::TxtData>(&data))
        return txt->joined();
    return dns::toPresentation({DomainName(), type, 0, data});
}

std::vector<RecordSet> recordSets(std::span<const Change> changes, const FactStore &facts)
{
    std::vector<RecordSet> sets;
    for (const Change &change : changes) {
        const auto *record = std::get_if<RecordChange>(&change);
        if (!record)
            continue;
        auto set = std::find_if(sets.begin(), sets.end(), [&](const RecordSet &known) {
            return known.name == record->name && known.type == record->type;
        });
        if (set == sets.end())
            set = sets.insert(sets.end(), setOf(*record, facts));
        apply(*record, *set);
    }
    return sets;
}

FactStore published(std::span<const Change> changes, const FactStore &facts)
{
    FactStore after = facts;
    for (const RecordSet &set : recordSets(changes, facts))
        publish(set, after);
    for (const Change &change : changes) {
        if (const auto *file = std::get_if<FileChange>(&change))
            publish(*file, after);
    }
    return after;
}

} // namespace mailoscope::fixes
