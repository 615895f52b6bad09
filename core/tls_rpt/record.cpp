// SPDX-License-Identifier: Apache-2.0
#include "tls_rpt/record.h"

#include "base/ascii.h"
#include "https/url.h"

#include <algorithm>

namespace mailoscope::tls_rpt
{

namespace
{

constexpr std::string_view Version = "v=TLSRPTv1";

/// RFC 3986: a scheme, ":", and what a URI can hold; RFC 8460 section 3 has "," "!" and ";" encoded.
bool isUri(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size() ||
        !ascii::isAlpha(text.front()))
        return false;
    const auto isOfScheme = [](char c) { return ascii::isAlnum(c) || c == '+' || c == '-' || c == '.'; };
    if (!std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), isOfScheme))
        return false;
    constexpr std::string_view Marks = "-._~:/?#[]@$&'()*+=%";
    return std::all_of(text.begin(), text.end(), [Marks](char c) {
        return ascii::isAlnum(c) || Marks.find(c) != std::string_view::npos;
    });
}

/// RFC 6068 section 2: `mailto:` and one address.
std::optional<DomainName> domainOfMailto(std::string_view text)
{
    std::string_view address = text.substr(text.find(':') + 1);
    address = address.substr(0, address.find('?'));
    const std::size_t at = address.rfind('@');
    if (at == std::string_view::npos || at == 0)
        return std::nullopt;
    const auto domain = DomainName::parse(address.substr(at + 1));
    return domain && !domain->isRoot() ? std::optional(*domain) : std::nullopt;
}

std::optional<ReportUri> readUri(std::string_view text)
{
    if (!isUri(text))
        return std::nullopt;
    ReportUri uri;
    uri.text = text;
    if (ascii::startsWithIgnoringCase(text, "mailto:")) {
        const auto domain = domainOfMailto(text);
        if (!domain)
            return std::nullopt;
        uri.scheme = ReportUri::Scheme::Mailto;
        uri.domain = *domain;
    } else if (ascii::startsWithIgnoringCase(text, "https:")) {
        const auto url = https::Url::parse(text);
        if (!url)
            return std::nullopt;
        uri.scheme = ReportUri::Scheme::Https;
        uri.domain = url->host;
    }
    return uri;
}

// RFC 8460 section 3: tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri).
void readUris(std::string_view text, const Span &value, ParsedRecord &parsed)
{
    std::size_t begin = value.begin;
    while (begin <= value.end) {
        const std::size_t end = std::min(text.find(',', begin), value.end);
        Span span{begin, end};
        while (span.begin < span.end && (text[span.begin] == ' ' || text[span.begin] == '\t'))
            ++span.begin;
        while (span.end > span.begin && (text[span.end - 1] == ' ' || text[span.end - 1] == '\t'))
            --span.end;
        if (parsed.record->rua.size() == MaxUris) {
            parsed.issues.push_back({RecordIssue::Kind::TooManyUris, {}, {span.begin, value.end}});
            return;
        }
        if (auto uri = readUri(text.substr(span.begin, span.end - span.begin))) {
            parsed.record->rua.push_back(*std::move(uri));
            parsed.spans.push_back(span);
        } else {
            const Span shownSpan = span.isEmpty() ? Span{begin, std::max(end, begin)} : span;
            parsed.issues.push_back({RecordIssue::Kind::BadUri, {}, shownSpan});
            if (parsed.issues.size() > MaxUris)
                return;
        }
        begin = end + 1;
    }
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
    const FieldList list = readFieldList(text, Version, "rua");
    for (const FieldFault &fault : list.faults)
        parsed.issues.push_back({RecordIssue::Kind::Fields, fault.kind, fault.span});
    Record &record = parsed.record.emplace();
    for (const PlacedField &placed : list.fields) {
        if (placed.field.name != "rua")
            record.extensions.push_back(placed.field);
    }
    const PlacedField *rua = list.find("rua");
    // RFC 8460 section 3: "rua" is required.
    if (!rua)
        parsed.issues.push_back({RecordIssue::Kind::NoRua, {}, {0, text.size()}});
    else if (rua->field.value.empty())
        parsed.issues.push_back({RecordIssue::Kind::NoRua, {}, rua->span});
    else
        readUris(text, rua->valueSpan, parsed);
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
    std::string uris;
    for (const ReportUri &uri : record.rua)
        uris += (uris.empty() ? "" : ",") + uri.text;
    if (!uris.empty())
        text += " rua=" + uris + ';';
    for (const Field &extension : record.extensions)
        text += ' ' + extension.name + '=' + extension.value + ';';
    return text;
}

} // namespace mailoscope::tls_rpt
