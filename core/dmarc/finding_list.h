// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.h"
#include "dmarc/findings.h"
#include "report/finding_list.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Shared by the files that judge DMARC: how a finding is made.
namespace mailoscope::dmarc
{

class FindingList : public mailoscope::FindingList
{
public:
    explicit FindingList(const Evaluation &evaluation)
        : mailoscope::FindingList("dmarc"), m_evaluation(evaluation)
    {
    }

    /// A finding of RFC 9989 with the section that states the rule; give it evidence and arguments through
    /// the result, before the next is added.
    Finding &add(std::string id, Severity severity, std::string section)
    {
        return add(std::move(id), severity, Reference{"RFC 9989", std::move(section)});
    }
    Finding &add(std::string id, Severity severity, Reference reference)
    {
        Finding &finding = mailoscope::FindingList::add(std::move(id), severity, std::move(reference));
        finding.arguments["domain"] = m_evaluation.domain.text();
        return finding;
    }

    const Evaluation &evaluation() const { return m_evaluation; }

private:
    const Evaluation &m_evaluation;
};

/// A place in the record of a step; an empty span stands for the whole record.
inline Evidence recordOf(const WalkStep &step, Span span = {})
{
    if (span.isEmpty())
        span = {0, step.recordText.size()};
    return {step.recordName.text(), "TXT", step.recordText, span, {}};
}

/// A text beside the records.
inline Evidence textAt(const DomainName &name, const std::string &text)
{
    return {name.text(), "TXT", text, {0, text.size()}, {}};
}

/// What stands at a place of the record, fit to be shown.
inline std::string partOf(const WalkStep &step, const Span &span)
{
    return shown(std::string_view(step.recordText).substr(span.begin, span.end - span.begin));
}

/// Faults, obsolete and unknown tags inside the text of the record that applies.
void addRecordFindings(FindingList &list, const WalkStep &step);
/// What the record asks of receivers: p, sp, np, t, psd and their effect.
void addPolicyFindings(FindingList &list, const Surroundings &surroundings);
/// Where the reports go.
void addReportFindings(FindingList &list, const WalkStep &step);

} // namespace mailoscope::dmarc
