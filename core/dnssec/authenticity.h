// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_source.h"

#include <optional>

/// What the resolver says about the authenticity of its answers. We validate nothing ourselves: the AD bit is
/// the resolver's word (RFC 4035 section 3.2.3), worth as much as the resolver and the way to it
/// (section 4.9.3).
namespace mailoscope::dnssec
{

enum class Authenticity {
    Unknown,  ///< not known yet, the look-up failed, or the resolver does not validate
    Secure,   ///< the resolver set AD
    Insecure, ///< the resolver validates and did not set AD: unsigned, or no chain of trust
};

/// Asks for the root's SOA record, which is signed: whoever validates sets AD for it (RFC 6840 section 5.8).
/// False: answered without AD. Nothing: not known (yet), or the look-up failed. AD-HOC: no standard has a way
/// of asking a resolver whether it validates.
std::optional<bool> validatesRoot(FactSource &facts);
/// True while that question is open.
bool isRootPending(FactSource &facts);

/// `answer` may be null. AD on any answer is proof enough that the resolver claims to validate.
Authenticity authenticityOf(const dns::Answer *answer, std::optional<bool> validatingResolver);

/// True if the failure is the resolver's verdict on signatures, said with an extended error (RFC 8914
/// sections 4.7 to 4.13: bogus, signature expired or not yet valid, DNSKEY or RRSIGs missing, no zone key,
/// NSEC missing).
bool isBogus(const dns::Answer &answer);
/// The first of these reasons.
std::optional<std::uint16_t> bogusReason(const dns::Answer &answer);

} // namespace mailoscope::dnssec
