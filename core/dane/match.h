// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dane/evaluate.h"
#include "tls/session.h"

/// TLSA records against certificates.
namespace mailoscope::dane
{

/// What is wrong with a record by itself.
std::set<Fault> faultsOf(const dns::TlsaData &data);

/// RFC 7671 section 9: marks the records that a client leaves aside for stronger digests.
void markOutdone(std::vector<Parameters> &parameters);

/// RFC 7672 section 3.2: fills in what each record says about the chain. `names` are those that a trust
/// anchor's leaf may have (section 3.2.2).
void matchChain(std::vector<Parameters> &parameters, const tls::Session &session,
                const std::vector<DomainName> &names);

} // namespace mailoscope::dane
