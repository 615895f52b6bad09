// SPDX-License-Identifier: Apache-2.0
#include "caa/evaluate.h"

#include <algorithm>

namespace mailoscope::caa
{

namespace
{

/// Names asked in one climb; what is longer is not judged.
constexpr std::size_t MaxClimb = 10;

/// Servers give a set in any order, and the order has no meaning: it is sorted before it is cut.
void readRecords(const dns::Answer &answer, NameRecords &found)
{
    std::vector<std::pair<std::string, const dns::ResourceRecord *>> sorted;
    for (const dns::ResourceRecord &record : answer.records) {
        if (std::holds_alternative<dns::CaaData>(record.data))
            sorted.emplace_back(dns::toPresentation(record), &record);
    }
    std::sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    found.leftOut = sorted.size() - std::min(sorted.size(), MaxRecords);
    sorted.resize(sorted.size() - found.leftOut);
    for (const auto &[text, record] : sorted)
        found.records.push_back({*record, parse(std::get<dns::CaaData>(record->data))});
}

/// RFC 8659 section 3: from the name upwards, up to but not including the root. An alias is followed at each
/// step, which the resolver does; what is above the alias's target is not searched.
NameRecords recordsOf(const DomainName &name, FactSource &facts)
{
    NameRecords found;
    found.name = name;
    std::vector<std::pair<DomainName, const dns::Answer *>> climb;
    for (DomainName at = name; !at.isRoot() && climb.size() < MaxClimb; at = at.parent())
        climb.emplace_back(at, facts.dns(at, dns::RrType::CAA));
    for (const auto &[at, answer] : climb) {
        if (!answer)
            return found;
        // An authority may not take a failure for "no record" (section 3), and neither may we.
        if (dns::isTemporaryFailure(answer->outcome)) {
            found.status = answer->outcome == dns::Outcome::NotRecorded ? NameRecords::Status::NotChecked
                                                                        : NameRecords::Status::TempError;
            return found;
        }
        if (answer->outcome != dns::Outcome::Answered)
            continue;
        found.status = NameRecords::Status::Ok;
        found.foundAt = at;
        readRecords(*answer, found);
        return found;
    }
    const bool reachedTop = climb.empty() || climb.back().first.parent().isRoot();
    found.status = reachedTop ? NameRecords::Status::Missing : NameRecords::Status::TempError;
    return found;
}

Evaluation::Status statusOf(const Evaluation &evaluation)
{
    using Status = Evaluation::Status;
    switch (evaluation.domain.status) {
    case NameRecords::Status::Pending:
        return Status::Pending;
    case NameRecords::Status::TempError:
        return Status::TempError;
    case NameRecords::Status::NotChecked:
        return Status::NotChecked;
    case NameRecords::Status::Missing:
        return Status::Missing;
    case NameRecords::Status::Ok:
        break;
    }
    const bool flawless =
        std::all_of(evaluation.domain.records.begin(), evaluation.domain.records.end(),
                    [](const PublishedRecord &record) { return record.parsed.isFlawless(); });
    return flawless ? Status::Ok : Status::Invalid;
}

} // namespace

bool NameRecords::has(Property property) const
{
    return std::any_of(records.begin(), records.end(), [property](const PublishedRecord &published) {
        return published.parsed.record->property == property;
    });
}

std::vector<std::string> NameRecords::issuersOf(Property property) const
{
    // RFC 8659 section 4.3
    if (property == Property::IssueWild && !has(Property::IssueWild))
        property = Property::Issue;
    std::vector<std::string> issuers;
    for (const PublishedRecord &published : records) {
        const Record &record = *published.parsed.record;
        if (record.property == property && !record.issuer.empty() &&
            std::find(issuers.begin(), issuers.end(), record.issuer) == issuers.end())
            issuers.push_back(record.issuer);
    }
    return issuers;
}

Evaluation evaluate(const DomainName &domain, std::span<const DomainName> hosts, FactSource &facts)
{
    Evaluation evaluation;
    evaluation.domain = recordsOf(domain, facts);
    bool pending = evaluation.domain.status == NameRecords::Status::Pending;
    for (const DomainName &host : hosts) {
        const bool known =
            host.isRoot() || std::any_of(evaluation.hosts.begin(), evaluation.hosts.end(),
                                         [&](const NameRecords &other) { return other.name == host; });
        if (known || evaluation.hosts.size() == MaxHosts)
            continue;
        evaluation.hosts.push_back(recordsOf(host, facts));
        pending = pending || evaluation.hosts.back().status == NameRecords::Status::Pending;
    }
    evaluation.pending = pending;
    evaluation.status = pending ? Evaluation::Status::Pending : statusOf(evaluation);
    return evaluation;
}

} // namespace mailoscope::caa
