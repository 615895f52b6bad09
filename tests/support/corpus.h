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

} // namespace mailoscope::tests
