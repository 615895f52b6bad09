// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/domain_name.h"
#include "base/parsed.h"
#include "base/tag_list.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// DMARC policy records (RFC 9989 sections 4.7 and 4.8), text to values and back.
namespace mailoscope::dmarc
{

enum class Policy { None, Quarantine, Reject };
enum class Alignment { Relaxed, Strict };
enum class Psd { Yes, No, Undefined };
enum class FailureOption { All, Any, Dkim, Spf }; ///< 0, 1, d and s

/// "none", "quarantine" or "reject".
std::string_view toString(Policy policy);
/// "relaxed" or "strict".
std::string_view toString(Alignment alignment);
/// "y", "n" or "u".
std::string_view toString(Psd psd);

/// A tag as its owner wrote it. Absent, at its default and unreadable are different facts.
template <typename Value>
struct TagValue {
    std::optional<Value> value; ///< nothing where the text is none of the tag's values
    std::string text;           ///< as written, without the white space around it
    friend bool operator==(const TagValue &, const TagValue &) = default;
};

/// Where reports are to go.
struct ReportUri {
    std::string text;                ///< as written, without the white space around it
    std::string uri;                 ///< without the size that RFC 7489 allowed behind it
    std::optional<std::string> size; ///< what stood behind "!"
    bool valid = false;              ///< a URI (RFC 3986) and, if it is a mailto URI, one with one address
    bool isMailto = false;
    std::string address;            ///< of a valid mailto URI, percent-encoding undone
    std::optional<DomainName> host; ///< the domain of that address
    friend bool operator==(const ReportUri &, const ReportUri &) = default;
};

struct Record {
    std::optional<TagValue<Policy>> p;
    std::optional<TagValue<Policy>> sp;
    std::optional<TagValue<Policy>> np;
    std::optional<TagValue<Alignment>> adkim;
    std::optional<TagValue<Alignment>> aspf;
    std::optional<TagValue<bool>> t;
    std::optional<TagValue<Psd>> psd;
    std::optional<TagValue<std::vector<FailureOption>>> fo;
    std::optional<std::vector<ReportUri>> rua;
    std::optional<std::vector<ReportUri>> ruf;
    // Given up by RFC 9989 appendix C; receivers of RFC 7489 heed them.
    std::optional<TagValue<int>> pct;
    std::optional<TagValue<std::uint32_t>> ri;
    std::optional<std::string> rf;
    struct Unknown {
        std::string name;
        std::string value;
        friend bool operator==(const Unknown &, const Unknown &) = default;
    };
    std::vector<Unknown> unknown; ///< ignored by receivers; in the order of the text

    // RFC 9989 section 4.7: the values that hold where a tag is absent or unreadable.
    Alignment dkimAlignment() const
    {
        return adkim ? adkim->value.value_or(Alignment::Relaxed) : Alignment::Relaxed;
    }
    Alignment spfAlignment() const
    {
        return aspf ? aspf->value.value_or(Alignment::Relaxed) : Alignment::Relaxed;
    }
    bool isTesting() const { return t && t->value.value_or(false); }
    Psd publicSuffix() const { return psd ? psd->value.value_or(Psd::Undefined) : Psd::Undefined; }
    std::vector<FailureOption> failureOptions() const;

    friend bool operator==(const Record &, const Record &) = default;
};

/// What receivers make of a record as a whole (RFC 9989 section 4.10.1).
enum class Usability {
    Normal,
    AsNone,       ///< a policy tag is missing or unreadable: as if it said p=none
    NoProcessing, ///< the same without a valid rua: as if there were no record
};
Usability usabilityOf(const Record &record);

struct Issue {
    enum class Kind {
        NoEquals,         ///< a part that is no `name=value`
        BadTagName,       ///< a name that no tag can have
        EmptyPart,        ///< nothing between two semicolons
        MissingSeparator, ///< a tag inside the value of another: the semicolon is missing
        BadOctet,         ///< neither printable ASCII nor blank
        Duplicate,        ///< the tag for the second time: it is not used
        TagCase,          ///< a known tag with a capital letter
        ValueCase,        ///< a known value with a capital letter
        InvalidValue,     ///< none of the tag's values
        UriEmpty,         ///< nothing between two commas, or no URI at all
        UriNoScheme,      ///< an address without "mailto:"
        UriSyntax,        ///< not a URI
        UriAddress,       ///< a mailto URI without one sound address
        UriScheme,        ///< a sound URI of a scheme that receivers ignore
        UriSize,          ///< a size behind "!"
        UriDuplicate,     ///< the same URI again
    };
    Kind kind;
    std::string tag; ///< the tag's name as written; empty for what is no tag
    Span span;
    friend bool operator==(const Issue &, const Issue &) = default;
};

/// `spans` holds the place of each tag of `tags`.
struct ParsedRecord : Parsed<Record, Issue> {
    TagList tags;
    std::vector<Span> ruaSpans; ///< the place of each URI
    std::vector<Span> rufSpans;

    /// The place of a tag, name and value; empty where there is none.
    Span spanOf(std::string_view tagName) const;
};

/// What a text at a `_dmarc` name is (RFC 9989 sections 4.7 and 4.10). Only the first kind counts; the others
/// say why a text does not.
enum class TextKind {
    Record,          ///< begins with the tag v=DMARC1
    SomethingBefore, ///< blank, quote or byte order mark before "v"
    WrongCase,       ///< v=dmarc1
    NoSeparator,     ///< v=DMARC1 without a semicolon behind it
    WrongVersion,    ///< v=DMARC2
    VersionNotFirst, ///< v=DMARC1 behind other tags
    Spf,             ///< v=spf1
    Other,
};
TextKind kindOf(std::string_view text);
inline bool isRecord(std::string_view text)
{
    return kindOf(text) == TextKind::Record;
}

/// No record for a text that is none. Of a tag that stands twice the first is used.
ParsedRecord parse(std::string_view text);
/// The tags in the order in which RFC 7489 readers want them; parse(toText(record)) gives the record again.
std::string toText(const Record &record);

} // namespace mailoscope::dmarc
