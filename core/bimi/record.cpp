// SPDX-License-Identifier: Apache-2.0
#include "bimi/record.h"

#include "base/ascii.h"
#include "base/tag_list.h"
#include "https/url.h"

#include <algorithm>

namespace mailoscope::bimi
{

namespace
{

constexpr std::string_view Version = "BIMI1";
constexpr std::size_t MaxSelectorOctets = 63;
using Kind = Issue::Kind;

Kind kindOf(TagListFault::Kind kind)
{
    switch (kind) {
    case TagListFault::Kind::NoEquals:
        return Kind::NoEquals;
    case TagListFault::Kind::BadName:
        return Kind::BadName;
    case TagListFault::Kind::Empty:
        return Kind::EmptyPart;
    case TagListFault::Kind::Duplicate:
        return Kind::Duplicate;
    case TagListFault::Kind::BadOctet:
        return Kind::BadOctet;
    }
    return Kind::NoEquals;
}

bool startsWithVersion(const TagList &list)
{
    if (list.tags.empty() || list.tags.front().name != "v" || list.tags.front().value != Version)
        return false;
    // Nothing may stand before it, not even a part without "=".
    return list.faults.empty() || list.faults.front().span.begin >= list.tags.front().span.begin;
}

// bimi-14 section 5.3: empty, or one https URI with a fully qualified host; commas inside it are encoded.
std::optional<Kind> uriFault(std::string_view value, Kind notHttps, Kind badUri)
{
    if (value.empty())
        return std::nullopt;
    const auto url = https::Url::parse(value);
    if (!url)
        return url.error() == https::UrlError::NotHttps ? notHttps : badUri;
    if (value.find(',') != std::string_view::npos || url->host.labelCount() < 2)
        return badUri;
    return std::nullopt;
}

bool isSelectorText(std::string_view text)
{
    return !text.empty() && text.size() <= MaxSelectorOctets &&
           std::all_of(text.begin(), text.end(), [](char c) { return ascii::isAlnum(c) || c == '-'; });
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view Blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(Blanks);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(Blanks) - begin + 1);
}

/// Section 5.3, `lps`: empty, or prefixes between commas.
std::vector<std::string> readPrefixes(const Tag &tag, std::vector<Issue> &issues)
{
    std::vector<std::string> prefixes;
    for (std::size_t begin = 0; !tag.value.empty() && begin <= tag.value.size();) {
        const std::size_t end = std::min(tag.value.find(',', begin), tag.value.size());
        const std::string_view prefix = trimmed(std::string_view(tag.value).substr(begin, end - begin));
        if (isSelectorText(prefix))
            prefixes.push_back(ascii::lowered(prefix));
        else
            issues.push_back({Kind::BadLocalPartSelectors,
                              {tag.valueSpan.begin + begin,
                               std::max(tag.valueSpan.begin + end, tag.valueSpan.begin + begin)}});
        begin = end + 1;
    }
    return prefixes;
}

void takeTag(const Tag &tag, Record &record, std::vector<Issue> &issues)
{
    const auto keepFault = [&](std::optional<Kind> kind) {
        if (kind)
            issues.push_back({*kind, tag.valueSpan});
    };
    if (tag.name == "l") {
        record.location = tag.value;
        keepFault(uriFault(tag.value, Kind::LocationNotHttps, Kind::LocationBadUri));
    } else if (tag.name == "a") {
        record.evidence = tag.value;
        keepFault(uriFault(tag.value, Kind::EvidenceNotHttps, Kind::EvidenceBadUri));
    } else if (tag.name == "avp") {
        record.avatarPreference = tag.value;
        if (tag.value != "brand" && tag.value != "personal")
            keepFault(Kind::BadAvatarPreference);
    } else if (tag.name == "lps") {
        record.localPartSelectors = readPrefixes(tag, issues);
    } else {
        record.unknownTags.push_back(tag.name);
    }
}

} // namespace

bool isBimiRecord(std::string_view text)
{
    return startsWithVersion(readTagList(text));
}

bool isNearMiss(std::string_view text)
{
    const TagList list = readTagList(text);
    return !startsWithVersion(list) && std::any_of(list.tags.begin(), list.tags.end(), [](const Tag &tag) {
        return ascii::equalIgnoringCase(tag.name, "v") && ascii::startsWithIgnoringCase(tag.value, "bimi");
    });
}

ParsedRecord parse(std::string_view text)
{
    ParsedRecord parsed;
    const TagList list = readTagList(text);
    if (!startsWithVersion(list))
        return parsed;
    Record &record = parsed.record.emplace();
    for (const TagListFault &fault : list.faults)
        parsed.issues.push_back({kindOf(fault.kind), fault.span});
    for (const Tag &tag : list.tags) {
        parsed.spans.push_back(tag.span);
        // Of a tag that stands there twice the first is shown; the record is void either way.
        if (tag.name != "v" && list.find(tag.name) == &tag)
            takeTag(tag, record, parsed.issues);
    }
    if (!record.location)
        parsed.issues.push_back({Kind::NoLocation, {0, text.size()}});
    std::stable_sort(parsed.issues.begin(), parsed.issues.end(),
                     [](const Issue &a, const Issue &b) { return a.span.begin < b.span.begin; });
    return parsed;
}

bool isUsable(const ParsedRecord &parsed)
{
    return parsed.record && std::none_of(parsed.issues.begin(), parsed.issues.end(), [](const Issue &issue) {
               switch (issue.kind) {
               case Kind::EmptyPart: // LENIENT: two semicolons say nothing, and no receiver is known to mind
               case Kind::BadAvatarPreference: // section 5.3: ignored, or the record fails, as the receiver
                                               // likes
                   return false;
               case Kind::NoEquals:
               case Kind::BadName:
               case Kind::Duplicate:
               case Kind::BadOctet:
               case Kind::NoLocation:
               case Kind::LocationNotHttps:
               case Kind::LocationBadUri:
               case Kind::EvidenceNotHttps:
               case Kind::EvidenceBadUri:
               case Kind::BadLocalPartSelectors:
                   return true;
               }
               return true;
           });
}

std::optional<std::string> selectorOf(std::string_view localPart)
{
    std::string selector;
    for (const char c : localPart.substr(0, localPart.find('+'))) {
        const char next = c == '_' || c == '.' ? '-' : ascii::toLower(c);
        if (next != '-' || (!selector.empty() && selector.back() != '-'))
            selector += next;
    }
    if (selector.ends_with('-'))
        selector.pop_back();
    if (!isSelectorText(selector))
        return std::nullopt;
    return selector;
}

} // namespace mailoscope::bimi
