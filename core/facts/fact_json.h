// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>

/// A fact as JSON: the form that the snapshot file and the report's `facts` share. TXT data and names are
/// kept as printable ASCII (escapedOctets()), so every octet survives.
namespace mailoscope
{

/// `kind`, `key`, `outcome`, `rcode`, `ttl`, `authenticated`, `aliases`, `records`, `from`, `at`,
/// `milliseconds`.
nlohmann::ordered_json factToJson(const Fact &fact);
/// Nothing where a member is missing, of the wrong type or out of range.
std::optional<Fact> factFromJson(const nlohmann::ordered_json &json);

/// Reads `2026-11-21T12:31:07Z`, with or without a fraction of a second.
std::optional<Timestamp> timestampFromRfc3339(std::string_view text);

} // namespace mailoscope
