// SPDX-License-Identifier: Apache-2.0
#include "mta_sts/record.h"

#include "base/ascii.h"

#include <algorithm>

namespace mailoscope::mta_sts
{

namespace
{

constexpr std::string_view Version = "v=STSv1";
constexpr std::size_t MaxIdOctets = 32;

// RFC 8461 section 3.1: sts-id = %s"id=" 1*32(ALPHA / DIGIT).
bool isId(std::string_view id)
{
    return !id.empty() && id.size() <= MaxIdOctets &&
           std::all_of(id.begin(), id.end(), [](char c) { return ascii::isAlnum(c); });
}

} // namespace

bool isRecord(std::string_view text)
{
    return beginsWithVersion(text, Version);
}

bool resemblesRecord(std::string_view text)
{
    return resemblesVersion(text, Version);
}

ParsedRecord parseRecord(std::string_view text)
{
    ParsedRecord parsed;
    if (!isRecord(text))
        return parsed;
    const FieldList list = readFieldList(text, Version, "id");
    for (const FieldFault &fault : list.faults)
        parsed.issues.push_back({RecordIssue::Kind::Fields, fault.kind, fault.span});
    Record &record = parsed.record.emplace();
    for (const PlacedField &placed : list.fields) {
        if (placed.field.name != "id") {
            record.extensions.push_back(placed.field);
            continue;
        }
        record.id = placed.field.value;
        if (!isId(placed.field.value))
            parsed.issues.push_back({RecordIssue::Kind::BadId, {}, placed.span});
    }
    // RFC 8461 section 3.1: "id" is REQUIRED.
    if (!record.id)
        parsed.issues.push_back({RecordIssue::Kind::NoId, {}, {0, text.size()}});
    return parsed;
}

bool isUsable(const ParsedRecord &parsed)
{
    return parsed.record && std::none_of(parsed.issues.begin(), parsed.issues.end(), [](const auto &issue) {
               return issue.kind != RecordIssue::Kind::Fields || spoilsRecord(issue.field);
           });
}

std::string toText(const Record &record)
{
    std::string text(Version);
    text += ';';
    if (record.id)
        text += " id=" + *record.id + ';';
    for (const Field &extension : record.extensions)
        text += ' ' + extension.name + '=' + extension.value + ';';
    return text;
}

} // namespace mailoscope::mta_sts
