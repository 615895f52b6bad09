// SPDX-License-Identifier: Apache-2.0
#include "report/surroundings.h"

#include "providers/providers.h"

#include <algorithm>
#include <set>

namespace mailoscope
{

namespace
{

void addProviders(const spf::Node &node, std::set<std::string> &names)
{
    for (const spf::TermNode &term : node.terms) {
        if (!term.child)
            continue;
        if (const auto provider = providers::forSpfTarget(term.child->domain))
            names.emplace(provider->name);
        addProviders(*term.child, names);
    }
}

std::optional<bimi::DmarcPolicy> bimiPolicy(const std::optional<dmarc::TagValue<dmarc::Policy>> &tag)
{
    if (!tag || !tag->value)
        return std::nullopt;
    switch (*tag->value) {
    case dmarc::Policy::None:
        return bimi::DmarcPolicy::None;
    case dmarc::Policy::Quarantine:
        return bimi::DmarcPolicy::Quarantine;
    case dmarc::Policy::Reject:
        return bimi::DmarcPolicy::Reject;
    }
    return std::nullopt;
}

bool enforcesSts(const mta_sts::Evaluation &sts)
{
    return sts.status == mta_sts::Evaluation::Status::Ok && sts.policy && sts.policy->record &&
           sts.policy->record->mode == mta_sts::Mode::Enforce;
}

} // namespace

std::vector<std::string> providersSeen(const mx::Evaluation &mx, const spf::Evaluation &spf)
{
    std::set<std::string> names;
    for (const mx::Host &host : mx.hosts) {
        if (const auto provider = providers::forMxHost(host.name))
            names.emplace(provider->name);
    }
    addProviders(spf.root, names);
    return {names.begin(), names.end()};
}

std::optional<bool> saysNobodySends(const spf::Evaluation &spf)
{
    if (spf.pending || spf.isUnknown())
        return std::nullopt;
    return spf.status == spf::Evaluation::Status::Ok && spf.finalAll == spf::Qualifier::Fail &&
           spf.root.terms.size() == 1;
}

std::optional<bool> takesMail(const mx::Evaluation &mx)
{
    if (mx.pending || mx.isUnknown())
        return std::nullopt;
    return !mx.nullMx && (mx.implicitMx || !mx.hosts.empty());
}

std::optional<bool> anyKeyFound(const dkim::Evaluation &dkim)
{
    if (dkim.status == dkim::Evaluation::Status::Ok)
        return true;
    if (dkim.pending || dkim.status == dkim::Evaluation::Status::TempError ||
        dkim.status == dkim::Evaluation::Status::NotChecked)
        return std::nullopt;
    return false;
}

bimi::DmarcView bimiView(const dmarc::Evaluation &dmarc, const spf::Evaluation &spf)
{
    const auto viewOf = [](const dmarc::WalkStep &step) -> std::optional<bimi::DmarcRecordView> {
        if (!step.hasRecord() || !step.record || !step.record->record)
            return std::nullopt;
        const dmarc::Record &record = *step.record->record;
        bimi::DmarcRecordView view;
        view.name = step.recordName.text();
        view.text = step.recordText;
        view.policy = bimiPolicy(record.p);
        view.subdomainPolicy = bimiPolicy(record.sp);
        view.nonexistentPolicy = bimiPolicy(record.np);
        view.testing = record.isTesting();
        view.percent = record.pct ? record.pct->value : std::nullopt;
        return view;
    };
    bimi::DmarcView view;
    view.pending = dmarc.policy.pending;
    view.known = !dmarc.policy.tempError;
    view.organizationalDomain = dmarc.organizationalDomain;
    if (dmarc.own())
        view.domain = viewOf(*dmarc.own());
    if (dmarc.organizationalDomain && *dmarc.organizationalDomain != dmarc.domain) {
        if (const dmarc::WalkStep *step = dmarc.walk.stepAt(*dmarc.organizationalDomain))
            view.organizational = viewOf(*step);
    }
    view.everyonePassesSpf = spf.finalAll == spf::Qualifier::Pass;
    return view;
}

std::vector<DomainName> serversOf(const Report &report)
{
    std::vector<DomainName> servers;
    for (const mx::Host &host : report.mx.hosts) {
        if (!host.isAddressLiteral)
            servers.push_back(host.name);
    }
    if (report.mtaSts.record)
        servers.push_back(report.mtaSts.host);
    return servers;
}

dmarc::Surroundings dmarcSurroundings(const Report &report)
{
    dmarc::Surroundings surroundings;
    const std::optional<bool> nobody = saysNobodySends(report.spf);
    surroundings.takesMail = takesMail(report.mx);
    surroundings.anyDkimKey = anyKeyFound(report.dkim);
    if (nobody && surroundings.anyDkimKey)
        surroundings.sendsNoMail = *nobody && !*surroundings.anyDkimKey;
    if (nobody)
        surroundings.spfAuthorisesSomeone = report.spf.status == spf::Evaluation::Status::Ok && !*nobody;
    surroundings.hasBimi = report.bimi.status == bimi::Evaluation::Status::Ok && !report.bimi.declined;
    surroundings.validatingResolver = report.dnssec.validatingResolver;
    return surroundings;
}

mta_sts::Surroundings mtaStsSurroundings(const Report &report, std::vector<const smtp::Session *> &sessions)
{
    sessions.clear();
    for (const mx::Host &host : report.mx.hosts) {
        if (host.session)
            sessions.push_back(&*host.session);
    }
    mta_sts::Surroundings surroundings;
    surroundings.daneOnAllMx =
        !report.dane.hosts.empty() &&
        std::all_of(report.dane.hosts.begin(), report.dane.hosts.end(),
                    [](const dane::Host &host) { return host.status == dane::Host::Status::Authenticated; });
    surroundings.tlsRptMissing = report.tlsRpt.status == tls_rpt::Evaluation::Status::Missing;
    surroundings.sessions = sessions;
    return surroundings;
}

mx::Surroundings mxSurroundings(const Report &report)
{
    mx::Surroundings surroundings;
    const spf::Evaluation &spf = report.spf;
    if (!spf.pending && !spf.isUnknown()) {
        const AddressSet &passes = spf.addresses.of(spf::CheckResult::Pass);
        surroundings.spfAuthorisesSenders = spf.status == spf::Evaluation::Status::Ok && !passes.isEmpty();
        surroundings.sendingAddresses.emplace();
        for (const mx::Host &host : report.mx.hosts) {
            for (const IpAddress &address : host.addresses) {
                if (passes.contains(address))
                    surroundings.sendingAddresses->insert(address);
            }
        }
    }
    surroundings.stsEnforced = enforcesSts(report.mtaSts);
    surroundings.daneUsed = std::any_of(report.dane.hosts.begin(), report.dane.hosts.end(),
                                        [](const dane::Host &host) { return !host.parameters.empty(); });
    return surroundings;
}

std::vector<dane::StsVerdict> stsVerdicts(const Report &report)
{
    std::vector<dane::StsVerdict> verdicts;
    if (!enforcesSts(report.mtaSts) || !report.mtaSts.matched)
        return verdicts;
    const std::vector<DomainName> &unmatched = report.mtaSts.unmatchedMx;
    for (const mx::Host &host : report.mx.hosts) {
        const bool isCovered = std::find(unmatched.begin(), unmatched.end(), host.name) == unmatched.end();
        if (!isCovered)
            verdicts.push_back({host.name, false});
        else if (host.session && host.session->outcome == smtp::Outcome::Encrypted && host.session->tls)
            verdicts.push_back({host.name, host.session->tls->faults.empty()});
    }
    return verdicts;
}

dns_hygiene::Subjects hygieneSubjects(const Report &report)
{
    dns_hygiene::Subjects subjects;
    if (const dmarc::WalkStep *own = report.dmarc.own())
        subjects.policies.push_back({own->recordName, dns::RrType::TXT});
    subjects.policies.push_back({report.mtaSts.recordName, dns::RrType::TXT});
    subjects.policies.push_back({report.tlsRpt.recordName, dns::RrType::TXT});
    for (const dkim::SelectorResult &result : report.dkim.found)
        subjects.policies.push_back({result.name, dns::RrType::TXT});
    return subjects;
}

profiles::ParkInput parkInput(const Report &report)
{
    profiles::ParkInput input;
    if (report.dkim.wildcard != dkim::Evaluation::Wildcard::Unknown)
        input.dkimWildcardRevoked = report.dkim.wildcard == dkim::Evaluation::Wildcard::Revoked;
    if (!report.bimi.pending && report.bimi.status != bimi::Evaluation::Status::TempError &&
        report.bimi.status != bimi::Evaluation::Status::NotChecked)
        input.bimiDeclined = report.bimi.declined;
    return input;
}

bool isParked(const Report &report)
{
    return saysNobodySends(report.spf).value_or(false) && report.mx.nullMx;
}

} // namespace mailoscope
