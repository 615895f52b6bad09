// SPDX-License-Identifier: Apache-2.0
#include "support/zone.h"

#include "base/text.h"
#include "support/master_file.h"

#include <nlohmann/json.hpp>

#include <QtGlobal>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace mailoscope::tests
{

namespace
{

constexpr std::size_t MaxAliases = 8;

std::uint16_t rcodeOf(dns::Outcome outcome)
{
    return dns::emptyAnswer({}, outcome).rcode;
}

/// U+0080 to U+00FF stand for single octets, as the suite has it.
std::string octetsOf(const std::string &utf8)
{
    std::string octets;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        if ((lead & 0xe0) == 0xc0 && i + 1 < utf8.size())
            octets.push_back(static_cast<char>(((lead & 0x1f) << 6) | (utf8[++i] & 0x3f)));
        else
            octets.push_back(utf8[i]);
    }
    return octets;
}

dns::RecordData suiteData(dns::RrType type, const nlohmann::json &entry)
{
    switch (type) {
    case dns::RrType::A:
    case dns::RrType::AAAA:
        return IpAddress::parse(entry.at("value").get<std::string>()).value();
    case dns::RrType::MX:
        return dns::MxData{entry.at("preference").get<std::uint16_t>(),
                           name(entry.at("host").get<std::string>())};
    case dns::RrType::TXT:
    case dns::RrType::SPF: {
        dns::TxtData txt;
        for (const auto &string : entry.at("strings"))
            txt.strings.push_back(octetsOf(string.get<std::string>()));
        return txt;
    }
    case dns::RrType::CNAME:
    case dns::RrType::PTR:
        return dns::NameData{name(entry.at("value").get<std::string>())};
    case dns::RrType::NS:
    case dns::RrType::SOA:
    case dns::RrType::OPT:
    case dns::RrType::DS:
    case dns::RrType::DNSKEY:
    case dns::RrType::RRSIG:
    case dns::RrType::NSEC3PARAM:
    case dns::RrType::TLSA:
    case dns::RrType::CAA:
        break;
    }
    qFatal("the suite has a type that tests do not know");
    return {};
}

} // namespace

DomainName name(std::string_view text)
{
    const auto parsed = text.empty() ? DomainName() : DomainName::parse(text);
    if (!parsed)
        qFatal("no domain name: \"%s\"", std::string(text).c_str());
    return *parsed;
}

void Zone::add(dns::ResourceRecord record)
{
    for (DomainName above = record.owner; m_existing.insert(above).second && !above.isRoot();)
        above = above.parent();
    m_records[record.owner].push_back(std::move(record));
}

void Zone::add(std::string_view line)
{
    if (auto record = recordFromLine(line))
        add(*std::move(record));
}

void Zone::addMasterFile(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        auto record = recordFromLine(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!record)
            continue;
        const auto &there = m_records[record->owner];
        if (std::none_of(there.begin(), there.end(), [&](const dns::ResourceRecord &other) {
                return other.type == record->type && other.data == record->data;
            }))
            add(*std::move(record));
    }
}

void Zone::addMasterFileAt(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        qFatal("cannot read %s", path.c_str());
    std::ostringstream text;
    text << file.rdbuf();
    addMasterFile(text.str());
}

void Zone::addSuite(const nlohmann::json &zone)
{
    for (const auto &[owner, entries] : zone.items()) {
        for (const auto &entry : entries) {
            const std::string type = entry.at("type").get<std::string>();
            if (type == "TIMEOUT")
                failOtherwise(name(owner), dns::Outcome::Timeout);
            else if (const auto known = dns::rrTypeFromString(type); known && *known != dns::RrType::SPF)
                add({name(owner), *known, 300, suiteData(*known, entry)});
        }
    }
}

void Zone::fail(const dns::Question &question, dns::Outcome outcome)
{
    m_failing.insert_or_assign(question, outcome);
}

void Zone::failOtherwise(const DomainName &name, dns::Outcome outcome)
{
    m_failingOtherwise.insert_or_assign(name, outcome);
}

void Zone::remove(const DomainName &name, dns::RrType type)
{
    const auto found = m_records.find(name);
    if (found != m_records.end())
        std::erase_if(found->second,
                      [type](const dns::ResourceRecord &record) { return record.type == type; });
}

