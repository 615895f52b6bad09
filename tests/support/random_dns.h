// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/message.h"

#include <random>

/// Values that hold whatever the types allow, hostile octets above all. The same generator state gives the
/// same values, with any compiler and library.
namespace mailoscope::tests
{

using Random = std::mt19937;

/// 0 to `most`, both included.
std::uint32_t upTo(Random &random, std::uint32_t most);
bool flip(Random &random);
std::string randomOctets(Random &random, std::uint32_t most);
DomainName randomName(Random &random);
dns::RrType randomType(Random &random);
/// Data as its type has it on the wire; types that are not decoded hold octets.
dns::ResourceRecord randomRecord(Random &random, const DomainName &owner, dns::RrType type);
dns::Message randomMessage(Random &random);

} // namespace mailoscope::tests
