// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dkim/evaluate.h"
#include "report/finding_list.h"

#include <string>
#include <utility>
#include <vector>

/// Shared by the files that judge DKIM: how a finding is made.
namespace mailoscope::dkim
{

class FindingList : public mailoscope::FindingList
{
public:
    FindingList() : mailoscope::FindingList("dkim") {}

    using mailoscope::FindingList::add;
    /// With the name of a record that is there, or that is not.
    Finding &add(std::string id, Severity severity, Reference reference, const DomainName &name)
    {
        Finding &finding = add(std::move(id), severity, std::move(reference));
        finding.arguments["name"] = shown(name.text());
        finding.evidence.push_back({name.text(), "TXT", {}, {}, {}});
        return finding;
    }
};

/// Everything that one record at a selector shows: its syntax, its tags and its key.
void addKeyFindings(const SelectorResult &result, const PublishedKey &published, FindingList &list);

} // namespace mailoscope::dkim
