// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace mailoscope::dns
{

constexpr std::uint32_t LongestTtl = 2147483647; ///< seconds; RFC 2181 section 8

} // namespace mailoscope::dns
