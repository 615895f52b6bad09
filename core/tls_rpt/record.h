// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/domain_name.h"
#include "base/field_list.h"
#include "base/parsed.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// SMTP TLS reporting (RFC 8460): where senders report that TLS to a domain's mail hosts failed.
namespace mailoscope::tls_rpt
{

/// Where reports go.
struct ReportUri {
    enum class Scheme { Mailto, Https, Other };
    std::string text; ///< as written
    Scheme scheme = Scheme::Other;
    /// The domain of the mail address, or the web server; the root with other schemes.
    DomainName domain;
    friend bool operator==(const ReportUri &, const ReportUri &) = default;
};

/// The TXT record at `_smtp._tls`.
struct Record {
    std::vector<ReportUri> rua; ///< those that could be read
    std::vector<Field> extensions;
    friend bool operator==(const Record &, const Record &) = default;
};

struct RecordIssue {
    enum class Kind {
        Fields, ///< see `field`
        NoRua,
        BadUri,      ///< no URI, or one with a "!" or blanks in it
        TooManyUris, ///< the rest is not read
    };
    Kind kind = Kind::Fields;
    FieldFault::Kind field{}; ///< only with Fields
    Span span;
    friend bool operator==(const RecordIssue &, const RecordIssue &) = default;
};

/// The spans are those of `rua`.
using ParsedRecord = Parsed<Record, RecordIssue>;

/// URIs that are read; no domain has use for more.
constexpr std::size_t MaxUris = 50;

/// True if reporters take the text for a TLS reporting record, good or bad.
bool isRecord(std::string_view text);
/// True for one that was meant to be such a record and is none.
bool resemblesRecord(std::string_view text);
/// No record where isRecord() does not hold.
ParsedRecord parseRecord(std::string_view text);
/// True if reporters can read it, whatever its lesser faults.
bool isUsable(const ParsedRecord &parsed);
std::string toText(const Record &record);

} // namespace mailoscope::tls_rpt
