// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Octets from outside (TXT data, names, banners) made fit to be shown. They are shown as UTF-8 where they
/// are clean UTF-8; whatever could steer a terminal, a text layout or a reader's eye becomes `\DDD` (RFC 1035
/// section 5.1): control characters, bidirectional and other invisible format characters, malformed octets.
namespace mailoscope
{

/// A half-open range [begin, end) of octets in a text.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;

    bool isEmpty() const { return begin >= end; }
    friend bool operator==(const Span &, const Span &) = default;
};

/// Text made from octets together with where each octet went.
struct ShownText {
    std::string utf8;
    /// For each octet of the source, and for its end, the number of *characters* (code points) before it.
    std::vector<std::size_t> characterOf;

    /// A span of octets in the source as a span of characters in the text.
    Span charactersOf(const Span &octets) const;
};

/// The octets with everything unfit to be shown escaped.
ShownText shownText(std::string_view octets);
/// Only the text of shownText().
std::string shown(std::string_view octets);

/// The octets as valid UTF-8 with nothing escaped, for JSON: clean UTF-8 stays; otherwise each octet becomes
/// the character of that number (ISO 8859-1), so that no octet is lost.
ShownText losslessText(std::string_view octets);

/// Octets as printable ASCII with `\DDD` and `\\`, and back: how snapshots keep TXT data (RFC 1035
/// section 5.1).
std::string escapedOctets(std::string_view octets);
/// Undoes escapedOctets(); what is no octet's number stands for itself, without its backslash.
std::string unescapedOctets(std::string_view text);

/// The number of characters (code points) of valid UTF-8.
std::size_t characterCount(std::string_view utf8);

} // namespace mailoscope
