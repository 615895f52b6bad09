// SPDX-License-Identifier: Apache-2.0
// What mends MX records, MTA-STS records and policies, and TLS reporting records.
#include "base/public_suffix.h"
#include "fixes/text_edit.h"
#include "fixes/workshop.h"
#include "mta_sts/policy.h"
#include "tls_rpt/record.h"

#include <algorithm>

namespace mailoscope::fixes
{

namespace
{

/// A policy to begin with is soon forgotten by senders, so that a slip does little harm (RFC 8461
/// section 3.2).
constexpr std::uint64_t FirstMaxAge = 86400;
/// Two weeks are the least that is of use, and half a year is what large senders keep.
constexpr std::uint64_t UsualMaxAge = 1209600;

using Changes = std::vector<Change>;

// --- MX

RecordChange mxChange(const Workshop &workshop, std::optional<dns::MxData> before,
                      std::optional<dns::MxData> after)
{
    RecordChange change;
    change.name = workshop.domain();
    change.type = dns::RrType::MX;
    if (before)
        change.before = *before;
    if (after)
        change.after = *after;
    return change;
}

Draft mxDraft(const Workshop &workshop, std::string recipe, Changes changes)
{
    Draft draft;
    draft.recipe = std::move(recipe);
    draft.arguments["name"] = workshop.domain().text();
    draft.changes = std::move(changes);
    return draft;
}

/// The hosts that the finding names.
std::vector<const mx::Host *> shownHosts(const Workshop &workshop, const Finding &finding)
{
    std::vector<const mx::Host *> hosts;
    const char *argument = finding.id == "mx.registrable" ? "name" : "host";
    const std::string name = Workshop::argument(finding, argument);
    for (const mx::Host &host : workshop.report().mx.hosts) {
        if (!name.empty() && shown(host.name.text()) == name)
            hosts.push_back(&host);
    }
    return hosts;
}

dns::MxData dataOf(const mx::Host &host)
{
    return {host.preference, host.name};
}

/// Hosts that no mail can reach go, as long as another one stays.
std::optional<Draft> dropHost(const Workshop &workshop, const Finding &finding)
{
    const std::vector<const mx::Host *> gone = shownHosts(workshop, finding);
    const auto &hosts = workshop.report().mx.hosts;
    const bool anotherTakesMail = std::any_of(hosts.begin(), hosts.end(), [&](const mx::Host &host) {
        return host.status == mx::Host::Status::Ok && !host.hasOnlySpecialAddresses() &&
               std::find(gone.begin(), gone.end(), &host) == gone.end();
    });
    if (gone.empty() || !anotherTakesMail)
        return std::nullopt;
    Changes changes;
    for (const mx::Host *host : gone)
        changes.emplace_back(mxChange(workshop, dataOf(*host), std::nullopt));
    Draft draft = mxDraft(workshop, "mx.drop-host", std::move(changes));
    draft.arguments["host"] = shown(gone.front()->name.text());
    return draft;
}

std::optional<Draft> dropNull(const Workshop &workshop, const Finding &)
{
    Changes changes;
    for (const mx::Host &host : workshop.report().mx.hosts) {
        if (host.name.isRoot())
            changes.emplace_back(mxChange(workshop, dataOf(host), std::nullopt));
    }
    if (changes.empty())
        return std::nullopt;
    return mxDraft(workshop, "mx.drop-null", std::move(changes));
}

std::optional<Draft> correctNull(const Workshop &workshop, const Finding &)
{
    const auto &preference = workshop.report().mx.nullMxPreference;
    if (!preference)
        return std::nullopt;
    return mxDraft(
        workshop, "mx.null",
        {mxChange(workshop, dns::MxData{*preference, DomainName()}, dns::MxData{0, DomainName()})});
}

/// Of several records for one host the one with the lowest preference stays: it is the one that is used
/// first.
std::optional<Draft> dropDuplicates(const Workshop &workshop, const Finding &finding)
{
    std::vector<const mx::Host *> hosts = shownHosts(workshop, finding);
    if (hosts.size() < 2)
        return std::nullopt;
    Changes changes;
    for (std::size_t i = 1; i < hosts.size(); ++i) // they are sorted by preference
        changes.emplace_back(mxChange(workshop, dataOf(*hosts[i]), std::nullopt));
    Draft draft = mxDraft(workshop, "mx.drop-duplicate", std::move(changes));
    draft.arguments["host"] = shown(hosts.front()->name.text());
    return draft;
}

/// Hosts at one address are one host. The one with the lowest preference stays.
std::optional<Draft> keepFirstOfAddress(const Workshop &workshop, const Finding &finding)
{
    const auto address = IpAddress::parse(Workshop::argument(finding, "address"));
    const mx::Host *kept = nullptr;
    Changes changes;
    for (const mx::Host &host : workshop.report().mx.hosts) { // they are sorted by preference
        const bool isThere = address && std::find(host.addresses.begin(), host.addresses.end(), *address) !=
                                            host.addresses.end();
        if (isThere && kept && host.name != kept->name)
            changes.emplace_back(mxChange(workshop, dataOf(host), std::nullopt));
        else if (isThere && !kept)
            kept = &host;
    }
    if (changes.empty())
        return std::nullopt;
    Draft draft = mxDraft(workshop, "mx.one-host", std::move(changes));
    draft.arguments["host"] = shown(kept->name.text());
    return draft;
}

/// The name at the end of the alias is what senders reach today.
std::optional<Draft> nameHost(const Workshop &workshop, const Finding &finding)
{
    Changes changes;
    const std::vector<const mx::Host *> hosts = shownHosts(workshop, finding);
    for (const mx::Host *host : hosts) {
        if (host->isAlias && host->status == mx::Host::Status::Ok)
            changes.emplace_back(
                mxChange(workshop, dataOf(*host), dns::MxData{host->preference, host->canonicalName}));
    }
    if (changes.empty())
        return std::nullopt;
    Draft draft = mxDraft(workshop, "mx.name-host", std::move(changes));
    draft.arguments["host"] = shown(hosts.front()->name.text());
    draft.arguments["target"] = shown(hosts.front()->canonicalName.text());
    return draft;
}

/// What an implicit MX does today, said openly (RFC 5321 section 5.1).
std::optional<Draft> writeImplicit(const Workshop &workshop, const Finding &)
{
    return mxDraft(workshop, "mx.write-implicit",
                   {mxChange(workshop, std::nullopt, dns::MxData{10, workshop.domain()})});
}

std::optional<Draft> publishNull(const Workshop &workshop, const Finding &)
{
    const mx::Evaluation &mx = workshop.report().mx;
    Changes changes;
    for (const mx::Host &host : mx.hosts) {
        if (!mx.implicitMx)
            changes.emplace_back(mxChange(workshop, dataOf(host), std::nullopt));
    }
    changes.emplace_back(mxChange(workshop, std::nullopt, dns::MxData{0, DomainName()}));
    Draft draft = mxDraft(workshop, "mx.null", std::move(changes));
    draft.obstacles = workshop.whereInUse();
    return draft;
}

// --- MTA-STS

const mta_sts::Policy *policyOf(const Workshop &workshop)
{
    const auto &parsed = workshop.report().mtaSts.policy;
    return parsed && parsed->record ? &*parsed->record : nullptr;
}

/// The TXT record with another id, so that senders fetch the policy again (RFC 8461 section 3.1).
std::optional<RecordChange> newId(const Workshop &workshop)
{
    const mta_sts::Evaluation &sts = workshop.report().mtaSts;
    if (sts.recordTexts.size() != 1 || !sts.record || !sts.record->record)
        return std::nullopt;
    mta_sts::Record record = *sts.record->record;
    record.id = workshop.timeId();
    return workshop.changeOf({sts.recordName.text(), "TXT", sts.recordTexts.front(), {}, {}},
                             mta_sts::toText(record));
}

std::optional<Draft> withPolicy(const Workshop &workshop, std::string recipe, const mta_sts::Policy &policy)
{
    const mta_sts::Evaluation &sts = workshop.report().mtaSts;
    const auto id = newId(workshop);
    if (!id || !sts.response)
        return std::nullopt;
    Draft draft;
    draft.recipe = std::move(recipe);
    draft.arguments["name"] = sts.recordName.text();
    draft.arguments["url"] = sts.url.text();
    draft.changes.emplace_back(
        FileChange{sts.url, "text/plain", sts.response->body, mta_sts::toText(policy)});
    draft.changes.emplace_back(*id);
    return draft;
}

/// Senders would refuse a host whose certificate failed when it was last seen.
bool certificatesFail(const Workshop &workshop)
{
    const auto &findings = workshop.report().findings;
    return std::any_of(findings.begin(), findings.end(), [](const Finding &finding) {
        return finding.id == "sts.mx.cert" || finding.id == "sts.mx.uncovered" ||
               finding.id == "smtp.starttls.missing" || finding.id == "smtp.starttls.broken";
    });
}

std::optional<Draft> enforce(const Workshop &workshop, const Finding &)
{
    const mta_sts::Policy *policy = policyOf(workshop);
    if (!policy)
        return std::nullopt;
    mta_sts::Policy stricter = *policy;
    stricter.mode = mta_sts::Mode::Enforce;
    auto draft = withPolicy(workshop, "sts.enforce", stricter);
    if (draft && certificatesFail(workshop))
        draft->obstacles.push_back(Obstacle::CertificatesFail);
    return draft;
}

std::optional<Draft> lengthen(const Workshop &workshop, const Finding &)
{
    const mta_sts::Policy *policy = policyOf(workshop);
    if (!policy)
        return std::nullopt;
    mta_sts::Policy longer = *policy;
    longer.maxAge = UsualMaxAge;
    return withPolicy(workshop, "sts.max-age", longer);
}

std::optional<Draft> shorten(const Workshop &workshop, const Finding &)
{
    const mta_sts::Policy *policy = policyOf(workshop);
    if (!policy)
        return std::nullopt;
    mta_sts::Policy shorter = *policy;
    shorter.maxAge = mta_sts::LongestMaxAge;
    return withPolicy(workshop, "sts.max-age", shorter);
}

std::optional<Draft> coverHosts(const Workshop &workshop, const Finding &)
{
    const mta_sts::Policy *policy = policyOf(workshop);
    if (!policy)
        return std::nullopt;
    mta_sts::Policy wider = *policy;
    for (const DomainName &host : workshop.report().mtaSts.unmatchedMx)
        wider.mx.push_back({false, host});
    return withPolicy(workshop, "sts.cover-hosts", wider);
}

std::optional<Draft> dropPatterns(const Workshop &workshop, const Finding &)
{
    const mta_sts::Policy *policy = policyOf(workshop);
    if (!policy)
        return std::nullopt;
    mta_sts::Policy narrower = *policy;
    const auto &unused = workshop.report().mtaSts.unusedPatterns;
    std::erase_if(narrower.mx, [&](const mta_sts::MxPattern &pattern) {
        return std::find(unused.begin(), unused.end(), pattern.text()) != unused.end();
    });
    if (narrower.mx.empty())
        return std::nullopt;
    return withPolicy(workshop, "sts.drop-patterns", narrower);
}

/// The policy as it was read, with nothing else in the file.
std::optional<Draft> respellPolicy(const Workshop &workshop, const Finding &)
{
    const mta_sts::Policy *policy = policyOf(workshop);
    if (!policy || !policy->mode || (policy->mx.empty() && *policy->mode != mta_sts::Mode::None))
        return std::nullopt;
    mta_sts::Policy whole = *policy;
    whole.hasVersion = true;
    whole.maxAge = std::min(whole.maxAge.value_or(UsualMaxAge), mta_sts::LongestMaxAge);
    return withPolicy(workshop, "sts.respell-policy", whole);
}

std::optional<Draft> publishRecord(const Workshop &workshop, const Finding &)
{
    return workshop.published("sts.publish-record", workshop.report().mtaSts.recordName,
                              mta_sts::toText({workshop.timeId(), {}}));
}

/// A policy for the mail hosts as they are, in the mode that loses nothing.
std::optional<mta_sts::Policy> firstPolicy(const Workshop &workshop)
{
    const mx::Evaluation &mx = workshop.report().mx;
    if (!workshop.takesMail() || mx.implicitMx || mx.cut)
        return std::nullopt;
    mta_sts::Policy policy;
    policy.hasVersion = true;
    policy.mode = mta_sts::Mode::Testing;
    policy.maxAge = FirstMaxAge;
    for (const mx::Host &host : mx.hosts) {
        if (host.isAddressLiteral || host.name.isRoot())
            continue; // RFC 8461 section 4.1: what is matched is a name in a certificate
        const mta_sts::MxPattern pattern{false, host.name};
        if (std::find(policy.mx.begin(), policy.mx.end(), pattern) == policy.mx.end())
            policy.mx.push_back(pattern);
    }
    if (policy.mx.empty())
        return std::nullopt;
    return policy;
}

std::optional<Draft> publishPolicy(const Workshop &workshop, const Finding &)
{
    const mta_sts::Evaluation &sts = workshop.report().mtaSts;
    const auto policy = firstPolicy(workshop);
    if (!policy)
        return std::nullopt;
    Draft draft =
        workshop.published("sts.publish-policy", sts.recordName, mta_sts::toText({workshop.timeId(), {}}));
    draft.arguments["url"] = sts.url.text();
    draft.changes.emplace_back(FileChange{sts.url, "text/plain", std::nullopt, mta_sts::toText(*policy)});
    draft.obstacles.push_back(Obstacle::NeedsWebServer);
    return draft;
}

/// The record is there already; its id changes, as the policy does.
std::optional<Draft> servePolicy(const Workshop &workshop, const Finding &)
{
    const mta_sts::Evaluation &sts = workshop.report().mtaSts;
    const auto policy = firstPolicy(workshop);
    const auto id = newId(workshop);
    if (!policy || !id)
        return std::nullopt;
    Draft draft;
    draft.recipe = "sts.serve-policy";
    draft.arguments = {{"name", sts.recordName.text()}, {"url", sts.url.text()}};
    draft.changes.emplace_back(FileChange{sts.url, "text/plain", std::nullopt, mta_sts::toText(*policy)});
    draft.changes.emplace_back(*id);
    draft.obstacles.push_back(Obstacle::NeedsWebServer);
    return draft;
}

/// The same text, served as what it is.
std::optional<Draft> servePlain(const Workshop &workshop, const Finding &)
{
    const mta_sts::Evaluation &sts = workshop.report().mtaSts;
    if (!sts.response || sts.response->truncated || sts.bodyOctets != sts.response->body.size())
        return std::nullopt;
    Draft draft;
    draft.recipe = "sts.type";
    draft.arguments["url"] = sts.url.text();
    draft.changes.emplace_back(FileChange{sts.url, "text/plain", sts.response->body, sts.response->body});
    return draft;
}

/// Each host by its name, in place of patterns that others can have hosts under.
std::optional<Draft> narrowPatterns(const Workshop &workshop, const Finding &)
{
    const mta_sts::Policy *policy = policyOf(workshop);
    const auto first = firstPolicy(workshop);
    if (!policy || !first)
        return std::nullopt;
    mta_sts::Policy narrower = *policy;
    std::erase_if(narrower.mx, [](const mta_sts::MxPattern &pattern) {
        return pattern.isWildcard && !registrableDomain(pattern.name);
    });
    for (const mta_sts::MxPattern &host : first->mx) {
        if (std::none_of(narrower.mx.begin(), narrower.mx.end(),
                         [&](const mta_sts::MxPattern &pattern) { return pattern.matches(host.name); }))
            narrower.mx.push_back(host);
    }
    return withPolicy(workshop, "sts.narrow-patterns", narrower);
}

/// Whoever gets hold of the alias's end could give senders a policy of their own.
std::optional<Draft> withdrawPolicy(const Workshop &workshop, const Finding &finding)
{
    auto draft = workshop.withdrawn("sts.withdraw", finding.evidence.front());
    const mta_sts::Evaluation &sts = workshop.report().mtaSts;
    if (!draft || sts.recordTexts.empty())
        return std::nullopt;
    draft->arguments["target"] = Workshop::argument(finding, "target");
    draft->arguments["record_name"] = sts.recordName.text();
    const auto record =
        workshop.changeOf({sts.recordName.text(), "TXT", sts.recordTexts.front(), {}, {}}, std::nullopt);
    if (!record)
        return std::nullopt;
    draft->changes.emplace_back(*record);
    return draft;
}

std::optional<Draft> mendRecord(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    mta_sts::Record record;
    if (const mta_sts::ParsedRecord parsed = mta_sts::parseRecord(evidence.record); parsed.record)
        record.id = parsed.record->id;
    const bool isSound =
        record.id && !record.id->empty() && record.id->size() <= 32 &&
        std::all_of(record.id->begin(), record.id->end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        });
    if (!isSound)
        record.id = workshop.timeId();
    return workshop.rewritten("sts.respell", evidence, mta_sts::toText(record));
}

// --- TLS-RPT

std::string ownMailbox(const Workshop &workshop)
{
    return "mailto:tls-reports@" + workshop.domain().text();
}

std::optional<Draft> publishReporting(const Workshop &workshop, const Finding &)
{
    const DomainName &name = workshop.report().tlsRpt.recordName;
    if (name.isRoot() || !workshop.takesMail())
        return std::nullopt;
    return workshop.published("tlsrpt.publish", name, "v=TLSRPTv1; rua=" + ownMailbox(workshop));
}

std::optional<Draft> keepFirst(const Workshop &workshop, const Finding &finding)
{
    Draft draft;
    draft.recipe = "record.keep-one";
    draft.arguments["name"] = finding.evidence.front().name;
    draft.arguments["record"] = shown(finding.evidence.front().record);
    for (std::size_t i = 1; i < finding.evidence.size(); ++i) {
        const auto gone = workshop.changeOf(finding.evidence[i], std::nullopt);
        if (!gone)
            return std::nullopt;
        draft.changes.emplace_back(*gone);
    }
    if (draft.changes.empty())
        return std::nullopt;
    return draft;
}

/// The record in its strict spelling, with the URIs that it names anyhow.
std::optional<Draft> respellReporting(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    std::string text = evidence.record;
    const std::size_t rua = text.find("rua");
    const std::size_t equals = rua == std::string::npos ? std::string::npos : text.find_first_of("=:", rua);
    if (equals == std::string::npos)
        return std::nullopt;
    std::string uris;
    for (const char c : text.substr(equals + 1, text.find(';', equals) - equals - 1)) {
        if (c != ' ' && c != '\t' && c != '"')
            uris += c;
    }
    if (uris.find("mailto:") == std::string::npos && uris.find("https:") == std::string::npos) {
        if (uris.find('@') == std::string::npos)
            return std::nullopt;
        uris.insert(0, "mailto:");
    }
    const std::string mended = "v=TLSRPTv1; rua=" + uris;
    if (!tls_rpt::isUsable(tls_rpt::parseRecord(mended)))
        return std::nullopt;
    return workshop.rewritten("tlsrpt.respell", evidence, mended);
}

std::optional<Draft> addReportingAddress(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    tls_rpt::ParsedRecord parsed = tls_rpt::parseRecord(evidence.record);
    if (!parsed.record || !workshop.takesMail())
        return std::nullopt;
    parsed.record->rua = {{ownMailbox(workshop), tls_rpt::ReportUri::Scheme::Mailto, workshop.domain()}};
    return workshop.rewritten("tlsrpt.add-rua", evidence, tls_rpt::toText(*parsed.record));
}

/// Addresses of the destination go; the domain's own stands in where none is left.
std::optional<Draft> dropDestination(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    tls_rpt::ParsedRecord parsed = tls_rpt::parseRecord(evidence.record);
    const std::string destination = Workshop::argument(finding, "destination");
    if (!parsed.record)
        return std::nullopt;
    std::erase_if(parsed.record->rua,
                  [&](const tls_rpt::ReportUri &uri) { return uri.domain.text() == destination; });
    const bool isReplaced = parsed.record->rua.empty();
    if (isReplaced && (!workshop.takesMail() || destination == workshop.domain().text()))
        return workshop.withdrawn("record.withdraw", evidence);
    if (isReplaced)
        parsed.record->rua = {{ownMailbox(workshop), tls_rpt::ReportUri::Scheme::Mailto, workshop.domain()}};
    auto draft = workshop.rewritten(isReplaced ? "tlsrpt.own-address" : "tlsrpt.drop-address", evidence,
                                    tls_rpt::toText(*parsed.record));
    if (draft)
        draft->arguments["destination"] = destination;
    return draft;
}

std::optional<Draft> moveReporting(const Workshop &workshop, const Finding &finding)
{
    auto draft = workshop.withdrawn("record.move", finding.evidence.front());
    if (!draft)
        return std::nullopt;
    const DomainName &name = workshop.report().tlsRpt.recordName;
    draft->arguments["to"] = name.text();
    draft->changes.emplace_back(RecordChange{name, dns::RrType::TXT, std::nullopt,
                                             txtData(finding.evidence.front().record), UsualTtl});
    return draft;
}

} // namespace

