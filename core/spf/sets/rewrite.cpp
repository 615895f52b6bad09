// SPDX-License-Identifier: Apache-2.0
#include "spf/sets/rewrite.h"

#include "spf/partition.h"
#include "spf/sets/shares.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

namespace mailoscope::spf
{

namespace
{

/// A directive of the rewritten record before its networks are brought together.
struct Item {
    const Node *node = nullptr;
    const TermNode *term = nullptr;
    Qualifier qualifier = Qualifier::Pass;
    bool isKept = false; ///< stays as it is; else its addresses are written
    bool isOwnNetwork = false;
    std::vector<Cidr> blocks;
    std::size_t group = 0;

    const Term &written() const { return node->record->record->terms[term->index]; }
    std::string text() const
    {
        const Span span = node->record->spans[term->index];
        return node->selection.text.substr(span.begin, span.end - span.begin);
    }
};

MacroString literal(const DomainName &name)
{
    return {{MacroPart(name.text())}};
}

/// RFC 7208 sections 5.3 to 5.5: a target that is left out is the domain of the record, so it is named when
/// the term moves to another record.
Term moved(Term term, const Node &from, const TermNode &node)
{
    const DomainName &domain = node.target ? *node.target : from.domain;
    const auto name = [&](std::optional<MacroString> &spec) {
        if (!spec || spec->uses('d'))
            spec = literal(domain);
    };
    if (auto *directive = std::get_if<Directive>(&term)) {
        if (auto *a = std::get_if<A>(&directive->mechanism))
            name(a->domain);
        else if (auto *mx = std::get_if<Mx>(&directive->mechanism))
            name(mx->domain);
        else if (auto *ptr = std::get_if<Ptr>(&directive->mechanism))
            name(ptr->domain);
        else if (auto *include = std::get_if<Include>(&directive->mechanism); include && node.target)
            include->domain = include->domain.uses('d') ? literal(domain) : include->domain;
        else if (auto *exists = std::get_if<Exists>(&directive->mechanism); exists && node.target)
            exists->domain = exists->domain.uses('d') ? literal(domain) : exists->domain;
    } else if (auto *redirect = std::get_if<Redirect>(&term); redirect && node.target) {
        redirect->domain = redirect->domain.uses('d') ? literal(domain) : redirect->domain;
    } else if (auto *exp = std::get_if<Exp>(&term); exp && node.target) {
        exp->domain = exp->domain.uses('d') ? literal(domain) : exp->domain;
    }
    return term;
}

/// The blocks of a sorted, disjoint list that share addresses with `block`, by their indices.
template <typename Visit>
void forEachMeeting(const std::vector<Cidr> &sorted, const Cidr &block, const Visit &visit)
{
    auto at = std::lower_bound(sorted.begin(), sorted.end(), block.first(),
                               [](const Cidr &a, const IpAddress &first) { return a.last() < first; });
    for (; at != sorted.end() && at->first() <= block.last(); ++at)
        visit(static_cast<std::size_t>(at - sorted.begin()));
}

/// One group's networks, and which of them have been given a place.
struct Cover {
    std::vector<Cidr> blocks; ///< sorted and disjoint
    std::vector<bool> isPlaced;
    bool isAsWritten = false; ///< the own networks of the group stay what they are
};

/// The fewest networks that stand for `addresses` where those in `decided` do not count any more.
std::vector<Cidr> coverOf(const AddressSet &addresses, const AddressSet &decided)
{
    std::vector<Cidr> whole = cidrsOf(addresses);
    const AddressSet open = addresses.without(decided);
    if (open == addresses)
        return whole;
    const std::vector<Cidr> needed = cidrsOf(open);
    std::vector<Cidr> kept;
    for (const Cidr &block : whole) {
        bool counts = false;
        forEachMeeting(needed, block, [&counts](std::size_t) { counts = true; });
        if (counts)
            kept.push_back(block);
    }
    return needed.size() < kept.size() ? needed : kept;
}

class Drafter
{
public:
    Drafter(const Evaluation &evaluation, const DraftOptions &options) : m_options(options)
    {
        m_records = decidingRecords(evaluation.root);
        std::size_t deepest = 0;
        for (const BranchPlace &place : options.replaced) {
            const bool isRedirect = std::holds_alternative<Redirect>(
                m_records[place.redirects]->record->record->terms[place.term]);
            deepest = std::max(deepest, place.redirects + (isRedirect ? 1 : 0));
        }
        m_records.resize(std::min(m_records.size(), deepest + 1));
    }

    Draft run()
    {
        for (std::size_t i = 0; i < m_records.size(); ++i)
            takeItems(i);
        dropWhatAllGives();
        groupItems();
        makeCovers();
        writeDirectives();
        writeModifiers();
        return std::move(m_draft);
    }

private:
    bool isReplaced(std::size_t record, std::size_t term) const
    {
        return m_options.replaced.contains({record, term});
    }

