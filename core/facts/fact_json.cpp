// SPDX-License-Identifier: Apache-2.0
#include "facts/fact_json.h"

#include "base/base64.h"
#include "base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
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
    /// What escapedOctets() made; empty where there is none.
    std::string octets(const char *name) const { return unescapedOctets(text(name).value_or("")); }
    std::vector<std::string> texts(const char *name) const
    {
        std::vector<std::string> found;
        if (const Json *member = find(name); member && member->is_array()) {
            for (const Json &element : *member) {
                if (element.is_string())
                    found.push_back(element.get<std::string>());
            }
        }
        return found;
    }
    bool flag(const char *name) const
    {
        const Json *member = find(name);
        return member && member->is_boolean() && member->get<bool>();
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
std::optional<dns::Question> questionFromText(const std::string &text)
{
    const std::size_t blank = text.find(' ');
    if (blank == std::string::npos)
        return std::nullopt;
    const auto type = dns::rrTypeFromString(std::string_view(text).substr(0, blank));
    const auto name = DomainName::parse(std::string_view(text).substr(blank + 1));
    if (!type || !name)
        return std::nullopt;
    return dns::Question{*name, *type};
}

/// `mx.example.com:25`
std::optional<smtp::Target> targetFromText(const std::string &text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos)
        return std::nullopt;
    const auto host = DomainName::parse(std::string_view(text).substr(0, colon));
    const std::string_view digits = std::string_view(text).substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (!host || error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return smtp::Target{*host, port};
}

void writeContent(Json &json, const dns::Answer &answer)
{
    json["rcode"] = answer.rcode;
    json["ttl"] = answer.ttl;
    json["authenticated"] = answer.authenticated;
    for (const dns::ResourceRecord &record : answer.aliases)
        json["aliases"].push_back(recordToJson(record));
    json["records"] = Json::array();
    for (const dns::ResourceRecord &record : answer.records)
        json["records"].push_back(recordToJson(record));
}

Json toJson(const tls::Session &session)
{
    Json json = {{"version", session.version}, {"cipher", session.cipher}, {"faults", Json::array()}};
    for (const tls::Fault fault : session.faults)
        json["faults"].push_back(std::string(tls::toString(fault)));
    json["chain"] = Json::array();
    for (const std::string &der : session.chain)
        json["chain"].push_back(toBase64(der));
    json["detail"] = escapedOctets(session.detail);
    json["at"] = toRfc3339(session.at);
    return json;
}

void writeShared(Json &json, const std::optional<IpAddress> &address,
                 const std::optional<tls::Session> &session, const std::string &detail)
{
    json["address"] = address ? Json(address->toString()) : Json();
    json["tls"] = session ? toJson(*session) : Json();
    json["detail"] = escapedOctets(detail);
}

void writeContent(Json &json, const https::Response &response)
{
    json["status"] = response.status;
    json["content_type"] = escapedOctets(response.contentType);
    json["content_encoding"] = escapedOctets(response.contentEncoding);
    json["location"] = escapedOctets(response.location);
    json["body"] = escapedOctets(response.body);
    json["truncated"] = response.truncated;
    writeShared(json, response.address, response.tls, response.detail);
}

Json escapedList(const std::vector<std::string> &texts)
{
    Json json = Json::array();
    for (const std::string &text : texts)
        json.push_back(escapedOctets(text));
    return json;
}

void writeContent(Json &json, const smtp::Session &session)
{
    json["greeting"] = escapedOctets(session.greeting);
    json["greeting_milliseconds"] = session.greetingDelay.count();
    json["extensions"] = escapedList(session.extensions);
    json["extensions_under_tls"] = escapedList(session.extensionsUnderTls);
    writeShared(json, session.address, session.tls, session.detail);
}

std::optional<dns::Answer> answerFromJson(const std::string &key, const std::string &outcomeText,
                                          const Members &members)
{
    const auto question = questionFromText(key);
    const auto outcome = dns::outcomeFromString(outcomeText);
    auto aliases = recordsFromJson(members.find("aliases"));
    auto records = recordsFromJson(members.find("records"));
    if (!question || !outcome || !aliases || !records)
        return std::nullopt;
    // An answer without records of its type is no answer, and the reverse.
    if ((*outcome == dns::Outcome::Answered) != !records->empty())
        return std::nullopt;
    const auto allAre = [](const std::vector<dns::ResourceRecord> &list, dns::RrType type) {
        return std::all_of(list.begin(), list.end(),
                           [type](const auto &record) { return record.type == type; });
    };
    if (!allAre(*records, question->type) || !allAre(*aliases, dns::RrType::CNAME))
        return std::nullopt;
    dns::Answer answer = dns::emptyAnswer(*question, *outcome);
    answer.rcode = members.number<std::uint16_t>("rcode").value_or(answer.rcode);
    answer.ttl = members.number<std::uint32_t>("ttl").value_or(0);
    answer.authenticated = members.flag("authenticated");
    answer.aliases = std::move(*aliases);
    answer.records = std::move(*records);
    return answer;
}

std::optional<tls::Session> sessionFromJson(const Json &json)
{
    const Members members(json);
    tls::Session session;
    session.version = members.text("version").value_or("");
    session.cipher = members.text("cipher").value_or("");
    session.detail = members.octets("detail");
    session.at = timestampFromRfc3339(members.text("at").value_or("")).value_or(Timestamp{});
    for (const std::string &text : members.texts("faults")) {
        const auto fault = tls::faultFromString(text);
        if (!fault)
            return std::nullopt;
        session.faults.insert(*fault);
    }
    for (const std::string &text : members.texts("chain")) {
        auto der = fromBase64(text);
        if (!der)
            return std::nullopt;
        session.chain.push_back(std::move(*der));
    }
    return session;
}

/// False where a member is there and cannot be read.
bool readShared(const Members &members, std::optional<IpAddress> &address,
                std::optional<tls::Session> &session, std::string &detail)
{
    if (const auto text = members.text("address")) {
        address = IpAddress::parse(*text);
        if (!address)
            return false;
    }
    if (const Json *json = members.find("tls"); json && json->is_object()) {
        session = sessionFromJson(*json);
        if (!session)
            return false;
    }
    detail = members.octets("detail");
    return true;
}

std::optional<https::Response> responseFromJson(const std::string &key, const std::string &outcomeText,
                                                const Members &members)
{
    const auto url = https::Url::parse(key);
    const auto outcome = https::outcomeFromString(outcomeText);
    if (!url || !outcome)
        return std::nullopt;
    https::Response response;
    response.url = *url;
    response.outcome = *outcome;
    response.status = members.number<std::uint16_t>("status").value_or(0);
    response.contentType = members.octets("content_type");
    response.contentEncoding = members.octets("content_encoding");
    response.location = members.octets("location");
    response.body = members.octets("body");
    response.truncated = members.flag("truncated");
    if (!readShared(members, response.address, response.tls, response.detail))
        return std::nullopt;
    return response;
}

std::optional<smtp::Session> smtpFromJson(const std::string &key, const std::string &outcomeText,
                                          const Members &members)
{
    const auto target = targetFromText(key);
    const auto outcome = smtp::outcomeFromString(outcomeText);
    if (!target || !outcome)
        return std::nullopt;
    smtp::Session session;
    session.target = *target;
    session.outcome = *outcome;
    session.greeting = members.octets("greeting");
    session.greetingDelay =
        std::chrono::milliseconds(members.number<std::uint32_t>("greeting_milliseconds").value_or(0));
    for (const std::string &text : members.texts("extensions"))
        session.extensions.push_back(unescapedOctets(text));
    for (const std::string &text : members.texts("extensions_under_tls"))
        session.extensionsUnderTls.push_back(unescapedOctets(text));
    if (!readShared(members, session.address, session.tls, session.detail))
        return std::nullopt;
    return session;
}

/// Puts what was read into the fact; false where nothing could be read.
template <typename Content>
bool take(Fact &fact, std::optional<Content> content)
{
    if (content)
        fact.content = std::move(*content);
    return content.has_value();
}

} // namespace

