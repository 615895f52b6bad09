// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profiles/profiles.h"
#include "report/report.h"

/// How each section of a report ended, in the words that all of them share. The JSON, the outline and the
/// profiles read it here.
namespace mailoscope
{

enum class SectionStatus {
    Ok,
    Missing,
    Invalid,
    TempError, ///< a look-up that decides was made and failed
    NotApplicable,
    NotChecked, ///< nothing was asked: left out, not in the snapshot, or not answered yet
};
/// "ok", "missing", "invalid", "temperror", "not_applicable" or "not_checked".
std::string_view toString(SectionStatus status);

SectionStatus statusOf(const bimi::Evaluation &evaluation);
SectionStatus statusOf(const caa::Evaluation &evaluation);
SectionStatus statusOf(const dane::Evaluation &evaluation);
SectionStatus statusOf(const dkim::Evaluation &evaluation);
SectionStatus statusOf(const dmarc::Evaluation &evaluation);
SectionStatus statusOf(const dns_hygiene::Evaluation &evaluation);
SectionStatus statusOf(const dnssec::Evaluation &evaluation);
SectionStatus statusOf(const mta_sts::Evaluation &evaluation);
SectionStatus statusOf(const mx::Evaluation &evaluation);
SectionStatus statusOf(const ses::Evaluation &evaluation);
SectionStatus statusOf(const spf::Evaluation &evaluation);
SectionStatus statusOf(const takeover::Evaluation &evaluation);
SectionStatus statusOf(const tls_rpt::Evaluation &evaluation);

/// All of them, by the names that the sections have in the JSON.
profiles::Statuses statusesOf(const Report &report);

} // namespace mailoscope
