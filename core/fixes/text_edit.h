// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.h"

#include <string>
#include <string_view>

/// Edits that leave all of a record's text as its owner wrote it, but for the part that changes.
namespace mailoscope::fixes
{

/// A text between semicolons is a part. The part around the octet at `place` goes, with one semicolon.
std::string withoutPart(std::string_view text, std::size_t place);
/// Sets a tag of a tag-list to a value; a tag that is not there is added: `p` as the second, others at the
/// end.
std::string withTag(std::string_view text, std::string_view name, std::string_view value);
/// A term of an SPF record goes, with the blanks before it.
std::string withoutTerm(std::string_view record, Span term);
/// The span's octets in the place of others.
std::string replaced(std::string_view text, Span span, std::string_view with);

} // namespace mailoscope::fixes
