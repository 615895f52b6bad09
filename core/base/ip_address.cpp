// SPDX-License-Identifier: Apache-2.0
#include "base/ip_address.h"

#include "base/public_address.h"

#ifdef _WIN32
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#endif

#include <charconv>
#include <cstring>
#include <vector>

namespace mailoscope
{

namespace
{

Uint128 maskOf(IpFamily family, int prefixLength)
{
    const int bits = addressBits(family);
    const Uint128 all = family == IpFamily::V4 ? Uint128(0xffffffffU) : Uint128::max();
    return (all << (bits - prefixLength)) & all;
}

/// inet_pton wants a terminated string; longer texts than this cannot be addresses.
using TextBuffer = std::array<char, 64>;

bool terminated(std::string_view text, TextBuffer &buffer)
{
    if (text.size() >= buffer.size() || text.find('\0') != std::string_view::npos)
        return false;
    std::memcpy(buffer.data(), text.data(), text.size());
    buffer[text.size()] = '\0';
    return true;
}

} // namespace

std::optional<IpAddress> IpAddress::parseV4(std::string_view text)
{
    TextBuffer buffer;
    std::array<std::uint8_t, 4> octets;
    if (!terminated(text, buffer) || inet_pton(AF_INET, buffer.data(), octets.data()) != 1)
        return std::nullopt;
    std::uint32_t value = 0;
    for (const std::uint8_t octet : octets)
        value = (value << 8) | octet;
    return fromV4(value);
}

std::optional<IpAddress> IpAddress::parseV6(std::string_view text)
{
    TextBuffer buffer;
    std::array<std::uint8_t, 16> octets;
    if (!terminated(text, buffer) || inet_pton(AF_INET6, buffer.data(), octets.data()) != 1)
        return std::nullopt;
    Uint128 value;
    for (const std::uint8_t octet : octets)
        value = (value << 8) | Uint128(octet);
    return fromV6(value);
}

std::optional<IpAddress> IpAddress::parse(std::string_view text)
{
    if (const auto v4 = parseV4(text))
        return v4;
    return parseV6(text);
}

std::string IpAddress::octets() const
{
    std::string octets;
    for (int shift = addressBits(m_family) - 8; shift >= 0; shift -= 8)
        octets.push_back(static_cast<char>((m_value >> shift).low & 0xff));
    return octets;
}

std::string IpAddress::toString() const
{
    if (isV4()) { // four numbers need no library: evaluations write many
        std::string text;
        for (int shift = 24; shift >= 0; shift -= 8) {
            const std::uint32_t number = (v4Value() >> shift) & 0xff;
            for (const std::uint32_t unit : {100U, 10U, 1U}) {
                if (number >= unit || unit == 1)
                    text.push_back(static_cast<char>('0' + number / unit % 10));
            }
            if (shift > 0)
                text.push_back('.');
        }
        return text;
    }
    TextBuffer buffer;
    const std::string network = octets();
    inet_ntop(AF_INET6, network.data(), buffer.data(), buffer.size());
    return buffer.data();
}

std::string IpAddress::reverseName() const
{
    static constexpr char Hex[] = "0123456789abcdef";
    std::string name;
    if (isV4()) {
        for (int shift = 0; shift < 32; shift += 8)
            name += std::to_string((v4Value() >> shift) & 0xff) + '.';
        return name + "in-addr.arpa";
    }
    for (int shift = 0; shift < 128; shift += 4) {
        name.push_back(Hex[(m_value >> shift).low & 0xf]);
        name.push_back('.');
    }
    return name + "ip6.arpa";
}

IpAddress IpAddress::unmapped() const
{
    if (isV4() || m_value.high != 0 || (m_value.low >> 32) != 0xffff)
        return *this;
    return fromV4(static_cast<std::uint32_t>(m_value.low));
}

IpAddress Cidr::first() const
{
    return IpAddress::fromValue(address.family(), address.value() & maskOf(address.family(), prefixLength));
}

IpAddress Cidr::last() const
{
    const IpFamily family = address.family();
    const Uint128 hostBits = maskOf(family, addressBits(family)) & ~maskOf(family, prefixLength);
    return IpAddress::fromValue(family, address.value() | hostBits);
}

bool Cidr::contains(const IpAddress &other) const
{
    if (other.family() != address.family())
        return false;
    if (address.isV4())
        return ((std::uint64_t(other.v4Value()) ^ address.v4Value()) >> (32 - prefixLength)) == 0;
    const Uint128 mask = maskOf(address.family(), prefixLength);
    return (other.value() & mask) == (address.value() & mask);
}

std::string Cidr::toString() const
{
    return address.toString() + '/' + std::to_string(prefixLength);
}

const std::vector<SpecialPurposeBlock> &specialPurposeBlocks()
{
    static const auto block = [](const char *text, int length, const char *name, const char *reference) {
        return SpecialPurposeBlock{Cidr{*IpAddress::parse(text), length}, name, reference};
    };
    static const std::vector<SpecialPurposeBlock> blocks = {
        block("0.0.0.0", 8, "this network", "RFC 791 section 3.2"),
        block("10.0.0.0", 8, "private use", "RFC 1918"),
        block("100.64.0.0", 10, "shared address space of carriers", "RFC 6598"),
        block("127.0.0.0", 8, "loopback", "RFC 1122 section 3.2.1.3"),
        block("169.254.0.0", 16, "link local", "RFC 3927"),
        block("172.16.0.0", 12, "private use", "RFC 1918"),
        block("192.0.0.0", 24, "IETF protocol assignments", "RFC 6890 section 2.1"),
        block("192.0.2.0", 24, "documentation", "RFC 5737"),
        block("192.88.99.0", 24, "former 6to4 relays", "RFC 7526"),
        block("192.168.0.0", 16, "private use", "RFC 1918"),
        block("198.18.0.0", 15, "benchmarking", "RFC 2544"),
        block("198.51.100.0", 24, "documentation", "RFC 5737"),
        block("203.0.113.0", 24, "documentation", "RFC 5737"),
        block("224.0.0.0", 4, "multicast", "RFC 5771"),
        block("240.0.0.0", 4, "reserved", "RFC 1112 section 4"),
        block("::", 128, "unspecified address", "RFC 4291 section 2.5.2"),
        block("::1", 128, "loopback", "RFC 4291 section 2.5.3"),
        block("::", 96, "former IPv4-compatible addresses", "RFC 4291 section 2.5.5.1"),
        block("::ffff:0:0", 96, "IPv4-mapped", "RFC 4291 section 2.5.5.2"),
        block("::ffff:0:0:0", 96, "IPv4-translated", "RFC 2765 section 2.1"),
        block("64:ff9b:1::", 48, "local IPv4/IPv6 translation", "RFC 8215"),
        block("100::", 64, "discard only", "RFC 6666"),
        block("2001::", 32, "Teredo", "RFC 4380 section 4"),
        block("2001:2::", 48, "benchmarking", "RFC 5180"),
        block("2001:db8::", 32, "documentation", "RFC 3849"),
        block("3fff::", 20, "documentation", "RFC 9637"),
        block("5f00::", 16, "segment routing", "RFC 9602"),
        block("fc00::", 7, "unique local", "RFC 4193"),
        block("fe80::", 10, "link local", "RFC 4291 section 2.5.6"),
        block("fec0::", 10, "former site local", "RFC 3879"),
        block("ff00::", 8, "multicast", "RFC 4291 section 2.7"),
    };
    return blocks;
}

const SpecialPurposeBlock *specialPurposeBlockOf(const Cidr &cidr)
{
    for (const SpecialPurposeBlock &candidate : specialPurposeBlocks()) {
        if (candidate.block.prefixLength <= cidr.prefixLength && candidate.block.contains(cidr.address))
            return &candidate;
    }
    return nullptr;
}

} // namespace mailoscope
