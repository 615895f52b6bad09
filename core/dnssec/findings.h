// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/timestamp.h"
#include "dnssec/evaluate.h"
#include "report/finding.h"

#include <chrono>

/// What is notable about a zone's signatures.
namespace mailoscope::dnssec
{

/// RFC 6781 section 4.4.2: time to notice that signing has stopped.
constexpr std::chrono::days ExpiringSoon{3};
/// RFC 9276 section 3.1 wants no salt; up to here it is not worth a word.
constexpr std::size_t LongSalt = 8;

/// `at` is when the facts were gathered; without it nothing is said about the ends of signatures.
std::vector<Finding> findings(const Evaluation &evaluation, std::optional<Timestamp> at);

} // namespace mailoscope::dnssec
