// SPDX-License-Identifier: Apache-2.0
#include "base/public_suffix.h"

#include <libpsl.h>

namespace mailoscope
{

std::optional<DomainName> registrableDomain(const DomainName &name)
{
    const psl_ctx_t *list = psl_builtin();
    const char *domain = list ? psl_registrable_domain(list, name.text().c_str()) : nullptr;
    if (!domain)
        return std::nullopt;
    const auto parsed = DomainName::parse(domain);
    return parsed ? std::optional(*parsed) : std::nullopt;
}

bool sameOrganization(const DomainName &a, const DomainName &b)
{
    if (a.isAtOrBelow(b) || b.isAtOrBelow(a))
        return true;
    const auto registrableA = registrableDomain(a);
    return registrableA && registrableA == registrableDomain(b);
}

} // namespace mailoscope
