// SPDX-License-Identifier: Apache-2.0
#include "dns/message.h"

#include "base/cursor.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

namespace mailoscope::dns
{

namespace
{

constexpr std::uint16_t ClassIn = 1;

// RFC 1035 section 4.1.1, RFC 6895 section 2.1: the second half of the header.
constexpr std::uint16_t FlagQr = 0x8000;
constexpr std::uint16_t FlagAa = 0x0400;
constexpr std::uint16_t FlagTc = 0x0200;
constexpr std::uint16_t FlagRd = 0x0100;
constexpr std::uint16_t FlagRa = 0x0080;
constexpr std::uint16_t FlagAd = 0x0020;
constexpr std::uint16_t FlagCd = 0x0010;

constexpr std::uint16_t ExtendedErrorOption = 15; // RFC 8914 section 5.1

/// Aliases followed inside one response.
constexpr std::size_t MaxAliases = 16;

/// RFC 1035 section 4.1.4. Pointers must lead backwards, so the reading ends.
std::optional<DomainName> readName(Cursor &cursor)
{
    std::array<std::string_view, 128> labels; // 255 octets hold at most 127 labels
    std::size_t count = 0;
    Cursor reader = cursor;
    std::size_t lowest = cursor.position();
    bool jumped = false;
    for (;;) {
        const std::optional<std::uint8_t> length = reader.u8();
        if (!length)
            return std::nullopt;
        if (*length == 0)
            break;
        if ((*length & 0xc0) == 0xc0) {
            const std::optional<std::uint8_t> low = reader.u8();
            if (!low)
                return std::nullopt;
            if (!jumped)
                cursor.seek(reader.position());
            jumped = true;
            const std::size_t target = (static_cast<std::size_t>(*length & 0x3f) << 8) | *low;
            if (target >= lowest || !reader.seek(target))
                return std::nullopt;
            lowest = target;
            continue;
        }
        if ((*length & 0xc0) != 0 || count == labels.size() - 1)
            return std::nullopt;
        const auto label = reader.take(std::size_t(*length));
        if (!label)
            return std::nullopt;
        labels[count++] = *label;
    }
    if (!jumped)
        cursor.seek(reader.position());
    const auto name = DomainName::fromLabels(std::span(labels.data(), count));
    return name ? std::optional(*name) : std::nullopt;
}

std::optional<RecordData> readAddress(Cursor &cursor, IpFamily family)
{
    const auto octets = cursor.take(static_cast<std::size_t>(addressBits(family) / 8));
    if (!octets)
        return std::nullopt;
    Uint128 value;
    for (const char c : *octets)
        value = (value << 8) | Uint128(static_cast<std::uint8_t>(c));
    return IpAddress::fromValue(family, value);
}

std::optional<RecordData> readTxt(Cursor &cursor, std::size_t end)
{
    TxtData txt;
    while (cursor.position() < end) {
        const auto length = cursor.u8();
        const auto string = cursor.take(std::size_t(*length));
        if (!string || cursor.position() > end)
            return std::nullopt;
        txt.strings.emplace_back(*string);
    }
    return txt;
}

std::optional<RecordData> readSoa(Cursor &cursor)
{
    const auto primary = readName(cursor);
    const auto mailbox = primary ? readName(cursor) : std::nullopt;
    const auto serial = cursor.u32();
    const auto refresh = cursor.u32();
    const auto retry = cursor.u32();
    const auto expire = cursor.u32();
    const auto minimum = cursor.u32();
    if (!mailbox || !minimum)
        return std::nullopt;
    return SoaData{*primary, *mailbox, *serial, *refresh, *retry, *expire, *minimum};
}

/// What is left of the record. Only a name can have led past its end.
std::optional<std::string> readRest(Cursor &cursor, std::size_t end)
{
    if (cursor.position() > end)
        return std::nullopt;
    const auto octets = cursor.take(end - cursor.position());
    return octets ? std::optional<std::string>(*octets) : std::nullopt;
}

std::optional<RecordData> readTlsa(Cursor &cursor, std::size_t end)
{
    const auto usage = cursor.u8();
    const auto selector = cursor.u8();
    const auto matchingType = cursor.u8();
    auto association = readRest(cursor, end);
    if (!matchingType || !association)
        return std::nullopt;
    return TlsaData{*usage, *selector, *matchingType, *std::move(association)};
}

std::optional<RecordData> readDs(Cursor &cursor, std::size_t end)
{
    const auto keyTag = cursor.u16();
    const auto algorithm = cursor.u8();
    const auto digestType = cursor.u8();
    auto digest = readRest(cursor, end);
    if (!digestType || !digest)
        return std::nullopt;
    return DsData{*keyTag, *algorithm, *digestType, *std::move(digest)};
}

std::optional<RecordData> readDnskey(Cursor &cursor, std::size_t end)
{
    const auto flags = cursor.u16();
    const auto protocol = cursor.u8();
    const auto algorithm = cursor.u8();
    auto publicKey = readRest(cursor, end);
    if (!algorithm || !publicKey)
        return std::nullopt;
    return DnskeyData{*flags, *protocol, *algorithm, *std::move(publicKey)};
}

/// A name that may not be compressed (RFC 4034 section 3.1.7, RFC 3597 section 4).
std::optional<DomainName> readWholeName(Cursor &cursor)
{
    const std::size_t begin = cursor.position();
    const auto name = readName(cursor);
    if (!name)
        return std::nullopt;
    std::size_t octets = 1;
    for (const std::string &label : name->labels())
        octets += label.size() + 1;
    return cursor.position() - begin == octets ? name : std::nullopt;
}

std::optional<RecordData> readRrsig(Cursor &cursor, std::size_t end)
{
    const auto covered = cursor.u16();
    const auto algorithm = cursor.u8();
    const auto labels = cursor.u8();
    const auto originalTtl = cursor.u32();
    const auto expiration = cursor.u32();
    const auto inception = cursor.u32();
    const auto keyTag = cursor.u16();
    const auto signer = keyTag ? readWholeName(cursor) : std::nullopt;
    auto signature = readRest(cursor, end);
    if (!signer || !signature)
        return std::nullopt;
    return RrsigData{RrType(*covered), *algorithm, *labels, *originalTtl,         *expiration,
                     *inception,       *keyTag,    *signer, *std::move(signature)};
}

std::optional<RecordData> readNsec3Param(Cursor &cursor)
{
    const auto hashAlgorithm = cursor.u8();
    const auto flags = cursor.u8();
    const auto iterations = cursor.u16();
    const auto length = cursor.u8();
    const auto salt = length ? cursor.take(std::size_t(*length)) : std::nullopt;
    if (!salt)
        return std::nullopt;
    return Nsec3ParamData{*hashAlgorithm, *flags, *iterations, std::string(*salt)};
}

// LENIENT: RFC 8659 section 4.1 wants a tag of one octet at least; one without is read, so that its owner can
// be told.
std::optional<RecordData> readCaa(Cursor &cursor, std::size_t end)
{
    const auto flags = cursor.u8();
    const auto length = cursor.u8();
    const auto tag = length ? cursor.take(std::size_t(*length)) : std::nullopt;
    auto value = readRest(cursor, end);
    if (!tag || !value)
        return std::nullopt;
    return CaaData{*flags, std::string(*tag), *std::move(value)};
}

std::optional<RecordData> readData(Cursor &cursor, RrType type, std::size_t end)
{
    switch (type) {
    case RrType::A:
        return readAddress(cursor, IpFamily::V4);
    case RrType::AAAA:
        return readAddress(cursor, IpFamily::V6);
    case RrType::NS:
    case RrType::CNAME:
    case RrType::PTR: {
        const auto name = readName(cursor);
        return name ? std::optional<RecordData>(NameData{*name}) : std::nullopt;
    }
    case RrType::MX: {
        const auto preference = cursor.u16();
        const auto exchange = preference ? readName(cursor) : std::nullopt;
        return exchange ? std::optional<RecordData>(MxData{*preference, *exchange}) : std::nullopt;
    }
    case RrType::TXT:
    case RrType::SPF:
        return readTxt(cursor, end);
    case RrType::SOA:
        return readSoa(cursor);
    case RrType::TLSA:
        return readTlsa(cursor, end);
    case RrType::DS:
        return readDs(cursor, end);
    case RrType::DNSKEY:
        return readDnskey(cursor, end);
    case RrType::RRSIG:
        return readRrsig(cursor, end);
    case RrType::NSEC3PARAM:
        return readNsec3Param(cursor);
    case RrType::CAA:
        return readCaa(cursor, end);
    case RrType::OPT:
        break;
    }
    return OpaqueData{std::string(*cursor.take(end - cursor.position()))};
}

/// RFC 6891 section 6.1.2, RFC 8914 section 2. LENIENT: options that do not fit their record are left out;
/// they say nothing about the answer.
void readOptions(std::string_view octets, std::vector<std::uint16_t> &extendedErrors)
{
    Cursor options(octets);
    for (;;) {
        const auto code = options.u16();
        const auto length = options.u16();
        const auto value = code && length ? options.take(std::size_t(*length)) : std::nullopt;
        if (!value)
            return;
        const auto infoCode = *code == ExtendedErrorOption ? Cursor(*value).u16() : std::nullopt;
        if (infoCode && extendedErrors.size() < MaxExtendedErrors)
            extendedErrors.push_back(*infoCode);
    }
}

/// Reads `count` records; class IN ones go to `records`, an OPT record into the message's EDNS fields.
std::optional<MessageError> readRecords(std::string_view octets, Cursor &cursor, std::uint16_t count,
                                        Message &message, std::vector<ResourceRecord> &records)
{
    for (std::uint16_t i = 0; i < count; ++i) {
        const auto owner = readName(cursor);
        if (!owner)
            return MessageError::BadName;
        const auto type = cursor.u16();
        const auto rrClass = cursor.u16();
        const auto ttl = cursor.u32();
        const auto length = cursor.u16();
        if (!type || !rrClass || !ttl || !length || cursor.remaining() < *length)
            return MessageError::Truncated;
        const std::size_t end = cursor.position() + *length;
        if (RrType(*type) == RrType::OPT) {
            // RFC 6891 section 6.1.3: the class is the payload size, the TTL holds the upper eight bits of
            // the rcode.
            message.hasEdns = true;
            message.ednsPayload = *rrClass;
            message.rcode = static_cast<std::uint16_t>(message.rcode | ((*ttl >> 24) << 4));
            readOptions(octets.substr(cursor.position(), *length), message.extendedErrors);
        } else if (*rrClass == ClassIn) {
            const auto data = readData(cursor, RrType(*type), end);
            if (!data || cursor.position() != end)
                return MessageError::BadRecord;
            // RFC 2181 section 8: a TTL with the top bit set counts as zero.
            records.push_back({*owner, RrType(*type), (*ttl & 0x80000000U) != 0 ? 0 : *ttl, *data});
        }
        cursor.seek(end);
    }
    return std::nullopt;
}

void put8(std::string &out, std::uint8_t value)
{
    out.push_back(static_cast<char>(value));
}

void put16(std::string &out, std::size_t value)
{
    out.push_back(static_cast<char>((value >> 8) & 0xff));
    out.push_back(static_cast<char>(value & 0xff));
}

void put32(std::string &out, std::uint32_t value)
{
    put16(out, value >> 16);
    put16(out, value & 0xffff);
}

void putName(std::string &out, const DomainName &name)
{
    for (const std::string &label : name.labels()) {
        out.push_back(static_cast<char>(label.size()));
        out += label;
    }
    out.push_back('\0');
}

struct DataEncoder {
    explicit DataEncoder(std::string &octets) : out(octets) {}
    std::string &out;

