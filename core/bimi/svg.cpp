// SPDX-License-Identifier: Apache-2.0
#include "bimi/svg.h"

#include "base/ascii.h"
#include "bimi/svg_profile.h"
#include "bimi/svg_text.h"
#include "bimi/svg_values.h"

#include <pugixml.hpp>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <tuple>
#include <utility>

namespace mailoscope::bimi
{

namespace
{

using namespace values;
using Kind = SvgFault::Kind;
constexpr std::string_view SvgNamespace = "http://www.w3.org/2000/svg";
constexpr std::string_view XlinkNamespace = "http://www.w3.org/1999/xlink";
constexpr std::size_t MaxTitleCharacters = 64; // svg-ps: SHOULD
constexpr double GmailPixels = 96;

bool isTemplateTitle(std::string_view title)
{
    const std::string lower = ascii::lowered(trimmed(title));
    return isAnyOf(lower, {"title", "untitled", "untitled-1", "logo", "svg", "image", "your title",
                           "title here", "insert title here", "company name", "your company",
                           "your company name", "brand name", "bimi-svg-tiny-12-ps", "bimi"});
}

/// `#FFF` and `#ffffff` are one colour.
std::string normalizedColour(std::string_view colour)
{
    std::string lower = ascii::lowered(trimmed(colour));
    if (lower.size() == 4 && lower[0] == '#')
        lower = {'#', lower[1], lower[1], lower[2], lower[2], lower[3], lower[3]};
    if (lower == "white")
        return "#ffffff";
    if (lower == "black")
        return "#000000";
    return lower;
}

class Checker
{
public:
    Checker(std::string_view source, SvgCheck &check) : m_source(source), m_lines(source), m_check(check) {}

    void run()
    {
        if (m_source.size() > RecommendedSvgOctets)
            m_check.faults.push_back({Kind::TooLarge, 0, 0, {}, {}, {}});
        if (m_source.size() > MaxSvgOctets)
            return;
        for (const XmlFault &fault : xmlFaults(m_source, MaxSvgFaults))
            add(kindOf(fault.kind), fault.offset, {}, {}, fault.text);
        pugi::xml_document document;
        const auto result = document.load_buffer(m_source.data(), m_source.size(),
                                                 pugi::parse_default | pugi::parse_pi, pugi::encoding_utf8);
        if (!result)
            add(Kind::NotWellFormed, static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0)), {},
                {}, result.description());
        else
            checkDocument(document);
        std::stable_sort(m_check.faults.begin(), m_check.faults.end(),
                         [](const SvgFault &a, const SvgFault &b) {
                             return std::tie(a.line, a.column) < std::tie(b.line, b.column);
                         });
    }

private:
    static Kind kindOf(XmlFault::Kind kind)
    {
        switch (kind) {
        case XmlFault::Kind::NotWellFormed:
            return Kind::NotWellFormed;
        case XmlFault::Kind::Doctype:
            return Kind::Doctype;
        case XmlFault::Kind::Entity:
            return Kind::Entity;
        }
        return Kind::NotWellFormed;
    }

    void add(Kind kind, std::size_t offset, std::string_view element = {}, std::string_view attribute = {},
             std::string_view value = {})
    {
        if (m_check.faults.size() >= MaxSvgFaults) {
            m_check.cut = true;
            return;
        }
        constexpr std::size_t MostOfValue = 200;
        const LineIndex::Place place = m_lines.placeOf(std::min(offset, m_source.size()));
        m_check.faults.push_back({kind, place.line, place.column, std::string(element),
                                  std::string(attribute), std::string(value.substr(0, MostOfValue))});
    }

