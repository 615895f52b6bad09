// SPDX-License-Identifier: Apache-2.0
#include "dns/answer.h"

#include "base/ascii.h"
#include "base/base64.h"
#include "base/hex.h"
#include "base/text.h"
#include "base/timestamp.h"

#include <array>
#include <charconv>
#include <utility>

namespace mailoscope::dns
{

namespace
{

struct TypeName {
    RrType type;
    std::string_view name;
};
constexpr std::array<TypeName, 16> TypeNames = {{{RrType::A, "A"},
                                                 {RrType::NS, "NS"},
                                                 {RrType::CNAME, "CNAME"},
                                                 {RrType::SOA, "SOA"},
                                                 {RrType::PTR, "PTR"},
                                                 {RrType::MX, "MX"},
                                                 {RrType::TXT, "TXT"},
                                                 {RrType::AAAA, "AAAA"},
                                                 {RrType::OPT, "OPT"},
                                                 {RrType::DS, "DS"},
                                                 {RrType::RRSIG, "RRSIG"},
                                                 {RrType::DNSKEY, "DNSKEY"},
                                                 {RrType::NSEC3PARAM, "NSEC3PARAM"},
                                                 {RrType::TLSA, "TLSA"},
                                                 {RrType::CAA, "CAA"},
                                                 {RrType::SPF, "SPF"}}};

constexpr std::array<std::pair<Outcome, std::string_view>, 10> OutcomeNames = {
    {{Outcome::Answered, "answered"},
     {Outcome::NoData, "nodata"},
     {Outcome::NxDomain, "nxdomain"},
     {Outcome::ServerFailure, "servfail"},
     {Outcome::Refused, "refused"},
     {Outcome::OtherRcode, "rcode"},
     {Outcome::Timeout, "timeout"},
     {Outcome::Malformed, "malformed"},
     {Outcome::Unreachable, "unreachable"},
     {Outcome::NotRecorded, "not-recorded"}}};

std::string absolute(const DomainName &name)
{
    return name.isRoot() ? name.text() : name.text() + '.';
}

std::string quotedString(std::string_view octets)
{
    std::string text = "\"";
    for (const char c : escapedOctets(octets)) {
        if (c == '"')
            text.push_back('\\');
        text.push_back(c);
    }
    return text + '"';
}

/// Numbers and texts with blanks between them.
template <typename... Field>
std::string fields(const Field &...field)
{
    std::string text;
    const auto add = [&text](const auto &value) {
        if (!text.empty())
            text.push_back(' ');
        if constexpr (std::is_integral_v<std::decay_t<decltype(value)>>)
            text += std::to_string(value);
        else
            text += value;
    };
    (add(field), ...);
    return text;
}

/// RFC 4034 section 3.2: YYYYMMDDHHmmSS in UTC.
std::string signatureTime(std::uint32_t seconds)
{
    std::string text;
    for (const char c : toRfc3339(Timestamp(std::chrono::seconds(seconds)))) {
        if (ascii::isDigit(c))
            text.push_back(c);
    }
    return text;
}

struct Presentation {
    std::string operator()(const IpAddress &address) const { return address.toString(); }
    std::string operator()(const MxData &mx) const
    {
        return std::to_string(mx.preference) + ' ' + absolute(mx.exchange);
    }
    std::string operator()(const TxtData &txt) const
    {
        std::string text;
        for (const std::string &string : txt.strings)
            text += (text.empty() ? "" : " ") + quotedString(string);
        return text;
    }
    std::string operator()(const NameData &data) const { return absolute(data.name); }
    std::string operator()(const SoaData &soa) const
    {
        std::string text = absolute(soa.primary) + ' ' + absolute(soa.mailbox);
        for (const std::uint32_t number : {soa.serial, soa.refresh, soa.retry, soa.expire, soa.minimum})
            text += ' ' + std::to_string(number);
        return text;
    }
    // RFC 6698 section 2.2
    std::string operator()(const TlsaData &tlsa) const
    {
        return fields(tlsa.usage, tlsa.selector, tlsa.matchingType, toHex(tlsa.association));
    }
    // RFC 4034 section 5.3
    std::string operator()(const DsData &ds) const
    {
        return fields(ds.keyTag, ds.algorithm, ds.digestType, toHex(ds.digest));
    }
    // RFC 4034 section 2.2
    std::string operator()(const DnskeyData &key) const
    {
        return fields(key.flags, key.protocol, key.algorithm, toBase64(key.publicKey));
    }
    std::string operator()(const RrsigData &sig) const
    {
        return fields(toString(sig.covered), sig.algorithm, sig.labels, sig.originalTtl,
                      signatureTime(sig.expiration), signatureTime(sig.inception), sig.keyTag,
                      absolute(sig.signer), toBase64(sig.signature));
    }
    // RFC 5155 section 4.3
    std::string operator()(const Nsec3ParamData &param) const
    {
        return fields(param.hashAlgorithm, param.flags, param.iterations,
                      param.salt.empty() ? std::string("-") : toHex(param.salt));
    }
    // RFC 8659 section 4.1.1
    std::string operator()(const CaaData &caa) const
    {
        return fields(caa.flags, escapedOctets(caa.tag), quotedString(caa.value));
    }
    // RFC 3597 section 5
    std::string operator()(const OpaqueData &opaque) const
    {
        return "\\# " + std::to_string(opaque.octets.size()) + ' ' + toHex(opaque.octets);
    }
};

} // namespace

std::string toString(RrType type)
{
    for (const TypeName &known : TypeNames) {
        if (known.type == type)
            return std::string(known.name);
    }
    return "TYPE" + std::to_string(static_cast<std::uint16_t>(type));
}

std::optional<RrType> rrTypeFromString(std::string_view text)
{
    for (const TypeName &known : TypeNames) {
        if (ascii::equalIgnoringCase(known.name, text))
            return known.type;
    }
    if (!ascii::startsWithIgnoringCase(text, "TYPE"))
        return std::nullopt;
    const std::string_view digits = text.substr(4);
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return static_cast<RrType>(number);
}

std::string toString(const Question &question)
{
    return toString(question.type) + ' ' + question.name.text();
}

std::optional<Question> questionFromString(std::string_view text)
{
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos)
        return std::nullopt;
    const auto type = rrTypeFromString(text.substr(0, blank));
    const auto name = DomainName::parse(text.substr(blank + 1));
    if (!type || !name)
        return std::nullopt;
    return Question{*name, *type};
}

std::string_view toString(Outcome outcome)
{
    for (const auto &[value, name] : OutcomeNames) {
        if (value == outcome)
            return name;
    }
    return "";
}

std::optional<Outcome> outcomeFromString(std::string_view text)
{
    for (const auto &[value, name] : OutcomeNames) {
        if (name == text)
            return value;
    }
    return std::nullopt;
}

std::string TxtData::joined() const
{
    std::string text;
    for (const std::string &string : strings)
        text += string;
    return text;
}

Answer emptyAnswer(const Question &question, Outcome outcome)
{
    Answer answer;
    answer.question = question;
    answer.outcome = outcome;
    if (outcome == Outcome::NxDomain)
        answer.rcode = 3;
    else if (outcome == Outcome::ServerFailure)
        answer.rcode = 2;
    else if (outcome == Outcome::Refused)
        answer.rcode = 5;
    return answer;
}

const DomainName &canonicalName(const Answer &answer)
{
    if (!answer.aliases.empty()) {
        if (const auto *target = std::get_if<NameData>(&answer.aliases.back().data))
            return target->name;
    }
    return answer.question.name;
}

std::string toPresentation(const ResourceRecord &record)
{
    return std::visit(Presentation(), record.data);
}

} // namespace mailoscope::dns
