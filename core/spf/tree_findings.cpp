// SPDX-License-Identifier: Apache-2.0
// What is notable about the include tree: its cost, its dead ends and its repetitions.
#include "base/public_suffix.h"
#include "base/text.h"
#include "spf/finding_list.h"
#include "spf/findings.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_set>

namespace mailoscope::spf
{

namespace
{

class TreeJudge
{
public:
    TreeJudge(FindingList &list, const Limits &limits)
        : m_list(list), m_limits(limits), m_evaluation(list.evaluation())
    {
    }

    void judge()
    {
        addLookups();
        addVoids();
        forEachNode(m_evaluation.root, [this](const Node &node, const Path &path) {
            if (node.record)
                addTerms(node, path);
        });
        addRepeated();
        addDepth();
        addMacroHosted();
    }

private:
    /// A counted term in the order of evaluation.
    struct Counted {
        const Node *node;
        const TermNode *term;
        Path path;
    };

    Finding &addFor(const Node &node, const TermNode &term, const Path &path, std::string id,
                    Severity severity, std::string section)
    {
        Finding &finding = m_list.add(std::move(id), severity, std::move(section));
        finding.evidence.push_back(termOf(node, term, path));
        finding.arguments["term"] = textOf(node, term);
        finding.arguments["domain"] = node.domain.text();
        if (term.target)
            finding.arguments["target"] = term.target->text();
        return finding;
    }

    /// The first term at which the count of look-ups passes `limit`.
    std::optional<Counted> firstOver(int limit) const
    {
        std::optional<Counted> found;
        int spent = 0;
        countIn(m_evaluation.root, {}, limit, spent, found);
        return found;
    }

    static void countIn(const Node &node, const Path &path, int limit, int &spent,
                        std::optional<Counted> &found)
    {
        const auto visit = [&](const TermNode &term) {
            spent += term.ownLookups;
            if (spent > limit && term.ownLookups > 0 && !found)
                found = Counted{&node, &term, path};
            if (term.child && !found)
                countIn(*term.child, joined(path, term.index), limit, spent, found);
        };
        const auto redirect = node.record ? indexOfRedirect(*node.record->record) : std::nullopt;
        for (const TermNode &term : node.terms) {
            if (redirect != term.index)
                visit(term);
        }
        if (redirect)
            visit(node.terms[*redirect]);
    }

    // RFC 7208 section 4.6.4.
    void addLookups()
    {
        const int count = m_evaluation.lookups;
        if (count <= m_limits.lookups) {
            if (count < NearLimit)
                return;
            Finding &finding = m_list.add("spf.lookups.near", Severity::Medium, "4.6.4");
            finding.evidence.push_back(recordOf(m_evaluation.root, {}));
            setCounts(finding, count, m_limits.lookups);
            return;
        }
        const std::optional<Counted> over = firstOver(m_limits.lookups);
        Finding &finding = over ? addFor(*over->node, *over->term, over->path, "spf.lookups.over",
                                         Severity::Critical, "4.6.4")
                                : m_list.add("spf.lookups.over", Severity::Critical, "4.6.4");
        setCounts(finding, count, m_limits.lookups);
        addPath(count, over);
    }

    /// All who are authorised still pass within the limit; the others get an error in place of a clear
    /// result.
    void addPath(int count, const std::optional<Counted> &over)
    {
        if (m_evaluation.pending || !over || !m_evaluation.limitsMatter ||
            m_evaluation.addresses.of(CheckResult::Pass) != m_evaluation.asWritten.of(CheckResult::Pass)) {
            return;
        }
        Finding &finding =
            addFor(*over->node, *over->term, over->path, "spf.lookups.path", Severity::High, "4.6.4");
        setCounts(finding, count, m_limits.lookups);
    }

    void setCounts(Finding &finding, int count, int limit) const
    {
        finding.arguments["count"] = static_cast<std::int64_t>(count);
        finding.arguments["limit"] = static_cast<std::int64_t>(limit);
        finding.arguments["at_least"] = static_cast<std::int64_t>(m_evaluation.root.atLeast ? 1 : 0);
    }

    void addVoids()
    {
        const FamilyCount &voids = m_evaluation.root.voids;
        if (voids.worst() <= m_limits.voidLookups)
            return;
        Finding &finding = m_list.add("spf.void.over", Severity::High, "4.6.4");
        setCounts(finding, voids.worst(), m_limits.voidLookups);
        finding.arguments["family"] = std::string(
            voids.v4 > m_limits.voidLookups ? voids.v6 > m_limits.voidLookups ? "all" : "IPv4" : "IPv6");
        forEachNode(m_evaluation.root, [&](const Node &node, const Path &path) {
            for (const TermNode &term : node.terms) {
                const int own = voids.v4 > m_limits.voidLookups ? term.ownVoids.v4 : term.ownVoids.v6;
                if (own > 0)
                    finding.evidence.push_back(termOf(node, term, path));
            }
        });
    }

