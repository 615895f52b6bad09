// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/answer.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <vector>

/// A DNS record as JSON: `owner`, `type`, `ttl` and the members of its type. TXT data and names are kept as
/// printable ASCII (escapedOctets()), so every octet survives.
namespace mailoscope
{

nlohmann::ordered_json recordToJson(const dns::ResourceRecord &record);
/// A list of records; an empty one for nullptr. Nothing where one of them cannot be read.
std::optional<std::vector<dns::ResourceRecord>> recordsFromJson(const nlohmann::ordered_json *json);

} // namespace mailoscope
