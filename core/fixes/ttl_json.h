// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/ttl.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace mailoscope::fixes
{

/// The member `ttl` of a change or an edit, which may be absent. False where it is none that a zone can have.
inline bool readTtl(const nlohmann::json &json, std::optional<std::uint32_t> &ttl)
{
    const auto found = json.find("ttl");
    if (found == json.end() || found->is_null())
        return true;
    if (!found->is_number_unsigned() || found->get<std::uint64_t>() > dns::LongestTtl)
        return false;
    ttl = found->get<std::uint32_t>();
    return true;
}

} // namespace mailoscope::fixes
