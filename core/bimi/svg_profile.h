// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

/// The elements of SVG Tiny Portable/Secure, their attributes and their content, as tables (svg-ps, appendix
/// with the RELAX NG schema).
namespace mailoscope::bimi::profile
{

/// What may stand in an attribute, where the profile restricts it.
enum class Values {
    Any,
    OneOf,    ///< of the words in AttributeRule::words
    NcName,   ///< XML name without a colon
    NmTokens, ///< XML name tokens
    Language, ///< empty, or a language tag
    AspectRatio,
};

struct AttributeRule {
    std::string_view name;
    Values values = Values::Any;
    std::string_view words = {}; ///< between blanks
};

enum class Content {
    Nothing,
    Text,
    Stops,  ///< of a gradient
    Shapes, ///< and groups
    Root,   ///< those and title, desc, metadata
};

struct ElementRule {
    std::string_view name;
    Content content;
    bool paint = false;       ///< takes the properties of painting and text
    bool core = false;        ///< takes id and the like
    bool conditional = false; ///< takes requiredFonts and systemLanguage
    bool media = false;       ///< takes display and the like
    std::span<const AttributeRule> own = {};
};

/// nullptr for an element that the profile does not know.
const ElementRule *findElement(std::string_view name);
/// nullptr for an attribute that the element does not take.
const AttributeRule *findAttribute(const ElementRule &element, std::string_view name);
bool mayContain(const ElementRule &parent, std::string_view child);
bool fits(const AttributeRule &rule, std::string_view value);

} // namespace mailoscope::bimi::profile