    void addTerms(const Node &node, const Path &path)
    {
        const Record &record = *node.record->record;
        for (const TermNode &term : node.terms) {
            const Mechanism *mechanism = mechanismOf(record.terms[term.index]);
            if (term.dead != Dead::No)
                continue;
            if (term.child)
                addFollowed(node, term, path, mechanism != nullptr);
            else if (mechanism)
                addAsked(node, term, path, *mechanism);
        }
    }

    void addAsked(const Node &node, const TermNode &term, const Path &path, const Mechanism &mechanism)
    {
        if (term.status == TermStatus::TooManyHosts) {
            addFor(node, term, path, "spf.mx.toomany", Severity::Critical, "4.6.4").arguments["count"] =
                static_cast<std::int64_t>(term.mxHosts.size());
        }
        // Void for both families: for one alone it is only a host without an address of that family.
        if (term.ownVoids.v4 == 0 || term.ownVoids.v6 == 0)
            return;
        const bool isMx = std::holds_alternative<Mx>(mechanism);
        addFor(node, term, path, isMx ? "spf.mx.void" : "spf.a.void", Severity::Medium, isMx ? "5.4" : "5.3")
            .arguments["outcome"] = std::string(dns::toString(term.outcome));
    }

    /// Include and redirect: the target's own state. What is wrong further below is told there.
    void addFollowed(const Node &node, const TermNode &term, const Path &path, bool isInclude)
    {
        const Node &child = *term.child;
        switch (child.status) {
        case NodeStatus::Ok:
        case NodeStatus::Pending:
        case NodeStatus::Cut:
            break;
        case NodeStatus::NoRecord:
            addFor(node, term, path, isInclude ? "spf.include.norecord" : "spf.redirect.norecord",
                   Severity::Critical, isInclude ? "5.2" : "6.1")
                .arguments["exists"] = std::int64_t(1);
            break;
        case NodeStatus::NxDomain:
            addFor(node, term, path, isInclude ? "spf.include.nxdomain" : "spf.redirect.norecord",
                   Severity::Critical, isInclude ? "5.2" : "6.1")
                .arguments["exists"] = std::int64_t(0);
            break;
        case NodeStatus::MultipleRecords:
        case NodeStatus::Invalid:
        case NodeStatus::BadName:
            addBroken(node, term, path, isInclude);
            break;
        case NodeStatus::TempError:
            if (child.selection.outcome == dns::Outcome::NotRecorded)
                break; // nobody asked
            addFor(node, term, path, "spf.include.temperror", Severity::Medium, "5.2").arguments["outcome"] =
                std::string(dns::toString(child.selection.outcome));
            break;
        case NodeStatus::Loop:
            addFor(node, term, path, child.domain == node.domain ? "spf.include.self" : "spf.loop",
                   Severity::Critical, "4.6.4");
            break;
        }
        if (isInclude && child.status == NodeStatus::Ok)
            addLenient(node, term, path);
        addAlias(node, term, path);
    }

    void addBroken(const Node &node, const TermNode &term, const Path &path, bool isInclude)
    {
        const Node &child = *term.child;
        Finding &finding =
            addFor(node, term, path, "spf.include.permerror", Severity::Critical, isInclude ? "5.2" : "6.1");
        finding.arguments["several"] = static_cast<std::int64_t>(
            child.status == NodeStatus::MultipleRecords ? child.selection.records.size() : 0);
        if (child.record && !child.record->issues.empty()) {
            const Issue &issue = child.record->issues.front();
            Evidence fault = recordOf(child, joined(joined(path, term.index), issue.term));
            fault.span = issue.span;
            finding.evidence.push_back(std::move(fault));
            finding.arguments["fault"] =
                shown(std::string_view(child.selection.text)
                          .substr(issue.span.begin, issue.span.end - issue.span.begin));
        }
    }

