// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailoscope
{

/// Octets as base64 (RFC 4648 section 4), with padding.
std::string toBase64(std::string_view octets);
/// Reads base64 strictly: nothing but its alphabet, padded to groups of four, and no bits left over. Nothing
/// where that does not hold (RFC 4648 section 3.3 and 3.5).
std::optional<std::string> fromBase64(std::string_view text);

} // namespace mailoscope
