// SPDX-License-Identifier: Apache-2.0
#include "base/public_address.h"

namespace mailoscope
{

namespace
{

/// The IPv4 address that a gateway would make of an IPv6 address.
IpAddress carriedBy(const IpAddress &address)
{
    if (address.isV4())
        return address;
    const Uint128 &value = address.value();
    // RFC 6052 section 2.1: 64:ff9b::/96, of which DNS64 makes answers.
    if (value.high == 0x0064ff9b00000000U && (value.low >> 32U) == 0)
        return IpAddress::fromV4(static_cast<std::uint32_t>(value.low));
    // RFC 3056 section 2: 2002::/16, the IPv4 address in the next 32 bits.
    if ((value.high >> 48U) == 0x2002U)
        return IpAddress::fromV4(static_cast<std::uint32_t>(value.high >> 16U));
    return address.unmapped();
}

} // namespace

const SpecialPurposeBlock *specialPurposeOf(const IpAddress &address)
{
    const IpAddress carried = carriedBy(address);
    return specialPurposeBlockOf(Cidr{carried, addressBits(carried.family())});
}

} // namespace mailoscope
