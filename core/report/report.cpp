// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include "base/domain_input.h"
#include "bimi/findings.h"
#include "dns/message.h"
#include "dns_hygiene/findings.h"
#include "dnssec/findings.h"
#include "report/dependencies.h"
#include "report/surroundings.h"
#include "ses/findings.h"
#include "spf/findings.h"
#include "takeover/findings.h"
#include "zone_servers/findings.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace mailoscope
{

namespace
{

/// The most severe first; then an order that the arrival of facts cannot change.
bool before(const Finding &a, const Finding &b)
{
    if (a.severity != b.severity)
        return a.severity > b.severity;
    if (a.id != b.id)
        return a.id < b.id;
    const auto place = [](const Finding &finding) {
        static const Evidence nowhere;
        const Evidence &first = finding.evidence.empty() ? nowhere : finding.evidence.front();
        return std::tie(first.path, first.name, first.span.begin);
    };
    return place(a) < place(b);
}

/// Findings are large: what is sorted are places of them.
void sort(std::vector<Finding> &findings)
{
    std::vector<Finding *> places(findings.size());
    std::transform(findings.begin(), findings.end(), places.begin(),
                   [](Finding &finding) { return &finding; });
    std::sort(places.begin(), places.end(),
              [](const Finding *a, const Finding *b) { return before(*a, *b); });
    std::vector<Finding> sorted;
    sorted.reserve(findings.size());
    for (Finding *place : places)
        sorted.push_back(std::move(*place));
    findings = std::move(sorted);
}

void append(std::vector<Finding> &findings, std::vector<Finding> more)
{
    findings.insert(findings.end(), std::make_move_iterator(more.begin()),
                    std::make_move_iterator(more.end()));
}

/// All but SPF and MX, which come first because others read them.
void evaluateRest(Report &report, FactSource &facts, const InspectOptions &options)
{
    const DomainName &domain = report.domain;
    report.dmarc = dmarc::evaluate(domain, facts);
    dkim::Options dkimOptions{options.selectors};
    for (std::string &provider : providersSeen(report.mx, report.spf))
        dkimOptions.sources.providers.push_back(std::move(provider));
    report.dkim = dkim::evaluate(domain, facts, dkimOptions);
    report.ses = ses::evaluate(domain, facts, report.dkim);
    report.bimi = bimi::evaluate(domain, bimiView(report.dmarc, report.spf), facts);
    report.mtaSts = mta_sts::evaluate(domain, report.mx, facts);
    report.tlsRpt = tls_rpt::evaluate(domain, report.mx, facts);
    report.dnssec = dnssec::evaluate(domain, report.mx, facts);
    report.dane = dane::evaluate(domain, report.mx, report.dnssec, facts);
    report.caa = caa::evaluate(domain, serversOf(report), facts);
    report.hygiene = dns_hygiene::evaluate(domain, report.dnssec, hygieneSubjects(report), facts);
    if (options.reach.servers)
        report.zoneServers =
            zone_servers::evaluate(domain, report.dnssec.apex, report.hygiene.nameServers, facts);
    report.takeover = takeover::evaluate(domain, dependenciesOf(report), facts);
    report.verdict = verdict::evaluate(report.spf, report.dmarc, report.mx,
                                       {report.dkim.pending, anyKeyFound(report.dkim)});
}

/// The findings of all but SPF. Each protocol is told what it wants to know of others.
void addRest(Report &report)
{
    std::vector<Finding> &findings = report.findings;
    append(findings, dmarc::findings(report.dmarc, dmarcSurroundings(report)));
    append(findings, dkim::findings(report.dkim, {isParked(report)}));
    append(findings, ses::findings(report.ses));
    append(findings, bimi::findings(report.bimi));
    std::vector<const smtp::Session *> sessions;
    append(findings, mta_sts::findings(report.mtaSts, report.mx, mtaStsSurroundings(report, sessions)));
    const bool hasTlsPolicy = report.mtaSts.status == mta_sts::Evaluation::Status::Ok ||
                              report.dane.status == dane::Evaluation::Status::Ok;
    append(findings, tls_rpt::findings(report.tlsRpt, report.mx, {hasTlsPolicy}));
    append(findings, mx::findings(report.mx, mxSurroundings(report)));
    append(findings, dane::findings(report.dane, stsVerdicts(report)));
    append(findings, dnssec::findings(report.dnssec, report.inspectedAt));
    const bool hasBimi = report.bimi.status == bimi::Evaluation::Status::Ok && !report.bimi.declined;
    append(findings, caa::findings(report.caa, hasBimi ? caa::Bimi::Yes : caa::Bimi::No));
    append(findings, dns_hygiene::findings(report.hygiene));
    append(findings, zone_servers::findings(report.zoneServers));
    append(findings, takeover::findings(report.takeover));
    if (isParked(report))
        append(findings,
               profiles::parkFindings(report.domain, report.spf, report.dmarc, report.mx, parkInput(report)));
}

/// One answer that is too large is told once: by SPF, where without its record the answer would be small
/// enough, and by the state of the zone, where other texts fill it.
void dropDoubles(Report &report)
{
    const auto tells = [&report](std::string_view id) {
        return std::any_of(report.findings.begin(), report.findings.end(),
                           [id](const Finding &finding) { return finding.id == id; });
    };
    if (!tells("spf.size.512") || !tells("dns.txt.answer-size"))
        return;
    const std::size_t own = report.spf.root.selection.text.size();
    const bool isSpf = report.hygiene.textAnswerOctets <= dns::EdnsPayload + own;
    const std::string_view dropped = isSpf ? "dns.txt.answer-size" : "spf.size.512";
    std::erase_if(report.findings, [dropped](const Finding &finding) { return finding.id == dropped; });
}

} // namespace

std::vector<const Finding *> Report::findingsOf(std::string_view section) const
{
    std::vector<const Finding *> found;
    for (const Finding &finding : findings) {
        if (finding.section == section)
            found.push_back(&finding);
    }
    return found;
}

const fixes::Fix *Report::fixOf(std::size_t finding) const
{
    const auto found =
        std::lower_bound(fixes.begin(), fixes.end(), finding,
                         [](const fixes::Fix &fix, std::size_t index) { return fix.finding < index; });
    return found != fixes.end() && found->finding == finding ? &*found : nullptr;
}

Report inspect(const DomainName &domain, const FactStore &facts, spf::RecordCache &records,
               const InspectionContext &context, const InspectOptions &options)
{
    Report report;
    report.domain = domain;
    report.domainUnicode = unicodeForm(domain);
    report.inspectedAt = context.inspectedAt;
    report.resolvers = context.resolvers;
    report.reach = options.reach;

    FactReader reader(facts, options.reach);
    report.mx = mx::evaluate(domain, reader);
    report.spf = spf::evaluate(domain, reader, records, options.spf);
    report.findings = spf::findings(report.spf, report.mx, options.spf.limits);
    if (options.scope == InspectOptions::Scope::Whole) {
        evaluateRest(report, reader, options);
        addRest(report);
        dropDoubles(report);
    }
    sort(report.findings);

    report.needed = reader.needed();
    report.pending = !report.needed.empty();
    report.complete = !report.pending;
    report.facts = reader.used();
    for (const FactPointer &fact : report.facts)
        report.complete = report.complete && !isTemporaryFailure(fact->outcome());
    sortByKey(report.facts);
    return report;
}

std::string_view toolName()
{
    return "Mailoscope";
}

std::string_view toolVersion()
{
    return MAILOSCOPE_VERSION;
}

} // namespace mailoscope
