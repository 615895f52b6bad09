// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "builders/built.h"

#include <optional>
#include <string>
#include <string_view>

/// What the builders share.
namespace mailoscope::builders
{

BuildError wrong(std::string_view option, std::string sentence);
/// `"text"`, fit to be shown.
std::string inQuotes(std::string_view text);
/// Adds a TXT record at `labels` in front of the domain (none: the domain itself), unless the name gets too
/// long.
std::optional<BuildError> addTxt(Built &built, const DomainName &domain, std::string_view labels,
                                 std::string_view text, std::uint32_t ttl);
/// A plain mail address becomes a mailto URI; what stands for something in a URI or a tag-list is encoded
/// (RFC 6068 section 2, RFC 9989 section 4.7).
std::string reportUri(std::string_view typed);

} // namespace mailoscope::builders
