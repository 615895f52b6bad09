// SPDX-License-Identifier: Apache-2.0
// The include tree as items of a document.
#include "providers/providers.h"
#include "report/document_parts.h"
#include "report/explain.h"
#include "report/outline_parts.h"
#include "report/spf_notes.h"
#include "report/spf_sums.h"

#include <algorithm>

namespace mailoscope::document
{

namespace
{

using Look = Run::Look;

/// A hostile tree has tens of thousands.
constexpr std::size_t MostItems = 400;
/// Terms of networks side by side that are written out; a record can hold hundreds.
constexpr std::size_t MostTerms = 12;

const spf::Directive *directiveAt(const spf::Node &node, std::size_t i)
{
    return std::get_if<spf::Directive>(&node.record->record->terms[i]);
}

std::string writtenAt(const spf::Node &node, std::size_t i)
{
    const Span span = node.record->spans[i];
    return node.selection.text.substr(span.begin, span.end - span.begin);
}

bool isPlainBlock(const spf::Node &node, std::size_t i)
{
    const auto *directive = directiveAt(node, i);
    return directive && node.terms[i].status == spf::TermStatus::Ok && node.terms[i].dead == spf::Dead::No &&
           (std::holds_alternative<spf::Ip4>(directive->mechanism) ||
            std::holds_alternative<spf::Ip6>(directive->mechanism));
}

/// ip4 and ip6 terms that stand side by side share an item.
std::size_t runLength(const spf::Node &node, std::size_t first)
{
    std::size_t end = first + 1;
    if (isPlainBlock(node, first)) {
        while (end < node.terms.size() && isPlainBlock(node, end) &&
               directiveAt(node, end)->qualifier() == directiveAt(node, first)->qualifier())
            ++end;
    }
    return end - first;
}

void setCounts(Item &item, const spf::AddressCount &count, bool isExact)
{
    const std::string_view least = isExact ? "" : "≥ ";
    if (count.v4 > 0)
        item.v4 = std::string(least) + withSeparators(std::to_string(count.v4));
    if (count.v6 != Uint128())
        item.v6 = std::string(least) + shortCount(count.v6);
    if (!isExact && item.v4.empty() && item.v6.empty())
        item.v4 = "depends";
}

void setNotes(Item &item, std::vector<SpfNote> notes)
{
    for (SpfNote &note : notes)
        item.notes.emplace_back(note.mark, std::move(note.words));
}

Item itemOfRun(const spf::Node &node, std::size_t first, std::size_t length)
{
    spf::AddressCount sum;
    std::string written;
    for (std::size_t i = first; i < first + length; ++i) {
        sum.v4 += node.terms[i].matches.v4;
        sum.v6 += node.terms[i].matches.v6;
        if (i - first < MostTerms)
            written += (written.empty() ? "" : " ") + writtenAt(node, node.terms[i].index);
    }
    Item item{shown(written), length - std::min(length, MostTerms)};
    const std::string result(spf::toString(directiveAt(node, first)->qualifier()));
    item.means = result + (length > 1 ? " for these networks" : " for this network");
    setCounts(item, sum, true);
    return item;
}

Item itemOfTerm(const spf::Node &node, const spf::TermNode &term)
{
    const spf::Term &parsed = node.record->record->terms[term.index];
    const auto *directive = std::get_if<spf::Directive>(&parsed);
    Item item{shown(writtenAt(node, term.index))};
    item.means = meaningOf(parsed);
    if (term.subtreeLookups > 0) {
        const bool isMore = term.child && term.child->atLeast;
        item.lookups = (isMore ? "≥ " : "") + withSeparators(std::to_string(term.subtreeLookups));
        item.soFar = withSeparators(std::to_string(term.runningLookups));
    }
    // `all` matches everybody who is left: a number there would say nothing.
    if (directive && !std::holds_alternative<spf::All>(directive->mechanism))
        setCounts(item, term.matches, term.exact);
    const bool takesIn = std::holds_alternative<spf::Redirect>(parsed) ||
                         (directive && std::holds_alternative<spf::Include>(directive->mechanism));
    if (takesIn && term.target)
        item.who = mailoscope::nameOf(providers::forSpfTarget(*term.target));
    setNotes(item, notesOf(node, term));
    return item;
}

class TreeMaker
{
public:
    // Recursion is bounded by spf::TreeBounds::depth.
    void appendTerms(Item &item, const spf::Node &node)
    {
        if (!node.record || !node.record->record)
            return;
        for (std::size_t i = 0; i < node.terms.size();) {
            const std::size_t length = runLength(node, i);
            const spf::Node *child = node.terms[i].child.get();
            i += length;
            if (++m_items > MostItems) {
                ++leftOut;
                continue;
            }
            Item below =
                length > 1 ? itemOfRun(node, i - length, length) : itemOfTerm(node, node.terms[i - 1]);
            if (child)
                appendTerms(below, *child);
            item.below.push_back(std::move(below));
        }
    }
    std::size_t leftOut = 0; ///< those below them are not counted

private:
    std::size_t m_items = 1;
};

} // namespace

Text lineOf(const Item &item)
{
    Text text;
    const auto add = [&text](std::string words, Look look = Look::Plain) {
        text.push_back({std::move(words), look, {}});
    };
    if (item.more > 0)
        add(" and " + withSeparators(std::to_string(item.more)) + " more");
    if (!item.means.empty())
        add(" " + item.means, Look::Quiet);
    if (!item.lookups.empty())
        add(" · " + item.lookups + (item.lookups == "1" ? " look-up" : " look-ups") +
            (item.soFar.empty() ? "" : " (" + item.soFar + " so far)"));
    if (item.v4 == "depends")
        add(" · addresses depend");
    else if (!item.v4.empty())
        add(" · " + item.v4 + " IPv4");
    if (!item.v6.empty())
        add(" · " + item.v6 + " IPv6");
    if (!item.who.empty())
        add(" · " + item.who, Look::Strong);
    return text;
}

std::string noteOf(const Tree &tree)
{
    return tree.leftOut == 0 ? std::string()
                             : outline::counted(tree.leftOut, "more term is", "more terms are") +
                                   " left out here, with all below; the JSON report holds them.";
}

Tree treeOf(const spf::Evaluation &evaluation)
{
    const spf::Node &root = evaluation.root;
    Tree tree{"Include tree", Item{shown(evaluation.domain.text())}};
    tree.root.lookups = (root.atLeast ? "≥ " : "") + withSeparators(std::to_string(evaluation.lookups));
    setCounts(tree.root, root.passes, root.addresses.exact);
    setNotes(tree.root, notesOf(root));
    TreeMaker maker;
    maker.appendTerms(tree.root, root);
    tree.leftOut = maker.leftOut;
    return tree;
}

} // namespace mailoscope::document
