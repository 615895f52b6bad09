// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.h"

#include <optional>
#include <string_view>

/// What TXT records at the top of a domain are for, as far as their texts tell.
namespace mailoscope::dns_hygiene
{

/// The service whose proof of ownership the text looks like: "Google", "Microsoft 365"; empty for other
/// texts.
std::string_view verificationService(std::string_view text);

/// The part of a text that looks like a secret: a private key, an access token, a password.
std::optional<Span> secretIn(std::string_view text);

} // namespace mailoscope::dns_hygiene
