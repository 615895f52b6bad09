// SPDX-License-Identifier: Apache-2.0
#include "takeover/evaluate.h"

#include "base/public_suffix.h"
#include "providers/providers.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace mailoscope::takeover
{

namespace
{

using dns::Outcome;
using dns::RrType;
using Status = Target::Status;

/// An alias may lead to a name that anybody can claim at a hosting service.
bool isAliasTarget(Use use)
{
    return use == Use::StsAlias || use == Use::DkimAlias || use == Use::DmarcAlias;
}

/// NXDOMAIN is for all types (RFC 8020 section 2), so that either answer tells it; both are asked, as they
/// are for the same question elsewhere.
Status statusOf(const Target &target, FactSource &facts)
{
    const dns::Answer *soa = facts.dns(target.registrable, RrType::SOA);
    const dns::Answer *ns = facts.dns(target.registrable, RrType::NS);
    const bool isAlias = isAliasTarget(target.dependency.use);
    const dns::Answer *own = isAlias ? facts.dns(target.dependency.name, RrType::A) : nullptr;
    if (!soa || !ns || (isAlias && !own))
        return Status::Pending;
    // NXDOMAIN behind an alias is about the alias's end.
    const auto denied = [](const dns::Answer &answer) {
        return answer.outcome == Outcome::NxDomain && answer.aliases.empty();
    };
    const auto exists = [](const dns::Answer &answer) {
        return answer.outcome == Outcome::Answered || answer.outcome == Outcome::NoData ||
               !answer.aliases.empty();
    };
    if (denied(*soa) && denied(*ns))
        return Status::DoesNotExist;
    if (own && own->outcome == Outcome::NxDomain)
        return Status::NameMissing;
    if (exists(*soa) || exists(*ns))
        return Status::Exists;
    // What a snapshot does not hold was not asked.
    const bool tried = (soa->outcome != Outcome::NotRecorded && !denied(*soa)) ||
                       (ns->outcome != Outcome::NotRecorded && !denied(*ns));
    return tried ? Status::TempError : Status::NotChecked;
}

/// A parked domain answers whatever its broker wants, and can be bought.
std::optional<DomainName> parkingServerOf(const DomainName &registrable, FactSource &facts)
{
    const dns::Answer *servers = facts.dns(registrable, RrType::NS);
    if (!servers)
        return std::nullopt;
    for (const dns::NameData *server : dns::dataOf<dns::NameData>(*servers)) {
        if (providers::forParkingServer(server->name))
            return server->name;
    }
    return std::nullopt;
}

Evaluation::Status statusOf(const Evaluation &evaluation)
{
    if (evaluation.pending)
        return Evaluation::Status::Pending;
    const auto some = [&evaluation](Status status) {
        return std::any_of(evaluation.targets.begin(), evaluation.targets.end(),
                           [status](const Target &target) { return target.status == status; });
    };
    if (some(Status::TempError))
        return Evaluation::Status::TempError;
    return some(Status::NotChecked) ? Evaluation::Status::NotChecked : Evaluation::Status::Ok;
}

} // namespace

std::string_view toString(Use use)
{
    switch (use) {
    case Use::SpfInclude:
        return "spf";
    case Use::MailHost:
        return "mx";
    case Use::NameServer:
        return "ns";
    case Use::DmarcAlias:
        return "dmarc";
    case Use::DmarcRua:
        return "dmarc_rua";
    case Use::DmarcRuf:
        return "dmarc_ruf";
    case Use::TlsRptRua:
        return "tls_rpt_rua";
    case Use::DkimAlias:
        return "dkim";
    case Use::StsAlias:
        return "mta_sts";
    case Use::BimiHost:
        return "bimi";
    }
    return {};
}

Evaluation evaluate(const DomainName &domain, std::span<const Dependency> dependencies, FactSource &facts)
{
    Evaluation evaluation;
    evaluation.domain = domain;
    const DomainName own = registrableDomain(domain).value_or(domain);
    std::set<std::tuple<Use, DomainName, std::string>> seen;
    for (const Dependency &dependency : dependencies) {
        if (!seen.emplace(dependency.use, dependency.name, dependency.written.name).second)
            continue;
        if (evaluation.targets.size() == MaxDependencies) {
            evaluation.cut = true;
            break;
        }
        Target target;
        target.dependency = dependency;
        const auto registrable = registrableDomain(dependency.name);
        target.registrable = registrable.value_or(DomainName());
        if (dependency.name.isAtOrBelow(own))
            target.status = Status::Own;
        else if (!registrable)
            target.status = Status::Unknown;
        else
            target.status = statusOf(target, facts);
        if (target.status == Status::Exists)
            target.parkedAt = parkingServerOf(target.registrable, facts);
        evaluation.pending = evaluation.pending || target.status == Status::Pending;
        evaluation.targets.push_back(std::move(target));
    }
    evaluation.status = statusOf(evaluation);
    return evaluation;
}

} // namespace mailoscope::takeover
