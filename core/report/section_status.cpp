// SPDX-License-Identifier: Apache-2.0
#include "report/section_status.h"

namespace mailoscope
{

std::string_view toString(SectionStatus status)
{
    switch (status) {
    case SectionStatus::Ok:
        return "ok";
    case SectionStatus::Missing:
        return "missing";
    case SectionStatus::Invalid:
        return "invalid";
    case SectionStatus::TempError:
        return "temperror";
    case SectionStatus::NotApplicable:
        return "not_applicable";
    case SectionStatus::NotChecked:
        return "not_checked";
    }
    return "not_checked";
}

profiles::Statuses statusesOf(const Report &report)
{
    const auto word = [](const auto &evaluation) { return std::string(toString(statusOf(evaluation))); };
    return {
        {"spf", word(report.spf)},          {"dmarc", word(report.dmarc)}, {"dkim", word(report.dkim)},
        {"ses", word(report.ses)},          {"bimi", word(report.bimi)},   {"mta_sts", word(report.mtaSts)},
        {"tls_rpt", word(report.tlsRpt)},   {"mx", word(report.mx)},       {"dane", word(report.dane)},
        {"dnssec", word(report.dnssec)},    {"caa", word(report.caa)},     {"dns", word(report.hygiene)},
        {"takeover", word(report.takeover)}};
}

} // namespace mailoscope
