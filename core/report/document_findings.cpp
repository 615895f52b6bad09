// SPDX-License-Identifier: Apache-2.0
// Findings, fixes and the include tree as blocks of a document.
#include "fixes/difference.h"
#include "providers/providers.h"
#include "report/document_parts.h"
#include "report/explain.h"
#include "report/fix_words.h"
#include "report/outline_parts.h"
#include "report/spf_notes.h"
#include "report/spf_sums.h"

#include <algorithm>

namespace mailoscope::document
{

namespace
{

using Look = Run::Look;

/// Records that show one finding: beyond these nobody reads on.
constexpr std::size_t MostRecords = 3;
/// Of a longer record only the part around its first mark is shown with a finding; it stands whole in its
/// section.
constexpr std::size_t MostOctets = 1000;

/// The record and all the places in it that show a finding; marks of a whole record say no more than it does.
std::vector<RecordText> recordsOf(const Finding &finding)
{
    std::vector<RecordText> records;
    for (const Evidence &evidence : finding.evidence) {
        const auto same = std::find_if(records.begin(), records.end(), [&](const RecordText &record) {
            return record.owner == evidence.name && record.type == evidence.type &&
                   record.octets == evidence.record;
        });
        RecordText &record =
            same == records.end()
                ? records.emplace_back(RecordText{
                      evidence.name, evidence.type, evidence.record, {}, RecordText::Role::Published})
                : *same;
        const bool isWhole = evidence.span.begin == 0 && evidence.span.end >= evidence.record.size();
        if (!evidence.span.isEmpty() && !isWhole)
            record.marked.push_back(evidence.span);
    }
    return records;
}

/// The part of a long record that is worth showing, and a line that says that it is a part.
std::optional<std::string> cutToMark(RecordText &record)
{
    if (record.octets.size() <= MostOctets)
        return std::nullopt;
    constexpr std::size_t Before = 200;
    std::size_t begin = record.octets.size();
    for (const Span &span : record.marked)
        begin = std::min(begin, span.begin);
    begin = record.marked.empty() || begin < Before ? 0 : begin - Before;
    // UTF-8 is not cut inside a character.
    while (begin > 0 && (static_cast<unsigned char>(record.octets[begin]) & 0xC0U) == 0x80U)
        --begin;
    std::size_t end = std::min(begin + MostOctets, record.octets.size());
    while (end < record.octets.size() && (static_cast<unsigned char>(record.octets[end]) & 0xC0U) == 0x80U)
        ++end;
    const std::size_t size = record.octets.size();
    record.octets = record.octets.substr(begin, end - begin);
    std::vector<Span> marked;
    for (const Span &span : record.marked) {
        if (span.begin >= begin && span.begin < end)
            marked.push_back({span.begin - begin, std::min(span.end, end) - begin});
    }
    record.marked = std::move(marked);
    return "Octets " + withSeparators(std::to_string(begin + 1)) + " to " +
           withSeparators(std::to_string(end)) + " of " + withSeparators(std::to_string(size)) +
           " are shown.";
}

void appendFinding(Document &document, const Report &report, std::size_t index)
{
    const Finding &finding = report.findings[index];
    const Explanation words = explain(finding);
    document.blocks.push_back(Heading{3, words.title, findingId(index), markOf(finding.severity)});
    if (!words.why.empty())
        document.blocks.push_back(Paragraph{plain(words.why), Mark::None});
    if (!words.whatToDo.empty())
        document.blocks.push_back(Paragraph{
            Text{{"What to do: ", Look::Strong, {}}, {words.whatToDo, Look::Plain, {}}}, Mark::None});
    std::vector<RecordText> records = recordsOf(finding);
    for (std::size_t i = 0; i < std::min(records.size(), MostRecords); ++i) {
        const std::optional<std::string> part = cutToMark(records[i]);
        document.blocks.push_back(std::move(records[i]));
        if (part)
            document.blocks.push_back(Paragraph{quiet(*part), Mark::None});
    }
    if (records.size() > MostRecords)
        document.blocks.push_back(Paragraph{
            quiet("And in " + std::to_string(records.size() - MostRecords) + " more records."), Mark::None});
    Text last{{toString(finding.reference) + " · ", Look::Quiet, {}}, {finding.id, Look::Code, {}}};
    if (const fixes::Fix *fix = report.fixOf(index)) {
        last.push_back({" · ", Look::Quiet, {}});
        last.push_back({fix->isProven() ? "proven fix" : "suggested fix", Look::Plain,
                        fixId(static_cast<std::size_t>(fix - report.fixes.data()))});
    }
    document.blocks.push_back(Paragraph{std::move(last), Mark::None});
}

void appendChange(Document &document, const fixes::Change &change)
{
    std::string owner;
    std::string type;
    std::optional<std::string> before;
    std::optional<std::string> after;
    if (const auto *record = std::get_if<fixes::RecordChange>(&change)) {
        owner = record->name.text();
        type = dns::toString(record->type);
        if (record->before)
            before = fixes::textOf(record->type, *record->before);
        if (record->after)
            after = fixes::textOf(record->type, *record->after);
    } else {
        const auto &file = std::get<fixes::FileChange>(change);
        owner = file.url.text();
        type = "file";
        before = file.before;
        after = file.after;
    }
    const fixes::Difference difference =
        before && after ? fixes::differenceOf(*before, *after) : fixes::Difference();
    if (before)
        document.blocks.push_back(
            RecordText{owner, type, *before, difference.gone, RecordText::Role::Before});
    if (after)
        document.blocks.push_back(RecordText{owner, type, *after, difference.come, RecordText::Role::After});
    if (!before || !after)
        document.blocks.push_back(Paragraph{
            quiet(before ? "The record is taken away." : "There is no such record yet."), Mark::None});
}

void appendCopy(Document &document, const fixes::Fix &fix, fixes::CopyForm form, const FactStore &facts)
{
    const fixes::Copied copied = fixes::copyAs(form, fixes::copyRequest(fix.changes, facts));
    Lines lines{std::string(fixes::infoOf(form).title), {}};
    for (std::size_t begin = 0; begin < copied.text.size();) {
        const std::size_t end = std::min(copied.text.find('\n', begin), copied.text.size());
        lines.lines.push_back(shown(copied.text.substr(begin, end - begin)));
        begin = end + 1;
    }
    if (!lines.lines.empty())
        document.blocks.push_back(std::move(lines));
    for (const std::string &note : copied.notes)
        document.blocks.push_back(Paragraph{quiet(note), Mark::None});
}

/// Walks the tree into items.
class TreeMaker
{
public:
    // Recursion is bounded by spf::TreeBounds::depth.
    void appendTerms(Item &item, const spf::Node &node) const
    {
        if (!node.record || !node.record->record)
            return;
        for (std::size_t i = 0; i < node.terms.size();) {
            const std::size_t length = runLength(node, i);
            Item below = length > 1 ? itemOfRun(node, i, length) : itemOfTerm(node, node.terms[i]);
            if (const spf::Node *child = node.terms[i].child.get())
                appendTerms(below, *child);
            item.below.push_back(std::move(below));
            i += length;
        }
    }

