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

SectionStatus statusOf(const bimi::Evaluation &evaluation)
{
    using Status = bimi::Evaluation::Status;
    switch (evaluation.status) {
    case Status::Ok:
        return SectionStatus::Ok;
    case Status::Missing:
        return SectionStatus::Missing;
    case Status::Invalid:
        return SectionStatus::Invalid;
    case Status::TempError:
        return SectionStatus::TempError;
    case Status::Pending:
    case Status::NotChecked:
        break;
    }
    return SectionStatus::NotChecked;
}

SectionStatus statusOf(const caa::Evaluation &evaluation)
{
    using Status = caa::Evaluation::Status;
    switch (evaluation.status) {
    case Status::Ok:
        return SectionStatus::Ok;
    case Status::Missing:
        return SectionStatus::Missing;
    case Status::Invalid:
        return SectionStatus::Invalid;
    case Status::TempError:
        return SectionStatus::TempError;
    case Status::Pending:
    case Status::NotChecked:
        break;
    }
    return SectionStatus::NotChecked;
}

SectionStatus statusOf(const dane::Evaluation &evaluation)
{
    using Status = dane::Evaluation::Status;
    switch (evaluation.status) {
    case Status::Ok:
        return SectionStatus::Ok;
    case Status::Missing:
        return SectionStatus::Missing;
    case Status::Invalid:
        return SectionStatus::Invalid;
    case Status::TempError:
        return SectionStatus::TempError;
    case Status::NotApplicable:
        return SectionStatus::NotApplicable;
    case Status::Pending:
    case Status::NotChecked:
        break;
    }
    return SectionStatus::NotChecked;
}

SectionStatus statusOf(const dkim::Evaluation &evaluation)
{
    using Status = dkim::Evaluation::Status;
    switch (evaluation.status) {
    case Status::Ok:
        return SectionStatus::Ok;
    case Status::Missing:
        return SectionStatus::Missing;
    case Status::Invalid:
        return SectionStatus::Invalid;
    case Status::TempError:
        return SectionStatus::TempError;
    case Status::NotApplicable:
        return SectionStatus::NotApplicable;
    case Status::Pending:
    case Status::NotFound: // it is not known whether there is one
    case Status::NotChecked:
        break;
    }
    return SectionStatus::NotChecked;
}

SectionStatus statusOf(const dmarc::Evaluation &evaluation)
{
    using Status = dmarc::Evaluation::Status;
    switch (evaluation.status) {
    case Status::Ok:
        return SectionStatus::Ok;
    case Status::Missing:
        return SectionStatus::Missing;
    case Status::Invalid:
        return SectionStatus::Invalid;
    case Status::TempError:
        return SectionStatus::TempError;
    case Status::Pending:
    case Status::NotChecked:
        break;
    }
    return SectionStatus::NotChecked;
}

SectionStatus statusOf(const dns_hygiene::Evaluation &evaluation)
{
    using Status = dns_hygiene::Evaluation::Status;
    switch (evaluation.status) {
    case Status::Ok:
        return SectionStatus::Ok;
    case Status::Missing:
        return SectionStatus::Missing;
    case Status::TempError:
        return SectionStatus::TempError;
    case Status::Pending:
    case Status::NotChecked:
        break;
    }
    return SectionStatus::NotChecked;
}

SectionStatus statusOf(const dnssec::Evaluation &evaluation)
{
    using Status = dnssec::Evaluation::Status;
    switch (evaluation.status) {
    case Status::Ok:
        return SectionStatus::Ok;
    case Status::Missing:
        return SectionStatus::Missing;
    case Status::Invalid:
        return SectionStatus::Invalid;
    case Status::TempError:
        return SectionStatus::TempError;
    case Status::NotApplicable:
        return SectionStatus::NotApplicable;
    case Status::Pending:
    case Status::NotChecked:
        break;
    }
    return SectionStatus::NotChecked;
}

SectionStatus statusOf(const mta_sts::Evaluation &evaluation)
{
    using Status = mta_sts::Evaluation::Status;
    switch (evaluation.status) {
    case Status::Ok:
        return SectionStatus::Ok;
    case Status::Missing:
        return SectionStatus::Missing;
    case Status::Invalid:
        return SectionStatus::Invalid;
    case Status::TempError:
        return SectionStatus::TempError;
    case Status::NotApplicable:
        return SectionStatus::NotApplicable;
    case Status::Pending:
    case Status::NotChecked:
        break;
    }
    return SectionStatus::NotChecked;
}

SectionStatus statusOf(const mx::Evaluation &evaluation)
{
    using Status = mx::Evaluation::Status;
    switch (evaluation.status) {
    case Status::Ok:
        return SectionStatus::Ok;
    case Status::Missing:
        return SectionStatus::Missing;
    case Status::Invalid:
        return SectionStatus::Invalid;
    case Status::TempError:
        return SectionStatus::TempError;
    case Status::Pending:
    case Status::NotChecked:
        break;
    }
    return SectionStatus::NotChecked;
}

SectionStatus statusOf(const ses::Evaluation &evaluation)
{
    using Status = ses::Evaluation::Status;
    switch (evaluation.status) {
    case Status::Ok:
        return SectionStatus::Ok;
    case Status::Invalid:
        return SectionStatus::Invalid;
    case Status::TempError:
        return SectionStatus::TempError;
    case Status::NotApplicable:
        return SectionStatus::NotApplicable;
    case Status::Pending:
    case Status::NotChecked:
        break;
    }
    return SectionStatus::NotChecked;
}

SectionStatus statusOf(const spf::Evaluation &evaluation)
{
    using Status = spf::Evaluation::Status;
    switch (evaluation.status) {
    case Status::Ok:
        return SectionStatus::Ok;
    case Status::Missing:
        return SectionStatus::Missing;
    case Status::Invalid:
        return SectionStatus::Invalid;
    case Status::TempError:
        return SectionStatus::TempError;
    case Status::Pending:
    case Status::NotChecked:
        break;
    }
    return SectionStatus::NotChecked;
}

SectionStatus statusOf(const takeover::Evaluation &evaluation)
{
    using Status = takeover::Evaluation::Status;
    switch (evaluation.status) {
    case Status::Ok:
        return SectionStatus::Ok;
    case Status::TempError:
        return SectionStatus::TempError;
    case Status::Pending:
    case Status::NotChecked:
        break;
    }
    return SectionStatus::NotChecked;
}

SectionStatus statusOf(const tls_rpt::Evaluation &evaluation)
{
    using Status = tls_rpt::Evaluation::Status;
    switch (evaluation.status) {
    case Status::Ok:
        return SectionStatus::Ok;
    case Status::Missing:
        return SectionStatus::Missing;
    case Status::Invalid:
        return SectionStatus::Invalid;
    case Status::TempError:
        return SectionStatus::TempError;
    case Status::NotApplicable:
        return SectionStatus::NotApplicable;
    case Status::Pending:
    case Status::NotChecked:
        break;
    }
    return SectionStatus::NotChecked;
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
