// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>

/// A fact as JSON: the form that the snapshot file and the report's `facts` share. TXT data and names are
/// kept as printable ASCII (escapedOctets()), so every octet survives.
namespace mailoscope
{

/// `kind`, `key`, `outcome`, `from`, `at`, `milliseconds` and, for DNS: `rcode`, `ttl`, `authenticated`,
/// `aliases`, `records`; for HTTPS: `status`, `content_type`, `body`...; for SMTP: `greeting`,
/// `extensions`...; for both, `tls`.
nlohmann::ordered_json factToJson(const Fact &fact);
/// Nothing where a member is missing, of the wrong type or out of range.
std::optional<Fact> factFromJson(const nlohmann::ordered_json &json);

} // namespace mailoscope
