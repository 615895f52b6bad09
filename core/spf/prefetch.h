// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_source.h"
#include "spf/record_cache.h"

/// Naming at once all the facts that check_host() may need, so that none of them costs a round trip of its
/// own.
namespace mailoscope::spf
{

/// Asks `facts` for everything that the terms of `record`, evaluated for a client at `ip`, can be known to
/// need, and the same for the records of includes and redirects that are there already. The answers are not
/// looked at; a term whose name is not known is left out. Bounded by the look-up limit, as the evaluation is.
void prefetchTerms(const TakenUp &record, const DomainName &domain, const MacroValues &values,
                   const IpAddress &ip, FactSource &facts, RecordCache &records);

} // namespace mailoscope::spf
