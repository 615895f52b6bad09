// SPDX-License-Identifier: Apache-2.0
#include "mx/findings.h"

#include "base/public_address.h"
#include "base/text.h"
#include "mx/finding_list.h"

#include <algorithm>
#include <array>
#include <map>

namespace mailoscope::mx
{

namespace
{

bool isBelow(const DomainName &name, std::string_view suffix)
{
    const std::string &text = name.text();
    return text.size() > suffix.size() && text.ends_with(suffix) &&
           text[text.size() - suffix.size() - 1] == '.';
}

template <std::size_t Count>
bool isBelowAny(const DomainName &name, const std::array<std::string_view, Count> &suffixes)
{
    return std::any_of(suffixes.begin(), suffixes.end(),
                       [&](std::string_view suffix) { return isBelow(name, suffix); });
}

/// Hosts that only ever prove to a provider whose domain it is; they take no mail.
bool isVerification(const DomainName &name)
{
    static constexpr std::array<std::string_view, 2> Suffixes = {"msv1.invalid",
                                                                 "mx-verification.google.com"};
    return isBelowAny(name, Suffixes);
}

/// Where a tenant's mailboxes are: whoever connects here passes by a filter that stands before them.
bool isTenantHost(const DomainName &name)
{
    static constexpr std::array<std::string_view, 8> Suffixes = {"mail.protection.outlook.com",
                                                                 "mail.protection.outlook.de",
                                                                 "mail.protection.office365.us",
                                                                 "mail.protection.partner.outlook.cn",
                                                                 "mx.microsoft",
                                                                 "mail.eo.outlook.com",
                                                                 "l.google.com",
                                                                 "googlemail.com"};
    return isBelowAny(name, Suffixes) || name.text() == "smtp.google.com";
}

bool isFilterHost(const DomainName &name)
{
    static constexpr std::array<std::string_view, 26> Suffixes = {"pphosted.com",
                                                                  "ppe-hosted.com",
                                                                  "ppops.net",
                                                                  "mimecast.com",
                                                                  "mimecast.co.za",
                                                                  "mimecast-offshore.com",
                                                                  "barracudanetworks.com",
                                                                  "cudaops.com",
                                                                  "iphmx.com",
                                                                  "messagelabs.com",
                                                                  "hornetsecurity.com",
                                                                  "antispameurope.com",
                                                                  "trendmicro.com",
                                                                  "trendmicro.eu",
                                                                  "hydra.sophos.com",
                                                                  "mailcontrol.com",
                                                                  "spamexperts.eu",
                                                                  "antispamcloud.com",
                                                                  "fireeyecloud.com",
                                                                  "fireeyegov.com",
                                                                  "retarus.com",
                                                                  "spamtitan.com",
                                                                  "mailspamprotection.com",
                                                                  "zixcentral.com",
                                                                  "mxrecord.mx",
                                                                  "mtaroutes.com"};
    return isBelowAny(name, Suffixes);
}

bool takesMail(const Host &host)
{
    return host.status == Host::Status::Ok && !host.hasOnlySpecialAddresses();
}

Finding &addFor(const Host &host, FindingList &list, std::string id, Severity severity, Reference reference)
{
    Finding &finding = list.add(std::move(id), severity, std::move(reference));
    finding.arguments["host"] = shown(host.name.text());
    finding.arguments["domain"] = shown(list.evaluation().domain.text());
    finding.evidence.push_back(recordOf(list.evaluation(), host));
    return finding;
}

Evidence noRecordOf(const Evaluation &evaluation)
{
    return {evaluation.domain.text(), "MX", {}, {}, {}};
}

// RFC 7505 section 3.
void addNullMx(FindingList &list)
{
    const Evaluation &evaluation = list.evaluation();
    const auto nullRecord = [&](std::uint16_t preference) {
        Evidence evidence = noRecordOf(evaluation);
        evidence.record = std::to_string(preference) + " .";
        evidence.span = {0, evidence.record.size()};
        return evidence;
    };
    const auto add = [&](const char *id, Severity severity, const char *section, std::uint16_t preference) {
        Finding &finding = list.add(id, severity, {"RFC 7505", section});
        finding.arguments["domain"] = shown(evaluation.domain.text());
        finding.arguments["preference"] = static_cast<std::int64_t>(preference);
        finding.evidence.push_back(nullRecord(preference));
    };
    if (evaluation.nullMx)
        add("mx.null.ok", Severity::Info, "3", 0);
    if (evaluation.nullMxPreference)
        add("mx.null.pref", Severity::Low, "3", *evaluation.nullMxPreference);
    const bool refusesAll = evaluation.nullMx || evaluation.nullMxPreference;
    // RFC 7505 section 4.2: who sends must take the answers.
    if (refusesAll && list.surroundings().spfAuthorisesSenders == true)
        add("mx.null.sends", Severity::Low, "4.2", evaluation.nullMxPreference.value_or(0));
    if (evaluation.nullMxBesideOthers) {
        Finding &finding = list.add("mx.null.mixed", Severity::High, {"RFC 7505", "3"});
        finding.arguments["domain"] = shown(evaluation.domain.text());
        for (const Host &host : evaluation.hosts) {
            if (host.name.isRoot())
                finding.evidence.push_back(recordOf(evaluation, host));
        }
        finding.arguments["count"] =
            static_cast<std::int64_t>(evaluation.hosts.size() - finding.evidence.size());
    }
}

void addImplicit(FindingList &list)
{
    const Evaluation &evaluation = list.evaluation();
    if (!evaluation.implicitMx)
        return;
    Finding &finding = list.add("mx.missing", Severity::Medium, {"RFC 5321", "5.1"});
    finding.arguments["domain"] = shown(evaluation.domain.text());
    finding.evidence.push_back(noRecordOf(evaluation));
}

void addPrivate(const Host &host, FindingList &list)
{
    if (host.status != Host::Status::Ok || !host.hasOnlySpecialAddresses())
        return;
    std::string addresses;
    const SpecialPurposeBlock *block = nullptr;
    bool isDocumentation = true;
    for (const IpAddress &address : host.addresses) {
        block = specialPurposeOf(address);
        isDocumentation = isDocumentation && std::string_view(block->name) == "documentation";
        addresses += (addresses.empty() ? "" : ", ") + address.toString();
    }
    // AD-HOC: addresses of the documentation blocks are nobody's, so that no harm is done but that the mail
    // does not arrive; they stand where somebody has not yet put the real ones.
    Finding &finding = addFor(host, list, "mx.private", isDocumentation ? Severity::Low : Severity::High,
                              {"RFC 6890", "2.2"});
    finding.arguments["addresses"] = std::move(addresses);
    finding.arguments["purpose"] = std::string(block->name);
}

void addHost(const Host &host, FindingList &list)
{
    if (host.name.isRoot())
        return; // mx.null.mixed
    if (host.isAddressLiteral) {
        addFor(host, list, "mx.ip-literal", Severity::High, {"RFC 5321", "5.1"});
        return;
    }
    if (isVerification(host.name)) {
        addFor(host, list, "mx.verification", Severity::Low, {"RFC 5321", "5.1"});
        return;
    }
    // RFC 2181 section 10.3, RFC 5321 section 5.1.
    if (host.isAlias && !list.evaluation().implicitMx)
        addFor(host, list, "mx.cname", Severity::Medium, {"RFC 2181", "10.3"}).arguments["alias"] =
            shown(host.canonicalName.text());
    if (host.status == Host::Status::NxDomain || host.status == Host::Status::NoAddress)
        addFor(host, list, "mx.unresolvable", Severity::High, {"RFC 5321", "5.1"}).arguments["reason"] =
            std::string(host.status == Host::Status::NxDomain ? "the name does not exist"
                                                              : "the name has no address");
    addPrivate(host, list);
}

void addDuplicates(FindingList &list)
{
    std::map<DomainName, std::vector<const Host *>> byName;
    for (const Host &host : list.evaluation().hosts)
        byName[host.name].push_back(&host);
    for (const auto &[name, hosts] : byName) {
        if (hosts.size() < 2 || name.isRoot())
            continue;
        Finding &finding = addFor(*hosts.front(), list, "mx.duplicate", Severity::Low, {"RFC 5321", "5.1"});
        finding.arguments["count"] = static_cast<std::int64_t>(hosts.size());
        for (std::size_t i = 1; i < hosts.size(); ++i)
            finding.evidence.push_back(recordOf(list.evaluation(), *hosts[i]));
    }
}

/// What the hosts are together: one place, no IPv6.
void addRedundancy(FindingList &list)
{
    const Evaluation &evaluation = list.evaluation();
    std::map<DomainName, const Host *> hosts;
    std::set<IpAddress> v4;
    std::set<IpAddress> v6;
    for (const Host &host : evaluation.hosts) {
        if (host.status == Host::Status::TempError || host.status == Host::Status::NotChecked)
            return; // its addresses could be anything
        if (!takesMail(host) && !(host.status == Host::Status::Ok && host.hasOnlySpecialAddresses()))
            continue;
        hosts.emplace(host.name, &host);
        for (const IpAddress &address : host.addresses)
            (address.isV4() ? v4 : v6).insert(address);
    }
    if (hosts.empty() || evaluation.implicitMx)
        return;
    const Host &first = *hosts.begin()->second;
    const bool onePlace = v4.size() <= 1 && v6.size() <= 1;
    const bool allAlike = std::all_of(hosts.begin(), hosts.end(), [&](const auto &entry) {
        return std::any_of(entry.second->addresses.begin(), entry.second->addresses.end(),
                           [&](const IpAddress &address) {
                               return std::find(first.addresses.begin(), first.addresses.end(), address) !=
                                      first.addresses.end();
                           });
    });
    if (hosts.size() > 1 && onePlace && allAlike) {
        Finding &finding = addFor(first, list, "mx.same-ip", Severity::Low, {"RFC 5321", "5.1"});
        finding.arguments["count"] = static_cast<std::int64_t>(hosts.size());
        finding.arguments["address"] = first.addresses.front().toString();
    }
    if (hosts.size() == 1 && onePlace)
        addFor(first, list, "mx.spof", Severity::Info, {"RFC 5321", "5.1"}).arguments["address"] =
            first.addresses.front().toString();
    if (v6.empty())
        addFor(first, list, "mx.ipv6", Severity::Info, {"RFC 5321", "5.2"});
}

void addGatewayBypass(FindingList &list)
{
    const auto &hosts = list.evaluation().hosts;
    const auto filter =
        std::find_if(hosts.begin(), hosts.end(), [](const Host &host) { return isFilterHost(host.name); });
    if (filter == hosts.end())
        return;
    for (const Host &host : hosts) {
        if (!isTenantHost(host.name) || host.preference < filter->preference)
            continue;
        addFor(host, list, "mx.gateway-bypass", Severity::Medium, {"RFC 5321", "5.1"}).arguments["filter"] =
            shown(filter->name.text());
        return;
    }
}

void addWildcard(FindingList &list)
{
    const Evaluation &evaluation = list.evaluation();
    if (!evaluation.hasWildcard)
        return;
    Finding &finding = list.add("mx.wildcard", Severity::Medium, {"RFC 4592", "3.3"});
    finding.arguments["domain"] = shown(evaluation.domain.text());
    finding.evidence.push_back({"*." + evaluation.domain.text(), "MX", {}, {}, {}});
}

} // namespace

Evidence recordOf(const Evaluation &evaluation, const Host &host)
{
    if (evaluation.implicitMx)
        return {evaluation.domain.text(), "MX", {}, {}, {}};
    const std::string name = host.name.text() + (host.name.isRoot() ? "" : ".");
    const std::string preference = std::to_string(host.preference) + ' ';
    return {evaluation.domain.text(),
            "MX",
            preference + name,
            {preference.size(), preference.size() + name.size()},
            {}};
}

Evidence replyOf(const Host &host, std::string text)
{
    const std::size_t size = text.size();
    return {host.name.text(), "SMTP", std::move(text), {0, size}, {}};
}

std::vector<Finding> findings(const Evaluation &evaluation, const Surroundings &surroundings)
{
    FindingList list(evaluation, surroundings);
    addWildcard(list);
    addNullMx(list);
    addImplicit(list);
    for (const Host &host : evaluation.hosts)
        addHost(host, list);
    addDuplicates(list);
    addGatewayBypass(list);
    if (!evaluation.pending)
        addRedundancy(list);
    addReverseFindings(list);
    addSmtpFindings(list);
    return list.take();
}

} // namespace mailoscope::mx
