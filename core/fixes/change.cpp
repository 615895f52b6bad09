// SPDX-License-Identifier: Apache-2.0
#include "fixes/change.h"

#include "base/text.h"

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

/// Octets that are no UTF-8 stand in JSON as the characters of their numbers (losslessText()).
std::string octetsOf(std::string_view characters)
{
    constexpr unsigned char TwoOctets = 0xc0;
    std::string octets;
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const auto lead = static_cast<unsigned char>(characters[i]);
        if ((lead & 0xfcU) == TwoOctets && i + 1 < characters.size()) // U+0080 to U+00FF
            octets += static_cast<char>((lead << 6U) | (static_cast<unsigned char>(characters[++i]) & 0x3fU));
        else
            octets += characters[i];
    }
    return octets;
}

/// The same for a change that came out of JSON, and whose record holds such octets.
bool saysTheSameAsShown(const dns::RecordData &data, const dns::RecordData &fromJson)
{
    const auto *text = std::get_if<dns::TxtData>(&data);
    const auto *shown = std::get_if<dns::TxtData>(&fromJson);
    return text && shown && losslessText(text->joined()).utf8 == shown->joined();
}

void apply(const RecordChange &change, RecordSet &set)
{
    std::vector<dns::RecordData> &records = set.after;
    if (!change.before) {
        if (change.after)
            records.push_back(*change.after);
        return;
    }
    const auto find = [&](bool (*isMeant)(const dns::RecordData &, const dns::RecordData &)) {
        return std::find_if(records.begin(), records.end(),
                            [&](const dns::RecordData &data) { return isMeant(data, *change.before); });
    };
    auto found = find(saysTheSame);
    const bool isAsShown = found == records.end();
    if (isAsShown)
        found = find(saysTheSameAsShown);
    if (found == records.end())
        return;
    if (!change.after)
        records.erase(found);
    else if (*change.after == *change.before)
        set.ttl = change.ttl;
    else if (const auto *text = std::get_if<dns::TxtData>(&*change.after); text && isAsShown)
        *found = txtData(octetsOf(text->joined()));
    else
        *found = *change.after;
}

/// The alias that any answer was led on by.
const dns::ResourceRecord *aliasOf(const FactStore &facts, const DomainName &name)
{
    for (const Fact *fact : facts.sorted()) {
        if (!fact->isDns())
            continue;
        for (const dns::ResourceRecord &alias : fact->dns().aliases) {
            if (alias.owner == name)
                return &alias;
        }
    }
    return nullptr;
}

RecordSet setOf(const RecordChange &change, const FactStore &facts)
{
    RecordSet set{change.name, change.type, change.ttl, {}, {}};
    if (const auto *alias = change.type == dns::RrType::CNAME ? aliasOf(facts, change.name) : nullptr) {
        set.before = set.after = {alias->data};
        set.ttl = alias->ttl;
        return set;
    }
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

template <typename Answer>
void putInto(Answer &answer, const RecordSet &set)
{
    answer.records.clear();
    for (const dns::RecordData &data : set.after)
        answer.records.push_back({set.name, set.type, set.ttl, data});
    if (!answer.records.empty())
        answer.outcome = dns::Outcome::Answered;
    else if (answer.outcome == dns::Outcome::Answered)
        answer.outcome = dns::Outcome::NoData;
}

dns::Answer with(const RecordSet &set, dns::Answer answer)
{
    putInto(answer, set);
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

template <typename Records, typename DataOf>
std::vector<std::string> sortedTexts(dns::RrType type, const Records &records, DataOf dataOf)
{
    std::vector<std::string> texts;
    for (const auto &record : records)
        texts.push_back(textOf(type, dataOf(record)));
    std::sort(texts.begin(), texts.end());
    return texts;
}

/// A server of the zone that says today what the resolver says will say the same as it then, too. One that
/// says something else goes on to.
std::optional<dns::ServerAnswer> with(const RecordSet &set, const Fact &fact)
{
    const auto *answer = std::get_if<dns::ServerAnswer>(&fact.content);
    if (!answer || answer->question.question != dns::Question{set.name, set.type} ||
        dns::isTemporaryFailure(answer->outcome) || !answer->aliases.empty())
        return std::nullopt;
    const auto today = sortedTexts(set.type, set.before, [](const dns::RecordData &data) { return data; });
    const auto there =
        sortedTexts(set.type, answer->records, [](const dns::ResourceRecord &record) { return record.data; });
    if (today != there)
        return std::nullopt;
    dns::ServerAnswer then = *answer;
    putInto(then, set);
    return then;
}

void publish(const RecordSet &set, FactStore &facts)
{
    std::vector<Fact> changed;
    for (const Fact *fact : facts.sorted()) {
        if (auto server = with(set, *fact)) {
            changed.push_back(*fact);
            changed.back().content = *std::move(server);
        }
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

/// Every answer that passes by the name goes on from the alias's target, or ends at the name. What stood at
/// the name stays hidden behind an alias that comes (RFC 1034 section 3.6.2).
void publishAlias(const RecordSet &set, FactStore &facts, std::vector<FactKey> *missing)
{
    const auto *target = set.after.empty() ? nullptr : std::get_if<dns::NameData>(&set.after.front());
    std::vector<Fact> changed;
    for (const Fact *fact : facts.sorted()) {
        if (!fact->isDns() || fact->dns().question.type == dns::RrType::CNAME)
            continue;
        dns::Answer answer = fact->dns();
        const auto own =
            std::find_if(answer.aliases.begin(), answer.aliases.end(),
                         [&](const dns::ResourceRecord &alias) { return alias.owner == set.name; });
        if (own == answer.aliases.end() && (!target || canonicalName(answer) != set.name))
            continue;
        answer.aliases.erase(own, answer.aliases.end());
        answer.records.clear();
        answer.rcode = 0;
        answer.outcome = dns::Outcome::NoData;
        if (target) {
            answer.aliases.push_back({set.name, dns::RrType::CNAME, set.ttl, *target});
            const dns::Question question{target->name, answer.question.type};
            if (const FactPointer *known = facts.find(question.name, question.type)) {
                const dns::Answer &end = (*known)->dns();
                answer.outcome = end.outcome;
                answer.rcode = end.rcode;
                answer.aliases.insert(answer.aliases.end(), end.aliases.begin(), end.aliases.end());
                answer.records = end.records;
                answer.authenticated = answer.authenticated && end.authenticated;
            } else {
                answer.outcome = dns::Outcome::NotRecorded;
                if (missing)
                    missing->emplace_back(question);
            }
        }
        changed.push_back(withContent(fact, std::move(answer)));
    }
    for (Fact &fact : changed)
        facts.put(std::move(fact));
    publish(set, facts); // the answer about the alias itself
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

FactStore published(std::span<const Change> changes, const FactStore &facts, std::vector<FactKey> *missing)
{
    FactStore after = facts;
    const std::vector<RecordSet> sets = recordSets(changes, facts);
    for (const RecordSet &set : sets) { // first of all: other records may take an alias's place
        if (set.type == dns::RrType::CNAME)
            publishAlias(set, after, missing);
    }
    for (const RecordSet &set : sets) {
        if (set.type != dns::RrType::CNAME)
            publish(set, after);
    }
    for (const Change &change : changes) {
        if (const auto *file = std::get_if<FileChange>(&change))
            publish(*file, after);
    }
    return after;
}

} // namespace mailoscope::fixes
