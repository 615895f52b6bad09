// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/uint128.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailoscope
{

enum class IpFamily { V4, V6 };

/// The number of bits of an address: 32 or 128.
constexpr int addressBits(IpFamily family)
{
    return family == IpFamily::V4 ? 32 : 128;
}

/// An IPv4 or IPv6 address.
class IpAddress
{
public:
    IpAddress() = default;

    static IpAddress fromV4(std::uint32_t value) { return IpAddress(IpFamily::V4, value); }
    static IpAddress fromV6(const Uint128 &value) { return IpAddress(IpFamily::V6, value); }
    static IpAddress fromValue(IpFamily family, const Uint128 &value) { return IpAddress(family, value); }

    /// Four full decimal numbers without leading zeros.
    static std::optional<IpAddress> parseV4(std::string_view text);
    /// Any form of RFC 4291 section 2.2, the embedded IPv4 tail included; no zone, no brackets.
    static std::optional<IpAddress> parseV6(std::string_view text);
    /// Either of them.
    static std::optional<IpAddress> parse(std::string_view text);

    IpFamily family() const { return m_family; }
    bool isV4() const { return m_family == IpFamily::V4; }
    /// The address as a number; below 2^32 for IPv4.
    const Uint128 &value() const { return m_value; }
    std::uint32_t v4Value() const { return static_cast<std::uint32_t>(m_value.low); }
    /// The octets in network order: 4 or 16.
    std::string octets() const;

    /// IPv6 in the form of RFC 5952.
    std::string toString() const;
    /// The name below which this address has its PTR records: `in-addr.arpa` or `ip6.arpa` (RFC 3596
    /// section 2.5).
    std::string reverseName() const;
    /// The IPv4 address inside an IPv4-mapped IPv6 address (`::ffff:0:0/96`), else this address (RFC 7208
    /// section 5).
    IpAddress unmapped() const;

    friend bool operator==(const IpAddress &, const IpAddress &) = default;
    friend auto operator<=>(const IpAddress &, const IpAddress &) = default;

private:
    IpAddress(IpFamily family, const Uint128 &value) : m_family(family), m_value(value) {}

    IpFamily m_family = IpFamily::V4;
    Uint128 m_value;
};

/// An address block: an address and the number of bits that count. The host bits are kept as they were
/// written.
struct Cidr {
    IpAddress address;
    int prefixLength = 0;

    IpAddress first() const;
    IpAddress last() const;
    bool contains(const IpAddress &other) const;
    bool hasHostBits() const { return address != first(); }
    /// `192.0.2.0/24`; a full-length prefix is written out too.
    std::string toString() const;

    friend bool operator==(const Cidr &, const Cidr &) = default;
    friend auto operator<=>(const Cidr &, const Cidr &) = default;
};

/// Why an address block cannot be the source of mail on the public Internet (IANA special-purpose registries,
/// RFC 6890).
struct SpecialPurposeBlock {
    Cidr block;
    const char *name; ///< such as "private use"
    const char *reference;
};

/// The special-purpose block that holds the whole of `cidr`, if any.
const SpecialPurposeBlock *specialPurposeBlockOf(const Cidr &cidr);

} // namespace mailoscope
