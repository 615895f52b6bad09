// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/evaluate.h"

#include <string>

namespace mailoscope
{

/// How many addresses SPF lets pass and what is not known of them, as one sentence without a full stop:
/// "471,552 IPv4 addresses may send, and those of mx, which could not be looked up".
std::string authorisedWords(const spf::Evaluation &evaluation, const spf::Partition &partition);
/// "471,552 IPv4 addresses", "at least 12 IPv4 addresses"; empty where there is no record.
std::string shortSum(const spf::Evaluation &evaluation);
/// How many addresses, in as few characters as may be: `471,552`, `2^96`, `≈2^83`.
std::string shortCount(const Uint128 &count);

} // namespace mailoscope
