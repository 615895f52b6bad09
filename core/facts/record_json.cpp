// SPDX-License-Identifier: Apache-2.0
#include "facts/record_json.h"

#include "facts/json_members.h"

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
        Json operator()(const dns::TlsaData &tlsa) const
        {
            return {{"usage", tlsa.usage},
                    {"selector", tlsa.selector},
                    {"matching_type", tlsa.matchingType},
                    {"data", toHex(tlsa.association)}};
        }
        Json operator()(const dns::DsData &ds) const
        {
            return {{"key_tag", ds.keyTag},
                    {"algorithm", ds.algorithm},
                    {"digest_type", ds.digestType},
                    {"digest", toHex(ds.digest)}};
        }
        Json operator()(const dns::DnskeyData &key) const
        {
            return {{"flags", key.flags},
                    {"protocol", key.protocol},
                    {"algorithm", key.algorithm},
                    {"public_key", toBase64(key.publicKey)}};
        }
        Json operator()(const dns::RrsigData &sig) const
        {
            return {{"covered", dns::toString(sig.covered)},
                    {"algorithm", sig.algorithm},
                    {"labels", sig.labels},
                    {"original_ttl", sig.originalTtl},
                    {"expiration", sig.expiration},
                    {"inception", sig.inception},
                    {"key_tag", sig.keyTag},
                    {"signer", sig.signer.text()},
                    {"signature", toBase64(sig.signature)}};
        }
        Json operator()(const dns::Nsec3ParamData &param) const
        {
            return {{"hash_algorithm", param.hashAlgorithm},
                    {"flags", param.flags},
                    {"iterations", param.iterations},
                    {"salt", toHex(param.salt)}};
        }
        Json operator()(const dns::CaaData &caa) const
        {
            return {
                {"flags", caa.flags}, {"tag", escapedOctets(caa.tag)}, {"value", escapedOctets(caa.value)}};
        }
        Json operator()(const dns::OpaqueData &opaque) const
        {
            return {{"octets", escapedOctets(opaque.octets)}};
        }
    };
    return std::visit(Writer(), data);
}

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

std::optional<dns::RecordData> tlsaFromJson(const Members &members)
{
    const auto usage = members.number<std::uint8_t>("usage");
    const auto selector = members.number<std::uint8_t>("selector");
    const auto matchingType = members.number<std::uint8_t>("matching_type");
    auto association = members.hex("data");
    if (!usage || !selector || !matchingType || !association)
        return std::nullopt;
    return dns::TlsaData{*usage, *selector, *matchingType, *std::move(association)};
}

std::optional<dns::RecordData> dsFromJson(const Members &members)
{
    const auto keyTag = members.number<std::uint16_t>("key_tag");
    const auto algorithm = members.number<std::uint8_t>("algorithm");
    const auto digestType = members.number<std::uint8_t>("digest_type");
    auto digest = members.hex("digest");
    if (!keyTag || !algorithm || !digestType || !digest)
        return std::nullopt;
    return dns::DsData{*keyTag, *algorithm, *digestType, *std::move(digest)};
}

std::optional<dns::RecordData> dnskeyFromJson(const Members &members)
{
    const auto flags = members.number<std::uint16_t>("flags");
    const auto protocol = members.number<std::uint8_t>("protocol");
    const auto algorithm = members.number<std::uint8_t>("algorithm");
    auto publicKey = members.base64("public_key");
    if (!flags || !protocol || !algorithm || !publicKey)
        return std::nullopt;
    return dns::DnskeyData{*flags, *protocol, *algorithm, *std::move(publicKey)};
}

std::optional<dns::RecordData> rrsigFromJson(const Members &members)
{
    const auto coveredText = members.text("covered");
    const auto covered = coveredText ? dns::rrTypeFromString(*coveredText) : std::nullopt;
    const auto algorithm = members.number<std::uint8_t>("algorithm");
    const auto labels = members.number<std::uint8_t>("labels");
    const auto originalTtl = members.number<std::uint32_t>("original_ttl");
    const auto expiration = members.number<std::uint32_t>("expiration");
    const auto inception = members.number<std::uint32_t>("inception");
    const auto keyTag = members.number<std::uint16_t>("key_tag");
    const auto signer = members.domain("signer");
    auto signature = members.base64("signature");
    if (!covered || !algorithm || !labels || !originalTtl || !expiration || !inception || !keyTag ||
        !signer || !signature)
        return std::nullopt;
    return dns::RrsigData{*covered,   *algorithm, *labels, *originalTtl,         *expiration,
                          *inception, *keyTag,    *signer, *std::move(signature)};
}

std::optional<dns::RecordData> nsec3ParamFromJson(const Members &members)
{
    const auto hashAlgorithm = members.number<std::uint8_t>("hash_algorithm");
    const auto flags = members.number<std::uint8_t>("flags");
    const auto iterations = members.number<std::uint16_t>("iterations");
    auto salt = members.hex("salt");
    if (!hashAlgorithm || !flags || !iterations || !salt || salt->size() > 255)
        return std::nullopt;
    return dns::Nsec3ParamData{*hashAlgorithm, *flags, *iterations, *std::move(salt)};
}

std::optional<dns::RecordData> caaFromJson(const Members &members)
{
    const auto flags = members.number<std::uint8_t>("flags");
    const auto tag = members.text("tag");
    const auto value = members.text("value");
    if (!flags || !tag || !value)
        return std::nullopt;
    std::string tagOctets = unescapedOctets(*tag);
    if (tagOctets.size() > 255)
        return std::nullopt;
    return dns::CaaData{*flags, std::move(tagOctets), unescapedOctets(*value)};
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
    case dns::RrType::TLSA:
        return tlsaFromJson(members);
    case dns::RrType::DS:
        return dsFromJson(members);
    case dns::RrType::DNSKEY:
        return dnskeyFromJson(members);
    case dns::RrType::RRSIG:
        return rrsigFromJson(members);
    case dns::RrType::NSEC3PARAM:
        return nsec3ParamFromJson(members);
    case dns::RrType::CAA:
        return caaFromJson(members);
    case dns::RrType::OPT:
        break;
    }
    const auto octets = members.text("octets");
    return octets ? std::optional<dns::RecordData>(dns::OpaqueData{unescapedOctets(*octets)}) : std::nullopt;
}

} // namespace

Json recordToJson(const dns::ResourceRecord &record)
{
    Json json = {{"owner", record.owner.text()}, {"type", dns::toString(record.type)}, {"ttl", record.ttl}};
    json.update(dataToJson(record.data));
    return json;
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

} // namespace mailoscope