    void remove(const Node &node, const TermNode &term, Needless why)
    {
        const Span span = node.record->spans[term.index];
        m_draft.removed.push_back({node.selection.text.substr(span.begin, span.end - span.begin), why});
    }

    void takeItems(std::size_t record)
    {
        const Node &node = *m_records[record];
        for (const TermNode &term : node.terms) {
            const Term &written = node.record->record->terms[term.index];
            const auto *directive = std::get_if<Directive>(&written);
            if (term.dead == Dead::AfterAll) {
                remove(node, term, Needless::AfterAll);
            } else if (term.dead == Dead::RedirectWithAll) {
                remove(node, term, Needless::RedirectWithAll);
            } else if (directive && std::holds_alternative<All>(directive->mechanism)) {
                m_all = &node.terms[term.index];
                m_allNode = &node;
            } else if (directive) {
                takeDirective(record, node, term, *directive);
            }
        }
    }

    void takeDirective(std::size_t record, const Node &node, const TermNode &term, const Directive &directive)
    {
        Item item{&node, &term, directive.qualifier(), false, false, {}, 0};
        const bool isNetwork = std::holds_alternative<Ip4>(directive.mechanism) ||
                               std::holds_alternative<Ip6>(directive.mechanism);
        m_draft.networksBefore += isNetwork ? 1 : 0;
        // Whatever the qualifier: a client that it matches has been decided by the first one.
        if (!m_seen.insert(fixedSpelling(node, term)).second) {
            remove(node, term, Needless::Repeated);
            return;
        }
        if (isNetwork) {
            item.isOwnNetwork = true;
            forEachBlock(item.written(), term, [&](const Cidr &block) {
                item.blocks.push_back({block.first(), block.prefixLength});
            });
        } else if (isReplaced(record, term.index)) {
            item.blocks = cidrsOf(matchedBy(node, term));
        } else {
            item.isKept = true;
            const bool decidesNothing = term.exact && term.decides == AddressCount() && !isErrorTerm(term);
            if (decidesNothing && m_options.covered == CoveredToday::Removed) {
                remove(node, term, Needless::CoveredToday);
                return;
            }
            if (decidesNothing)
                m_draft.coveredToday.push_back(item.text());
            m_draft.lookups += term.subtreeLookups;
            m_draft.voids += term.subtreeVoids;
        }
        m_items.push_back(std::move(item));
    }

    static bool isErrorTerm(const TermNode &term)
    {
        return term.failed.any() || term.status == TermStatus::TooManyHosts ||
               term.status == TermStatus::ChildProblem || term.status == TermStatus::Pending;
    }

    /// What stands last in front of `all` and gives the same result as it. Of `+all` the list of senders is
    /// kept: it is what is left when the owner mends the record.
    void dropWhatAllGives()
    {
        if (!m_all)
            return;
        const auto &all = std::get<Directive>(m_allNode->record->record->terms[m_all->index]);
        if (all.qualifier() == Qualifier::Pass)
            return;
        while (!m_items.empty() && m_items.back().qualifier == all.qualifier() && !m_items.back().isKept) {
            remove(*m_items.back().node, *m_items.back().term, Needless::SameAsAll);
            m_items.pop_back();
        }
    }

    void groupItems()
    {
        std::optional<Qualifier> current;
        for (Item &item : m_items) {
            const bool ends = item.isKept && m_options.merging == Merging::SideBySide;
            if (!item.isKept && current != item.qualifier) {
                m_draft.groups.push_back({item.qualifier, {}, {}});
                current = item.qualifier;
            } else if (ends || (current && item.isKept && current != item.qualifier)) {
                current.reset();
            }
            if (!item.isKept)
                item.group = m_draft.groups.size() - 1;
        }
    }

    void makeCovers()
    {
        const std::size_t count = m_draft.groups.size();
        std::vector<std::vector<Cidr>> own(count);
        std::vector<bool> hasOthers(count, false);
        std::vector<std::vector<Cidr>> all(count);
        for (const Item &item : m_items) {
            if (item.isKept)
                continue;
            all[item.group].insert(all[item.group].end(), item.blocks.begin(), item.blocks.end());
            hasOthers[item.group] = hasOthers[item.group] || !item.isOwnNetwork;
        }
        AddressSet decided;
        for (std::size_t i = 0; i < count; ++i) {
            const AddressSet addresses = AddressSet::of(all[i]);
            Cover cover;
            cover.blocks = coverOf(addresses, decided);
            cover.isAsWritten = !hasOthers[i] && cover.blocks.size() >= all[i].size();
            cover.isPlaced.resize(cover.blocks.size());
            m_covers.push_back(std::move(cover));
            decided = decided.united(addresses);
        }
    }

