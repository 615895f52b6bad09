// SPDX-License-Identifier: Apache-2.0
#include "facts/fact_json.h"

#include "base/ascii.h"
#include "base/cursor.h"
#include "base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;

Json dataToJson(const dns::RecordData &data)
{
    struct Writer {
        Json operator()(const IpAddress &address) const { return {{"address", address.toString()}}; }
        Json operator()(const dns::MxData &mx) const
        {
            return {{"preference", mx.preference}, {"exchange", mx.exchange.text()}};
        }
        Json operator()(const dns::TxtData &txt) const
        {
            Json strings = Json::array();
            for (const std::string &string : txt.strings)
                strings.push_back(escapedOctets(string));
            return {{"strings", std::move(strings)}};
        }
        Json operator()(const dns::NameData &data) const { return {{"name", data.name.text()}}; }
        Json operator()(const dns::SoaData &soa) const
        {
            return {{"primary", soa.primary.text()},
                    {"mailbox", soa.mailbox.text()},
                    {"serial", soa.serial},
                    {"refresh", soa.refresh},
                    {"retry", soa.retry},
                    {"expire", soa.expire},
                    {"minimum", soa.minimum}};
        }
        Json operator()(const dns::OpaqueData &opaque) const
        {
            return {{"octets", escapedOctets(opaque.octets)}};
        }
    };
    return std::visit(Writer(), data);
}

Json recordToJson(const dns::ResourceRecord &record)
{
    Json json = {{"owner", record.owner.text()}, {"type", dns::toString(record.type)}, {"ttl", record.ttl}};
    json.update(dataToJson(record.data));
    return json;
}

/// Typed access to members that may be missing or of another type.
class Members
{
public:
    explicit Members(const Json &json) : m_json(json) {}

    const Json *find(const char *name) const
    {
        if (!m_json.is_object())
            return nullptr;
        const auto found = m_json.find(name);
        return found == m_json.end() ? nullptr : &*found;
    }
    std::optional<std::string> text(const char *name) const
    {
        const Json *member = find(name);
        return member && member->is_string() ? std::optional(member->get<std::string>()) : std::nullopt;
    }
    std::optional<DomainName> domain(const char *name) const
    {
        const auto written = text(name);
        const auto parsed = written ? DomainName::parse(*written) : DomainNameError::Empty;
        return parsed ? std::optional(*parsed) : std::nullopt;
    }
    template <typename Number>
    std::optional<Number> number(const char *name) const
    {
        const Json *member = find(name);
        if (!member || !member->is_number_unsigned())
            return std::nullopt;
        const auto value = member->get<std::uint64_t>();
        if (value > std::numeric_limits<Number>::max())
            return std::nullopt;
        return static_cast<Number>(value);
    }

private:
    const Json &m_json;
};

std::optional<dns::RecordData> txtFromJson(const Members &members)
{
    const Json *strings = members.find("strings");
    if (!strings || !strings->is_array())
        return std::nullopt;
    dns::TxtData txt;
    for (const Json &string : *strings) {
        if (!string.is_string())
            return std::nullopt;
        txt.strings.push_back(unescapedOctets(string.get<std::string>()));
    }
    return txt;
}

std::optional<dns::RecordData> soaFromJson(const Members &members)
{
    const auto primary = members.domain("primary");
    const auto mailbox = members.domain("mailbox");
    const auto serial = members.number<std::uint32_t>("serial");
    const auto refresh = members.number<std::uint32_t>("refresh");
    const auto retry = members.number<std::uint32_t>("retry");
    const auto expire = members.number<std::uint32_t>("expire");
    const auto minimum = members.number<std::uint32_t>("minimum");
    if (!primary || !mailbox || !serial || !refresh || !retry || !expire || !minimum)
        return std::nullopt;
    return dns::SoaData{*primary, *mailbox, *serial, *refresh, *retry, *expire, *minimum};
}

std::optional<dns::RecordData> dataFromJson(dns::RrType type, const Members &members)
{
    switch (type) {
    case dns::RrType::A:
    case dns::RrType::AAAA: {
        const auto text = members.text("address");
        const auto address = text ? IpAddress::parse(*text) : std::nullopt;
        if (!address || address->isV4() != (type == dns::RrType::A))
            return std::nullopt;
        return *address;
    }
    case dns::RrType::MX: {
        const auto preference = members.number<std::uint16_t>("preference");
        const auto exchange = members.domain("exchange");
        if (!preference || !exchange)
            return std::nullopt;
        return dns::MxData{*preference, *exchange};
    }
    case dns::RrType::TXT:
    case dns::RrType::SPF:
        return txtFromJson(members);
    case dns::RrType::NS:
    case dns::RrType::CNAME:
    case dns::RrType::PTR: {
        const auto name = members.domain("name");
        return name ? std::optional<dns::RecordData>(dns::NameData{*name}) : std::nullopt;
    }
    case dns::RrType::SOA:
        return soaFromJson(members);
    case dns::RrType::OPT:
        break;
    }
    const auto octets = members.text("octets");
    return octets ? std::optional<dns::RecordData>(dns::OpaqueData{unescapedOctets(*octets)}) : std::nullopt;
}

