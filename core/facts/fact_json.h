// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string_view>

/// A fact as JSON: the form that the snapshot file and the report's `facts` share. TXT data and names are
/// kept as printable ASCII (escapedOctets()), so every octet survives.
namespace mailoscope
{

/// `kind`, `key`, `outcome`, `from`, `at`, `milliseconds` and, for DNS: `rcode`, `ttl`, `authenticated`,
/// `aliases`, `records`; for HTTPS: `status`, `content_type`, `body`...; for SMTP: `greeting`,
/// `extensions`...; for both, `tls`.
nlohmann::ordered_json factToJson(const Fact &fact);
/// What the fact holds more of than any server can send, as in "more records than a DNS message can"; empty
/// where all is within bounds.
std::string_view excessOf(const nlohmann::ordered_json &fact);
/// Nothing where a member is missing, of the wrong type, out of range or over the bounds.
std::optional<Fact> factFromJson(const nlohmann::ordered_json &json);

} // namespace mailoscope
