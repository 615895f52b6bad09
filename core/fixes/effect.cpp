// SPDX-License-Identifier: Apache-2.0
#include "fixes/effect.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace mailoscope::fixes
{

namespace
{

using Kind = std::tuple<std::string, Severity, std::string>;

Kind kindOf(const Finding &finding)
{
    return {finding.id, finding.severity,
            finding.evidence.empty() ? std::string() : finding.evidence.front().name};
}

/// Those of `of` that `others` has fewer of.
std::vector<const Finding *> missingIn(const std::vector<Finding> &others, const std::vector<Finding> &of)
{
    std::map<Kind, int> counts;
    for (const Finding &finding : others)
        ++counts[kindOf(finding)];
    std::vector<const Finding *> missing;
    for (const Finding &finding : of) {
        if (counts[kindOf(finding)]-- <= 0)
            missing.push_back(&finding);
    }
    return missing;
}

} // namespace

Effect effectOf(const Report &before, const Report &after)
{
    Effect effect;
    effect.gone = missingIn(after.findings, before.findings);
    effect.come = missingIn(before.findings, after.findings);
    effect.lookupsBefore = before.spf.lookups;
    effect.lookupsAfter = after.spf.lookups;
    const AddressSet &old = before.spf.addresses.of(spf::CheckResult::Pass);
    const AddressSet &fresh = after.spf.addresses.of(spf::CheckResult::Pass);
    effect.lost = old.without(fresh);
    effect.won = fresh.without(old);
    effect.levelBefore = before.verdict.level;
    effect.levelAfter = after.verdict.level;
    effect.isKnown = !before.pending && !after.pending;
    return effect;
}

} // namespace mailoscope::fixes
