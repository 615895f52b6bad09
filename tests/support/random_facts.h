// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.h"
#include "support/random_dns.h"

namespace mailoscope::tests
{

/// A fact of any kind as a gatherer would give it; an answer from DNS has records of the type asked for if
/// and only if there is an answer.
Fact randomFact(Random &random);

} // namespace mailoscope::tests
