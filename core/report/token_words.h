// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/finding.h"

#include <string>
#include <string_view>
#include <vector>

namespace mailoscope
{

/// The arguments of a finding with words in place of the tokens in which evaluators give a reason or an
/// outcome: "no-issuer" becomes "its issuer is not among the certificates".
Arguments withWords(const Finding &finding);
/// All tokens that have words, for tests: none may reach a sentence.
std::vector<std::string_view> knownTokens();

} // namespace mailoscope
