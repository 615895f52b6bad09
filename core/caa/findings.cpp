// SPDX-License-Identifier: Apache-2.0
#include "caa/findings.h"

#include "base/public_suffix.h"
#include "report/finding_list.h"

#include <algorithm>
#include <set>

namespace mailoscope::caa
{

namespace
{

std::string_view textOf(IssueKind kind)
{
    switch (kind) {
    case IssueKind::EmptyTag:
        return "it has no tag";
    case IssueKind::BadTag:
        return "its tag has characters other than letters and digits";
    case IssueKind::UnknownCritical:
        return "it is marked critical, and no authority knows its tag";
    case IssueKind::OddFlags:
        return "its flags are neither 0 nor 128";
    case IssueKind::BadIssuer:
        return "its value does not begin with the domain name of an authority";
    case IssueKind::BadParameter:
        return "a part behind a semicolon is not name=value";
    case IssueKind::BadIodef:
        return "its value is not a mailto: or https: address";
    }
    return {};
}

std::string_view sectionOf(IssueKind kind)
{
    switch (kind) {
    case IssueKind::EmptyTag:
    case IssueKind::BadTag:
    case IssueKind::UnknownCritical:
    case IssueKind::OddFlags:
        return "4.1";
    case IssueKind::BadIssuer:
    case IssueKind::BadParameter:
        return "4.2";
    case IssueKind::BadIodef:
        return "4.4";
    }
    return {};
}

/// Of one record set: a hostile value can hold thousands.
constexpr std::size_t MostFaults = 16;

class Findings
{
public:
    Findings(const Evaluation &evaluation, Bimi bimi)
        : m_evaluation(evaluation),
          m_bimi(bimi),
          m_own(registrableDomain(evaluation.domain.name).value_or(evaluation.domain.name))
    {
    }

    std::vector<Finding> all()
    {
        addSyntax(m_evaluation.domain);
        for (const NameRecords &host : m_evaluation.hosts)
            addSyntax(host);
        if (!m_evaluation.pending)
            addMissing();
        if (m_evaluation.domain.status == NameRecords::Status::Ok)
            addOpen();
        return m_findings.take();
    }

private:
    Finding &add(const char *id, Reference reference)
    {
        Finding &finding = m_findings.add(id, Severity::Low, std::move(reference));
        finding.arguments["domain"] = m_evaluation.domain.name.text();
        return finding;
    }

    /// Each record set once, wherever it governs.
    void addSyntax(const NameRecords &set)
    {
        if (set.status != NameRecords::Status::Ok || !set.foundAt.isAtOrBelow(m_own) ||
            !m_judged.insert(set.foundAt).second)
            return;
        std::size_t faults = 0;
        for (const PublishedRecord &published : set.records) {
            for (const Issue &issue : published.parsed.issues) {
                if (++faults > MostFaults)
                    continue;
                Finding &finding = add("caa.syntax", {"RFC 8659", std::string(sectionOf(issue.kind))});
                finding.arguments["name"] = set.foundAt.text();
                finding.arguments["fault"] = std::string(textOf(issue.kind));
                Evidence evidence{set.foundAt.text(), "CAA", dns::toPresentation(published.record), {}, {}};
                // The value stands at the end, between quotes; escapes in it would move the place.
                const std::string &value = published.parsed.record->value;
                const std::size_t begin = evidence.record.find('"') + 1;
                if (!issue.span.isEmpty() && evidence.record.substr(begin, value.size()) == value)
                    evidence.span = {begin + issue.span.begin, begin + issue.span.end};
                finding.evidence.push_back(std::move(evidence));
            }
        }
        if (faults > MostFaults || set.leftOut > 0)
            addLeftOut(set, faults - std::min(faults, MostFaults));
    }

    /// What is not told one by one.
    void addLeftOut(const NameRecords &set, std::size_t faults)
    {
        Finding &finding = add("caa.syntax", {"RFC 8659", "4.1"});
        finding.arguments["name"] = set.foundAt.text();
        finding.arguments["fault"] = faults > 0
                                         ? "the faults beyond the first " + std::to_string(MostFaults) +
                                               ", " + std::to_string(faults) + " in number, are not listed"
                                         : std::to_string(set.leftOut) + " records beyond the first " +
                                               std::to_string(MaxRecords) + " were not read";
        finding.evidence.push_back({set.foundAt.text(), "CAA", {}, {}, {}});
    }

    // RFC 8659 section 3: without records every authority may issue.
    void addMissing()
    {
        std::vector<const NameRecords *> open;
        for (const NameRecords &host : m_evaluation.hosts) {
            if (host.status == NameRecords::Status::Missing && host.name.isAtOrBelow(m_own))
                open.push_back(&host);
        }
        if (m_evaluation.domain.status == NameRecords::Status::Missing)
            open.insert(open.begin(), &m_evaluation.domain);
        if (open.empty())
            return;
        Finding &finding = add("caa.missing", {"RFC 8659", "3"});
        finding.arguments["name"] = open.front()->name.text();
        for (const NameRecords *set : open)
            finding.evidence.push_back({set->name.text(), "CAA", {}, {}, {}});
    }

    void addOpen()
    {
        const NameRecords &set = m_evaluation.domain;
        const auto show = [&set](Finding &finding) {
            finding.arguments["name"] = set.foundAt.text();
            for (const PublishedRecord &published : set.records)
                finding.evidence.push_back(
                    {set.foundAt.text(), "CAA", dns::toPresentation(published.record), {}, {}});
        };
        // RFC 9495 section 4: only issuemail speaks of S/MIME.
        if (!set.has(Property::IssueMail))
            show(add("caa.issuemail", {"RFC 9495", "4"}));
        if (m_bimi == Bimi::Yes && !set.has(Property::IssueVmc))
            show(add("caa.issuevmc", {"RFC 8659", "4.1"}));
    }

    const Evaluation &m_evaluation;
    const Bimi m_bimi;
    const DomainName m_own;
    std::set<DomainName> m_judged;
    mailoscope::FindingList m_findings{"caa"};
};

} // namespace

std::vector<Finding> findings(const Evaluation &evaluation, Bimi bimi)
{
    return Findings(evaluation, bimi).all();
}

} // namespace mailoscope::caa
