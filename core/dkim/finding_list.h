// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dkim/evaluate.h"
#include "report/finding.h"

#include <string>
#include <utility>
#include <vector>

/// Shared by the files that judge DKIM: how a finding is made.
namespace mailoscope::dkim
{

class FindingList
{
public:
    Finding &add(std::string id, Severity severity, Reference reference)
    {
        Finding finding;
        finding.id = std::move(id);
        finding.severity = severity;
        finding.section = "dkim";
        finding.reference = std::move(reference);
        m_findings.push_back(std::move(finding));
        return m_findings.back();
    }
    /// With the name of a record that is there, or that is not.
    Finding &add(std::string id, Severity severity, Reference reference, const DomainName &name)
    {
        Finding &finding = add(std::move(id), severity, std::move(reference));
        finding.arguments["name"] = shown(name.text());
        finding.evidence.push_back({name.text(), "TXT", {}, {}, {}});
        return finding;
    }

    std::vector<Finding> take() { return std::move(m_findings); }

private:
    std::vector<Finding> m_findings;
};

/// Everything that one record at a selector shows: its syntax, its tags and its key.
void addKeyFindings(const SelectorResult &result, const PublishedKey &published, FindingList &list);

} // namespace mailoscope::dkim
