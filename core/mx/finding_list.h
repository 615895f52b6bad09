// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mx/findings.h"

#include <string>
#include <utility>
#include <vector>

/// Shared by the files that judge mail hosts.
namespace mailoscope::mx
{

class FindingList
{
public:
    FindingList(const Evaluation &evaluation, const Surroundings &surroundings)
        : m_evaluation(evaluation), m_surroundings(surroundings)
    {
    }

    Finding &add(std::string id, Severity severity, Reference reference)
    {
        Finding finding;
        finding.id = std::move(id);
        finding.severity = severity;
        finding.section = "mx";
        finding.reference = std::move(reference);
        m_findings.push_back(std::move(finding));
        return m_findings.back();
    }

    Finding &last() { return m_findings.back(); }
    std::vector<Finding> take() { return std::move(m_findings); }
    const Evaluation &evaluation() const { return m_evaluation; }
    const Surroundings &surroundings() const { return m_surroundings; }

private:
    const Evaluation &m_evaluation;
    const Surroundings &m_surroundings;
    std::vector<Finding> m_findings;
};

/// The MX record of a host.
Evidence recordOf(const Evaluation &evaluation, const Host &host);
/// What a host said.
Evidence replyOf(const Host &host, std::string text);

/// How the hosts' addresses are called.
void addReverseFindings(FindingList &list);
/// How the hosts greet and encrypt.
void addSmtpFindings(FindingList &list);
void addCertificateFindings(const Host &host, FindingList &list);

} // namespace mailoscope::mx