bool Zone::knows(const DomainName &name) const
{
    const bool fails = std::any_of(m_failing.begin(), m_failing.end(),
                                   [&](const auto &entry) { return entry.first.name == name; });
    return fails || exists(name) || m_failingOtherwise.contains(name) || recordsAt(name);
}

bool Zone::has(const dns::Question &question) const
{
    const auto found = m_records.find(question.name);
    return found != m_records.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [&](const dns::ResourceRecord &record) { return record.type == question.type; });
}

/// With wildcards: RFC 4592 section 3.3.1.
const std::vector<dns::ResourceRecord> *Zone::recordsAt(const DomainName &name) const
{
    const auto found = m_records.find(name);
    if (found != m_records.end())
        return &found->second;
    if (exists(name) || name.isRoot())
        return nullptr;
    DomainName encloser = name.parent();
    while (!exists(encloser) && !encloser.isRoot())
        encloser = encloser.parent();
    const auto wildcard = encloser.prefixed("*");
    const auto source = wildcard ? m_records.find(*wildcard) : m_records.end();
    return source == m_records.end() ? nullptr : &source->second;
}

dns::ResourceRecord Zone::soa() const
{
    return {
        DomainName(), dns::RrType::SOA, m_negativeTtl,
        dns::SoaData{name("ns.invalid"), name("hostmaster.invalid"), 1, 3600, 900, 604800, m_negativeTtl}};
}

void Zone::sign(const DomainName &apex)
{
    m_signed.insert(apex);
}

void Zone::explain(const DomainName &name, std::uint16_t extendedError)
{
    m_extendedErrors.insert_or_assign(name, extendedError);
}

/// RFC 4035 section 3.2.3: AD is for the whole answer, so that one alias out of a signed zone clears it.
bool Zone::isSecure(const std::vector<dns::ResourceRecord> &aliases, const DomainName &last) const
{
    const auto isSigned = [this](const DomainName &name) {
        return std::any_of(m_signed.begin(), m_signed.end(), [&](const DomainName &apex) {
            return apex.isRoot() ? name.isRoot() : name.isAtOrBelow(apex);
        });
    };
    return isSigned(last) &&
           std::all_of(aliases.begin(), aliases.end(),
                       [&](const dns::ResourceRecord &alias) { return isSigned(alias.owner); });
}

std::optional<dns::Message> Zone::respond(const dns::Question &question) const
{
    dns::Message response;
    response.isResponse = true;
    response.recursionDesired = true;
    response.recursionAvailable = true;
    response.questions.push_back(question);
    DomainName at = question.name;
    for (std::size_t aliases = 0; aliases <= MaxAliases; ++aliases) {
        const auto *records = recordsAt(at);
        bool found = false;
        std::optional<dns::ResourceRecord> alias;
        for (const dns::ResourceRecord &record : records ? *records : std::vector<dns::ResourceRecord>()) {
            dns::ResourceRecord copy = record;
            copy.owner = at; // a wildcard's records take the name that was asked for
            if (record.type == question.type)
                response.answers.push_back(copy);
            else if (record.type == dns::RrType::CNAME)
                alias = copy;
            found = found || record.type == question.type;
        }
        const auto failing = m_failing.find({at, question.type});
        const auto otherwise = m_failingOtherwise.find(at);
        std::optional<dns::Outcome> failure;
        if (failing != m_failing.end())
            failure = failing->second;
        else if (!found && !alias && otherwise != m_failingOtherwise.end())
            failure = otherwise->second;
        if (failure) {
            if (*failure == dns::Outcome::Timeout)
                return std::nullopt;
            response.answers.clear();
            response.rcode = rcodeOf(*failure);
            if (const auto reason = m_extendedErrors.find(question.name); reason != m_extendedErrors.end()) {
                response.hasEdns = true;
                response.extendedErrors = {reason->second};
            }
            return response;
        }
        if (found) {
            response.authenticated = isSecure(response.answers, at);
            return response;
        }
        if (!alias) {
            response.rcode = records || exists(at) ? 0 : rcodeOf(dns::Outcome::NxDomain);
            response.authority.push_back(soa());
            response.authenticated = isSecure(response.answers, at);
            return response;
        }
        response.answers.push_back(*alias);
        at = std::get<dns::NameData>(alias->data).name;
    }
    response.answers.clear();
    response.rcode = rcodeOf(dns::Outcome::ServerFailure); // what resolvers say of a loop of aliases
    return response;
}