    void writeDirectives()
    {
        for (const Item &item : m_items) {
            if (item.isKept) {
                Term term = item.written();
                addTerm(item.node == m_records.front() ? std::move(term)
                                                       : moved(std::move(term), *item.node, *item.term));
            } else {
                writeNetworks(item);
            }
        }
    }

    void writeNetworks(const Item &item)
    {
        Cover &cover = m_covers[item.group];
        if (cover.isAsWritten) {
            for (const Cidr &block : item.blocks)
                addBlock(item, block);
            return;
        }
        bool isWritten = false;
        bool isInside = false;
        for (const Cidr &block : item.blocks) {
            forEachMeeting(cover.blocks, block, [&](std::size_t i) {
                isInside = true;
                if (cover.isPlaced[i])
                    return;
                cover.isPlaced[i] = true;
                isWritten = isWritten || cover.blocks[i] == block;
                addBlock(item, cover.blocks[i]);
            });
        }
        if (!item.isOwnNetwork || isWritten)
            return;
        const Cidr &own = item.blocks.front();
        bool isTheSame = false;
        bool isMerged = false;
        forEachMeeting(cover.blocks, own, [&](std::size_t i) {
            isTheSame = isTheSame || cover.blocks[i] == own;
            isMerged = isMerged || !isNamed(cover.blocks[i]);
        });
        if (!isTheSame)
            remove(*item.node, *item.term, isInside && isMerged ? Needless::Merged : Needless::Covered);
    }

    /// True if a term of the record names this very network.
    bool isNamed(const Cidr &block) const
    {
        return m_seen.contains((block.address.isV4() ? "ip4:" : "ip6:") + block.toString());
    }

    void addBlock(const Item &item, const Cidr &block)
    {
        NetworkGroup &group = m_draft.groups[item.group];
        Draft::Part part;
        part.isGroup = true;
        part.group = item.group;
        part.block = group.blocks.size();
        group.blocks.push_back(block);
        group.isOwn.push_back(item.isOwnNetwork);
        m_draft.parts.push_back(std::move(part));
    }

    void addTerm(Term term)
    {
        Draft::Part part;
        part.term = std::move(term);
        m_draft.parts.push_back(std::move(part));
    }

    void writeModifiers()
    {
        if (m_all)
            addTerm(m_allNode->record->record->terms[m_all->index]);
        const Node &last = *m_records.back();
        const bool isMoved = m_records.size() > 1;
        const auto write = [&](const Node &node, const TermNode &term) {
            const Term &written = node.record->record->terms[term.index];
            addTerm(&node == m_records.front() ? written : moved(written, node, term));
        };
        if (const auto redirect = indexOfRedirect(*last.record->record)) {
            write(last, last.terms[*redirect]);
            m_draft.lookups += last.terms[*redirect].subtreeLookups;
            m_draft.voids += last.terms[*redirect].subtreeVoids;
        }
        // RFC 7208 section 6.2: with redirect, the target's explanation counts.
        bool hasExplanation = false;
        for (auto node = m_records.rbegin(); node != m_records.rend(); ++node) {
            for (const TermNode &term : (*node)->terms) {
                const Term &written = (*node)->record->record->terms[term.index];
                if (std::holds_alternative<Exp>(written) && !hasExplanation) {
                    hasExplanation = true;
                    write(**node, term);
                } else if (std::holds_alternative<UnknownModifier>(written) &&
                           (!isMoved || *node == m_records.front())) {
                    write(**node, term);
                }
            }
        }
    }

    const DraftOptions &m_options;
    std::vector<const Node *> m_records; ///< those that are written as one
    std::vector<Item> m_items;
    std::unordered_set<std::string> m_seen;
    std::vector<Cover> m_covers;
    const TermNode *m_all = nullptr;
    const Node *m_allNode = nullptr;
    Draft m_draft;
};

} // namespace

std::size_t Draft::blockCount() const
{
    std::size_t count = 0;
    for (const NetworkGroup &group : groups)
        count += group.blocks.size();
    return count;
}

Record Draft::record() const
{
    Record record;
    for (const Part &part : parts) {
        record.terms.push_back(part.isGroup ? Term(networkTerm(groups[part.group].qualifier,
                                                               groups[part.group].blocks[part.block]))
                                            : part.term);
    }
    return record;
}

Draft draftOf(const Evaluation &evaluation, const DraftOptions &options)
{
    return Drafter(evaluation, options).run();
}

Directive networkTerm(Qualifier qualifier, const Cidr &block)
{
    Directive directive;
    if (qualifier != Qualifier::Pass)
        directive.written = qualifier;
    const bool isWhole = block.prefixLength == addressBits(block.address.family());
    const std::optional<int> length = isWhole ? std::nullopt : std::optional(block.prefixLength);
    if (block.address.isV4())
        directive.mechanism = Ip4{block.address, length};
    else
        directive.mechanism = Ip6{block.address, length};
    return directive;
}

} // namespace mailoscope::spf
