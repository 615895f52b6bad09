// SPDX-License-Identifier: Apache-2.0
// MTA-STS and TLS reporting arranged for reading.
#include "report/fact_words.h"
#include "report/outline_parts.h"

#include <algorithm>

namespace mailoscope::outline
{

namespace
{

using mta_sts::Evaluation;
using mta_sts::Problem;

std::string_view problemText(Problem problem)
{
    switch (problem) {
    case Problem::None:
        return {};
    case Problem::RecordLookUpFailed:
        return "the look-up of the record failed";
    case Problem::RecordNotRecorded:
        return "the snapshot does not hold the record";
    case Problem::NoRecord:
        return "there is no record";
    case Problem::MultipleRecords:
        return "there is more than one record";
    case Problem::RecordSyntax:
        return "the record cannot be used";
    case Problem::NoHost:
        return "the policy host has no address";
    case Problem::HostFailed:
        return "the policy host could not be looked up";
    case Problem::PrivateHost:
        return "the policy host points at an address that is not of the public Internet; it was not asked";
    case Problem::Unreachable:
        return "the policy host cannot be reached";
    case Problem::Timeout:
        return "the policy host did not answer in time";
    case Problem::Certificate:
        return "the certificate of the policy host is not acceptable";
    case Problem::Redirect:
        return "the policy host answers with a redirect, which senders do not follow";
    case Problem::Status:
        return "the policy host answers with an error";
    case Problem::PolicySyntax:
        return "the policy cannot be used";
    case Problem::NotFetched:
        return "the policy was not fetched";
    }
    return {};
}

bool hasPolicy(const Evaluation &sts)
{
    return sts.policy && sts.policy->record;
}

std::string modeText(const Evaluation &sts)
{
    return hasPolicy(sts) && sts.policy->record->mode ? std::string(toString(*sts.policy->record->mode))
                                                      : "no mode";
}

std::string durationText(std::uint64_t seconds)
{
    const std::uint64_t days = seconds / 86400;
    return withSeparators(std::to_string(seconds)) + " s" +
           (days > 0 ? " (" + counted(static_cast<std::size_t>(days), "day", "days") + ")" : std::string());
}

void addPolicy(Outline &outline, const Evaluation &sts)
{
    OutlineTable table{"mta_sts.policy", "Record and policy, decoded", {"Key", "Value", "Means"}, {}};
    if (sts.record && sts.record->record)
        table.rows.push_back({plain("id"), code(sts.record->record->id.value_or("")),
                              plain("changes whenever the policy does")});
    if (hasPolicy(sts)) {
        const mta_sts::Policy &policy = *sts.policy->record;
        if (policy.mode) {
            const std::string_view means =
                *policy.mode == mta_sts::Mode::Enforce   ? "senders deliver to fitting hosts only"
                : *policy.mode == mta_sts::Mode::Testing ? "senders report what does not fit, and deliver"
                                                         : "senders are asked to forget the policy";
            table.rows.push_back({plain("mode"), code(toString(*policy.mode)), plain(std::string(means))});
        }
        if (policy.maxAge)
            table.rows.push_back(
                {plain("max_age"), plain(durationText(*policy.maxAge)), plain("how long senders keep it")});
        for (const mta_sts::MxPattern &pattern : policy.mx) {
            const std::string text = pattern.text();
            const bool isUnused = std::find(sts.unusedPatterns.begin(), sts.unusedPatterns.end(), text) !=
                                  sts.unusedPatterns.end();
            table.rows.push_back({plain("mx"), code(text),
                                  plain(isUnused ? "fits no mail host" : "a host that may take the mail")});
        }
    }
    if (!table.rows.empty())
        outline.tables.push_back(std::move(table));
}

void addCoverage(Outline &outline, const Report &report)
{
    if (!report.mtaSts.matched)
        return;
    OutlineTable table{"mta_sts.hosts", "Mail hosts against the policy", {"Host", "State"}, {}};
    const std::vector<DomainName> &unmatched = report.mtaSts.unmatchedMx;
    for (const mx::Host &host : report.mx.hosts) {
        const bool isCovered = std::find(unmatched.begin(), unmatched.end(), host.name) == unmatched.end();
        table.rows.push_back(
            {code(host.name.text()), marked(isCovered ? Mark::Ok : Mark::High,
                                            isCovered ? "covered by a pattern" : "no pattern fits")});
    }
    if (!table.rows.empty())
        outline.tables.push_back(std::move(table));
}

void addTlsRpt(Outline &outline, const tls_rpt::Evaluation &tlsRpt)
{
    for (const std::string &text : tlsRpt.recordTexts)
        outline.records.push_back({tlsRpt.recordName.text(), "TXT", text});
    OutlineTable table{"tls_rpt.destinations", "Where reports on TLS go", {"Address", "Notes"}, {}};
    if (tlsRpt.record && tlsRpt.record->record) {
        for (const tls_rpt::ReportUri &uri : tlsRpt.record->record->rua)
            table.rows.push_back(
                {code(uri.text),
                 plain(uri.scheme == tls_rpt::ReportUri::Scheme::Other ? "neither mailto nor https" : "")});
    }
    if (!table.rows.empty())
        outline.tables.push_back(std::move(table));
}

std::string tlsRptText(const tls_rpt::Evaluation &tlsRpt)
{
    using Status = tls_rpt::Evaluation::Status;
    switch (tlsRpt.status) {
    case Status::Pending:
        return "waiting for TLS-RPT";
    case Status::Ok:
        return "TLS reports are asked for (TLS-RPT)";
    case Status::Missing:
        return "no TLS-RPT";
    case Status::Invalid:
        return "TLS-RPT cannot be used";
    case Status::TempError:
        return "TLS-RPT not known";
    case Status::NotChecked:
        return "TLS-RPT not in the snapshot";
    case Status::NotApplicable:
        return {};
    }
    return {};
}

} // namespace

State mtaStsState(const Report &report)
{
    const Evaluation &sts = report.mtaSts;
    const std::string reports = tlsRptText(report.tlsRpt);
    const std::string tail = reports.empty() ? "" : "; " + reports;
    switch (sts.status) {
    case Evaluation::Status::Pending:
        return {Mark::Waiting, "waiting for answers"};
    case Evaluation::Status::Ok: {
        const std::size_t hosts = report.mx.hosts.size();
        std::string gist = modeText(sts);
        if (sts.matched)
            gist += ", " + std::to_string(hosts - std::min(hosts, sts.unmatchedMx.size())) + " of " +
                    counted(hosts, "host covered", "hosts covered");
        return {Mark::Ok, gist + tail};
    }
    case Evaluation::Status::Missing:
        return {Mark::Info, "no policy" + tail};
    case Evaluation::Status::Invalid:
        return {Mark::High, std::string(problemText(sts.problem)) + tail};
    case Evaluation::Status::TempError:
        return {Mark::Unknown, std::string(problemText(sts.problem)) + tail};
    case Evaluation::Status::NotApplicable:
        return {Mark::Info, "takes no mail"};
    case Evaluation::Status::NotChecked:
        return {Mark::NotTested, std::string(problemText(sts.problem)) + tail};
    }
    return {};
}

Outline mtaStsOutline(const Report &report)
{
    const Evaluation &sts = report.mtaSts;
    Outline outline;
    switch (sts.status) {
    case Evaluation::Status::Pending:
        outline.sentence = "Waiting for the record and the policy.";
        break;
    case Evaluation::Status::Ok:
        outline.sentence = "Senders that follow MTA-STS find a policy in mode " + modeText(sts) + '.';
        break;
    case Evaluation::Status::Missing:
        outline.sentence = "There is no MTA-STS policy: senders may be led to another host or to plain text "
                           "without noticing.";
        break;
    case Evaluation::Status::Invalid:
        outline.sentence = "Senders cannot use MTA-STS here: " + std::string(problemText(sts.problem)) + '.';
        break;
    case Evaluation::Status::TempError:
        outline.sentence =
            "Whether MTA-STS works is not known: " + std::string(problemText(sts.problem)) + '.';
        break;
    case Evaluation::Status::NotApplicable:
        outline.sentence = "The domain takes no mail, so that MTA-STS has nothing to protect.";
        break;
    case Evaluation::Status::NotChecked:
        outline.sentence = "Not tested: " + std::string(problemText(sts.problem)) + '.';
        break;
    }
    for (const std::string &text : sts.recordTexts)
        outline.records.push_back({sts.recordName.text(), "TXT", text});
    if (sts.response && sts.response->outcome == https::Outcome::Answered && sts.response->status == 200)
        outline.records.push_back({sts.url.text(), "policy file", sts.response->body});
    capRecords(outline);
    addPolicy(outline, sts);
    addCoverage(outline, report);
    addTlsRpt(outline, report.tlsRpt);
    if (const std::string reports = tlsRptText(report.tlsRpt); !reports.empty())
        outline.notes.push_back(report.tlsRpt.status == tls_rpt::Evaluation::Status::Ok
                                    ? "TLS reports are asked for at " +
                                          shown(report.tlsRpt.recordName.text()) + '.'
                                    : reports + '.');
    if (!report.reach.https)
        outline.notes.emplace_back("Nothing was fetched over HTTPS.");
    return outline;
}

} // namespace mailoscope::outline