std::vector<RecipeRow> transportRecipes()
{
    return {
        {"mx.cname", nameHost},
        {"mx.duplicate", dropDuplicates},
        {"mx.gateway-bypass", dropHost},
        {"mx.ip-literal", dropHost},
        {"mx.missing", writeImplicit},
        {"mx.null.mixed", dropNull},
        {"mx.null.pref", correctNull},
        {"mx.private", dropHost},
        {"mx.registrable", dropHost},
        {"mx.same-ip", keepFirstOfAddress},
        {"mx.unresolvable", dropHost},
        {"mx.verification", dropHost},
        {"park.nullmx", publishNull},
        {"sts.host.dangling", withdrawPolicy},
        {"sts.https.redirect", servePolicy},
        {"sts.https.size", respellPolicy},
        {"sts.https.status", servePolicy},
        {"sts.https.type", servePlain},
        {"sts.maxage.big", shorten},
        {"sts.maxage.short", lengthen},
        {"sts.missing", publishPolicy},
        {"sts.mode.testing", enforce},
        {"sts.mx.extra", dropPatterns},
        {"sts.mx.uncovered", coverHosts},
        {"sts.mx.wide", narrowPatterns},
        {"sts.policy.no-record", publishRecord},
        {"sts.policy.syntax", respellPolicy},
        {"sts.record.multiple", keepFirst},
        {"sts.record.no-policy", servePolicy},
        {"sts.record.syntax", mendRecord},
        {"sts.sub", publishPolicy},
        {"sts.tlsrpt.missing", publishReporting},
        {"tlsrpt.missing", publishReporting},
        {"tlsrpt.multiple", keepFirst},
        {"tlsrpt.rua.missing", addReportingAddress},
        {"tlsrpt.rua.no-mx", dropDestination},
        {"tlsrpt.rua.registrable", dropDestination},
        {"tlsrpt.rua.scheme", respellReporting},
        {"tlsrpt.syntax", respellReporting},
        {"tlsrpt.version", respellReporting},
        {"tlsrpt.wrong-name", moveReporting},
    };
}

} // namespace mailoscope::fixes
