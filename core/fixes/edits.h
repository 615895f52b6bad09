// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "fixes/change.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Records that are edited to see what would be if they were published.
namespace mailoscope::fixes
{

/// One record as somebody types it. Half-typed text is kept; it changes nothing until it can be read.
struct Edit {
    DomainName name;
    dns::RrType type = dns::RrType::TXT;
    std::optional<std::string> before;               ///< absent: a new record
    std::optional<std::string> after;                ///< absent: the record is taken away
    std::optional<std::uint32_t> ttl = std::nullopt; ///< of its set, in seconds; absent: as it is
    friend bool operator==(const Edit &, const Edit &) = default;
};

/// The types that can be edited.
const std::vector<dns::RrType> &editableTypes();
/// The inverse of textOf(); nothing for a text that cannot be read as data of the type.
std::optional<dns::RecordData> dataFromText(dns::RrType type, std::string_view text);

/// No text that is typed or pasted may be longer: TXT data can hold no more (RFC 1035 section 3.2.1).
constexpr std::size_t MaxEditOctets = 65535;

/// A draft: several edits together.
struct EditedRecords {
    DomainName domain; ///< whose inspection they were made for
    std::vector<Edit> edits;
    std::vector<FileChange> files; ///< on web servers: their text, or how they are served
    friend bool operator==(const EditedRecords &, const EditedRecords &) = default;

    /// The changes of the edits that can be read. Edits that change nothing are none.
    std::vector<Change> changes() const;
    /// Takes in what a fix changes: an edit of the same record goes on from there.
    void add(const Change &change);
    /// The edit whose text after is this record, or that begins with it; added where there is none.
    std::size_t indexFor(const DomainName &name, dns::RrType type, const std::optional<std::string> &text);

private:
    void addRecord(const RecordChange &change);
    void addFile(const FileChange &change);
};

/// The draft as a file: JSON, `format` "mailoscope-draft", `version` 1.
std::string toJson(const EditedRecords &draft);
/// The error is one sentence for the user.
Result<EditedRecords, std::string> readDraft(std::string_view json);

} // namespace mailoscope::fixes
