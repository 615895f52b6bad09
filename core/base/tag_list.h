// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.h"

#include <string>
#include <string_view>
#include <vector>

/// The tag-list that DKIM made (RFC 6376 section 3.2) and that DMARC, BIMI, MTA-STS and TLS-RPT records
/// share: `name=value; name=value`. Each protocol judges the faults by its own grammar.
namespace mailoscope
{

struct Tag {
    std::string name;  ///< as written, white space around it removed
    std::string value; ///< as written, white space around it removed
    Span nameSpan;
    Span valueSpan; ///< empty, at its place, where there is no value
    Span span;      ///< from the name's begin to the value's end
    friend bool operator==(const Tag &, const Tag &) = default;
};

struct TagListFault {
    enum class Kind {
        NoEquals,  ///< a part without "="
        BadName,   ///< a name that is not ALPHA *(ALPHA / DIGIT / "_")
        Empty,     ///< nothing between two ";", or before the first
        Duplicate, ///< a name for the second time, compared as written
        BadOctet,  ///< a value holds an octet that is neither printable ASCII nor white space
    };
    Kind kind;
    Span span;
    friend bool operator==(const TagListFault &, const TagListFault &) = default;
};

struct TagList {
    std::vector<Tag> tags; ///< in the order of the text, duplicates too; parts without "=" are not among them
    std::vector<TagListFault> faults; ///< in the order of their places
    bool endsWithSemicolon = false;

    /// The first tag of that name, compared as written; nullptr where there is none.
    const Tag *find(std::string_view name) const;
};

/// White space is that of RFC 6376 section 2.8: blank, tab, and line ends.
TagList readTagList(std::string_view text);

} // namespace mailoscope
