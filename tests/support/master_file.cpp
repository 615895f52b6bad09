// SPDX-License-Identifier: Apache-2.0
#include "support/master_file.h"

#include "base/ascii.h"
#include "base/base64.h"
#include "base/cursor.h"
#include "base/hex.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "support/zone.h"

#include <QtGlobal>

#include <algorithm>

namespace mailoscope::tests
{

namespace
{

struct Token {
    std::string text;
    bool quoted = false;
};

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

std::string quotedText(Cursor &cursor)
{
    std::string text;
    while (!cursor.atEnd() && !cursor.take('"')) {
        const char c = *cursor.next();
        text.push_back(c);
        if (c == '\\' && !cursor.atEnd())
            text.push_back(*cursor.next());
    }
    return text;
}

std::vector<Token> tokensOf(std::string_view line)
{
    std::vector<Token> tokens;
    Cursor cursor(line);
    for (;;) {
        cursor.takeWhile(isBlank);
        if (cursor.atEnd() || cursor.peek() == ';')
            return tokens;
        if (cursor.take('"'))
            tokens.push_back({quotedText(cursor), true});
        else
            tokens.push_back(
                {std::string(cursor.takeWhile([](char c) { return !isBlank(c) && c != ';'; })), false});
    }
}

bool isNumber(const std::string &text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), ascii::isDigit);
}

std::uint32_t number(const std::string &text)
{
    return static_cast<std::uint32_t>(std::stoul(text));
}

/// `\"` and `\\` as they are, `\DDD` as the octet.
std::string octetsOf(const std::string &text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '"')
            continue;
        plain.push_back(text[i]);
    }
    return unescapedOctets(plain);
}

std::uint8_t octet(const std::string &text)
{
    return static_cast<std::uint8_t>(number(text));
}

std::uint16_t number16(const std::string &text)
{
    return static_cast<std::uint16_t>(number(text));
}

/// YYYYMMDDHHmmSS, or seconds since 1970 (RFC 4034 section 3.2).
std::uint32_t signatureTime(const std::string &text)
{
    if (text.size() != 14)
        return number(text);
    std::string rfc3339 = text.substr(0, 4) + '-' + text.substr(4, 2) + '-' + text.substr(6, 2) + 'T' +
                          text.substr(8, 2) + ':' + text.substr(10, 2) + ':' + text.substr(12, 2) + 'Z';
    const auto since = timestampFromRfc3339(rfc3339).value().time_since_epoch();
    return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(since).count());
}

/// Digits and keys may be divided by blanks.
std::string joined(const std::vector<Token> &tokens, std::size_t from)
{
    std::string text;
    for (; from < tokens.size(); ++from)
        text += tokens[from].text;
    return text;
}

std::optional<dns::RecordData> dataOf(dns::RrType type, const std::vector<Token> &rest)
{
    switch (type) {
    case dns::RrType::A:
    case dns::RrType::AAAA:
        return IpAddress::parse(rest.at(0).text).value();
    case dns::RrType::MX:
        return dns::MxData{static_cast<std::uint16_t>(number(rest.at(0).text)), name(rest.at(1).text)};
    case dns::RrType::TXT:
    case dns::RrType::SPF: {
        dns::TxtData txt;
        for (const Token &token : rest)
            txt.strings.push_back(octetsOf(token.text));
        return txt;
    }
    case dns::RrType::NS:
    case dns::RrType::CNAME:
    case dns::RrType::PTR:
        return dns::NameData{name(rest.at(0).text)};
    case dns::RrType::SOA:
        return dns::SoaData{name(rest.at(0).text),   name(rest.at(1).text),   number(rest.at(2).text),
                            number(rest.at(3).text), number(rest.at(4).text), number(rest.at(5).text),
                            number(rest.at(6).text)};
    case dns::RrType::TLSA:
        return dns::TlsaData{octet(rest.at(0).text), octet(rest.at(1).text), octet(rest.at(2).text),
                             fromHex(joined(rest, 3)).value()};
    case dns::RrType::DS:
        return dns::DsData{number16(rest.at(0).text), octet(rest.at(1).text), octet(rest.at(2).text),
                           fromHex(joined(rest, 3)).value()};
    case dns::RrType::DNSKEY:
        return dns::DnskeyData{number16(rest.at(0).text), octet(rest.at(1).text), octet(rest.at(2).text),
                               fromBase64(joined(rest, 3)).value()};
    case dns::RrType::RRSIG:
        return dns::RrsigData{dns::rrTypeFromString(rest.at(0).text).value(),
                              octet(rest.at(1).text),
                              octet(rest.at(2).text),
                              number(rest.at(3).text),
                              signatureTime(rest.at(4).text),
                              signatureTime(rest.at(5).text),
                              number16(rest.at(6).text),
                              name(rest.at(7).text),
                              fromBase64(joined(rest, 8)).value()};
    case dns::RrType::NSEC3PARAM:
        return dns::Nsec3ParamData{octet(rest.at(0).text), octet(rest.at(1).text), number16(rest.at(2).text),
                                   rest.at(3).text == "-" ? std::string() : fromHex(rest.at(3).text).value()};
    case dns::RrType::CAA:
        return dns::CaaData{octet(rest.at(0).text), octetsOf(rest.at(1).text), octetsOf(rest.at(2).text)};
    case dns::RrType::OPT:
        break;
    }
    return std::nullopt;
}

} // namespace

std::optional<dns::ResourceRecord> recordFromLine(std::string_view line)
{
    std::vector<Token> tokens = tokensOf(line);
    if (tokens.empty() || tokens.front().text.starts_with('$'))
        return std::nullopt;
    dns::ResourceRecord record;
    record.owner = name(tokens.front().text);
    record.ttl = 300;
    std::size_t at = 1;
    for (; at < tokens.size(); ++at) {
        if (isNumber(tokens[at].text))
            record.ttl = number(tokens[at].text);
        else if (tokens[at].text != "IN")
            break;
    }
    if (at == tokens.size())
        qFatal("no type in \"%s\"", std::string(line).c_str());
    const auto type = dns::rrTypeFromString(tokens[at].text);
    if (!type)
        return std::nullopt; // SRV and others, known by name only
    record.type = *type;
    auto data = dataOf(*type, {tokens.begin() + static_cast<std::ptrdiff_t>(at) + 1, tokens.end()});
    if (!data)
        return std::nullopt;
    record.data = *std::move(data);
    return record;
}

} // namespace mailoscope::tests
