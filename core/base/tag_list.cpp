// SPDX-License-Identifier: Apache-2.0
#include "base/tag_list.h"

#include "base/ascii.h"

#include <algorithm>
#include <unordered_set>

namespace mailoscope
{

namespace
{

constexpr std::string_view WhiteSpace = " \t\r\n";

Span trimmed(std::string_view text, Span span)
{
    while (span.begin < span.end && WhiteSpace.find(text[span.begin]) != std::string_view::npos)
        ++span.begin;
    while (span.end > span.begin && WhiteSpace.find(text[span.end - 1]) != std::string_view::npos)
        --span.end;
    return span;
}

std::string_view slice(std::string_view text, const Span &span)
{
    return text.substr(span.begin, span.end - span.begin);
}

bool isTagName(std::string_view name)
{
    return !name.empty() && ascii::isAlpha(name.front()) &&
           std::all_of(name.begin(), name.end(), [](char c) { return ascii::isAlnum(c) || c == '_'; });
}

bool isClean(std::string_view value)
{
    return std::all_of(value.begin(), value.end(), [](char c) {
        return ascii::isPrintable(c) || WhiteSpace.find(c) != std::string_view::npos;
    });
}

void readPart(std::string_view text, const Span &part, TagList &list, std::unordered_set<std::string> &seen)
{
    using Kind = TagListFault::Kind;
    const std::size_t equals = text.find('=', part.begin);
    if (equals == std::string_view::npos || equals >= part.end) {
        list.faults.push_back({Kind::NoEquals, part});
        return;
    }
    Tag tag;
    tag.nameSpan = trimmed(text, {part.begin, equals});
    tag.valueSpan = trimmed(text, {equals + 1, part.end});
    tag.span = {part.begin, std::max(tag.valueSpan.end, equals + 1)};
    tag.name = slice(text, tag.nameSpan);
    tag.value = slice(text, tag.valueSpan);
    if (!isTagName(tag.name))
        list.faults.push_back({Kind::BadName, tag.nameSpan.isEmpty() ? tag.span : tag.nameSpan});
    else if (!seen.insert(tag.name).second)
        list.faults.push_back({Kind::Duplicate, tag.span});
    if (!isClean(tag.value))
        list.faults.push_back({Kind::BadOctet, tag.valueSpan});
    list.tags.push_back(std::move(tag));
}

} // namespace

const Tag *TagList::find(std::string_view name) const
{
    const auto found =
        std::find_if(tags.begin(), tags.end(), [name](const Tag &tag) { return tag.name == name; });
    return found == tags.end() ? nullptr : &*found;
}

TagList readTagList(std::string_view text)
{
    TagList list;
    std::unordered_set<std::string> seen; // hostile lists hold thousands of names
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find(';', begin), text.size());
        const Span part = trimmed(text, {begin, end});
        const bool isLast = end == text.size();
        if (!part.isEmpty())
            readPart(text, part, list, seen);
        else if (!isLast)
            list.faults.push_back({TagListFault::Kind::Empty, {begin, end + 1}});
        else
            list.endsWithSemicolon = begin > 0;
        begin = end + 1;
    }
    return list;
}

} // namespace mailoscope
