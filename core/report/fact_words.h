// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.h"

#include <string>
#include <string_view>

/// How askings ended, in a few words, for tables and lists.
namespace mailoscope
{

/// "answered", "no such name", "timed out", "certificate not acceptable"...
std::string_view wordsOf(const FactOutcome &outcome);
/// Why nothing was learnt, as half a sentence: "no answer in time"; the short words where something was.
std::string_view reasonOf(const FactOutcome &outcome);
/// What an asking gave, on one line and fit to be shown: the records, the page's status and type, the
/// handshake.
std::string gistOf(const Fact &fact);

} // namespace mailoscope
