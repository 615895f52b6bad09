// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/text.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Logos under the profile SVG Tiny Portable/Secure (draft-svg-tiny-ps-abrotman-12, called "svg-ps" here).
namespace mailoscope::bimi
{

/// svg-ps section 2.1: what a logo should not be larger than; Gmail enforces it.
constexpr std::size_t RecommendedSvgOctets = 32 * 1024;
/// Larger files are not read.
constexpr std::size_t MaxSvgOctets = 1U << 20U;
constexpr std::size_t MaxSvgDepth = 64;
/// Faults of one file that are kept; SvgCheck::cut tells that there are more.
constexpr std::size_t MaxSvgFaults = 50;

struct SvgFault {
    enum class Kind {
        TooLarge, ///< over RecommendedSvgOctets
        // XML
        NotWellFormed,
        Doctype,
        Entity, ///< declared, or referred to without being one of XML's five
        TooDeep,
        // The root
        NotSvg,       ///< another root element
        NoNamespace,  ///< the root is not in the namespace of SVG
        BadVersion,   ///< `version` is not 1.2
        BadProfile,   ///< `baseProfile` is not tiny-ps
        RootPosition, ///< `x` or `y` on the root
        // The title
        TitleMissing,
        TitleEmpty,
        TitleTemplate,  ///< the words that a tool put there
        TitleMisplaced, ///< not the first child of the root
        TitleTwice,
        TitleLong, ///< over 64 characters
        // What the profile keeps out for safety
        Script,
        Animation,
        External,
        Bitmap,
        // Everything else in the schema
        UnknownElement,
        UnknownAttribute,
        BadValue,
        ForeignElement,
        ForeignAttribute,
        CharacterData, ///< text where none may stand
        EmptyDescription,
        // Advice
        NotSquare,
        NoViewBox,
        RelativeSize, ///< `width` or `height` in percent
        SmallSize,    ///< less than 96 pixels
        OneColour,
        Discouraged, ///< tolerated, but should not be there
    };
    Kind kind;
    std::size_t line = 0;   ///< from 1; 0 where the whole file is meant
    std::size_t column = 0; ///< in octets, from 1
    std::string element;    ///< the element's name, where there is one
    std::string attribute;  ///< the attribute's, likewise
    std::string value;      ///< as octets
    friend bool operator==(const SvgFault &, const SvgFault &) = default;
};

/// True where the file is valid all the same and only some mailbox provider would not show it, or show it
/// badly.
bool isAdvice(SvgFault::Kind kind);

struct SvgCheck {
    std::vector<SvgFault> faults; ///< in the order of their places
    bool cut = false;             ///< there are more than MaxSvgFaults
    std::size_t octets = 0;
    std::string title;
    std::string viewBox; ///< as written
    std::string width;
    std::string height;
    friend bool operator==(const SvgCheck &, const SvgCheck &) = default;

    bool isValid() const;
    bool has(SvgFault::Kind kind) const;
};

SvgCheck checkSvg(std::string_view svg);

/// True for octets that gzip made (RFC 1952 section 2.3.1).
bool isGzip(std::string_view octets);
enum class UnpackError { Damaged, TooLong };
/// At most MaxSvgOctets of what is inside.
Result<std::string, UnpackError> unpackGzip(std::string_view octets);

} // namespace mailoscope::bimi