dns::Answer Zone::answer(const dns::Question &question) const
{
    // This no server says: it is what a snapshot answers.
    const auto failing = m_failing.find(question);
    if (failing != m_failing.end() && failing->second == dns::Outcome::NotRecorded)
        return dns::emptyAnswer(question, dns::Outcome::NotRecorded);
    const auto response = respond(question);
    return response ? dns::answerFrom(*response, question)
                    : dns::emptyAnswer(question, dns::Outcome::Timeout);
}

std::vector<DomainName> Zone::namesWith(dns::RrType type) const
{
    std::vector<DomainName> names;
    for (const auto &[owner, records] : m_records) {
        if (std::any_of(records.begin(), records.end(),
                        [type](const dns::ResourceRecord &record) { return record.type == type; }))
            names.push_back(owner);
    }
    return names;
}

std::string Zone::toRootZoneFile() const
{
    std::string text = ". 60 IN SOA " + dns::toPresentation(soa()) +
                       "\n. 60 IN NS ns.invalid.\nns.invalid. 60 IN A "
                       "127.0.0.1\n";
    for (const auto &[owner, records] : m_records) {
        const bool isAlias =
            std::any_of(records.begin(), records.end(),
                        [](const dns::ResourceRecord &record) { return record.type == dns::RrType::CNAME; });
        for (const dns::ResourceRecord &record : records) {
            // RFC 1034 section 3.6.2: servers take nothing else beside a CNAME record.
            if (isAlias && record.type != dns::RrType::CNAME)
                continue;
            // There is no zone cut below the root here.
            if (record.type == dns::RrType::SOA || record.type == dns::RrType::NS)
                continue;
            text += owner.text() + (owner.isRoot() ? " " : ". ") + std::to_string(record.ttl) + " IN " +
                    dns::toString(record.type) + ' ' + dns::toPresentation(record) + '\n';
        }
    }
    return text;
}

void Zone::add(https::Response page)
{
    https::Url url = page.url;
    m_pages.insert_or_assign(std::move(url), std::move(page));
}

void Zone::add(smtp::Session session)
{
    smtp::Target target = session.target;
    m_sessions.insert_or_assign(std::move(target), std::move(session));
}

void Zone::script(const IpAddress &server, std::string_view what)
{
    ServerScript &script = m_servers[server];
    if (what.find(' ') == std::string_view::npos)
        script.manners.emplace(what);
    else if (auto record = recordFromLine(what))
        script.records.push_back(*std::move(record));
}

dns::ServerAnswer Zone::answerAt(const dns::ServerQuestion &question) const
{
    const auto found = m_servers.find(question.server);
    const ServerScript script = found == m_servers.end() ? ServerScript() : found->second;
    const auto has = [&script](std::string_view manner) { return script.manners.contains(manner); };
    if (has("silent") || (has("no-tcp") && question.transport == dns::Transport::Tcp))
        return dns::emptyServerAnswer(question, dns::Outcome::Timeout);
    for (const char *manner : {"refused", "servfail", "not-recorded"}) {
        if (has(manner))
            return dns::emptyServerAnswer(question, *dns::outcomeFromString(manner));
    }
    Zone own = *this;
    for (const dns::ResourceRecord &record : script.records)
        own.remove(record.owner, record.type);
    for (const dns::ResourceRecord &record : script.records)
        own.add(record);
    const dns::Answer said = own.answer(question.question);
    dns::ServerAnswer answer = dns::emptyServerAnswer(question, said.outcome);
    answer.isAuthoritative = !has("lame");
    answer.aliases = said.aliases;
    answer.records = said.records;
    return answer;
}

Fact Zone::fact(const FactKey &key) const
{
    Fact fact;
    if (const auto *question = std::get_if<dns::Question>(&key)) {
        fact.content = answer(*question);
    } else if (const auto *url = std::get_if<https::Url>(&key)) {
        const auto page = m_pages.find(*url);
        https::Response response;
        response.url = *url;
        response.outcome = https::Outcome::NoAddress;
        fact.content = page == m_pages.end() ? response : page->second;
    } else if (const auto *asked = std::get_if<dns::ServerQuestion>(&key)) {
        fact.content = answerAt(*asked);
    } else {
        const auto &target = std::get<smtp::Target>(key);
        const auto known = m_sessions.find(target);
        smtp::Session session;
        session.target = target;
        session.outcome = smtp::Outcome::Refused;
        fact.content = known == m_sessions.end() ? session : known->second;
    }
    return fact;
}

} // namespace mailoscope::tests
