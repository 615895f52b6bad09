// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include "base/domain_input.h"
#include "dkim/findings.h"
#include "dmarc/findings.h"
#include "dnssec/findings.h"
#include "report/surroundings.h"
#include "spf/findings.h"

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

void append(std::vector<Finding> &findings, std::vector<Finding> more)
{
    findings.insert(findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

dmarc::Surroundings dmarcSurroundings(const Report &report)
{
    dmarc::Surroundings surroundings;
    const std::optional<bool> nobody = saysNobodySends(report.spf);
    surroundings.takesMail = takesMail(report.mx);
    surroundings.anyDkimKey = anyKeyFound(report.dkim);
    surroundings.sendsNoMail = nobody && surroundings.anyDkimKey ? std::optional(*nobody && !*surroundings.anyDkimKey)
                                                                 : std::nullopt;
    if (!report.spf.pending && report.spf.status != spf::Evaluation::Status::TempError)
        surroundings.spfAuthorisesSomeone = report.spf.status == spf::Evaluation::Status::Ok && !*nobody;
    surroundings.validatingResolver = report.dnssec.validatingResolver;
    return surroundings;
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
    report.dnssec = dnssec::evaluate(domain, report.mx, facts);
}

void addFindings(Report &report, const InspectOptions &options)
{
    append(report.findings, spf::findings(report.spf, report.mx, options.spf.limits));
    append(report.findings, dmarc::findings(report.dmarc, dmarcSurroundings(report)));
    append(report.findings, dkim::findings(report.dkim, {isParked(report)}));
    append(report.findings, dnssec::findings(report.dnssec, report.inspectedAt));
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
    if (options.scope == InspectOptions::Scope::Whole)
        evaluateRest(report, reader, options);
    addFindings(report, options);
    std::sort(report.findings.begin(), report.findings.end(), before);

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
