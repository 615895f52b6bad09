// SPDX-License-Identifier: Apache-2.0
#include "spf/select.h"

#include "base/ascii.h"
#include "spf/record.h"

#include <algorithm>

namespace mailoscope::spf
{

namespace
{

/// Most TXT records are something else; they need not be joined to be told apart.
bool beginsLikeSpf(const dns::TxtData &txt)
{
    for (const std::string &string : txt.strings) {
        if (!string.empty())
            return ascii::toLower(string.front()) == 'v';
    }
    return false;
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
        // Section 3.3: character-strings are joined with nothing in between.
        if (!beginsLikeSpf(*txt))
            continue;
        std::string text = txt->joined();
        if (!isSpfRecord(text))
            continue;
        chosen = txt;
        selection.records.push_back(std::move(text));
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

} // namespace mailoscope::spf
