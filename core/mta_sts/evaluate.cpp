// SPDX-License-Identifier: Apache-2.0
#include "mta_sts/evaluate.h"

#include "base/public_suffix.h"

#include <algorithm>

namespace mailoscope::mta_sts
{

namespace
{

using Status = Evaluation::Status;

constexpr std::size_t MaxRecordsKept = 20;

void conclude(Evaluation &evaluation, Status status, Problem problem)
{
    evaluation.status = status;
    evaluation.problem = problem;
    evaluation.pending = false;
}

/// RFC 8461 section 3.1: texts that do not begin with the version are dropped; exactly one must be left.
void takeRecords(const dns::Answer &answer, Evaluation &evaluation)
{
    evaluation.recordOutcome = answer.outcome;
    evaluation.recordAliases = answer.aliases;
    for (const dns::TxtData *data : dns::dataOf<dns::TxtData>(answer)) {
        const std::string text = data->joined();
        if (isRecord(text) && evaluation.recordTexts.size() < MaxRecordsKept)
            evaluation.recordTexts.push_back(text);
        else if (resemblesRecord(text) && evaluation.resembling.size() < MaxRecordsKept)
            evaluation.resembling.push_back(text);
    }
    if (!evaluation.recordTexts.empty())
        evaluation.record = parseRecord(evaluation.recordTexts.front());
}

void takeResponse(const https::Response &response, Evaluation &evaluation)
{
    https::Response &kept = evaluation.response.emplace(response);
    evaluation.bodyOctets = kept.body.size();
    // RFC 8461 section 3.3: only 200 gives a policy.
    const bool isPolicy = kept.outcome == https::Outcome::Answered && kept.status == 200;
    kept.body.resize(isPolicy ? std::min(kept.body.size(), MaxPolicyOctets) : 0);
    if (isPolicy)
        evaluation.policy = parsePolicy(kept.body);
}

void matchHosts(const mx::Evaluation &mx, Evaluation &evaluation)
{
    if (!evaluation.policy || !isUsable(*evaluation.policy) || mx.hosts.empty())
        return;
    const std::vector<MxPattern> &patterns = evaluation.policy->record->mx;
    std::vector<bool> isUsed(patterns.size(), false);
    for (const mx::Host &host : mx.hosts) {
        if (host.name.isRoot())
            continue;
        bool isCovered = false;
        for (std::size_t i = 0; i < patterns.size(); ++i) {
            const bool fits = patterns[i].matches(host.name);
            isUsed[i] = isUsed[i] || fits;
            isCovered = isCovered || fits;
        }
        if (!isCovered)
            evaluation.unmatchedMx.push_back(host.name);
    }
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        if (!isUsed[i])
            evaluation.unusedPatterns.push_back(patterns[i].text());
    }
    evaluation.matched = true;
}

void concludeWithoutRecord(Evaluation &evaluation)
{
    if (evaluation.receivesNoMail && evaluation.resembling.empty())
        return conclude(evaluation, Status::NotApplicable, Problem::NoRecord);
    conclude(evaluation, Status::Missing, Problem::NoRecord);
}

void concludeFromResponse(Evaluation &evaluation)
{
    const https::Response &response = *evaluation.response;
    switch (response.outcome) {
    case https::Outcome::NoAddress:
        return conclude(evaluation, Status::Invalid, Problem::NoHost);
    case https::Outcome::LookUpFailed:
        return conclude(evaluation, Status::TempError, Problem::HostFailed);
    case https::Outcome::PrivateAddress:
        return conclude(evaluation, Status::NotChecked, Problem::PrivateHost);
    case https::Outcome::Refused:
    case https::Outcome::Malformed:
        return conclude(evaluation, Status::Invalid, Problem::Unreachable);
    case https::Outcome::Timeout:
        return conclude(evaluation, Status::TempError, Problem::Timeout);
    case https::Outcome::TlsFailure:
        return conclude(evaluation, Status::Invalid,
                        response.tls && !response.tls->faults.empty() ? Problem::Certificate
                                                                      : Problem::Unreachable);
    case https::Outcome::LeftOut:
    case https::Outcome::NotRecorded:
        return conclude(evaluation, Status::NotChecked, Problem::NotFetched);
    case https::Outcome::Answered:
        break;
    }
    if (response.status >= 300 && response.status < 400)
        return conclude(evaluation, Status::Invalid, Problem::Redirect);
    if (response.status != 200)
        return conclude(evaluation, Status::Invalid, Problem::Status);
    if (!isUsable(*evaluation.policy))
        return conclude(evaluation, Status::Invalid, Problem::PolicySyntax);
    conclude(evaluation, Status::Ok, Problem::None);
}

void concludeAll(const dns::Answer &record, const mx::Evaluation &mx, Evaluation &evaluation)
{
    if (record.outcome == dns::Outcome::NotRecorded)
        return conclude(evaluation, Status::NotChecked, Problem::RecordNotRecorded);
    if (dns::isTemporaryFailure(record.outcome))
        return conclude(evaluation, Status::TempError, Problem::RecordLookUpFailed);
    if (evaluation.recordTexts.empty()) {
        // Whether a policy would have a use hangs on the MX.
        const bool hangsOnMx = mx.pending && mx.hosts.empty();
        if (!hangsOnMx)
            concludeWithoutRecord(evaluation);
        return;
    }
    if (evaluation.recordTexts.size() > 1)
        return conclude(evaluation, Status::Invalid, Problem::MultipleRecords);
    if (!isUsable(*evaluation.record))
        return conclude(evaluation, Status::Invalid, Problem::RecordSyntax);
    if (evaluation.response)
        concludeFromResponse(evaluation);
}

/// RFC 8461 section 3.4: there is no inheritance; who believes there is, is told.
void lookAtParent(const DomainName &domain, FactSource &facts, Evaluation &evaluation)
{
    const auto organization = registrableDomain(domain);
    if (!organization || *organization == domain)
        return;
    const auto name = organization->prefixed("_mta-sts");
    if (!name)
        return;
    evaluation.parent = *organization;
    const dns::Answer *answer = facts.dns(*name, dns::RrType::TXT);
    if (!answer)
        return;
    for (const dns::TxtData *data : dns::dataOf<dns::TxtData>(*answer))
        evaluation.parentHasRecord = evaluation.parentHasRecord || isRecord(data->joined());
}

bool canStandInUrl(const DomainName &host)
{
    https::Url url;
    url.host = host;
    return bool(https::Url::parse(url.text()));
}

} // namespace

