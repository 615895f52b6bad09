// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/domain_name.h"

#include <optional>
#include <string_view>
#include <vector>

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
/// The name that all customers of a provider include in their SPF records; empty where none is known to be the
/// same for all. It lives as long as the program.
std::string_view includeOf(std::string_view providerName);
/// Who takes the mail at an MX host.
std::optional<Provider> forMxHost(const DomainName &host);
/// Who holds the DKIM key at the end of a selector's CNAME records.
std::optional<Provider> forSelectorTarget(const DomainName &target);
/// True where that name holds one key for many customers.
bool isSharedKeyTarget(const DomainName &target);
/// Whose customers use this selector; nothing for names that many choose. Never certain: a selector is a free
/// choice.
std::optional<Provider> forSelector(std::string_view selector);
/// Who reads the DMARC and TLS reports sent to a host.
std::optional<Provider> forReportHost(const DomainName &host);

/// Who parks domains, or offers them for sale, at this name server.
std::optional<Provider> forParkingServer(const DomainName &nameServer);

/// The selectors that a provider gives to its customers, as far as they are the same for all; empty for a
/// name that is not known. They live as long as the program.
std::vector<std::string_view> selectorsOf(std::string_view providerName);

} // namespace mailoscope::providers
