// SPDX-License-Identifier: Apache-2.0
#include "report/spf_sums.h"

#include "base/text.h"
#include "report/outline_parts.h"
#include "report/words.h"

#include <unordered_set>

namespace mailoscope
{

namespace
{

/// Texts in the order in which they came, each once.
class Once
{
public:
    void add(const std::string &text)
    {
        if (m_seen.insert(text).second)
            m_texts.push_back(text);
    }
    const std::vector<std::string> &texts() const { return m_texts; }

private:
    std::vector<std::string> m_texts;
    std::unordered_set<std::string> m_seen;
};

/// The terms whose addresses are not known, as they are written.
struct Gaps {
    Once failed;  ///< could not be looked up
    Once depends; ///< hang on the client or the message
};

void collect(const spf::Node &node, Gaps &gaps)
{
    if (!node.record || !node.record->record)
        return;
    for (const spf::TermNode &term : node.terms) {
        if (term.dead != spf::Dead::No || !spf::mechanismOf(node.record->record->terms[term.index])) {
            if (term.child)
                collect(*term.child, gaps);
            continue;
        }
        const Span span = node.record->spans[term.index];
        const std::string text = shown(node.selection.text.substr(span.begin, span.end - span.begin));
        if (term.failed.any() && !(term.child && term.child->record))
            gaps.failed.add(text);
        else if (term.child)
            collect(*term.child, gaps);
        else if (!term.exact)
            gaps.depends.add(text);
    }
}

std::string named(std::vector<std::string> texts)
{
    constexpr std::size_t MostNamed = 3;
    if (texts.size() > MostNamed) {
        const std::size_t more = texts.size() - MostNamed;
        texts.resize(MostNamed);
        texts.push_back(outline::counted(more, "more term", "more terms"));
    }
    return outline::listed(texts);
}

std::string countWords(const spf::Partition &partition)
{
    const AddressSet &passes = partition.of(spf::CheckResult::Pass);
    const std::uint64_t v4 = countOf(passes.v4);
    std::string text = withSeparators(std::to_string(v4)) + " IPv4";
    if (!passes.v6.isEmpty())
        text += " and " + (passes.v6.isAll() ? std::string("all") : shortCount(countOf(passes.v6))) + " IPv6";
    return text + (v4 == 1 && passes.v6.isEmpty() ? " address" : " addresses");
}

} // namespace

std::string authorisedWords(const spf::Evaluation &evaluation, const spf::Partition &partition)
{
    const bool isNone = partition.of(spf::CheckResult::Pass).isEmpty();
    if (partition.exact && !evaluation.isUnknown())
        return (isNone ? std::string("no address") : countWords(partition)) + " may send";
    Gaps gaps;
    collect(evaluation.root, gaps);
    const std::vector<std::string> &failed = gaps.failed.texts();
    const std::vector<std::string> &depends = gaps.depends.texts();
    std::string text =
        isNone ? std::string("who may send is not known") : countWords(partition) + " may send";
    if (!failed.empty())
        text += (isNone ? ": the addresses of " : "; not known are those of ") + named(failed);
    if (!depends.empty())
        text += (isNone && failed.empty() ? " beforehand: " : "; ") + named(depends) +
                (depends.size() == 1 ? " depends" : " depend") + " on the client or the message";
    if (failed.empty() && depends.empty() && !isNone)
        text = "at least " + text;
    return text;
}

std::string shortCount(const Uint128 &count)
{
    constexpr std::uint64_t LargestWritten = 99'999'999'999;
    if (count <= Uint128(LargestWritten))
        return withSeparators(std::to_string(count.low));
    if (count == Uint128::max()) // what countOf() says of everything
        return "2^128";
    const int bits = bitWidth(count) - 1;
    const bool isPower = trailingZeros(count) == bits;
    const bool isNearerToNext = !isPower && ((count >> (bits - 1)).low & 1U) != 0;
    return (isPower ? "" : "≈") + ("2^" + std::to_string(bits + (isNearerToNext ? 1 : 0)));
}

std::string shortSum(const spf::Evaluation &evaluation)
{
    if (!evaluation.root.record || !evaluation.root.record->record)
        return {};
    const spf::Partition &partition = evaluation.addresses;
    const bool isExact = partition.exact && !evaluation.isUnknown();
    if (!isExact && partition.of(spf::CheckResult::Pass).isEmpty())
        return "addresses not known";
    if (partition.of(spf::CheckResult::Pass).isEmpty())
        return "no address";
    return (isExact ? "" : "at least ") + countWords(partition);
}

} // namespace mailoscope
