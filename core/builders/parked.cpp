// SPDX-License-Identifier: Apache-2.0
#include "builders/builders.h"
#include "builders/parts.h"

#include <iterator>

namespace mailoscope::builders
{

namespace
{

/// Takes over the changes and the warnings; what they mean is said for the pack as a whole.
void join(Built &all, Built part)
{
    std::move(part.changes.begin(), part.changes.end(), std::back_inserter(all.changes));
    std::move(part.warnings.begin(), part.warnings.end(), std::back_inserter(all.warnings));
}

} // namespace

// M3AAWG, Protecting Parked Domains; UK NCSC.
BuildResult buildParked(const ParkedOptions &options)
{
    Built built;
    const auto explain = [&built](std::string part, std::string sentence) {
        built.explanations.push_back({std::move(part), std::move(sentence)});
    };

    SpfOptions spf;
    static_cast<Common &>(spf) = options;
    spf.all = spf::Qualifier::Fail;
    auto spfBuilt = buildSpf(spf);
    if (!spfBuilt)
        return spfBuilt.error();
    join(built, *std::move(spfBuilt));
    explain("v=spf1 -all", "Nobody may send mail in the domain's name.");
    if (options.withWildcard) {
        if (const auto error = addTxt(built, options.domain, "*", "v=spf1 -all", options.ttl))
            return *error;
        explain("*: v=spf1 -all",
                "Nor in that of names below it, but for names that have records of their own.");
    }

    DmarcOptions dmarc;
    static_cast<Common &>(dmarc) = options;
    dmarc.policy = dmarc::Policy::Reject;
    dmarc.subdomainPolicy = dmarc::Policy::Reject;
    dmarc.nonexistentPolicy = dmarc::Policy::Reject;
    dmarc.dkimAlignment = dmarc::Alignment::Strict;
    dmarc.spfAlignment = dmarc::Alignment::Strict;
    dmarc.rua = options.rua;
    auto dmarcBuilt = buildDmarc(dmarc);
    if (!dmarcBuilt)
        return dmarcBuilt.error();
    if (options.rua.empty())
        dmarcBuilt->warnings.clear(); // nothing is lost that reports could tell of
    join(built, *std::move(dmarcBuilt));
    explain("p=reject; sp=reject; np=reject",
            "Mail that claims to come from the domain or from any name below it is refused.");

    if (options.withNullMx) {
        auto mx = buildNullMx(options);
        if (!mx)
            return mx.error();
        join(built, *std::move(mx));
        explain("MX 0 .", "The domain takes no mail.");
    }
    if (options.withDkim) {
        if (const auto error = addTxt(built, options.domain, "*._domainkey", "v=DKIM1; p=", options.ttl))
            return *error;
        explain("*._domainkey: p=", "An empty key under every selector: each DKIM signature is revoked.");
    }
    if (options.withBimi) {
        BimiOptions bimi;
        static_cast<Common &>(bimi) = options;
        bimi.declines = true;
        auto declined = buildBimi(bimi);
        if (!declined)
            return declined.error();
        join(built, *std::move(declined));
        explain("l=; a=", "The domain shows no logo.");
    }
    built.unchecked.emplace_back(
        "whether the domain or a name below it sends or takes mail: all of it would be "
        "lost");
    built.unchecked.emplace_back(
        "which records stand there now (all others of SPF, DMARC, DKIM and MX have to go)");
    return built;
}

} // namespace mailoscope::builders
