// SPDX-License-Identifier: Apache-2.0
#include "support/random_dns.h"

#include <array>

namespace mailoscope::tests
{

namespace
{

std::uint32_t number(Random &random)
{
    static constexpr std::array<std::uint32_t, 6> Edges = {0, 1, 300, 0x7fffffff, 0x80000000, 0xffffffff};
    return upTo(random, 1) ? Edges[upTo(random, Edges.size() - 1)] : static_cast<std::uint32_t>(random());
}

dns::RecordData randomData(Random &random, dns::RrType type)
{
    switch (type) {
    case dns::RrType::A:
        return IpAddress::fromV4(number(random));
    case dns::RrType::AAAA:
        return IpAddress::fromV6((Uint128(number(random)) << 96) | Uint128(number(random)));
    case dns::RrType::MX:
        return dns::MxData{static_cast<std::uint16_t>(number(random)), randomName(random)};
    case dns::RrType::TXT:
    case dns::RrType::SPF: {
        dns::TxtData txt;
        for (std::uint32_t n = upTo(random, 3); n > 0; --n)
            txt.strings.push_back(randomOctets(random, flip(random) ? 8 : 255));
        return txt;
    }
    case dns::RrType::NS:
    case dns::RrType::CNAME:
    case dns::RrType::PTR:
        return dns::NameData{randomName(random)};
    case dns::RrType::SOA:
        return dns::SoaData{randomName(random), randomName(random), number(random), number(random),
                            number(random),     number(random),     number(random)};
    case dns::RrType::OPT:
        break;
    }
    return dns::OpaqueData{randomOctets(random, 40)};
}

void addRecords(Random &random, std::vector<dns::ResourceRecord> &records)
{
    for (std::uint32_t n = upTo(random, 4); n > 0; --n) {
        dns::ResourceRecord record = randomRecord(random, randomName(random), randomType(random));
        record.ttl &= 0x7fffffff; // RFC 2181 section 8
        records.push_back(std::move(record));
    }
}

} // namespace

bool flip(Random &random)
{
    return upTo(random, 1) == 1;
}

std::uint32_t upTo(Random &random, std::uint32_t most)
{
    return static_cast<std::uint32_t>(random() % (std::uint64_t(most) + 1));
}

std::string randomOctets(Random &random, std::uint32_t most)
{
    std::string octets(upTo(random, most), '\0');
    for (char &c : octets)
        c = flip(random) ? ".\\\"0129 aA-"[upTo(random, 10)] : static_cast<char>(random() & 0xff);
    return octets;
}

DomainName randomName(Random &random)
{
    std::vector<std::string> labels(upTo(random, 4));
    for (std::string &label : labels)
        label = 'x' + randomOctets(random, flip(random) ? 4 : 62);
    std::size_t wire = 1;
    std::vector<std::string_view> views;
    for (const std::string &label : labels) {
        wire += label.size() + 1;
        if (wire <= DomainName::MaxWireOctets)
            views.push_back(label);
    }
    return *DomainName::fromLabels(views);
}

dns::RrType randomType(Random &random)
{
    using dns::RrType;
    static constexpr std::array<RrType, 11> Types = {
        RrType::A,   RrType::NS,   RrType::CNAME, RrType::SOA,         RrType::PTR,  RrType::MX,
        RrType::TXT, RrType::AAAA, RrType::SPF,   RrType(257) /*CAA*/, RrType(65280)};
    return Types[upTo(random, Types.size() - 1)];
}

dns::ResourceRecord randomRecord(Random &random, const DomainName &owner, dns::RrType type)
{
    return {owner, type, number(random), randomData(random, type)};
}

dns::Message randomMessage(Random &random)
{
    dns::Message message;
    message.id = static_cast<std::uint16_t>(random());
    message.isResponse = flip(random);
    message.authoritative = flip(random);
    message.truncated = flip(random);
    message.recursionDesired = flip(random);
    message.recursionAvailable = flip(random);
    message.authenticated = flip(random);
    message.checkingDisabled = flip(random);
    message.opcode = static_cast<std::uint8_t>(upTo(random, 15));
    message.hasEdns = flip(random);
    message.rcode = static_cast<std::uint16_t>(upTo(random, message.hasEdns ? 4095 : 15));
    message.ednsPayload = message.hasEdns ? static_cast<std::uint16_t>(random()) : std::uint16_t(0);
    for (std::uint32_t n = upTo(random, 2); n > 0; --n)
        message.questions.push_back({randomName(random), randomType(random)});
    addRecords(random, message.answers);
    addRecords(random, message.authority);
    addRecords(random, message.additional);
    return message;
}

} // namespace mailoscope::tests
