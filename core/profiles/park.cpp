// SPDX-License-Identifier: Apache-2.0
#include "profiles/park.h"

namespace mailoscope::profiles
{

namespace
{

class ParkList
{
public:
    explicit ParkList(const DomainName &domain) : m_domain(domain) {}

    void add(const char *id, Severity severity, const char *section, Reference reference, Evidence evidence)
    {
        Finding finding;
        finding.id = id;
        finding.severity = severity;
        finding.section = section;
        finding.reference = std::move(reference);
        finding.arguments["domain"] = m_domain.text();
        finding.evidence.push_back(std::move(evidence));
        m_findings.push_back(std::move(finding));
    }
    std::string below(const char *labels) const
    {
        const auto name = m_domain.prefixed(labels);
        return name ? name->text() : m_domain.text();
    }
    std::vector<Finding> take() { return std::move(m_findings); }

private:
    const DomainName m_domain;
    std::vector<Finding> m_findings;
};

/// Exactly `v=spf1 -all`.
bool isNullSpf(const spf::Evaluation &spf)
{
    return spf.status == spf::Evaluation::Status::Ok && spf.root.record && spf.root.record->record &&
           spf.root.record->record->terms.size() == 1 && spf.finalAll == spf::Qualifier::Fail;
}

bool isRejected(const dmarc::AppliedPolicy &policy)
{
    return policy.effective == dmarc::Policy::Reject;
}

} // namespace

std::vector<Finding> parkFindings(const DomainName &domain, const spf::Evaluation &spf,
                                  const dmarc::Evaluation &dmarc, const mx::Evaluation &mx,
                                  const ParkInput &input)
{
    ParkList list(domain);
    const Reference practice{"M3AAWG, Protecting Parked Domains", ""};
    const bool spfKnown = spf.status != spf::Evaluation::Status::Pending && !spf.isUnknown();
    if (spfKnown && !isNullSpf(spf))
        list.add("park.spf", Severity::High, "spf", {"RFC 7208", "10.1.2"},
                 {domain.text(), "TXT", spf.root.selection.text, {0, spf.root.selection.text.size()}, {}});
    if (dmarc.policy.isKnown() && dmarc.subdomains.isKnown() && dmarc.nonexistent.isKnown() &&
        !(isRejected(dmarc.policy) && isRejected(dmarc.subdomains) && isRejected(dmarc.nonexistent))) {
        const dmarc::WalkStep *step = dmarc.step();
        const std::string text = step ? step->recordText : std::string();
        list.add("park.dmarc", Severity::High, "dmarc", practice,
                 {step ? step->recordName.text() : list.below("_dmarc"), "TXT", text, {0, text.size()}, {}});
    }
    const bool mxKnown = !mx.pending && !mx.isUnknown();
    if (mxKnown && !mx.nullMx)
        list.add("park.nullmx", Severity::Medium, "mx", {"RFC 7505", "3"}, {domain.text(), "MX", {}, {}, {}});
    if (input.dkimWildcardRevoked == false)
        list.add("park.dkim-wildcard", Severity::Info, "dkim", practice,
                 {list.below("*._domainkey"), "TXT", {}, {}, {}});
    if (input.bimiDeclined == false)
        list.add("park.bimi-declined", Severity::Info, "bimi", practice,
                 {list.below("default._bimi"), "TXT", {}, {}, {}});
    if (spfKnown && !spf.pending && spf.hasWildcard == false)
        list.add("park.sub-wildcard-spf", Severity::Low, "spf", practice,
                 {list.below("*"), "TXT", {}, {}, {}});
    return list.take();
}

} // namespace mailoscope::profiles
