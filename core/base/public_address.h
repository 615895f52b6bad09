// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ip_address.h"

#include <vector>

namespace mailoscope
{

/// The special-purpose block in which an address lies, or in which the IPv4 address lies that it carries
/// (IPv4-mapped, NAT64, 6to4). A name that strangers control must not lead us to such an address: it may be
/// this machine or a device in its network. Nullptr for addresses of the public Internet.
const SpecialPurposeBlock *specialPurposeOf(const IpAddress &address);

/// All special-purpose blocks we know, IPv4 before IPv6.
const std::vector<SpecialPurposeBlock> &specialPurposeBlocks();

} // namespace mailoscope
