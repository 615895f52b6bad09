// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "verdict/evaluate.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace mailoscope
{

/// Why the verdict is what it is, in one sentence.
std::string sentenceOf(verdict::Reason reason);
/// The condition of a row of the rule table, in one sentence; empty for an id that is none.
std::string sentenceOfRule(std::string_view id);
/// What cannot be seen from outside, in one sentence; empty for an id that is none.
std::string sentenceOfNotTestable(std::string_view id);
/// What happens to a forged message, in a few words.
std::string wordsOf(verdict::Treatment treatment);

/// The section `verdict` of the JSON.
nlohmann::ordered_json toJson(const verdict::Evaluation &evaluation);

} // namespace mailoscope
