// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

/// What pugixml lets pass or does not tell, found in the octets themselves.
namespace mailoscope::bimi
{

/// Offsets into a text as lines and columns.
class LineIndex
{
public:
    explicit LineIndex(std::string_view text);
    struct Place {
        std::size_t line;   ///< from 1
        std::size_t column; ///< in octets, from 1
    };
    Place placeOf(std::size_t offset) const;

private:
    std::vector<std::size_t> m_begins;
};

struct XmlFault {
    enum class Kind { NotWellFormed, Doctype, Entity };
    Kind kind;
    std::size_t offset;
    std::string_view text; ///< what stands there
};

/// XML 1.0: characters (section 2.2), entity references (4.1), "<" in attribute values (3.1), text outside of
/// the root (2.1). Document type declarations are told whatever they say.
std::vector<XmlFault> xmlFaults(std::string_view text, std::size_t most);

/// Where the attributes of a tag begin; `offset` is that of the element's name.
std::vector<std::size_t> attributeOffsets(std::string_view text, std::size_t offset);

} // namespace mailoscope::bimi
