// SPDX-License-Identifier: Apache-2.0
#include "base/public_suffix.h"

#include "base/memo.h"

#include <libpsl.h>

namespace mailoscope
{

std::optional<DomainName> registrableDomain(const DomainName &name, SuffixRules rules)
{
    const psl_ctx_t *list = psl_builtin();
    const bool isAll = rules == SuffixRules::All;
    // The names of a report lie below few others, of which it is asked at each evaluation.
    constexpr std::size_t MostKnown = 32;
    static Memo<std::string, bool> knownAll(MostKnown);
    static Memo<std::string, bool> knownIcann(MostKnown);
    const auto isSuffix = [&](const DomainName &candidate) {
        return *(isAll ? knownAll : knownIcann).of(candidate.text(), [&] {
            return psl_is_public_suffix2(list, candidate.text().c_str(),
                                         isAll ? PSL_TYPE_ANY : PSL_TYPE_ICANN) != 0;
        });
    };
    // Label by label on our side: libpsl takes the dot of an escape for one that divides labels.
    for (DomainName candidate = name; list && !candidate.isRoot(); candidate = candidate.parent()) {
        const DomainName above = candidate.parent();
        if (!above.isRoot() && isSuffix(above))
            return isSuffix(candidate) ? std::nullopt : std::optional(candidate);
    }
    return std::nullopt;
}

bool sameOrganization(const DomainName &a, const DomainName &b)
{
    if (a.isAtOrBelow(b) || b.isAtOrBelow(a))
        return true;
    const auto registrableA = registrableDomain(a);
    return registrableA && registrableA == registrableDomain(b);
}

} // namespace mailoscope
