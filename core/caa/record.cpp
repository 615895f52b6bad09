// SPDX-License-Identifier: Apache-2.0
#include "caa/record.h"

#include "base/ascii.h"
#include "base/cursor.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mailoscope::caa
{

namespace
{

constexpr std::uint8_t Critical = 0x80;

constexpr std::array<std::pair<std::string_view, Property>, 7> Properties = {{
    {"issue", Property::Issue},
    {"issuewild", Property::IssueWild},
    {"issuemail", Property::IssueMail},
    {"issuevmc", Property::IssueVmc},
    {"iodef", Property::Iodef},
    {"contactemail", Property::Contact},
    {"contactphone", Property::Contact},
}};

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

// RFC 8659 section 4.2: (ALPHA / DIGIT) *( *("-") (ALPHA / DIGIT)), for labels and names of parameters.
bool isLabel(std::string_view text)
{
    return !text.empty() && ascii::isAlnum(text.front()) && ascii::isAlnum(text.back()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return ascii::isAlnum(c) || c == '-'; });
}

bool isIssuer(std::string_view text)
{
    for (;;) {
        const std::size_t dot = text.find('.');
        if (!isLabel(text.substr(0, dot)))
            return false;
        if (dot == std::string_view::npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

// value = *(%x21-3A / %x3C-7E)
bool isParameterValue(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return ascii::isVisible(c) && c != ';'; });
}

/// What stands before the next semicolon, without the blanks around it.
Span takePart(Cursor &cursor)
{
    cursor.takeWhile(isBlank);
    const std::size_t begin = cursor.position();
    std::string_view part = cursor.takeWhile([](char c) { return c != ';'; });
    while (!part.empty() && isBlank(part.back()))
        part.remove_suffix(1);
    return {begin, begin + part.size()};
}

/// RFC 8659 section 4.2: issue-value.
void readIssueValue(Parsed<Record, Issue> &parsed)
{
    Record &record = *parsed.record;
    const std::string_view text = record.value;
    const auto at = [text](const Span &span) { return text.substr(span.begin, span.end - span.begin); };
    Cursor cursor(text);
    const Span issuer = takePart(cursor);
    if (!issuer.isEmpty() && !isIssuer(at(issuer)))
        parsed.issues.push_back({IssueKind::BadIssuer, issuer});
    else
        record.issuer = ascii::lowered(at(issuer));
    parsed.spans.push_back(issuer);
    while (cursor.take(';')) {
        const Span part = takePart(cursor);
        if (part.isEmpty()) {
            // Nothing but blanks may follow the semicolon at the end.
            if (!cursor.atEnd())
                parsed.issues.push_back({IssueKind::BadParameter, {part.begin, part.begin + 1}});
            continue;
        }
        const std::string_view written = at(part);
        const std::size_t equals = std::min(written.find('='), written.size());
        std::string_view name = written.substr(0, equals);
        std::string_view value = written.substr(std::min(equals + 1, written.size()));
        while (!name.empty() && isBlank(name.back()))
            name.remove_suffix(1);
        while (!value.empty() && isBlank(value.front()))
            value.remove_prefix(1);
        if (equals == written.size() || !isLabel(name) || !isParameterValue(value)) {
            parsed.issues.push_back({IssueKind::BadParameter, part});
            continue;
        }
        record.parameters.push_back({std::string(name), std::string(value)});
        parsed.spans.push_back(part);
    }
    // A value that does not fit the grammar counts as an empty issuer: nobody may issue by it.
    if (!parsed.issues.empty())
        record.issuer.clear();
}

} // namespace

bool Record::isIssue() const
{
    return property == Property::Issue || property == Property::IssueWild ||
           property == Property::IssueMail || property == Property::IssueVmc;
}

Parsed<Record, Issue> parse(const dns::CaaData &data)
{
    Parsed<Record, Issue> parsed;
    parsed.record.emplace();
    Record &record = *parsed.record;
    record.critical = (data.flags & Critical) != 0;
    record.tag = data.tag;
    record.value = data.value;
    // RFC 8659 section 4.1: tags are matched without regard to case.
    for (const auto &[tag, property] : Properties) {
        if (ascii::equalIgnoringCase(tag, data.tag))
            record.property = property;
    }
    if (record.isIssue())
        readIssueValue(parsed);
    if (record.property == Property::Iodef && !ascii::startsWithIgnoringCase(data.value, "mailto:") &&
        !ascii::startsWithIgnoringCase(data.value, "https://") &&
        !ascii::startsWithIgnoringCase(data.value, "http://"))
        parsed.issues.push_back({IssueKind::BadIodef, {0, data.value.size()}});
    if (data.tag.empty())
        parsed.issues.push_back({IssueKind::EmptyTag, {}});
    else if (!std::all_of(data.tag.begin(), data.tag.end(), ascii::isAlnum))
        parsed.issues.push_back({IssueKind::BadTag, {}});
    if (record.critical && record.property == Property::Unknown)
        parsed.issues.push_back({IssueKind::UnknownCritical, {}});
    if ((data.flags & ~Critical) != 0)
        parsed.issues.push_back({IssueKind::OddFlags, {}});
    return parsed;
}

dns::CaaData toData(const Record &record)
{
    return {record.critical ? Critical : std::uint8_t(0), record.tag, record.value};
}

} // namespace mailoscope::caa
