// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.h"

#include <string>
#include <string_view>
#include <vector>

/// The records of MTA-STS (RFC 8461 section 3.1) and TLS reporting (RFC 8460 section 3): a version, then
/// fields `name=value` with a ";" before each. Stricter than a tag-list: no blanks around "=", names and
/// values as they are written.
namespace mailoscope
{

struct Field {
    std::string name;
    std::string value;
    friend bool operator==(const Field &, const Field &) = default;
};

/// A field with its place.
struct PlacedField {
    Field field;
    Span span;
    Span valueSpan; ///< empty, at its place, where there is no value
};

struct FieldFault {
    enum class Kind {
        BlankBeforeSemicolon, ///< behind the version: receivers differ
        Empty,                ///< nothing between two ";"
        NoEquals,             ///< a part without "="
        BlankAroundEquals,
        BadName,   ///< not 1 to 32 letters, digits, "_", "-" and "." beginning with a letter or digit
        BadValue,  ///< empty, or with blanks, "=" or an octet that is no printable ASCII
        Duplicate, ///< a name for the second time: the first counts
    };
    Kind kind;
    Span span;
    friend bool operator==(const FieldFault &, const FieldFault &) = default;
};

/// True where the fault leaves open what the record says, so that receivers drop it.
bool spoilsRecord(FieldFault::Kind kind);

struct FieldList {
    std::vector<PlacedField> fields; ///< all that have a "=", in order, duplicates left out
    std::vector<FieldFault> faults;  ///< in order of their places
    const PlacedField *find(std::string_view name) const;
};

/// True if receivers take the text for a record of this version (such as "v=STSv1"): it begins with the
/// version and ";". LENIENT: blanks before the ";" (erratum 6285 of RFC 8461): the grammar has them, the
/// sentence on choosing records has not.
bool beginsWithVersion(std::string_view text, std::string_view version);
/// True for a text that was meant to be such a record but is none for receivers: other case, blanks, another
/// number.
bool resemblesVersion(std::string_view text, std::string_view version);

/// Reads a text for which beginsWithVersion() holds. The value of the field `known` is left to the caller.
FieldList readFieldList(std::string_view text, std::string_view version, std::string_view known);

} // namespace mailoscope
