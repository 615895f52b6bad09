// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/field_list.h"
#include "base/parsed.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// MTA-STS (RFC 8461): how a domain says that mail to it is sent over TLS to certain hosts alone.
namespace mailoscope::mta_sts
{

/// The TXT record at `_mta-sts`.
struct Record {
    std::optional<std::string> id; ///< as written, valid or not
    std::vector<Field> extensions;
    friend bool operator==(const Record &, const Record &) = default;
};

struct RecordIssue {
    enum class Kind {
        Fields, ///< see `field`
        NoId,
        BadId, ///< not 1 to 32 letters and digits
    };
    Kind kind = Kind::Fields;
    FieldFault::Kind field{}; ///< only with Fields
    Span span;
    friend bool operator==(const RecordIssue &, const RecordIssue &) = default;
};

using ParsedRecord = Parsed<Record, RecordIssue>;

/// True if senders take the text for an MTA-STS record, good or bad.
bool isRecord(std::string_view text);
/// True for one that was meant to be such a record and is none.
bool resemblesRecord(std::string_view text);
/// No record where isRecord() does not hold.
ParsedRecord parseRecord(std::string_view text);
/// True if senders can use it, whatever its lesser faults.
bool isUsable(const ParsedRecord &parsed);
std::string toText(const Record &record);

} // namespace mailoscope::mta_sts
