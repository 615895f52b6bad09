// SPDX-License-Identifier: Apache-2.0
#include "mx/evaluate.h"

#include <algorithm>
#include <tuple>

namespace mailoscope::mx
{

namespace
{

/// Hosts whose addresses are asked for; no domain has use for more.
constexpr std::size_t MaxHosts = 50;

void askAddresses(Host &host, FactSource &facts)
{
    const dns::Answer *v4 = facts.dns(host.name, dns::RrType::A);
    const dns::Answer *v6 = facts.dns(host.name, dns::RrType::AAAA);
    if (!v4 || !v6)
        return;
    for (const dns::Answer *answer : {v4, v6}) {
        for (const IpAddress *address : dns::dataOf<IpAddress>(*answer))
            host.addresses.push_back(*address);
        host.isAlias = host.isAlias || !answer->aliases.empty();
    }
    if (!host.addresses.empty())
        host.status = Host::Status::Ok;
    else if (dns::isTemporaryFailure(v4->outcome) || dns::isTemporaryFailure(v6->outcome))
        host.status = Host::Status::TempError;
    else if (v4->outcome == dns::Outcome::NxDomain)
        host.status = Host::Status::NxDomain;
    else
        host.status = Host::Status::NoAddress;
}

// RFC 5321 section 5.1: without MX records the domain itself is the host, if it has addresses.
void tryImplicitMx(const DomainName &domain, Evaluation &evaluation, FactSource &facts)
{
    Host host;
    host.name = domain;
    askAddresses(host, facts);
    switch (host.status) {
    case Host::Status::Pending:
        return;
    case Host::Status::Ok:
        evaluation.implicitMx = true;
        evaluation.hosts.push_back(host);
        evaluation.status = Evaluation::Status::Missing;
        break;
    case Host::Status::NoAddress:
    case Host::Status::NxDomain:
        evaluation.status = Evaluation::Status::Missing;
        break;
    case Host::Status::TempError:
        evaluation.status = Evaluation::Status::TempError;
        break;
    }
    evaluation.pending = false;
}

void takeHosts(const dns::Answer &answer, Evaluation &evaluation, FactSource &facts)
{
    std::vector<const dns::MxData *> records = dns::dataOf<dns::MxData>(answer);
    std::sort(records.begin(), records.end(), [](const dns::MxData *a, const dns::MxData *b) {
        return std::tie(a->preference, a->exchange) < std::tie(b->preference, b->exchange);
    });
    records.resize(std::min(records.size(), MaxHosts));
    // RFC 7505 section 3: a single record with the root as its host.
    if (records.size() == 1 && records.front()->exchange.isRoot()) {
        evaluation.nullMx = records.front()->preference == 0;
        evaluation.status = evaluation.nullMx ? Evaluation::Status::Ok : Evaluation::Status::Invalid;
        evaluation.pending = false;
        return;
    }
    bool pending = false;
    bool usable = false;
    bool failed = false;
    for (const dns::MxData *record : records) {
        Host host;
        host.preference = record->preference;
        host.name = record->exchange;
        if (host.name.isRoot())
            host.status = Host::Status::NoAddress; // a null MX beside others
        else
            askAddresses(host, facts);
        pending = pending || host.status == Host::Status::Pending;
        usable = usable || host.status == Host::Status::Ok;
        failed = failed || host.status == Host::Status::TempError;
        evaluation.hosts.push_back(std::move(host));
    }
    evaluation.pending = pending;
    if (!pending) {
        evaluation.status = usable   ? Evaluation::Status::Ok
                            : failed ? Evaluation::Status::TempError
                                     : Evaluation::Status::Invalid;
    }
}

} // namespace

Evaluation evaluate(const DomainName &domain, FactSource &facts)
{
    Evaluation evaluation;
    const dns::Answer *answer = facts.dns(domain, dns::RrType::MX);
    // Asked along with the MX, because they decide where there is none.
    facts.dns(domain, dns::RrType::A);
    facts.dns(domain, dns::RrType::AAAA);
    if (!answer)
        return evaluation;
    evaluation.outcome = answer->outcome;
    if (dns::isTemporaryFailure(answer->outcome)) {
        evaluation.status = Evaluation::Status::TempError;
        evaluation.pending = false;
    } else if (answer->outcome == dns::Outcome::NxDomain) {
        evaluation.status = Evaluation::Status::Missing;
        evaluation.pending = false;
    } else if (answer->outcome == dns::Outcome::NoData) {
        tryImplicitMx(domain, evaluation, facts);
    } else {
        takeHosts(*answer, evaluation, facts);
    }
    return evaluation;
}

} // namespace mailoscope::mx
