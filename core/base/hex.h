// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailoscope
{

/// Octets as hexadecimal digits in lower case (RFC 4648 section 8, but for the case).
std::string toHex(std::string_view octets);
/// Reads pairs of hexadecimal digits of either case; nothing where there is anything else.
std::optional<std::string> fromHex(std::string_view text);

} // namespace mailoscope