    static void appendCounts(Text &text, const spf::AddressCount &count)
    {
        if (count.v4 > 0)
            text.push_back({" · " + shortCount(count.v4) + " IPv4", Look::Plain, {}});
        if (count.v6 != Uint128())
            text.push_back({" · " + shortCount(count.v6) + " IPv6", Look::Plain, {}});
    }

private:
    static const spf::Directive *directiveAt(const spf::Node &node, std::size_t i)
    {
        return std::get_if<spf::Directive>(&node.record->record->terms[i]);
    }

    static std::string writtenAt(const spf::Node &node, std::size_t i)
    {
        const Span span = node.record->spans[i];
        return node.selection.text.substr(span.begin, span.end - span.begin);
    }

    static bool isPlainBlock(const spf::Node &node, std::size_t i)
    {
        const auto *directive = directiveAt(node, i);
        return directive && node.terms[i].status == spf::TermStatus::Ok &&
               node.terms[i].dead == spf::Dead::No &&
               (std::holds_alternative<spf::Ip4>(directive->mechanism) ||
                std::holds_alternative<spf::Ip6>(directive->mechanism));
    }

    /// ip4 and ip6 terms that stand side by side share an item.
    static std::size_t runLength(const spf::Node &node, std::size_t first)
    {
        std::size_t end = first + 1;
        if (isPlainBlock(node, first)) {
            while (end < node.terms.size() && isPlainBlock(node, end) &&
                   directiveAt(node, end)->qualifier() == directiveAt(node, first)->qualifier())
                ++end;
        }
        return end - first;
    }

    static Item itemOfRun(const spf::Node &node, std::size_t first, std::size_t length)
    {
        spf::AddressCount sum;
        std::string written;
        constexpr std::size_t MostTerms = 40;
        for (std::size_t i = first; i < first + length; ++i) {
            sum.v4 += node.terms[i].matches.v4;
            sum.v6 += node.terms[i].matches.v6;
            if (i - first < MostTerms)
                written += (written.empty() ? "" : " ") + writtenAt(node, node.terms[i].index);
        }
        Item item;
        item.text.push_back({shown(written), Look::Code, {}});
        if (length > MostTerms)
            item.text.push_back(
                {" and " + withSeparators(std::to_string(length - MostTerms)) + " more", Look::Plain, {}});
        appendCounts(item.text, sum);
        return item;
    }

