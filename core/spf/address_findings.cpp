// SPDX-License-Identifier: Apache-2.0
// What is notable about who is authorised.
#include "base/text.h"
#include "report/words.h"
#include "spf/finding_list.h"
#include "spf/findings.h"
#include "spf/partition.h"

#include <algorithm>

namespace mailoscope::spf
{

namespace
{

/// Networks wider than these are notable; wider than CriticalV4 they are most of the Internet.
constexpr int WideV4 = 16;
constexpr int CriticalV4 = 8;
constexpr int WideV6 = 32;
/// Branches named in the finding about the total.
constexpr std::size_t BranchesNamed = 5;

class AddressJudge
{
public:
    explicit AddressJudge(FindingList &list) : m_list(list), m_evaluation(list.evaluation()) {}

    void judge()
    {
        forEachNode(m_evaluation.root, [this](const Node &node, const Path &path) {
            if (!node.record)
                return;
            const bool own = m_list.isOwn(node.domain);
            for (const TermNode &term : node.terms) {
                if (term.dead != Dead::No)
                    continue;
                addNetworks(node, term, path, own);
                if (own)
                    addOverlap(node, term, path);
            }
        });
        addTotal();
        addAll();
    }

private:
    const Term &written(const Node &node, const TermNode &term) const
    {
        return node.record->record->terms[term.index];
    }

    Finding &addFor(const Node &node, const TermNode &term, const Path &path, std::string id,
                    Severity severity, Reference reference)
    {
        Finding &finding = m_list.add(std::move(id), severity, std::move(reference));
        finding.evidence.push_back(termOf(node, term, path));
        finding.arguments["term"] = textOf(node, term);
        finding.arguments["domain"] = node.domain.text();
        return finding;
    }

    void addNetworks(const Node &node, const TermNode &term, const Path &path, bool own)
    {
        const Term &writtenTerm = written(node, term);
        const auto *directive = std::get_if<Directive>(&writtenTerm);
        if (!directive || directive->qualifier() != Qualifier::Pass)
            return;
        const bool literal = std::holds_alternative<Ip4>(directive->mechanism) ||
                             std::holds_alternative<Ip6>(directive->mechanism);
        // The widest of the term's networks; IPv6 prefixes are measured against their own threshold.
        const auto width = [](const Cidr &block) {
            return block.prefixLength - (block.address.isV4() ? WideV4 : WideV6);
        };
        std::optional<Cidr> widest;
        forEachBlock(writtenTerm, term, [&](const Cidr &block) {
            if (!widest || width(block) < width(*widest))
                widest = block;
        });
        if (!widest)
            return;
        addWide(node, term, path, *widest, own);
        if (own && literal) {
            addHostBits(node, term, path, *widest);
            addSpecialPurpose(node, term, path, *widest);
        }
    }

    void addWide(const Node &node, const TermNode &term, const Path &path, const Cidr &block, bool own)
    {
        const bool v4 = block.address.isV4();
        const bool critical = v4 && block.prefixLength < CriticalV4;
        const bool wide = block.prefixLength < (v4 ? WideV4 : WideV6);
        // A provider's own wide networks are its business as long as they are not most of the Internet; what
        // they add is told by spf.ip.total, branch by branch.
        if (!critical && !(wide && own))
            return;
        Finding &finding = addFor(node, term, path, v4 ? "spf.ip.wide4" : "spf.ip.wide6",
                                  critical ? Severity::Critical : Severity::High, {"RFC 7208", "11.4"});
        finding.arguments["network"] = Cidr{block.first(), block.prefixLength}.toString();
        finding.arguments["length"] = static_cast<std::int64_t>(block.prefixLength);
    }

    void addHostBits(const Node &node, const TermNode &term, const Path &path, const Cidr &block)
    {
        if (!block.hasHostBits())
            return;
        addFor(node, term, path, "spf.cidr.host-bits", Severity::Low, {"RFC 7208", "5.6"})
            .arguments["network"] = Cidr{block.first(), block.prefixLength}.toString();
    }

    void addSpecialPurpose(const Node &node, const TermNode &term, const Path &path, const Cidr &block)
    {
        const SpecialPurposeBlock *special = specialPurposeBlockOf(block);
        if (!special)
            return;
        Finding &finding = addFor(node, term, path, "spf.ip.private", Severity::Medium, {"RFC 6890", "2.2"});
        finding.arguments["purpose"] = std::string(special->name);
        finding.arguments["reference"] = std::string(special->reference);
        finding.arguments["block"] = special->block.toString();
    }

