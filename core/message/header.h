// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// The header of a raw message (RFC 5322 section 2.2), read within bounds. The body is not looked at.
namespace mailoscope::message
{

/// Header octets that are looked at; real ones stay below a tenth of it.
constexpr std::size_t MaxHeaderOctets = std::size_t(1) << 20U;
constexpr std::size_t MaxFields = 4096;

struct Field {
    std::string_view name; ///< as written
    std::string_view
        body; ///< behind the colon, folded as it stands, without the line end; lives as long as the message
};

struct Header {
    std::vector<Field> fields; ///< from the top
    bool cut = false;          ///< a bound ended the reading
    std::size_t bodyOffset =
        0; ///< where the body begins, behind the empty line; the size of the message where there is none
};

/// LENIENT: lines may end with LF alone, an mbox "From " line and empty lines may stand in front, and a line
/// that is neither a field nor a continuation is left out.
Header readHeader(std::string_view message);

/// A field body without its line ends (RFC 5322 section 2.2.3).
std::string unfolded(std::string_view body);

} // namespace mailoscope::message
