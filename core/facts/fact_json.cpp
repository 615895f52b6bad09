// SPDX-License-Identifier: Apache-2.0
#include "facts/fact_json.h"

#include "facts/json_members.h"
#include "facts/record_json.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;

/// A DNS message of 65,535 octets holds no more records: each takes eleven octets at least (RFC 1035 section
/// 4.1.3).
constexpr std::size_t MaxRecords = 65535 / 11;
/// Character-strings of one record, and extended errors of one answer.
constexpr std::size_t MaxParts = 65535;
/// Certificates that one handshake shows, and their octets: what OpenSSL takes from a server, with room.
constexpr std::size_t MaxCertificates = 512;
constexpr std::size_t MaxCertificateText = 1U << 20U;
/// Lines with which a server lists its extensions (RFC 5321 section 4.1.1.1).
constexpr std::size_t MaxExtensions = 10000;

std::size_t sizeOf(const Json *list)
{
    return list && list->is_array() ? list->size() : 0;
}

std::string_view excessOfRecords(const Json *records)
{
    if (sizeOf(records) > MaxRecords)
        return "more records than a DNS message can";
    for (std::size_t i = 0; i < sizeOf(records); ++i) {
        if (sizeOf(Members((*records)[i]).find("strings")) > MaxParts)
            return "a record with more strings than a DNS message can";
    }
    return {};
}

std::string_view excessOfChain(const Json *chain)
{
    std::size_t octets = 0;
    for (std::size_t i = 0; i < sizeOf(chain) && octets <= MaxCertificateText; ++i)
        octets += (*chain)[i].is_string() ? (*chain)[i].get_ref<const std::string &>().size() : 0;
    return sizeOf(chain) > MaxCertificates || octets > MaxCertificateText
               ? "more certificates than a handshake can"
               : std::string_view();
}

std::vector<std::uint16_t> extendedErrorsFromJson(const Json *json)
{
    std::vector<std::uint16_t> codes;
    if (!json || !json->is_array())
        return codes;
    for (const Json &element : *json) {
        if (element.is_number_unsigned() &&
            element.get<std::uint64_t>() <= std::numeric_limits<std::uint16_t>::max())
            codes.push_back(element.get<std::uint16_t>());
    }
    return codes;
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
    if (!answer.extendedErrors.empty())
        json["extended_errors"] = answer.extendedErrors;
    for (const dns::ResourceRecord &record : answer.aliases)
        json["aliases"].push_back(recordToJson(record));
    json["records"] = Json::array();
    for (const dns::ResourceRecord &record : answer.records)
        json["records"].push_back(recordToJson(record));
}

void writeContent(Json &json, const dns::ServerAnswer &answer)
{
    json["authoritative"] = answer.isAuthoritative;
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

struct Sections {
    std::vector<dns::ResourceRecord> aliases;
    std::vector<dns::ResourceRecord> records;
};

/// The records of an answer to this question; nothing where they do not fit it.
std::optional<Sections> sectionsFromJson(const dns::Question &question, dns::Outcome outcome,
                                         const Members &members)
{
    auto aliases = recordsFromJson(members.find("aliases"));
    auto records = recordsFromJson(members.find("records"));
    if (!aliases || !records)
        return std::nullopt;
    // An answer without records of its type is no answer, and the reverse.
    if ((outcome == dns::Outcome::Answered) != !records->empty())
        return std::nullopt;
    const auto allAre = [](const std::vector<dns::ResourceRecord> &list, dns::RrType type) {
        return std::all_of(list.begin(), list.end(),
                           [type](const auto &record) { return record.type == type; });
    };
    if (!allAre(*records, question.type) || !allAre(*aliases, dns::RrType::CNAME))
        return std::nullopt;
    return Sections{*std::move(aliases), *std::move(records)};
}

std::optional<dns::Answer> answerFromJson(const std::string &key, const std::string &outcomeText,
                                          const Members &members)
{
    const auto question = dns::questionFromString(key);
    const auto outcome = dns::outcomeFromString(outcomeText);
    auto sections = question && outcome ? sectionsFromJson(*question, *outcome, members) : std::nullopt;
    if (!sections)
        return std::nullopt;
    dns::Answer answer = dns::emptyAnswer(*question, *outcome);
    answer.rcode = members.number<std::uint16_t>("rcode").value_or(answer.rcode);
    answer.ttl = members.number<std::uint32_t>("ttl").value_or(0);
    answer.authenticated = members.flag("authenticated");
    answer.aliases = std::move(sections->aliases);
    answer.records = std::move(sections->records);
    answer.extendedErrors = extendedErrorsFromJson(members.find("extended_errors"));
    return answer;
}

std::optional<dns::ServerAnswer> serverAnswerFromJson(const std::string &key, const std::string &outcomeText,
                                                      const Members &members)
{
    const auto question = dns::serverQuestionFromString(key);
    const auto outcome = dns::outcomeFromString(outcomeText);
    auto sections =
        question && outcome ? sectionsFromJson(question->question, *outcome, members) : std::nullopt;
    if (!sections)
        return std::nullopt;
    dns::ServerAnswer answer = dns::emptyServerAnswer(*question, *outcome);
    answer.isAuthoritative = members.flag("authoritative");
    answer.aliases = std::move(sections->aliases);
    answer.records = std::move(sections->records);
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

std::string_view excessOf(const Json &fact)
{
    const Members members(fact);
    for (const char *list : {"records", "aliases"}) {
        if (const std::string_view excess = excessOfRecords(members.find(list)); !excess.empty())
            return excess;
    }
    if (sizeOf(members.find("extended_errors")) > MaxParts)
        return "more extended errors than a DNS message can";
    for (const char *list : {"extensions", "extensions_under_tls"}) {
        if (sizeOf(members.find(list)) > MaxExtensions)
            return "more SMTP extensions than a server can list";
    }
    const Json *tls = members.find("tls");
    return tls ? excessOfChain(Members(*tls).find("chain")) : std::string_view();
}

std::optional<Fact> factFromJson(const Json &json)
{
    if (!excessOf(json).empty())
        return std::nullopt;
    const Members members(json);
    const auto kind = members.text("kind");
    const auto key = members.text("key");
    const auto outcome = members.text("outcome");
    const auto atText = members.text("at");
    const auto at = atText ? timestampFromRfc3339(*atText) : std::optional(Timestamp{});
    if (!kind || !key || !outcome || !at)
        return std::nullopt;
    Fact fact;
    const bool isRead = *kind == "dns"      ? take(fact, answerFromJson(*key, *outcome, members))
                        : *kind == "https"  ? take(fact, responseFromJson(*key, *outcome, members))
                        : *kind == "smtp"   ? take(fact, smtpFromJson(*key, *outcome, members))
                        : *kind == "server" ? take(fact, serverAnswerFromJson(*key, *outcome, members))
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
