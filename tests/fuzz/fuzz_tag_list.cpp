// SPDX-License-Identifier: Apache-2.0
// Any octets as a tag-list and as a DMARC record: all places lie inside it, and what is read survives its
// text.
#include "base/tag_list.h"
#include "dmarc/record.h"
#include "verify.h"

#include <string>

using namespace mailoscope;

namespace
{

void verifyInside(const Span &span, std::string_view text)
{
    FUZZ_VERIFY(span.begin <= span.end && span.end <= text.size());
}

void verifyTagList(std::string_view text)
{
    const TagList list = readTagList(text);
    std::size_t end = 0;
    for (const Tag &tag : list.tags) {
        FUZZ_VERIFY(tag.span.begin >= end);
        end = tag.span.end;
        for (const Span &span : {tag.span, tag.nameSpan, tag.valueSpan})
            verifyInside(span, text);
        FUZZ_VERIFY(text.substr(tag.nameSpan.begin, tag.name.size()) == tag.name);
        FUZZ_VERIFY(text.substr(tag.valueSpan.begin, tag.value.size()) == tag.value);
        FUZZ_VERIFY(list.find(tag.name));
    }
    for (const TagListFault &fault : list.faults)
        verifyInside(fault.span, text);
}

void verifyRecord(const std::string &text)
{
    const dmarc::ParsedRecord parsed = dmarc::parse(text);
    FUZZ_VERIFY(parsed.record.has_value() == dmarc::isRecord(text));
    if (!parsed.record)
        return;
    FUZZ_VERIFY(parsed.spans.size() == parsed.tags.tags.size());
    FUZZ_VERIFY(parsed.ruaSpans.size() == (parsed.record->rua ? parsed.record->rua->size() : 0));
    FUZZ_VERIFY(parsed.rufSpans.size() == (parsed.record->ruf ? parsed.record->ruf->size() : 0));
    std::size_t begin = 0;
    for (const dmarc::Issue &issue : parsed.issues) {
        verifyInside(issue.span, text);
        FUZZ_VERIFY(issue.span.begin >= begin);
        begin = issue.span.begin;
    }
    const std::string written = dmarc::toText(*parsed.record);
    const dmarc::ParsedRecord again = dmarc::parse(written);
    FUZZ_VERIFY(again.record == parsed.record);
    FUZZ_VERIFY(dmarc::toText(*again.record) == written);
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string text(asOctets(data, size));
    verifyTagList(text);
    verifyRecord(text);
    // Nearly all inputs are no record: read them as the tags of one too.
    verifyRecord("v=DMARC1;" + text);
    return 0;
}
