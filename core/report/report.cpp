// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include "base/domain_input.h"
#include "spf/findings.h"

#include <algorithm>
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

    FactReader reader(facts, options.reach);
    report.mx = mx::evaluate(domain, reader);
    report.spf = spf::evaluate(domain, reader, records, options.spf);
    report.findings = spf::findings(report.spf, report.mx, options.spf.limits);
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