    // RFC 7208 section 5.2: only a pass inside matches, so `?all` there does nothing and `+all` lets everyone
    // in.
    void addLenient(const Node &node, const TermNode &term, const Path &path)
    {
        const Record &record = *term.child->record->record;
        const auto all = indexOfAll(record);
        if (!all)
            return;
        const Qualifier qualifier = std::get<Directive>(record.terms[*all]).qualifier();
        if (qualifier != Qualifier::Pass && qualifier != Qualifier::Neutral)
            return;
        const bool everyone = qualifier == Qualifier::Pass;
        Finding &finding = addFor(node, term, path, "spf.include.all-lenient",
                                  everyone ? Severity::Critical : Severity::Low, "5.2");
        finding.arguments["everyone"] = static_cast<std::int64_t>(everyone ? 1 : 0);
        finding.evidence.push_back(termOf(*term.child, term.child->terms[*all], joined(path, term.index)));
    }

    void addAlias(const Node &node, const TermNode &term, const Path &path)
    {
        const Node &child = *term.child;
        if (child.aliases.empty() || sameOrganization(child.aliases.back(), child.domain))
            return;
        addFor(node, term, path, "spf.include.cname", Severity::Low, "5.2").arguments["alias"] =
            child.aliases.back().text();
    }

    // RFC 7208 section 4.6.4: a target counts each time it is met.
    void addRepeated()
    {
        struct Visit {
            int times = 0;
            int lookups = 0;
            std::vector<Evidence> evidence;
        };
        const auto isVisit = [](const TermNode &term) {
            return term.child && term.child->status != NodeStatus::Loop;
        };
        // Most trees repeat nothing: who is met again is found before anything is told of it.
        std::unordered_set<std::string_view> met;
        std::unordered_set<std::string_view> again;
        forEachNode(m_evaluation.root, [&](const Node &node, const Path &) {
            for (const TermNode &term : node.terms) {
                if (isVisit(term) && !met.insert(term.child->domain.text()).second)
                    again.insert(term.child->domain.text());
            }
        });
        if (again.empty())
            return;
        std::map<DomainName, Visit> visits;
        forEachNode(m_evaluation.root, [&](const Node &node, const Path &path) {
            for (const TermNode &term : node.terms) {
                if (!isVisit(term) || !again.contains(term.child->domain.text()))
                    continue;
                Visit &visit = visits[term.child->domain];
                ++visit.times;
                visit.lookups += term.subtreeLookups;
                visit.evidence.push_back(termOf(node, term, path));
            }
        });
        for (auto &[target, visit] : visits) {
            Finding &finding = m_list.add("spf.include.duplicate", Severity::Low, "4.6.4");
            finding.arguments["target"] = target.text();
            finding.arguments["count"] = static_cast<std::int64_t>(visit.times);
            finding.arguments["lookups"] = static_cast<std::int64_t>(visit.lookups);
            finding.evidence = std::move(visit.evidence);
        }
    }

    void addDepth()
    {
        std::size_t deepest = 0;
        Evidence evidence;
        forEachNode(m_evaluation.root, [&](const Node &node, const Path &path) {
            if (node.depth > deepest && node.status != NodeStatus::Loop) {
                deepest = node.depth;
                evidence = recordOf(node, path);
            }
        });
        if (deepest <= DeepChain)
            return;
        Finding &finding = m_list.add("spf.include.depth", Severity::Low, "10.1.1");
        finding.arguments["depth"] = static_cast<std::int64_t>(deepest);
        finding.evidence.push_back(std::move(evidence));
    }

    /// The record hands everything to a vendor by macros: nothing wrong, but only a sample can show what it
    /// does.
    void addMacroHosted()
    {
        const Node &root = m_evaluation.root;
        if (!root.record)
            return;
        const TermNode *delegate = nullptr;
        for (const TermNode &term : root.terms) {
            const Term &written = root.record->record->terms[term.index];
            const Mechanism *mechanism = mechanismOf(written);
            const bool follows = std::holds_alternative<Redirect>(written) ||
                                 (mechanism && (std::holds_alternative<Include>(*mechanism) ||
                                                std::holds_alternative<Exists>(*mechanism)));
            const bool isAll = mechanism && std::holds_alternative<All>(*mechanism);
            if (term.dead != Dead::No || isAll || (!mechanism && !follows))
                continue;
            if (!follows || !term.dependsOnMessage)
                return; // something that can be judged without a message
            delegate = delegate ? delegate : &term;
        }
        if (delegate)
            addFor(root, *delegate, {}, "spf.macro-hosted", Severity::Info, "7");
    }

    FindingList &m_list;
    const Limits &m_limits;
    const Evaluation &m_evaluation;
};

} // namespace

void addTreeFindings(FindingList &list, const Limits &limits)
{
    TreeJudge(list, limits).judge();
}

} // namespace mailoscope::spf
