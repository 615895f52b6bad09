// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/domain_name.h"

#include <optional>

/// The public suffix list, as the system's libpsl has it. It is a guess at who owns a name, never a rule of
/// DNS.
namespace mailoscope
{

/// Which parts of the list count: those of registries, or those of owners who let others use names below
/// their own
/// (`github.io`) too.
enum class SuffixRules { All, IcannOnly };

/// The public suffix and one label more (`example.co.uk`); nothing for a name that is itself a public suffix.
std::optional<DomainName> registrableDomain(const DomainName &name, SuffixRules rules = SuffixRules::All);

/// True if both names lie in one registrable domain.
bool sameOrganization(const DomainName &a, const DomainName &b);

} // namespace mailoscope