std::optional<std::vector<dns::ResourceRecord>> recordsFromJson(const Json *json)
{
    std::vector<dns::ResourceRecord> records;
    if (!json)
        return records;
    if (!json->is_array())
        return std::nullopt;
    for (const Json &element : *json) {
        const Members members(element);
        const auto owner = members.domain("owner");
        const auto typeText = members.text("type");
        const auto type = typeText ? dns::rrTypeFromString(*typeText) : std::nullopt;
        const auto ttl = members.number<std::uint32_t>("ttl");
        auto data = type ? dataFromJson(*type, members) : std::nullopt;
        if (!owner || !ttl || !data)
            return std::nullopt;
        records.push_back({*owner, *type, *ttl, std::move(*data)});
    }
    return records;
}

/// `TXT example.com`
std::optional<FactKey> keyFromText(const std::string &text)
{
    const std::size_t blank = text.find(' ');
    if (blank == std::string::npos)
        return std::nullopt;
    const auto type = dns::rrTypeFromString(std::string_view(text).substr(0, blank));
    const auto name = DomainName::parse(std::string_view(text).substr(blank + 1));
    if (!type || !name)
        return std::nullopt;
    return FactKey{*name, *type};
}

} // namespace

Json factToJson(const Fact &fact)
{
    Json json = {{"kind", "dns"},
                 {"key", dns::toString(fact.answer.question)},
                 {"outcome", std::string(dns::toString(fact.answer.outcome))},
                 {"rcode", fact.answer.rcode},
                 {"ttl", fact.answer.ttl},
                 {"authenticated", fact.answer.authenticated}};
    if (!fact.answer.aliases.empty()) {
        for (const dns::ResourceRecord &record : fact.answer.aliases)
            json["aliases"].push_back(recordToJson(record));
    }
    json["records"] = Json::array();
    for (const dns::ResourceRecord &record : fact.answer.records)
        json["records"].push_back(recordToJson(record));
    json["from"] = fact.from;
    json["at"] = toRfc3339(fact.at);
    json["milliseconds"] = static_cast<double>(fact.took.count()) / 1000.0;
    return json;
}

std::optional<Fact> factFromJson(const Json &json)
{
    const Members members(json);
    const auto keyText = members.text("key");
    const auto key = keyText ? keyFromText(*keyText) : std::nullopt;
    const auto outcomeText = members.text("outcome");
    const auto outcome = outcomeText ? dns::outcomeFromString(*outcomeText) : std::nullopt;
    auto aliases = recordsFromJson(members.find("aliases"));
    auto records = recordsFromJson(members.find("records"));
    const auto atText = members.text("at");
    const auto at = atText ? timestampFromRfc3339(*atText) : std::optional(Timestamp{});
    if (!key || !outcome || !aliases || !records || !at)
        return std::nullopt;
    // An answer without records of its type is no answer, and the reverse.
    if ((*outcome == dns::Outcome::Answered) != !records->empty())
        return std::nullopt;
    const auto allAre = [](const std::vector<dns::ResourceRecord> &list, dns::RrType type) {
        return std::all_of(list.begin(), list.end(),
                           [type](const auto &record) { return record.type == type; });
    };
    if (!allAre(*records, key->type) || !allAre(*aliases, dns::RrType::CNAME))
        return std::nullopt;
    Fact fact;
    fact.answer = dns::emptyAnswer(*key, *outcome);
    fact.answer.rcode = members.number<std::uint16_t>("rcode").value_or(fact.answer.rcode);
    fact.answer.ttl = members.number<std::uint32_t>("ttl").value_or(0);
    const Json *authenticated = members.find("authenticated");
    fact.answer.authenticated = authenticated && authenticated->is_boolean() && authenticated->get<bool>();
    fact.answer.aliases = std::move(*aliases);
    fact.answer.records = std::move(*records);
    fact.from = members.text("from").value_or("");
    fact.at = *at;
    const Json *milliseconds = members.find("milliseconds");
    if (milliseconds && milliseconds->is_number()) {
        const double value = milliseconds->get<double>();
        if (value >= 0 && value < 1e9)
            fact.took = std::chrono::microseconds(std::llround(value * 1000));
    }
    return fact;
}

std::optional<Timestamp> timestampFromRfc3339(std::string_view text)
{
    using namespace std::chrono;
    Cursor cursor(text);
    const auto digits = [&cursor](std::size_t count) -> std::optional<int> {
        const auto taken = cursor.take(count);
        if (!taken)
            return std::nullopt;
        int value = 0;
        for (const char c : *taken) {
            if (!ascii::isDigit(c))
                return std::nullopt;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    const auto divided = [&](char divider, std::size_t count) {
        return cursor.take(divider) ? digits(count) : std::nullopt;
    };
    const auto y = digits(4);
    const auto m = divided('-', 2);
    const auto d = divided('-', 2);
    const auto hour = divided('T', 2);
    const auto minute = divided(':', 2);
    const auto second = divided(':', 2);
    if (!y || !m || !d || !hour || !minute || !second)
        return std::nullopt;
    int fraction = 0;
    if (cursor.take('.')) {
        const std::string_view written = cursor.takeWhile(ascii::isDigit);
        for (std::size_t i = 0; i < 3; ++i)
            fraction = fraction * 10 + (i < written.size() ? written[i] - '0' : 0);
    }
    const year_month_day date{year(*y), month(unsigned(*m)), day(unsigned(*d))};
    if (!cursor.take('Z') || !cursor.atEnd() || !date.ok() || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    const Timestamp time =
        sys_days(date) + hours(*hour) + minutes(*minute) + seconds(*second) + milliseconds(fraction);
    // A leap second at the very end would be in the year 10000, which RFC 3339 cannot write.
    return time < sys_days(year(10000) / January / 1) ? std::optional(time) : std::nullopt;
}

} // namespace mailoscope
