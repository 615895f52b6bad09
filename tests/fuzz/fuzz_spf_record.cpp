// SPDX-License-Identifier: Apache-2.0
// Any octets as an SPF record: what is read survives its text, and all places lie inside it.
#include "spf/record.h"
#include "verify.h"

#include <algorithm>
#include <string>

using namespace mailoscope;
using namespace mailoscope::spf;

namespace
{

void verifyPlaces(const ParsedRecord &parsed, std::string_view text)
{
    const std::vector<Term> &terms = parsed.record->terms;
    FUZZ_VERIFY(parsed.spans.size() == terms.size());
    std::size_t end = 6; // behind "v=spf1"
    for (const Span &span : parsed.spans) {
        FUZZ_VERIFY(span.begin > end || (span.begin == end && end > 6) || text[span.begin - 1] == ' ');
        FUZZ_VERIFY(span.begin >= end && span.begin < span.end && span.end <= text.size());
        end = span.end;
    }
    for (const Issue &issue : parsed.issues) {
        FUZZ_VERIFY(issue.term < terms.size());
        FUZZ_VERIFY(issue.span.begin <= issue.span.end && issue.span.end <= text.size());
        FUZZ_VERIFY(issue.span.begin >= parsed.spans[issue.term].begin);
        FUZZ_VERIFY(issue.span.end <= parsed.spans[issue.term].end);
    }
    for (std::size_t i = 0; i < terms.size(); ++i) {
        const bool hasIssue = std::any_of(parsed.issues.begin(), parsed.issues.end(),
                                          [i](const Issue &issue) { return issue.term == i; });
        FUZZ_VERIFY(hasIssue == std::holds_alternative<UnreadableTerm>(terms[i]));
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view octets = asOctets(data, size);
    FUZZ_VERIFY(parse(octets).record.has_value() == isSpfRecord(octets));
    // Nearly all inputs are no record: read them as the terms of one too.
    const std::string text = isSpfRecord(octets) ? std::string(octets) : "v=spf1 " + std::string(octets);
    const ParsedRecord parsed = parse(text);
    FUZZ_VERIFY(parsed.record);
    verifyPlaces(parsed, text);
    const std::string written = toText(*parsed.record);
    const ParsedRecord again = parse(written);
    FUZZ_VERIFY(again.record == parsed.record);
    FUZZ_VERIFY(again.issues.size() == parsed.issues.size());
    FUZZ_VERIFY(toText(*again.record) == written);
    if (const auto all = indexOfAll(*parsed.record))
        FUZZ_VERIFY(*all < parsed.record->terms.size() && !indexOfRedirect(*parsed.record));
    return 0;
}
