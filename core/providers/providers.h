// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/domain_name.h"

#include <optional>
#include <string_view>

/// Who runs a name, in words that people recognise. A match is a hint and proves nothing. The data stands in
/// resources/providers.json and is compiled in.
namespace mailoscope::providers
{

struct Provider {
    std::string_view name; ///< such as "Google Workspace"; lives as long as the program
    bool certain = false;  ///< false: show it as "looks like ..."
    friend bool operator==(const Provider &, const Provider &) = default;
};

/// Whose record an SPF `include` or `redirect` takes in.
std::optional<Provider> forSpfTarget(const DomainName &target);
/// The same for a target as written, which may hold macros: what stands behind the last macro decides.
std::optional<Provider> forSpfText(std::string_view domainSpec);
/// Who takes the mail at an MX host.
std::optional<Provider> forMxHost(const DomainName &host);

} // namespace mailoscope::providers