    static Item itemOfTerm(const spf::Node &node, const spf::TermNode &term)
    {
        const spf::Term &parsed = node.record->record->terms[term.index];
        const auto *directive = std::get_if<spf::Directive>(&parsed);
        const bool isAll = directive && std::holds_alternative<spf::All>(directive->mechanism);
        Item item;
        item.text.push_back({shown(writtenAt(node, term.index)), Look::Code, {}});
        if (term.subtreeLookups > 0) {
            const bool isMore = term.child && term.child->atLeast;
            item.text.push_back(
                {" · " + std::string(isMore ? "at least " : "") +
                     outline::counted(static_cast<std::size_t>(term.subtreeLookups), "look-up", "look-ups") +
                     " (" + std::to_string(term.runningLookups) + " so far)",
                 Look::Plain,
                 {}});
        }
        if (!isAll)
            appendCounts(item.text, term.matches);
        const bool takesIn = std::holds_alternative<spf::Redirect>(parsed) ||
                             (directive && std::holds_alternative<spf::Include>(directive->mechanism));
        if (const auto provider =
                takesIn && term.target ? providers::forSpfTarget(*term.target) : std::nullopt)
            item.text.push_back(
                {std::string(provider->certain ? " · " : " · looks like ") + std::string(provider->name),
                 Look::Strong,
                 {}});
        for (SpfNote &note : notesOf(node, term))
            item.notes.emplace_back(note.mark, std::move(note.words));
        return item;
    }
};

} // namespace

std::string findingId(std::size_t finding)
{
    return "finding-" + std::to_string(finding + 1);
}

std::string fixId(std::size_t fix)
{
    return "fix-" + std::to_string(fix + 1);
}

std::string countsOf(const Report &report)
{
    std::string text;
    for (const Severity severity :
         {Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info}) {
        const auto count = std::count_if(report.findings.begin(), report.findings.end(),
                                         [&](const Finding &f) { return f.severity == severity; });
        if (count > 0)
            text +=
                (text.empty() ? "" : ", ") + std::to_string(count) + ' ' + std::string(toString(severity));
    }
    return text;
}

void appendFindings(Document &document, const Report &report)
{
    document.blocks.push_back(Heading{2, "Findings", "findings", Mark::None});
    const std::string counts = countsOf(report);
    document.blocks.push_back(
        Paragraph{plain(counts.empty() ? "Nothing was found." : "By severity: " + counts + '.'), Mark::None});
    for (std::size_t i = 0; i < report.findings.size(); ++i)
        appendFinding(document, report, i);
}

void appendFixes(Document &document, const Report &report, const Options &options)
{
    if (report.fixes.empty())
        return;
    FactStore facts; // what stands beside the records that change
    if (options.copyAs) {
        for (const FactPointer &fact : report.facts)
            facts.put(*fact);
    }
    document.blocks.push_back(Heading{2, "Fixes", "fixes", Mark::None});
    for (std::size_t i = 0; i < report.fixes.size(); ++i) {
        const fixes::Fix &fix = report.fixes[i];
        const FixText words = explain(fix);
        document.blocks.push_back(Heading{3, words.summary, fixId(i), Mark::None});
        Text lead{{fix.isProven() ? "Proven fix" : "Suggestion", Look::Strong, {}}};
        if (fix.finding < report.findings.size()) {
            lead.push_back({" for: ", Look::Plain, {}});
            lead.push_back(
                {explain(report.findings[fix.finding]).title, Look::Plain, findingId(fix.finding)});
        }
        document.blocks.push_back(Paragraph{std::move(lead), fix.isProven() ? Mark::Ok : Mark::Unknown});
        if (!words.why.empty())
            document.blocks.push_back(Paragraph{plain(words.why), Mark::None});
        for (const fixes::Change &change : fix.changes)
            appendChange(document, change);
        for (const std::string &obstacle : words.obstacles)
            document.blocks.push_back(
                Paragraph{Text{{"Not proven: ", Look::Strong, {}}, {obstacle, Look::Plain, {}}}, Mark::None});
        if (!words.risk.empty())
            document.blocks.push_back(
                Paragraph{Text{{"Risk: ", Look::Strong, {}}, {words.risk, Look::Plain, {}}}, Mark::None});
        if (options.copyAs)
            appendCopy(document, fix, *options.copyAs, facts);
    }
}

Tree treeOf(const spf::Evaluation &evaluation)
{
    const spf::Node &root = evaluation.root;
    Tree tree{"Include tree", {}};
    tree.root.text.push_back({shown(evaluation.domain.text()), Look::Code, {}});
    tree.root.text.push_back(
        {" · " + outline::counted(static_cast<std::size_t>(evaluation.lookups), "look-up", "look-ups"),
         Look::Plain,
         {}});
    TreeMaker::appendCounts(tree.root.text, root.passes);
    for (SpfNote &note : notesOf(root))
        tree.root.notes.emplace_back(note.mark, std::move(note.words));
    TreeMaker().appendTerms(tree.root, root);
    return tree;
}

} // namespace mailoscope::document