Json factToJson(const Fact &fact)
{
    const FactKey key = fact.key();
    Json json = {{"kind", std::string(kindOf(key))},
                 {"key", toString(key)},
                 {"outcome", std::string(toString(fact.outcome()))}};
    std::visit([&json](const auto &content) { writeContent(json, content); }, fact.content);
    json["from"] = fact.from;
    json["at"] = toRfc3339(fact.at);
    json["milliseconds"] = static_cast<double>(fact.took.count()) / 1000.0;
    return json;
}

std::optional<Fact> factFromJson(const Json &json)
{
    const Members members(json);
    const auto kind = members.text("kind");
    const auto key = members.text("key");
    const auto outcome = members.text("outcome");
    const auto atText = members.text("at");
    const auto at = atText ? timestampFromRfc3339(*atText) : std::optional(Timestamp{});
    if (!kind || !key || !outcome || !at)
        return std::nullopt;
    Fact fact;
    const bool isRead = *kind == "dns"     ? take(fact, answerFromJson(*key, *outcome, members))
                        : *kind == "https" ? take(fact, responseFromJson(*key, *outcome, members))
                        : *kind == "smtp"  ? take(fact, smtpFromJson(*key, *outcome, members))
                                           : false;
    if (!isRead)
        return std::nullopt;
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

} // namespace mailoscope
