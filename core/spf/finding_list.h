// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/public_suffix.h"
#include "report/finding_list.h"
#include "spf/evaluate.h"

#include <string>
#include <utility>
#include <vector>

/// Shared by the files that judge SPF: how a finding is made and how the tree is gone through.
namespace mailoscope::spf
{

using Path = std::vector<std::size_t>;

class FindingList : public mailoscope::FindingList
{
public:
    explicit FindingList(const Evaluation &evaluation)
        : mailoscope::FindingList("spf"),
          m_evaluation(evaluation),
          m_ownZone(registrableDomain(evaluation.domain).value_or(evaluation.domain))
    {
    }

    /// True for names of the inspected domain's own organisation: what they publish is theirs to mend.
    bool isOwn(const DomainName &name) const { return name.isAtOrBelow(m_ownZone); }

    /// A finding of RFC 7208 with the section that states the rule; give it evidence and arguments through
    /// the result.
    Finding &add(std::string id, Severity severity, std::string section)
    {
        return add(std::move(id), severity, Reference{"RFC 7208", std::move(section)});
    }
    using mailoscope::FindingList::add;

    const Evaluation &evaluation() const { return m_evaluation; }

private:
    const Evaluation &m_evaluation;
    const DomainName m_ownZone;
};

/// The record of a node as evidence.
Evidence recordOf(const Node &node, Path path);
/// One term of it.
Evidence termOf(const Node &node, const TermNode &term, const Path &path);
/// The term as its owner wrote it.
std::string textOf(const Node &node, const TermNode &term);
/// A path with one more step.
Path joined(const Path &path, std::size_t index);

/// Calls `visit(node, path)` for a node and all below it, in the order of evaluation.
template <typename Visit>
void forEachNode(const Node &node, Path &path, const Visit &visit)
{
    visit(node, std::as_const(path));
    for (const TermNode &term : node.terms) {
        if (!term.child)
            continue;
        path.push_back(term.index);
        forEachNode(*term.child, path, visit);
        path.pop_back();
    }
}
template <typename Visit>
void forEachNode(const Node &root, const Visit &visit)
{
    Path path;
    forEachNode(root, path, visit);
}

/// Syntax, sizes and the other faults inside one record's text.
void addRecordFindings(const Node &node, const Path &path, FindingList &list);
/// Look-ups, void look-ups, includes, redirects and loops.
void addTreeFindings(FindingList &list, const Limits &limits);
/// Who is authorised: wide, private, overlapping networks, and the `all` at the end.
void addAddressFindings(FindingList &list);

} // namespace mailoscope::spf
