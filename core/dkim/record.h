// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/parsed.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// DKIM key records: text to values and back (RFC 6376 section 3.6.1; RFC 8301, RFC 8463, RFC 8460 section
/// 3).
namespace mailoscope::dkim
{

/// Longer texts are not read: the base64 of a key of 16,384 bits fits in well.
constexpr std::size_t MaxRecordOctets = 4096;

enum class KeyType { Rsa, Ed25519, Unknown };
/// "rsa", "ed25519" or "unknown".
std::string_view toString(KeyType type);

/// A key record as its owner wrote it: tags that are absent stay absent, defaults are given by the functions.
struct Record {
    std::optional<std::string> version;                      ///< v=
    std::optional<std::string> keyType;                      ///< k=
    std::optional<std::vector<std::string>> hashes;          ///< h=
    std::optional<std::vector<std::string>> services;        ///< s=
    std::optional<std::vector<std::string>> flags;           ///< t=
    std::optional<std::string> notes;                        ///< n=
    std::optional<std::string> granularity;                  ///< g=, which RFC 6376 gave up
    std::optional<std::string> publicKey;                    ///< p=, with the white space inside it
    std::vector<std::pair<std::string, std::string>> others; ///< tags that receivers ignore, in order
    friend bool operator==(const Record &, const Record &) = default;

    KeyType type() const;
    bool isRevoked() const { return publicKey && publicKey->empty(); }
    bool isTesting() const;         ///< t=y
    bool refusesSubdomains() const; ///< t=s
    bool servesMail() const;        ///< s= is absent or has "*" or "email"
    bool allowsSha256() const;      ///< h= is absent or has "sha256"
};

enum class IssueKind {
    TooLong,          ///< over MaxRecordOctets; not read
    NoEquals,         ///< a part without "="
    BadTagName,       ///< a name that is not ALPHA *(ALPHA / DIGIT / "_")
    EmptyPart,        ///< nothing between two semicolons
    Duplicate,        ///< a tag for the second time: the whole list is void
    BadOctet,         ///< neither printable ASCII nor white space
    StrayQuote,       ///< the quotes of a zone file have got into the data
    EscapedSemicolon, ///< "\;": the backslash of a zone file has got into the data
    BadVersion,       ///< v= is not exactly "DKIM1"
    VersionNotFirst,  ///< v= stands behind another tag
    WrongCase,        ///< a tag that would be known in lower case
    UnknownKeyType,   ///< k= is neither "rsa" nor "ed25519"
    EmptyListItem,    ///< nothing between two colons in h=, s= or t=
    NoKey,            ///< no p=
};

struct Issue {
    IssueKind kind;
    Span span;
    friend bool operator==(const Issue &, const Issue &) = default;
};

/// True where receivers must not use the record because of it.
bool voidsRecord(IssueKind kind);

using ParsedRecord = Parsed<Record, Issue>;

/// `record` is absent where the text is too long or holds no tag at all. `spans` are those of the tags, in
/// the order of the text.
ParsedRecord parse(std::string_view text);
/// The record in the usual order of its tags: parse(toText(r)).record == r for every r that parse() gave.
std::string toText(const Record &record);

/// True where a text was meant to be a key record: other TXT data at the same name, such as the answer of a
/// wildcard, is not.
bool looksLikeKeyRecord(const ParsedRecord &parsed);
/// Where the first tag of that name stands in a text: from its name to the end of its value.
std::optional<Span> tagSpan(std::string_view text, std::string_view name);
/// Where its value stands.
std::optional<Span> valueSpan(std::string_view text, std::string_view name);

} // namespace mailoscope::dkim
