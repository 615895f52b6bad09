// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profiles/profiles.h"

#include <string>

namespace mailoscope
{

/// "met", "not met", "could not be told", "cannot be tested from outside".
std::string wordsOf(profiles::Answer answer);
/// How a profile ended, in one sentence: it is never called met while something could not be told.
std::string sentenceOf(const profiles::ProfileResult &result);

} // namespace mailoscope
