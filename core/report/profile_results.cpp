// SPDX-License-Identifier: Apache-2.0
#include "report/profile_results.h"

#include "base/ascii.h"
#include "report/json.h"
#include "report/surroundings.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace mailoscope
{

namespace
{

/// Whether every mail host offers TLS; nothing where that was not seen.
std::optional<bool> everyHostEncrypts(const Report &report)
{
    if (!report.reach.smtp || report.mx.hosts.empty() || report.mx.smtpPending)
        return std::nullopt;
    bool isKnown = true;
    for (const mx::Host &host : report.mx.hosts) {
        if (!host.session || smtp::isUnknown(host.session->outcome))
            isKnown = false;
        else if (host.session->outcome != smtp::Outcome::Encrypted)
            return false;
    }
    return isKnown ? std::optional(true) : std::nullopt;
}

/// BOD 18-01 wants aggregate reports at this address.
bool reportsToCisa(const Report &report)
{
    return std::any_of(
        report.dmarc.rua.begin(), report.dmarc.rua.end(), [](const dmarc::Destination &destination) {
            return ascii::equalIgnoringCase(destination.uri.address, "reports@dmarc.cyber.dhs.gov");
        });
}

template <typename Evaluation>
std::string statusOf(const Evaluation &evaluation)
{
    return toJson(evaluation).at("status").template get<std::string>();
}

} // namespace

std::vector<profiles::ProfileResult> profilesOf(const Report &report)
{
    const profiles::Statuses statuses = {
        {"spf", statusOf(report.spf)},        {"dmarc", statusOf(report.dmarc)},
        {"dkim", statusOf(report.dkim)},      {"bimi", statusOf(report.bimi)},
        {"mta_sts", statusOf(report.mtaSts)}, {"tls_rpt", statusOf(report.tlsRpt)},
        {"mx", statusOf(report.mx)},          {"dane", statusOf(report.dane)},
        {"dnssec", statusOf(report.dnssec)}};
    profiles::KnownFacts facts;
    if (const std::optional<bool> encrypts = everyHostEncrypts(report))
        facts.emplace("smtp.tls.every-host", *encrypts);
    if (!report.dmarc.pending && report.dmarc.status != dmarc::Evaluation::Status::TempError)
        facts.emplace("dmarc.rua.cisa", reportsToCisa(report));
    if (!report.pending)
        facts.emplace("park.judged", isParked(report));
    std::vector<profiles::ProfileResult> results = profiles::evaluateAll(report.findings, statuses, facts);
    // The practice for parked domains asks nothing of a domain that is in use.
    if (!isParked(report))
        std::erase_if(results,
                      [](const profiles::ProfileResult &result) { return result.profile->id == "parked"; });
    return results;
}

} // namespace mailoscope
