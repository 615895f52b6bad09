// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/answer.h"

#include <optional>
#include <string>

/// Keys of zones and the digests of them that the zone above holds.
namespace mailoscope::dnssec
{

/// RFC 4034 appendix B.
std::uint16_t keyTagOf(const dns::DnskeyData &key);
/// The Zone Key flag (RFC 4034 section 2.1.1): only such keys may be pointed at by DS.
bool isZoneKey(const dns::DnskeyData &key);
/// The Secure Entry Point flag: a hint that this is a key signing key.
bool isEntryPoint(const dns::DnskeyData &key);
/// The Revoke flag (RFC 5011 section 2.1).
bool isRevoked(const dns::DnskeyData &key);

/// RFC 4034 section 5.1.4 with the digests of RFC 4509 (2) and RFC 6605 (4); nothing for a digest type that
/// we cannot compute.
std::optional<std::string> digestOf(const DomainName &owner, const dns::DnskeyData &key,
                                    std::uint8_t digestType);

/// Bits of the modulus of an RSA key (RFC 3110 section 2); nothing for other algorithms and for keys that are
/// none.
std::optional<int> rsaBits(const dns::DnskeyData &key);

/// "ECDSAP256SHA256" for 13 (IANA DNSSEC algorithm numbers); "algorithm 200" where it has no name here.
std::string algorithmName(std::uint8_t algorithm);
/// RFC 9904, RFC 9905: algorithms that must not or should not sign any more.
bool isWeakAlgorithm(std::uint8_t algorithm);

} // namespace mailoscope::dnssec