std::string_view toString(Problem problem)
{
    switch (problem) {
    case Problem::None:
        return {};
    case Problem::RecordLookUpFailed:
        return "record-lookup-failed";
    case Problem::RecordNotRecorded:
        return "record-not-recorded";
    case Problem::NoRecord:
        return "no-record";
    case Problem::MultipleRecords:
        return "multiple-records";
    case Problem::RecordSyntax:
        return "record-syntax";
    case Problem::NoHost:
        return "no-host";
    case Problem::HostFailed:
        return "host-lookup-failed";
    case Problem::PrivateHost:
        return "private-host";
    case Problem::Unreachable:
        return "unreachable";
    case Problem::Timeout:
        return "timeout";
    case Problem::Certificate:
        return "certificate";
    case Problem::Redirect:
        return "redirect";
    case Problem::Status:
        return "status";
    case Problem::PolicySyntax:
        return "policy-syntax";
    case Problem::NotFetched:
        return "not-fetched";
    }
    return {};
}

Evaluation evaluate(const DomainName &domain, const mx::Evaluation &mx, FactSource &facts)
{
    Evaluation evaluation;
    evaluation.domain = domain;
    const auto recordName = domain.prefixed("_mta-sts");
    const auto host = domain.prefixed("mta-sts");
    // A name too long for its labels, or one that no URL can hold, has no policy.
    if (!recordName || !host || !canStandInUrl(*host)) {
        conclude(evaluation, Status::NotApplicable, Problem::None);
        return evaluation;
    }
    evaluation.recordName = *recordName;
    evaluation.host = *host;
    evaluation.url.host = *host;
    evaluation.url.target = "/.well-known/mta-sts.txt";

    const dns::Answer *record = facts.dns(*recordName, dns::RrType::TXT);
    const dns::Answer *v4 = facts.dns(*host, dns::RrType::A);
    const dns::Answer *v6 = facts.dns(*host, dns::RrType::AAAA);
    const https::Response *response = facts.https(evaluation.url);
    lookAtParent(domain, facts, evaluation);

    evaluation.receivesNoMail = !mx.pending && mx.hosts.empty() && !mx.isUnknown();
    if (record)
        takeRecords(*record, evaluation);
    if (v4) {
        evaluation.hostOutcome = v4->outcome;
        evaluation.hostAliases = v4->aliases;
    }
    if (v6 && evaluation.hostAliases.empty())
        evaluation.hostAliases = v6->aliases;
    if (response)
        takeResponse(*response, evaluation);
    matchHosts(mx, evaluation);
    if (record)
        concludeAll(*record, mx, evaluation);
    return evaluation;
}

} // namespace mailoscope::mta_sts
