// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/finding.h"

#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace mailoscope
{

/// The findings of one section, in the making. Each protocol has a list of its own kind, which knows what its
/// findings have in common.
class FindingList
{
public:
    explicit FindingList(std::string section) : m_section(std::move(section)) {}

    /// Give it evidence and arguments through the result, before the next is added.
    Finding &add(std::string id, Severity severity, Reference reference)
    {
        Finding &finding = m_findings.emplace_back();
        finding.id = std::move(id);
        finding.severity = severity;
        finding.section = m_section;
        finding.reference = std::move(reference);
        return finding;
    }

    void append(std::vector<Finding> more)
    {
        m_findings.insert(m_findings.end(), std::make_move_iterator(more.begin()),
                          std::make_move_iterator(more.end()));
    }
    /// The finding that was added last.
    Finding &last() { return m_findings.back(); }
    std::vector<Finding> take() { return std::move(m_findings); }

private:
    const std::string m_section;
    std::vector<Finding> m_findings;
};

} // namespace mailoscope