    static std::size_t offsetOf(const pugi::xml_node &node)
    {
        return static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0));
    }

    void checkDocument(const pugi::xml_document &document)
    {
        pugi::xml_node root;
        for (const pugi::xml_node &node : document.children()) {
            checkInstruction(node);
            if (node.type() != pugi::node_element)
                continue;
            if (root)
                add(Kind::NotWellFormed, offsetOf(node), node.name());
            else
                root = node;
        }
        if (!root)
            return add(Kind::NotWellFormed, 0);
        const Names names(*this, root);
        if (names.local != "svg")
            return add(Kind::NotSvg, offsetOf(root), root.name());
        // svg-ps section 2: the namespace, the version and the profile are required.
        if (names.uri != SvgNamespace)
            add(Kind::NoNamespace, offsetOf(root), root.name(), "xmlns", names.uri);
        m_rootUri = names.uri;
        checkRoot(root);
        checkElement(root, *profile::findElement("svg"), 1, false);
        // Colours of what is refused were not counted.
        if (m_colours.size() < 2 && m_check.isValid())
            add(Kind::OneColour, offsetOf(root), root.name());
    }

    /// A name taken apart, with the declarations of its own tag in force.
    struct Names {
        Names(Checker &checker, const pugi::xml_node &node)
            : m_checker(checker), m_before(checker.m_scopes.size())
        {
            for (const pugi::xml_attribute &attribute : node.attributes()) {
                const std::string_view name = attribute.name();
                if (name == "xmlns")
                    checker.m_scopes.emplace_back(std::string_view(), attribute.value());
                else if (name.starts_with("xmlns:"))
                    checker.m_scopes.emplace_back(name.substr(6), attribute.value());
            }
            const std::string_view name = node.name();
            const std::size_t colon = name.find(':');
            local = colon == std::string_view::npos ? name : name.substr(colon + 1);
            uri = checker.uriOf(colon == std::string_view::npos ? std::string_view() : name.substr(0, colon));
        }
        ~Names() { m_checker.m_scopes.resize(m_before); }
        Names(const Names &) = delete;
        Names &operator=(const Names &) = delete;

        std::string_view local;
        std::string_view uri;

    private:
        Checker &m_checker;
        std::size_t m_before;
    };

    std::string_view uriOf(std::string_view prefix) const
    {
        constexpr std::size_t MostScopes = 64; // the nearest are looked at
        std::size_t looked = 0;
        for (auto scope = m_scopes.rbegin(); scope != m_scopes.rend() && looked < MostScopes;
             ++scope, ++looked) {
            if (scope->first == prefix)
                return scope->second;
        }
        return {};
    }

    void checkInstruction(const pugi::xml_node &node)
    {
        if (node.type() == pugi::node_pi && std::string_view(node.name()) == "xml-stylesheet")
            add(Kind::External, offsetOf(node), node.name());
    }

    void checkRoot(const pugi::xml_node &root)
    {
        const std::size_t at = offsetOf(root);
        if (!root.attribute("version"))
            add(Kind::BadVersion, at, root.name(), "version");
        if (!root.attribute("baseProfile"))
            add(Kind::BadProfile, at, root.name(), "baseProfile");
        checkTitle(root);
        m_check.viewBox = root.attribute("viewBox").value();
        m_check.width = root.attribute("width").value();
        m_check.height = root.attribute("height").value();
        std::optional<std::pair<double, double>> shape;
        const auto width = pixelsOf(m_check.width);
        const auto height = pixelsOf(m_check.height);
        if (!root.attribute("viewBox"))
            add(Kind::NoViewBox, at, root.name(), "viewBox");
        else if (const auto box = viewBoxOf(m_check.viewBox))
            shape = {(*box)[2], (*box)[3]};
        else
            add(Kind::BadValue, at, root.name(), "viewBox", m_check.viewBox);
        if (!shape && width && height)
            shape = {*width, *height};
        if (shape && shape->first != shape->second)
            add(Kind::NotSquare, at, root.name(), "viewBox", m_check.viewBox);
        if (trimmed(m_check.width).ends_with('%') || trimmed(m_check.height).ends_with('%'))
            add(Kind::RelativeSize, at, root.name(), "width", m_check.width);
        else if ((width && *width < GmailPixels) || (height && *height < GmailPixels))
            add(Kind::SmallSize, at, root.name(), "width", m_check.width);
    }

    // svg-ps: exactly one title, the first child of the root, with text in it.
    void checkTitle(const pugi::xml_node &root)
    {
        bool found = false;
        bool isFirst = true;
        for (const pugi::xml_node &child : root.children()) {
            if (child.type() != pugi::node_element)
                continue;
            const Names names(*this, child);
            if (names.local == "title" && names.uri == m_rootUri) {
                if (found)
                    add(Kind::TitleTwice, offsetOf(child), "title");
                else
                    checkTitleText(child, isFirst);
                found = true;
            }
            isFirst = false;
        }
        if (!found)
            add(Kind::TitleMissing, offsetOf(root), "title");
    }

    void checkTitleText(const pugi::xml_node &title, bool isFirst)
    {
        m_check.title = std::string(trimmed(textOf(title)));
        const std::size_t at = offsetOf(title);
        if (!isFirst)
            add(Kind::TitleMisplaced, at, "title");
        if (m_check.title.empty())
            add(Kind::TitleEmpty, at, "title");
        else if (isTemplateTitle(m_check.title))
            add(Kind::TitleTemplate, at, "title", {}, m_check.title);
        else if (characterCount(losslessText(m_check.title).utf8) > MaxTitleCharacters)
            add(Kind::TitleLong, at, "title", {}, m_check.title);
    }

    static std::string textOf(const pugi::xml_node &node)
    {
        std::string text;
        for (const pugi::xml_node &child : node.children()) {
            if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
                text += child.value();
        }
        return text;
    }

    /// An element that stands where it may. `filled`: a colour to fill with comes from above.
    void checkElement(const pugi::xml_node &node, const profile::ElementRule &rule, std::size_t depth,
                      bool filled)
    {
        const Names names(*this, node);
        checkAttributes(node, rule);
        filled = filled || node.attribute("fill");
        const bool isShape =
            isAnyOf(rule.name, {"path", "rect", "circle", "ellipse", "polygon", "polyline", "text"});
        if (isShape && !filled)
            m_colours.insert("#000000"); // what SVG fills with where nothing is said
        if (rule.name == "desc" && trimmed(textOf(node)).empty())
            add(Kind::EmptyDescription, offsetOf(node), rule.name);
        for (const pugi::xml_node &child : node.children()) {
            checkInstruction(child);
            if (child.type() == pugi::node_element)
                checkChild(child, rule, depth, filled);
            else if ((child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) &&
                     rule.content != profile::Content::Text && !trimmed(child.value()).empty())
                add(Kind::CharacterData, offsetOf(child), rule.name, {}, trimmed(child.value()));
        }
    }

    void checkChild(const pugi::xml_node &node, const profile::ElementRule &parent, std::size_t depth,
                    bool filled)
    {
        const Names names(*this, node);
        const std::size_t at = offsetOf(node);
        if (names.uri != m_rootUri) {
            // svg-ps: the schema has text alone in metadata, the prose takes RDF there.
            const bool describes = parent.name == "metadata";
            return add(describes ? Kind::Discouraged : Kind::ForeignElement, at, node.name(), {}, names.uri);
        }
        const profile::ElementRule *rule = profile::findElement(names.local);
        if (!rule || !profile::mayContain(parent, names.local)) {
            const bool isTitle = names.local == "title";
            return add(isTitle ? Kind::TitleMisplaced : kindOfForbidden(names.local), at, node.name());
        }
        if (depth >= MaxSvgDepth)
            return add(Kind::TooDeep, at, node.name());
        checkElement(node, *rule, depth + 1, filled);
    }

    void checkAttributes(const pugi::xml_node &node, const profile::ElementRule &rule)
    {
        const std::vector<std::size_t> offsets = attributeOffsets(m_source, offsetOf(node));
        std::set<std::string_view> seen;
        std::size_t index = 0;
        for (const pugi::xml_attribute &attribute : node.attributes()) {
            const std::size_t at = index < offsets.size() ? offsets[index] : offsetOf(node);
            ++index;
            const std::string_view name = attribute.name();
            // XML section 3.1: each name once.
            if (!seen.insert(name).second)
                add(Kind::NotWellFormed, at, rule.name, name);
            else if (name != "xmlns" && !name.starts_with("xmlns:"))
                checkAttribute(attribute, rule, at);
        }
        if (seen.contains("id") && seen.contains("xml:id"))
            add(Kind::UnknownAttribute, offsetOf(node), rule.name, "xml:id");
    }

    void checkAttribute(const pugi::xml_attribute &attribute, const profile::ElementRule &rule,
                        std::size_t at)
    {
        const std::string_view name = attribute.name();
        const std::string_view value = attribute.value();
        const std::size_t colon = name.find(':');
        const bool isForeign = colon != std::string_view::npos && !name.starts_with("xml:");
        const bool isHref =
            name == "href" || (colon != std::string_view::npos && name.substr(colon + 1) == "href");
        if (const auto kind = isHref && !value.empty() ? kindOfReference(value) : kindOfUrls(value))
            return add(*kind, at, rule.name, name, value);
        if (isForeign) {
            // svg-ps spells it href; xlink:href is how SVG Tiny 1.2 has it.
            const bool isXlink =
                isHref && uriOf(name.substr(0, colon)) == XlinkNamespace && rule.name == "use";
            return add(isXlink ? Kind::Discouraged : Kind::ForeignAttribute, at, rule.name, name, value);
        }
        const profile::AttributeRule *known = profile::findAttribute(rule, name);
        if (!known)
            return add(kindOfUnknown(rule, name), at, rule.name, name, value);
        if (!profile::fits(*known, value))
            return add(kindOfBadValue(rule, name), at, rule.name, name, value);
        if (name == "xml:base" && !value.empty())
            return add(Kind::External, at, rule.name, name, value);
        if (isDiscouraged(rule, name))
            add(Kind::Discouraged, at, rule.name, name, value);
        if (isAnyOf(name, {"fill", "stroke", "stop-color", "solid-color", "color"}))
            noteColour(value);
    }

    static Kind kindOfUnknown(const profile::ElementRule &rule, std::string_view name)
    {
        if (rule.name == "svg" && (name == "x" || name == "y"))
            return Kind::RootPosition;
        // Attributes for events: onload, onclick and all others.
        return name.size() > 2 && name.starts_with("on") ? Kind::Script : Kind::UnknownAttribute;
    }

    static Kind kindOfBadValue(const profile::ElementRule &rule, std::string_view name)
    {
        if (rule.name == "svg" && name == "version")
            return Kind::BadVersion;
        return rule.name == "svg" && name == "baseProfile" ? Kind::BadProfile : Kind::BadValue;
    }

    // svg-ps: tolerated with one value, but SHOULD NOT be there. A class says nothing without style sheets.
    static bool isDiscouraged(const profile::ElementRule &rule, std::string_view name)
    {
        return name == "class" ||
               (rule.name == "svg" && isAnyOf(name, {"zoomAndPan", "externalResourcesRequired", "focusable",
                                                     "snapshotTime", "playbackOrder", "timelineBegin"}));
    }

    void noteColour(std::string_view value)
    {
        constexpr std::size_t Enough = 16;
        const std::string colour = normalizedColour(value);
        const bool isNone = isAnyOf(colour, {"", "none", "inherit", "currentcolor", "transparent"});
        if (!isNone && !colour.starts_with("url(") && m_colours.size() < Enough)
            m_colours.insert(colour);
    }

    std::string_view m_source;
    LineIndex m_lines;
    SvgCheck &m_check;
    std::string_view m_rootUri;
    std::vector<std::pair<std::string_view, std::string_view>> m_scopes; ///< prefix and namespace
    std::set<std::string> m_colours;
};

} // namespace

