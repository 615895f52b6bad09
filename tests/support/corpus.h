// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/zone.h"

#include <memory>

namespace mailoscope::tests
{

/// All of tests/data/corpus as one zone. Read once.
std::shared_ptr<const Zone> corpusZone();
/// The names in it that have an SPF record and can be mail domains, sorted.
std::vector<DomainName> corpusDomains();
/// The names in it that have an MX, SPF or DMARC record and can be mail domains, sorted.
std::vector<DomainName> corpusMailDomains();
/// What was recorded, and no more: what the corpus does not hold, because it lies in other zones or was left
/// out, is not taken for missing but is NotRecorded.
Fact corpusFact(const FactKey &key, Timestamp at);

} // namespace mailoscope::tests