    void operator()(const IpAddress &address) { out += address.octets(); }
    void operator()(const MxData &mx)
    {
        put16(out, mx.preference);
        putName(out, mx.exchange);
    }
    void operator()(const TxtData &txt)
    {
        for (const std::string &string : txt.strings) {
            std::string_view rest = string;
            do {
                const std::string_view part = rest.substr(0, 255);
                out.push_back(static_cast<char>(part.size()));
                out += part;
                rest.remove_prefix(part.size());
            } while (!rest.empty());
        }
    }
    void operator()(const NameData &data) { putName(out, data.name); }
    void operator()(const SoaData &soa)
    {
        putName(out, soa.primary);
        putName(out, soa.mailbox);
        for (const std::uint32_t number : {soa.serial, soa.refresh, soa.retry, soa.expire, soa.minimum})
            put32(out, number);
    }
    void operator()(const TlsaData &tlsa)
    {
        put8(out, tlsa.usage);
        put8(out, tlsa.selector);
        put8(out, tlsa.matchingType);
        out += tlsa.association;
    }
    void operator()(const DsData &ds)
    {
        put16(out, ds.keyTag);
        put8(out, ds.algorithm);
        put8(out, ds.digestType);
        out += ds.digest;
    }
    void operator()(const DnskeyData &key)
    {
        put16(out, key.flags);
        put8(out, key.protocol);
        put8(out, key.algorithm);
        out += key.publicKey;
    }
    void operator()(const RrsigData &sig)
    {
        put16(out, static_cast<std::uint16_t>(sig.covered));
        put8(out, sig.algorithm);
        put8(out, sig.labels);
        for (const std::uint32_t number : {sig.originalTtl, sig.expiration, sig.inception})
            put32(out, number);
        put16(out, sig.keyTag);
        putName(out, sig.signer);
        out += sig.signature;
    }
    void operator()(const Nsec3ParamData &param)
    {
        put8(out, param.hashAlgorithm);
        put8(out, param.flags);
        put16(out, param.iterations);
        putShort(param.salt);
    }
    void operator()(const CaaData &caa)
    {
        put8(out, caa.flags);
        putShort(caa.tag);
        out += caa.value;
    }
    void operator()(const OpaqueData &opaque) { out += opaque.octets; }

private:
    /// At most 255 octets behind their number.
    void putShort(std::string_view octets)
    {
        octets = octets.substr(0, 255);
        put8(out, static_cast<std::uint8_t>(octets.size()));
        out += octets;
    }
};

void putRecords(std::string &out, const std::vector<ResourceRecord> &records)
{
    for (const ResourceRecord &record : records) {
        putName(out, record.owner);
        put16(out, static_cast<std::uint16_t>(record.type));
        put16(out, ClassIn);
        put32(out, record.ttl);
        std::string data;
        DataEncoder encoder(data);
        std::visit(encoder, record.data);
        put16(out, data.size());
        out += data;
    }
}

Outcome outcomeOf(std::uint16_t rcode)
{
    switch (rcode) {
    case 0:
        return Outcome::NoData; // until records are found
    case 2:
        return Outcome::ServerFailure;
    case 3:
        return Outcome::NxDomain;
    case 5:
        return Outcome::Refused;
    default:
        return Outcome::OtherRcode;
    }
}

/// RFC 2308 section 5: a negative answer may be kept for the smaller of the SOA's TTL and its minimum field;
/// without an SOA record not at all.
std::uint32_t negativeTtl(const Message &message)
{
    for (const ResourceRecord &record : message.authority) {
        if (const auto *soa = std::get_if<SoaData>(&record.data))
            return std::min(record.ttl, soa->minimum);
    }
    return 0;
}

} // namespace

Result<Message, MessageError> decode(std::string_view octets)
{
    Cursor cursor(octets);
    Message message;
    const auto id = cursor.u16();
    const auto flags = cursor.u16();
    const auto questionCount = cursor.u16();
    const auto answerCount = cursor.u16();
    const auto authorityCount = cursor.u16();
    const auto additionalCount = cursor.u16();
    if (!additionalCount)
        return MessageError::Truncated;
    message.id = *id;
    message.isResponse = (*flags & FlagQr) != 0;
    message.opcode = (*flags >> 11) & 0xf;
    message.authoritative = (*flags & FlagAa) != 0;
    message.truncated = (*flags & FlagTc) != 0;
    message.recursionDesired = (*flags & FlagRd) != 0;
    message.recursionAvailable = (*flags & FlagRa) != 0;
    message.authenticated = (*flags & FlagAd) != 0;
    message.checkingDisabled = (*flags & FlagCd) != 0;
    message.rcode = *flags & 0xf;
    for (std::uint16_t i = 0; i < *questionCount; ++i) {
        const auto name = readName(cursor);
        if (!name)
            return MessageError::BadName;
        const auto type = cursor.u16();
        if (!cursor.u16())
            return MessageError::Truncated;
        message.questions.push_back({*name, RrType(*type)});
    }
    for (const auto &[count, records] :
         {std::pair(*answerCount, &message.answers), std::pair(*authorityCount, &message.authority),
          std::pair(*additionalCount, &message.additional)}) {
        if (const auto error = readRecords(octets, cursor, count, message, *records))
            return *error;
    }
    return message;
}

std::string encode(const Message &message)
{
    std::string out;
    put16(out, message.id);
    std::uint16_t flags = static_cast<std::uint16_t>((message.opcode & 0xf) << 11 | (message.rcode & 0xf));
    const std::array<std::pair<bool, std::uint16_t>, 7> bits = {{{message.isResponse, FlagQr},
                                                                 {message.authoritative, FlagAa},
                                                                 {message.truncated, FlagTc},
                                                                 {message.recursionDesired, FlagRd},
                                                                 {message.recursionAvailable, FlagRa},
                                                                 {message.authenticated, FlagAd},
                                                                 {message.checkingDisabled, FlagCd}}};
    for (const auto &[set, bit] : bits)
        flags = static_cast<std::uint16_t>(flags | (set ? bit : 0));
    put16(out, flags);
    put16(out, message.questions.size());
    put16(out, message.answers.size());
    put16(out, message.authority.size());
    put16(out, message.additional.size() + (message.hasEdns ? 1 : 0));
    for (const Question &question : message.questions) {
        putName(out, question.name);
        put16(out, static_cast<std::uint16_t>(question.type));
        put16(out, ClassIn);
    }
    putRecords(out, message.answers);
    putRecords(out, message.authority);
    putRecords(out, message.additional);
    if (message.hasEdns) {
        // RFC 6891 section 6.1.2
        out.push_back('\0');
        put16(out, static_cast<std::uint16_t>(RrType::OPT));
        put16(out, message.ednsPayload);
        put32(out, static_cast<std::uint32_t>(message.rcode >> 4) << 24);
        put16(out, message.extendedErrors.size() * 6);
        for (const std::uint16_t infoCode : message.extendedErrors) {
            put16(out, ExtendedErrorOption);
            put16(out, 2);
            put16(out, infoCode);
        }
    }
    return out;
}

std::string encodeQuery(const Question &question, std::uint16_t id, Recursion recursion)
{
    Message message;
    message.id = id;
    message.recursionDesired = recursion == Recursion::Desired;
    message.authenticated = true;
    message.hasEdns = true;
    message.ednsPayload = EdnsPayload;
    message.questions.push_back(question);
    return encode(message);
}

Answer answerFrom(const Message &message, const Question &question)
{
    if (!message.isResponse || message.questions.size() != 1 || message.questions.front() != question)
        return emptyAnswer(question, Outcome::Malformed);
    Answer answer = emptyAnswer(question, outcomeOf(message.rcode));
    answer.rcode = message.rcode;
    answer.authenticated = message.authenticated;
    answer.extendedErrors = message.extendedErrors;
    std::uint32_t ttl = std::numeric_limits<std::uint32_t>::max();

    // RFC 1034 section 3.6.2: an alias leads on, unless the alias itself was asked for.
    DomainName name = question.name;
    while (question.type != RrType::CNAME) {
        const auto alias =
            std::find_if(message.answers.begin(), message.answers.end(), [&](const ResourceRecord &record) {
                return record.type == RrType::CNAME && record.owner == name;
            });
        if (alias == message.answers.end())
            break;
        // A circle, or a chain past our bound: neither data nor that there is none.
        if (answer.aliases.size() == MaxAliases)
            return emptyAnswer(question, Outcome::Malformed);
        answer.aliases.push_back(*alias);
        ttl = std::min(ttl, alias->ttl);
        name = std::get<NameData>(alias->data).name;
    }
    for (const ResourceRecord &record : message.answers) {
        if (record.type == question.type && record.owner == name) {
            answer.records.push_back(record);
            ttl = std::min(ttl, record.ttl);
        }
    }
    if (message.rcode == 0 && !answer.records.empty())
        answer.outcome = Outcome::Answered;
    else
        answer.records.clear();
    if (answer.outcome == Outcome::NoData || answer.outcome == Outcome::NxDomain)
        ttl = std::min(ttl, negativeTtl(message));
    answer.ttl = isTemporaryFailure(answer.outcome) ? 0 : ttl;
    return answer;
}

} // namespace mailoscope::dns
