// SPDX-License-Identifier: Apache-2.0
#include "tls_rpt/evaluate.h"

#include "base/public_suffix.h"

#include <algorithm>
#include <array>

namespace mailoscope::tls_rpt
{

namespace
{

using Status = Evaluation::Status;

constexpr std::size_t MaxRecordsKept = 20;
/// Where records are put by mistake.
constexpr std::array<std::string_view, 3> WrongLabels = {"_tls", "_smtp-tls", "_smtp-tlsrpt"};

/// RFC 8460 section 3: texts that do not begin with the version are dropped; exactly one must be left.
void takeRecords(const dns::Answer &answer, Evaluation &evaluation)
{
    evaluation.outcome = answer.outcome;
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

/// False while one of the answers is not there.
bool lookAtWrongNames(const DomainName &domain, FactSource &facts, Evaluation &evaluation)
{
    std::vector<DomainName> names = {domain};
    for (const std::string_view labels : WrongLabels) {
        if (const auto name = domain.prefixed(labels))
            names.push_back(*name);
    }
    bool isKnown = true;
    for (const DomainName &name : names) {
        const dns::Answer *answer = facts.dns(name, dns::RrType::TXT);
        isKnown = isKnown && answer;
        if (!answer)
            continue;
        for (const dns::TxtData *data : dns::dataOf<dns::TxtData>(*answer)) {
            const std::string text = data->joined();
            if (isRecord(text) && evaluation.misplaced.size() < MaxRecordsKept)
                evaluation.misplaced.push_back({name, text});
        }
    }
    return isKnown;
}

/// False while one of the answers is not there.
bool lookAtDestinations(FactSource &facts, Evaluation &evaluation)
{
    bool isKnown = true;
    for (const ReportUri &uri : evaluation.record->record->rua) {
        if (uri.scheme != ReportUri::Scheme::Mailto || evaluation.destinations.size() == MaxDestinations)
            continue;
        const auto isSame = [&uri](const Destination &other) { return other.domain == uri.domain; };
        if (std::any_of(evaluation.destinations.begin(), evaluation.destinations.end(), isSame))
            continue;
        Destination destination;
        destination.domain = uri.domain;
        destination.mx = mx::evaluate(uri.domain, facts, mx::Depth::Addresses);
        const DomainName organization = registrableDomain(uri.domain).value_or(uri.domain);
        const dns::Answer *exists = facts.dns(organization, dns::RrType::NS);
        destination.organizationMissing = exists && exists->outcome == dns::Outcome::NxDomain;
        isKnown = isKnown && !destination.mx.pending && exists;
        evaluation.destinations.push_back(std::move(destination));
    }
    return isKnown;
}

} // namespace

Evaluation evaluate(const DomainName &domain, const mx::Evaluation &mx, FactSource &facts)
{
    Evaluation evaluation;
    evaluation.domain = domain;
    const auto recordName = domain.prefixed("_smtp._tls");
    if (!recordName) {
        evaluation.status = Status::NotApplicable;
        evaluation.pending = false;
        return evaluation;
    }
    evaluation.recordName = *recordName;
    const dns::Answer *answer = facts.dns(*recordName, dns::RrType::TXT);
    const bool knowsWrongNames = lookAtWrongNames(domain, facts, evaluation);
    evaluation.receivesNoMail = !mx.pending && mx.hosts.empty() && !mx.isUnknown();
    if (!answer)
        return evaluation;
    takeRecords(*answer, evaluation);

    evaluation.pending = false;
    if (dns::isTemporaryFailure(answer->outcome)) {
        // What a snapshot does not hold was not asked.
        evaluation.status =
            answer->outcome == dns::Outcome::NotRecorded ? Status::NotChecked : Status::TempError;
    } else if (evaluation.recordTexts.empty()) {
        const bool hangsOnMx = mx.pending && mx.hosts.empty();
        const bool isLeftAside =
            evaluation.receivesNoMail && evaluation.resembling.empty() && evaluation.misplaced.empty();
        evaluation.pending = hangsOnMx || !knowsWrongNames;
        if (!evaluation.pending)
            evaluation.status = isLeftAside ? Status::NotApplicable : Status::Missing;
    } else if (evaluation.recordTexts.size() > 1 || !isUsable(*evaluation.record)) {
        evaluation.status = Status::Invalid;
    } else {
        evaluation.status = Status::Ok;
        evaluation.pending = !lookAtDestinations(facts, evaluation);
        const std::vector<ReportUri> &rua = evaluation.record->record->rua;
        // Nothing that a reporter could use.
        if (std::all_of(rua.begin(), rua.end(),
                        [](const ReportUri &uri) { return uri.scheme == ReportUri::Scheme::Other; }))
            evaluation.status = Status::Invalid;
    }
    return evaluation;
}

} // namespace mailoscope::tls_rpt