bool isAdvice(SvgFault::Kind kind)
{
    switch (kind) {
    case Kind::TooLarge:
    case Kind::NotWellFormed:
    case Kind::Doctype:
    case Kind::Entity:
    case Kind::TooDeep:
    case Kind::NotSvg:
    case Kind::NoNamespace:
    case Kind::BadVersion:
    case Kind::BadProfile:
    case Kind::RootPosition:
    case Kind::TitleMissing:
    case Kind::TitleEmpty:
    case Kind::TitleTemplate:
    case Kind::TitleMisplaced:
    case Kind::TitleTwice:
    case Kind::Script:
    case Kind::Animation:
    case Kind::External:
    case Kind::Bitmap:
    case Kind::UnknownElement:
    case Kind::UnknownAttribute:
    case Kind::BadValue:
    case Kind::ForeignElement:
    case Kind::ForeignAttribute:
    case Kind::CharacterData:
    case Kind::EmptyDescription:
        return false;
    case Kind::TitleLong:
    case Kind::NotSquare:
    case Kind::NoViewBox:
    case Kind::RelativeSize:
    case Kind::SmallSize:
    case Kind::OneColour:
    case Kind::Discouraged:
        return true;
    }
    return false;
}

bool SvgCheck::isValid() const
{
    return std::all_of(faults.begin(), faults.end(),
                       [](const SvgFault &fault) { return isAdvice(fault.kind); });
}

