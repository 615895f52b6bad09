// SPDX-License-Identifier: Apache-2.0
#include "spf/select.h"

#include "spf/record.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace mailoscope::spf
{

namespace
{

/// Section 3.3: character-strings are joined with nothing in between. Only as many octets are joined as
/// decide whether it is an SPF record, because most TXT records are something else.
bool isSpf(const dns::TxtData &txt)
{
    constexpr std::size_t Enough = 7; // "v=spf1" and a blank
    std::array<char, Enough> begin{};
    std::size_t size = 0;
    for (const std::string &string : txt.strings) {
        for (std::size_t i = 0; i < string.size() && size < Enough; ++i)
            begin[size++] = string[i];
        if (size == Enough)
            break;
    }
    return isSpfRecord({begin.data(), size});
}

/// True if the character-strings are the pieces that the selection was joined from.
bool isJoinedFrom(const Selection &selection, const dns::TxtData &txt)
{
    std::string_view rest = selection.text;
    auto end = selection.stringEnds.begin();
    for (const std::string &string : txt.strings) {
        if (!rest.starts_with(string))
            return false;
        rest.remove_prefix(string.size());
        // Where nothing follows, no border is kept; and empty strings may stand at either side.
        if (!rest.empty() &&
            (end == selection.stringEnds.end() || *end++ != selection.text.size() - rest.size()))
            return false;
    }
    return rest.empty() && end == selection.stringEnds.end();
}

} // namespace

Selection selectRecord(const dns::Answer *answer)
{
    Selection selection;
    if (!answer)
        return selection;
    selection.outcome = answer->outcome;
    selection.ttl = answer->ttl;
    // RFC 7208 section 4.4: anything but an answer, NXDOMAIN included, leaves it unknown.
    if (dns::isTemporaryFailure(answer->outcome)) {
        selection.status = Selection::Status::TempError;
        return selection;
    }
    const dns::TxtData *chosen = nullptr;
    for (const dns::TxtData *txt : dns::dataOf<dns::TxtData>(*answer)) {
        if (!isSpf(*txt))
            continue;
        chosen = txt;
        selection.records.push_back(txt->joined());
    }
    if (selection.records.empty()) {
        selection.status = Selection::Status::None;
        return selection;
    }
    if (selection.records.size() > 1) {
        selection.status = Selection::Status::Multiple; // section 4.5
        return selection;
    }
    selection.status = Selection::Status::Found;
    selection.text = std::move(selection.records.front());
    selection.records.clear();
    std::size_t offset = 0;
    for (const std::string &string : chosen->strings) {
        offset += string.size();
        selection.longestString = std::max(selection.longestString, string.size());
        if (offset < selection.text.size())
            selection.stringEnds.push_back(offset);
    }
    return selection;
}

bool saysTheSame(const Selection &selection, const dns::Answer &answer)
{
    if (selection.outcome != answer.outcome || selection.ttl != answer.ttl)
        return false;
    if (dns::isTemporaryFailure(answer.outcome))
        return selection.status == Selection::Status::TempError;
    const dns::TxtData *chosen = nullptr;
    for (const dns::ResourceRecord &record : answer.records) {
        const auto *txt = std::get_if<dns::TxtData>(&record.data);
        if (!txt || !isSpf(*txt))
            continue;
        if (chosen)
            return false;
        chosen = txt;
    }
    if (!chosen)
        return selection.status == Selection::Status::None;
    return selection.status == Selection::Status::Found && isJoinedFrom(selection, *chosen);
}

} // namespace mailoscope::spf
