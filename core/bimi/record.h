// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/parsed.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// BIMI assertion records (draft-brand-indicators-for-message-identification-14, called "bimi-14" here,
/// section 5.3).
namespace mailoscope::bimi
{

struct Record {
    std::optional<std::string> location;                        ///< `l`, as written; empty where it declines
    std::optional<std::string> evidence;                        ///< `a`, likewise
    std::optional<std::string> avatarPreference;                ///< `avp`, as written
    std::optional<std::vector<std::string>> localPartSelectors; ///< `lps`: no prefixes means always
    std::vector<std::string> unknownTags;                       ///< names; they are ignored
    friend bool operator==(const Record &, const Record &) = default;

    bool hasLocation() const { return location && !location->empty(); }
    bool hasEvidence() const { return evidence && !evidence->empty(); }
    /// bimi-14 section 5.3: both empty, or `a` absent: the domain takes no part.
    bool isDeclination() const { return location && location->empty() && !hasEvidence(); }
};

struct Issue {
    enum class Kind {
        NoEquals,
        BadName,
        EmptyPart,
        Duplicate,
        BadOctet,
        NoLocation,       ///< `l` is required, empty or not
        LocationNotHttps, ///< another scheme, or none
        LocationBadUri,
        EvidenceNotHttps,
        EvidenceBadUri,
        BadAvatarPreference, ///< neither `brand` nor `personal`
        BadLocalPartSelectors,
    };
    Kind kind;
    Span span;
    friend bool operator==(const Issue &, const Issue &) = default;
};

using ParsedRecord = Parsed<Record, Issue>;

/// `v=BIMI1` stands first, exactly so; other texts are no records (section 5.3: receivers repair nothing).
bool isBimiRecord(std::string_view text);
/// Means to be one and is none: another case or version, or `v` not first.
bool isNearMiss(std::string_view text);

/// No record for a text that is none. The spans are those of the tags, in order.
ParsedRecord parse(std::string_view text);
/// False where a fault makes receivers drop the record.
bool isUsable(const ParsedRecord &parsed);

/// Section 5.5: the selector that a local part gives, where it gives one.
std::optional<std::string> selectorOf(std::string_view localPart);

} // namespace mailoscope::bimi