bool SvgCheck::has(SvgFault::Kind kind) const
{
    return std::any_of(faults.begin(), faults.end(),
                       [kind](const SvgFault &fault) { return fault.kind == kind; });
}

SvgCheck checkSvg(std::string_view svg)
{
    SvgCheck check;
    check.octets = svg.size();
    constexpr std::string_view Mark = "\xef\xbb\xbf";
    Checker(svg.starts_with(Mark) ? svg.substr(Mark.size()) : svg, check).run();
    return check;
}

bool isGzip(std::string_view octets)
{
    return octets.starts_with("\x1f\x8b");
}

Result<std::string, UnpackError> unpackGzip(std::string_view octets)
{
    constexpr int GzipWindow = MAX_WBITS + 16;
    if (octets.size() > MaxSvgOctets)
        return UnpackError::TooLong;
    z_stream stream{};
    if (inflateInit2(&stream, GzipWindow) != Z_OK)
        return UnpackError::Damaged;
    std::string unpacked;
    std::array<char, 16384> room;
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(octets.data())); // zlib only reads it
    stream.avail_in = static_cast<uInt>(octets.size());
    int status = Z_OK;
    while (status == Z_OK && unpacked.size() <= MaxSvgOctets) {
        stream.next_out = reinterpret_cast<Bytef *>(room.data());
        stream.avail_out = static_cast<uInt>(room.size());
        status = inflate(&stream, Z_NO_FLUSH);
        unpacked.append(room.data(), room.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (unpacked.size() > MaxSvgOctets)
        return UnpackError::TooLong;
    if (status != Z_STREAM_END)
        return UnpackError::Damaged;
    return unpacked;
}

} // namespace mailoscope::bimi