    /// Everything this term matches has been decided by earlier terms of the same record.
    void addOverlap(const Node &node, const TermNode &term, const Path &path)
    {
        const bool matchesSome = term.matches.v4 != 0 || term.matches.v6 != Uint128();
        const bool decidesNone = term.decides.v4 == 0 && term.decides.v6 == Uint128();
        if (!term.exact || !matchesSome || !decidesNone || term.behindError)
            return;
        addFor(node, term, path, "spf.ip.overlap", Severity::Low, {"RFC 7208", "4.6.2"});
    }

    void addTotal()
    {
        const std::uint64_t total = countOf(m_evaluation.asWritten.of(CheckResult::Pass).v4);
        // Everyone is authorised: that has a finding of its own.
        if (total <= ManyAddresses || m_evaluation.asWritten.of(CheckResult::Pass).v4.isAll())
            return;
        const Node *node = &m_evaluation.root;
        Finding &finding = m_list.add("spf.ip.total", Severity::Medium, Reference{"RFC 7208", "11.4"});
        finding.arguments["count"] = static_cast<std::int64_t>(total);
        finding.arguments["threshold"] = static_cast<std::int64_t>(ManyAddresses);
        std::vector<const TermNode *> branches;
        for (const TermNode &term : node->terms) {
            if (term.decides.v4 > 0 && passes(*node, term))
                branches.push_back(&term);
        }
        std::stable_sort(branches.begin(), branches.end(),
                         [](const TermNode *a, const TermNode *b) { return a->decides.v4 > b->decides.v4; });
        branches.resize(std::min(branches.size(), BranchesNamed));
        std::string named;
        for (const TermNode *branch : branches) {
            named += (named.empty() ? "" : ", ") + textOf(*node, *branch) + " (" +
                     withSeparators(std::to_string(branch->decides.v4)) + ")";
            finding.evidence.push_back(termOf(*node, *branch, {}));
        }
        finding.arguments["branches"] = named;
        finding.arguments["branch_count"] = static_cast<std::int64_t>(branches.size());
    }

    bool passes(const Node &node, const TermNode &term) const
    {
        const auto *directive = std::get_if<Directive>(&written(node, term));
        return directive ? directive->qualifier() == Qualifier::Pass
                         : std::holds_alternative<Redirect>(written(node, term));
    }

    /// The `all` that ends the evaluation, redirect followed, and the record it stands in.
    void addAll()
    {
        const Node *node = &m_evaluation.root;
        Path path;
        while (node->record) {
            const Record &record = *node->record->record;
            if (const auto all = indexOfAll(record)) {
                addFinal(*node, node->terms[*all], path, std::get<Directive>(record.terms[*all]).qualifier());
                return;
            }
            const auto redirect = indexOfRedirect(record);
            if (!redirect) {
                addMissingAll(*node, path);
                return;
            }
            if (!node->terms[*redirect].child)
                return; // depends on the message
            node = node->terms[*redirect].child.get();
            path.push_back(*redirect);
        }
    }

    void addMissingAll(const Node &node, const Path &path)
    {
        // A faulty `all` or redirect is told as the fault it is.
        if (!node.record->issues.empty())
            return;
        Finding &finding = m_list.add("spf.all.missing", Severity::High, "4.7");
        finding.evidence.push_back(recordOf(node, path));
        finding.arguments["domain"] = node.domain.text();
    }

    void addFinal(const Node &node, const TermNode &term, const Path &path, Qualifier qualifier)
    {
        const bool sends =
            !m_evaluation.asWritten.of(CheckResult::Pass).isEmpty() || !m_evaluation.asWritten.exact;
        switch (qualifier) {
        case Qualifier::Pass:
            addFor(node, term, path, "spf.all.pass", Severity::Critical, {"RFC 7208", "5.1"});
            break;
        case Qualifier::Neutral:
            addFor(node, term, path, "spf.all.neutral", Severity::High, {"RFC 7208", "5.1"});
            break;
        case Qualifier::SoftFail:
            // Medium where DMARC does not enforce; without a word on DMARC it is only a note.
            addFor(node, term, path, "spf.all.soft", Severity::Info, {"RFC 7208", "8.5"});
            break;
        case Qualifier::Fail:
            if (sends)
                addFor(node, term, path, "spf.all.hard", Severity::Info, {"RFC 9989", "7.1"});
            break;
        }
    }

    FindingList &m_list;
    const Evaluation &m_evaluation;
};

} // namespace

void addAddressFindings(FindingList &list)
{
    AddressJudge(list).judge();
}

} // namespace mailoscope::spf
