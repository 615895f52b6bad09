// SPDX-License-Identifier: Apache-2.0
#include "fixes/text_edit.h"

#include "base/tag_list.h"

#include <algorithm>

namespace mailoscope::fixes
{

namespace
{

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

} // namespace

std::string withoutPart(std::string_view text, std::size_t place)
{
    place = std::min(place, text.size());
    std::size_t begin = place == 0 ? std::string_view::npos : text.rfind(';', place - 1);
    std::size_t end = text.find(';', place);
    std::string left(text.substr(0, begin == std::string_view::npos ? 0 : begin));
    const std::string_view right = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (trimmed(right).empty()) {
        if (end != std::string_view::npos && !left.empty())
            left += ';'; // the last semicolon was there before
        return left;
    }
    if (begin == std::string_view::npos)
        return std::string(trimmed(right));
    return left + ';' + std::string(right);
}

std::string withTag(std::string_view text, std::string_view name, std::string_view value)
{
    const TagList list = readTagList(text);
    if (const Tag *tag = list.find(name))
        return replaced(text, tag->valueSpan, value);
    const std::string written = std::string(name) + '=' + std::string(value);
    if (name == "p" && !list.tags.empty()) {
        const std::size_t after = list.tags.front().span.end;
        return std::string(text.substr(0, after)) + "; " + written +
               (after == text.size() ? std::string(";") : std::string(text.substr(after)));
    }
    std::string result(text.substr(0, text.find_last_not_of(" \t") + 1));
    result += list.endsWithSemicolon ? " " : "; ";
    result += written;
    return list.endsWithSemicolon ? result + ';' : result;
}

std::string withoutTerm(std::string_view record, Span term)
{
    std::size_t begin = std::min(term.begin, record.size());
    const std::size_t end = std::min(term.end, record.size());
    while (begin > 0 && record[begin - 1] == ' ')
        --begin;
    return std::string(record.substr(0, begin)) + std::string(record.substr(end));
}

std::string replaced(std::string_view text, Span span, std::string_view with)
{
    const std::size_t begin = std::min(span.begin, text.size());
    const std::size_t end = std::clamp(span.end, begin, text.size());
    return std::string(text.substr(0, begin)) + std::string(with) + std::string(text.substr(end));
}

} // namespace mailoscope::fixes
