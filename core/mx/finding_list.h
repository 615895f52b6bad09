// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mx/findings.h"
#include "report/finding_list.h"

#include <string>
#include <utility>
#include <vector>

/// Shared by the files that judge mail hosts.
namespace mailoscope::mx
{

class FindingList : public mailoscope::FindingList
{
public:
    FindingList(const Evaluation &evaluation, const Surroundings &surroundings)
        : mailoscope::FindingList("mx"), m_evaluation(evaluation), m_surroundings(surroundings)
    {
    }

    const Evaluation &evaluation() const { return m_evaluation; }
    const Surroundings &surroundings() const { return m_surroundings; }

private:
    const Evaluation &m_evaluation;
    const Surroundings &m_surroundings;
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
