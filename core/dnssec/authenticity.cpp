// SPDX-License-Identifier: Apache-2.0
#include "dnssec/authenticity.h"

namespace mailoscope::dnssec
{

namespace
{

// RFC 8914 section 4
constexpr std::uint16_t DnssecBogus = 6;
constexpr std::uint16_t NsecMissing = 12;

} // namespace

std::optional<bool> validatesRoot(FactSource &facts)
{
    const dns::Answer *answer = facts.dns(DomainName(), dns::RrType::SOA);
    if (!answer || answer->outcome != dns::Outcome::Answered)
        return std::nullopt;
    return answer->authenticated;
}

bool isRootPending(FactSource &facts)
{
    return facts.dns(DomainName(), dns::RrType::SOA) == nullptr;
}

Authenticity authenticityOf(const dns::Answer *answer, std::optional<bool> validatingResolver)
{
    if (!answer || dns::isTemporaryFailure(answer->outcome))
        return Authenticity::Unknown;
    if (answer->authenticated)
        return Authenticity::Secure;
    return validatingResolver.value_or(false) ? Authenticity::Insecure : Authenticity::Unknown;
}

std::optional<std::uint16_t> bogusReason(const dns::Answer &answer)
{
    if (answer.outcome != dns::Outcome::ServerFailure)
        return std::nullopt;
    for (const std::uint16_t reason : answer.extendedErrors) {
        if (reason >= DnssecBogus && reason <= NsecMissing)
            return reason;
    }
    return std::nullopt;
}

bool isBogus(const dns::Answer &answer)
{
    return bogusReason(answer).has_value();
}

} // namespace mailoscope::dnssec
