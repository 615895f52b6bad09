// SPDX-License-Identifier: Apache-2.0
#include "dmarc/rfc7489.h"

#include "base/public_suffix.h"

#include <algorithm>

namespace mailoscope::dmarc
{

namespace
{

/// RFC 7489 section 6.6.3 step 6: what is left of a record's p or sp.
std::optional<Policy> policyIn(const Record &record, bool forSubdomain)
{
    const bool sound = record.p && record.p->value && (!record.sp || record.sp->value);
    if (sound)
        return forSubdomain && record.sp ? record.sp->value : record.p->value;
    const bool reports = record.rua && std::any_of(record.rua->begin(), record.rua->end(),
                                                   [](const ReportUri &uri) { return uri.valid; });
    return reports ? std::optional(Policy::None) : std::nullopt;
}

} // namespace

OldView oldViewOf(const DomainName &domain, FactSource &facts)
{
    OldView view;
    // ERRATUM 6729: the ICANN part of the list (reported, never verified).
    view.organizationalDomain = registrableDomain(domain, SuffixRules::IcannOnly).value_or(domain);
    const WalkStep own = stepFor(domain, facts);
    const bool isOrganization = view.organizationalDomain == domain;
    const WalkStep above = isOrganization ? own : stepFor(view.organizationalDomain, facts);
    const auto isOpen = [](const WalkStep &step) { return step.status == WalkStep::Status::Pending; };
    const auto failed = [](const WalkStep &step) { return step.status == WalkStep::Status::TempError; };
    if (isOpen(own) || isOpen(above))
        return view;
    view.pending = false;

    // RFC 7489 section 6.6.3: more than one record, or none, at the name asked last ends the discovery; step
    // 3 goes to the Organizational Domain only where the name has none.
    const WalkStep *found = &own;
    if (failed(own)) {
        view.tempError = true;
        return view;
    }
    if (own.status == WalkStep::Status::None || own.status == WalkStep::Status::NoName)
        found = &above;
    const auto policyAt = [](const WalkStep &step, bool forSubdomain) {
        return step.hasRecord() ? policyIn(*step.record->record, forSubdomain) : std::nullopt;
    };
    // Names below this one look at themselves and at the Organizational Domain alone.
    view.subdomains = policyAt(above, true);
    view.severalRecords = found->status == WalkStep::Status::Several;
    view.tempError = failed(*found);
    if (!found->hasRecord())
        return view;
    const Record &record = *found->record->record;
    view.domain = found->domain;
    view.effective = policyAt(*found, found->domain != domain);
    if (record.pct)
        view.pct = record.pct->value.value_or(100);
    return view;
}

} // namespace mailoscope::dmarc
