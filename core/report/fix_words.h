// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/fix.h"

#include <string>
#include <string_view>
#include <vector>

/// Fixes in sentences.
namespace mailoscope
{

struct FixText {
    std::string summary;                ///< what to do, in one sentence
    std::string why;                    ///< why this mends it
    std::string risk;                   ///< what can go wrong
    std::vector<std::string> obstacles; ///< why it is a suggestion only, a sentence each
};

FixText explain(const fixes::Fix &fix);
std::string sentenceOf(fixes::Obstacle obstacle);
/// All recipes that have words, sorted.
std::vector<std::string_view> explainedRecipes();

} // namespace mailoscope
