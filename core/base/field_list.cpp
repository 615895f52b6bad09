// SPDX-License-Identifier: Apache-2.0
#include "base/field_list.h"

#include "base/ascii.h"
#include "base/tag_list.h"

#include <algorithm>
#include <set>

namespace mailoscope
{

namespace
{

constexpr std::size_t MaxNameOctets = 32;

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

// RFC 8461 section 3.1: sts-ext-name. RFC 8460 section 3: tlsrpt-ext-name.
bool isFieldName(std::string_view name)
{
    return !name.empty() && name.size() <= MaxNameOctets && ascii::isAlnum(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return ascii::isAlnum(c) || c == '_' || c == '-' || c == '.'; });
}

// RFC 8461 section 3.1: sts-ext-value. RFC 8460 section 3: tlsrpt-ext-value.
bool isFieldValue(std::string_view value)
{
    return !value.empty() && std::all_of(value.begin(), value.end(),
                                         [](char c) { return ascii::isVisible(c) && c != '=' && c != ';'; });
}

std::size_t blanksAt(std::string_view text, std::size_t begin)
{
    std::size_t end = begin;
    while (end < text.size() && isBlank(text[end]))
        ++end;
    return end - begin;
}

} // namespace

bool spoilsRecord(FieldFault::Kind kind)
{
    switch (kind) {
    case FieldFault::Kind::BlankBeforeSemicolon:
    case FieldFault::Kind::Duplicate:
        return false;
    case FieldFault::Kind::Empty:
    case FieldFault::Kind::NoEquals:
    case FieldFault::Kind::BlankAroundEquals:
    case FieldFault::Kind::BadName:
    case FieldFault::Kind::BadValue:
        return true;
    }
    return true;
}

const PlacedField *FieldList::find(std::string_view name) const
{
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [name](const PlacedField &field) { return field.field.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

bool beginsWithVersion(std::string_view text, std::string_view version)
{
    if (!text.starts_with(version))
        return false;
    const std::size_t end = version.size() + blanksAt(text, version.size());
    return end < text.size() && text[end] == ';';
}

bool resemblesVersion(std::string_view text, std::string_view version)
{
    if (beginsWithVersion(text, version))
        return false;
    // "v=STSv1" without its number, blanks left out.
    constexpr std::size_t LongestLead = 64;
    std::string lead;
    for (const char c : text.substr(0, LongestLead)) {
        if (!isBlank(c))
            lead.push_back(c);
    }
    while (!version.empty() && ascii::isDigit(version.back()))
        version.remove_suffix(1);
    return ascii::startsWithIgnoringCase(lead, version.substr(0, version.size() - 1));
}

FieldList readFieldList(std::string_view text, std::string_view version, std::string_view known)
{
    using Kind = FieldFault::Kind;
    FieldList list;
    if (const std::size_t blanks = blanksAt(text, version.size()); blanks > 0)
        list.faults.push_back({Kind::BlankBeforeSemicolon, {version.size(), version.size() + blanks}});
    const std::size_t first = text.find(';', version.size());
    const std::size_t offset = first == std::string_view::npos ? text.size() : first + 1;
    const auto placed = [offset](Span span) { return Span{span.begin + offset, span.end + offset}; };
    const TagList tags = readTagList(text.substr(offset));
    for (const TagListFault &fault : tags.faults) {
        if (fault.kind == TagListFault::Kind::NoEquals)
            list.faults.push_back({Kind::NoEquals, placed(fault.span)});
        else if (fault.kind == TagListFault::Kind::Empty)
            list.faults.push_back({Kind::Empty, placed(fault.span)});
    }
    std::set<std::string, std::less<>> seen;
    for (const Tag &tag : tags.tags) {
        const Span span = placed(tag.span);
        const Span value = placed(tag.valueSpan);
        // Between the name's end and the value's begin stands the "=" alone.
        const bool isTight = tag.nameSpan.end < tag.span.end &&
                             (tag.value.empty() || tag.valueSpan.begin == tag.nameSpan.end + 1);
        if (!isTight)
            list.faults.push_back({Kind::BlankAroundEquals, span});
        if (!isFieldName(tag.name))
            list.faults.push_back({Kind::BadName, span});
        else if (!seen.insert(tag.name).second)
            list.faults.push_back({Kind::Duplicate, span});
        if (tag.name != known && !isFieldValue(tag.value))
            list.faults.push_back({Kind::BadValue, value.isEmpty() ? span : value});
        if (!list.faults.empty() && list.faults.back() == FieldFault{Kind::Duplicate, span})
            continue;
        list.fields.push_back({{tag.name, tag.value}, span, value});
    }
    std::stable_sort(list.faults.begin(), list.faults.end(),
                     [](const FieldFault &a, const FieldFault &b) { return a.span.begin < b.span.begin; });
    return list;
}

} // namespace mailoscope
