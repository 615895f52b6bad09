// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/answer.h"
#include "facts/fact_store.h"
#include "https/url.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

/// What would have to be published: changes to single records and files, and what they make of the sets in
/// DNS.
namespace mailoscope::fixes
{

/// The TTL proposed for a record whose set does not exist yet, in seconds.
constexpr std::uint32_t UsualTtl = 3600;

/// One record comes, goes or changes. Where data before and after are the same, the TTL of its set is what
/// changes.
struct RecordChange {
    DomainName name; ///< the owner, where the record stands: behind any alias
    dns::RrType type = dns::RrType::TXT;
    std::optional<dns::RecordData> before; ///< absent: a new record
    std::optional<dns::RecordData> after;  ///< absent: the record is taken away
    std::uint32_t ttl = UsualTtl;          ///< seconds
    friend bool operator==(const RecordChange &, const RecordChange &) = default;
};

/// A file on a web server comes or changes: the policy of RFC 8461, a logo.
struct FileChange {
    https::Url url;
    std::string mediaType;
    std::optional<std::string> before; ///< octets; absent where there was none, or none was seen
    std::string after;
    friend bool operator==(const FileChange &, const FileChange &) = default;
};

using Change = std::variant<RecordChange, FileChange>;

/// A text as the data of a TXT record: strings of 255 octets, the last one shorter (RFC 1035 section 3.3.14).
dns::RecordData txtData(std::string_view text);
/// The data as people write it: of a TXT record the joined text, else as in a zone file.
std::string textOf(dns::RrType type, const dns::RecordData &data);

/// All records of one name and type, before and after: what DNS services replace as a whole.
struct RecordSet {
    DomainName name;
    dns::RrType type = dns::RrType::TXT;
    std::uint32_t ttl = UsualTtl; ///< seconds
    std::vector<dns::RecordData> before;
    std::vector<dns::RecordData> after; ///< empty: the set goes
    friend bool operator==(const RecordSet &, const RecordSet &) = default;
};

/// The sets that the changes touch, in the order first named. Records that stand beside a changed one are
/// kept as the facts have them; a record that is to go or to change and is not among them changes nothing.
std::vector<RecordSet> recordSets(std::span<const Change> changes, const FactStore &facts);

/// The facts as they would be if the changes were published. Names that come to exist are no longer
/// NXDOMAIN for other types; sets without a record left become "no data". What a new alias leads to and the
/// facts do not hold is added to `missing`, where that is given, and stands as not recorded.
FactStore published(std::span<const Change> changes, const FactStore &facts,
                    std::vector<FactKey> *missing = nullptr);

} // namespace mailoscope::fixes
