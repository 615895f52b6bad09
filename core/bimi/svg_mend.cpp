// SPDX-License-Identifier: Apache-2.0
#include "bimi/svg_mend.h"

#include "base/ascii.h"
#include "bimi/svg_profile.h"
#include "bimi/svg_values.h"

#include <pugixml.hpp>

#include <algorithm>
#include <charconv>
#include <sstream>
#include <vector>

namespace mailoscope::bimi
{

namespace
{

using namespace values;
using Kind = SvgFault::Kind;
using pugi::xml_attribute;
using pugi::xml_node;

constexpr std::string_view SvgNamespace = "http://www.w3.org/2000/svg";
constexpr double LeastPixels = 96; ///< Gmail's

std::string textOf(double number)
{
    std::array<char, 32> room{};
    const auto end = std::to_chars(room.data(), room.data() + room.size(), number).ptr;
    return {room.data(), end};
}

std::vector<xml_node> childrenOf(const xml_node &node)
{
    return {node.children().begin(), node.children().end()};
}
std::vector<xml_attribute> attributesOf(const xml_node &node)
{
    return {node.attributes().begin(), node.attributes().end()};
}

bool isElement(const xml_node &node)
{
    return node.type() == pugi::node_element;
}
bool isText(const xml_node &node)
{
    return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}
bool isNamespace(std::string_view attribute)
{
    return attribute == "xmlns" || attribute.starts_with("xmlns:");
}
bool hasPrefix(std::string_view name)
{
    return name.find(':') != std::string_view::npos;
}

/// A property with one of these does nothing.
bool isIdle(std::string_view value)
{
    return isAnyOf(value, {"", "normal", "auto", "none", "1", "accumulate", "new", "visible", "baseline"});
}
/// Attributes that no renderer draws by.
bool isUndrawn(std::string_view name)
{
    return name.starts_with("data-") || name.starts_with("aria-") || name.starts_with("on") ||
           isAnyOf(name, {"id", "name", "lang", "tabindex", "enable-background", "contentStyleType",
                          "version", "baseProfile", "xml:space"});
}

class Mender
{
public:
    Mender(xml_node root, std::string_view title) : m_root(root), m_title(title) {}

    bool looksDifferent() const { return m_looksDifferent; }
    /// False where it could not be done: the file is nested too deep.
    bool mend(SvgMend what, pugi::xml_document &document)
    {
        switch (what) {
        case SvgMend::Xml: // the declaration was not read
            return true;
        case SvgMend::Profile:
            return mendProfile();
        case SvgMend::Title:
            return mendTitle();
        case SvgMend::Position:
            m_root.remove_attribute("x");
            m_root.remove_attribute("y");
            return true;
        case SvgMend::External:
            for (const xml_node &node : childrenOf(document)) {
                if (node.type() == pugi::node_pi && std::string_view(node.name()) == "xml-stylesheet")
                    document.remove_child(node);
            }
            return removeKind(m_root, Kind::External, 0);
        case SvgMend::Script:
            return removeKind(m_root, Kind::Script, 0);
        case SvgMend::Animation:
            return removeKind(m_root, Kind::Animation, 0);
        case SvgMend::Bitmap:
            return removeKind(m_root, Kind::Bitmap, 0);
        case SvgMend::Schema:
            return mendElement(m_root, *profile::findElement("svg"), 0);
        case SvgMend::Size:
            return shrink(document, 0);
        case SvgMend::Square:
            return mendShape();
        case SvgMend::ViewBox:
            return addViewBox();
        case SvgMend::Discouraged:
            return removeDiscouraged(m_root, 0);
        case SvgMend::Display:
            return mendSize();
        }
        return false;
    }

private:
    void remove(xml_node node, bool isDrawn)
    {
        m_looksDifferent = m_looksDifferent || isDrawn;
        node.parent().remove_child(node);
    }
    /// Its children take its place.
    static void unwrap(xml_node node)
    {
        xml_node parent = node.parent();
        for (const xml_node &child : childrenOf(node))
            parent.insert_move_before(child, node);
        parent.remove_child(node);
    }
    static void set(xml_node node, const char *name, const std::string &value)
    {
        xml_attribute attribute = node.attribute(name);
        if (!attribute)
            attribute = node.append_attribute(name);
        attribute.set_value(value.c_str());
    }

    bool mendProfile()
    {
        if (std::string_view(m_root.name()) != "svg")
            return false;
        set(m_root, "xmlns", std::string(SvgNamespace));
        set(m_root, "version", "1.2");
        set(m_root, "baseProfile", "tiny-ps");
        return true;
    }

    bool mendTitle()
    {
        xml_node first;
        if (!removeTitles(m_root, first, 0))
            return false;
        if (!first)
            first = m_root.prepend_child("title");
        else
            m_root.prepend_move(first);
        const SvgCheck check =
            checkSvg("<svg><title>" + std::string(trimmed(first.text().get())) + "</title></svg>");
        const bool isNoName = check.has(Kind::TitleEmpty) || check.has(Kind::TitleTemplate);
        if (isNoName) {
            first.remove_children();
            first.append_child(pugi::node_pcdata).set_value(std::string(m_title).c_str());
        }
        return true;
    }
    /// All but the first, wherever they stand.
    bool removeTitles(const xml_node &node, xml_node &first, std::size_t depth)
    {
        if (depth > MaxSvgDepth)
            return false;
        for (const xml_node &child : childrenOf(node)) {
            if (std::string_view(child.name()) == "title" && isElement(child)) {
                if (!first && depth == 0)
                    first = child;
                else
                    remove(child, false);
            } else if (isElement(child) && !removeTitles(child, first, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    bool removeKind(const xml_node &node, Kind kind, std::size_t depth)
    {
        if (depth > MaxSvgDepth)
            return false;
        for (const xml_attribute &attribute : attributesOf(node))
            removeReference(node, attribute, kind);
        for (const xml_node &child : childrenOf(node)) {
            if (child.type() == pugi::node_pi && kind == Kind::External)
                remove(child, false);
            if (!isElement(child))
                continue;
            if (!removeKind(child, kind, depth + 1))
                return false;
            if (std::string_view(child.name()) == "a" && kind == Kind::External)
                unwrap(child); // what is inside the link stays
            else if (kindOfForbidden(child.name()) == kind || leadsTo(child, kind))
                remove(child, kind == Kind::Bitmap || kind == Kind::External);
        }
        return true;
    }
    /// A use of what stands elsewhere.
    static bool leadsTo(const xml_node &node, Kind kind)
    {
        for (const char *name : {"href", "xlink:href"}) {
            const xml_attribute href = node.attribute(name);
            if (std::string_view(node.name()) == "use" && href && kindOfReference(href.value()) == kind)
                return true;
        }
        return false;
    }
    void removeReference(xml_node node, const xml_attribute &attribute, Kind kind)
    {
        const std::string_view name = attribute.name();
        const std::string_view value = attribute.value();
        const bool isHref = name == "href" || name.ends_with(":href");
        const auto leads = isHref && !value.empty() ? kindOfReference(value) : kindOfUrls(value);
        const bool isEvent = kind == Kind::Script && name.size() > 2 && name.starts_with("on");
        const bool isBase = kind == Kind::External && name == "xml:base";
        if (isNamespace(name) || (!isEvent && !isBase && leads != kind) || leadsTo(node, kind))
            return;
        m_looksDifferent = m_looksDifferent || (!isHref && !isEvent && !isBase);
        node.remove_attribute(attribute);
    }

    /// What svg_profile.h does not know goes; style attributes become the attributes that they stand for.
    bool mendElement(xml_node node, const profile::ElementRule &rule, std::size_t depth)
    {
        if (depth > MaxSvgDepth || hasPrefix(m_root.name()))
            return false;
        takeStyle(node, rule);
        for (const xml_attribute &attribute : attributesOf(node))
            mendAttribute(node, attribute, rule);
        for (const xml_node &child : childrenOf(node)) {
            if (isText(child) && rule.content != profile::Content::Text && !trimmed(child.value()).empty())
                remove(child, false);
            else if (isElement(child) && !mendChild(child, rule, depth))
                return false;
        }
        if (rule.name == "desc" && trimmed(node.text().get()).empty())
            remove(node, false);
        return true;
    }
    bool mendChild(xml_node child, const profile::ElementRule &parent, std::size_t depth)
    {
        const std::string_view name = child.name();
        const xml_attribute own = child.attribute("xmlns");
        if (hasPrefix(name) || (own && std::string_view(own.value()) != SvgNamespace)) {
            remove(child, false); // what is not SVG is not drawn
            return true;
        }
        const profile::ElementRule *rule = profile::findElement(name);
        if (rule && profile::mayContain(parent, name))
            return mendElement(child, *rule, depth + 1);
        if (name == "tspan") {
            m_looksDifferent = true;
            unwrap(child);
        } else if (name != "title" && kindOfForbidden(name) == Kind::UnknownElement) {
            remove(child, name != "desc" && name != "metadata");
        }
        return true;
    }
    void mendAttribute(xml_node node, const xml_attribute &attribute, const profile::ElementRule &rule)
    {
        const std::string_view name = attribute.name();
        const std::string_view value = attribute.value();
        const bool isRoot = rule.name == "svg";
        const bool isOthers = name == "xlink:href" || isNamespace(name) ||
                              (isRoot && isAnyOf(name, {"x", "y", "version", "baseProfile"}));
        if (isOthers)
            return; // told under another id
        const profile::AttributeRule *known = profile::findAttribute(rule, name);
        if (known && profile::fits(*known, value) && !(isRoot && name == "viewBox" && !viewBoxOf(value)))
            return;
        const bool isForeign = hasPrefix(name) && !name.starts_with("xml:");
        m_looksDifferent = m_looksDifferent || !(isForeign || isUndrawn(name) || isIdle(trimmed(value)));
        node.remove_attribute(attribute);
    }
    /// A property of a style attribute outdoes the attribute of its name (SVG Tiny 1.2 section 6.2 has
    /// attributes alone).
    void takeStyle(xml_node node, const profile::ElementRule &rule)
    {
        const xml_attribute style = node.attribute("style");
        if (!style)
            return;
        std::string_view rest = style.value();
        std::vector<std::pair<std::string, std::string>> taken;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(';'), rest.size());
            const std::string_view part = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const std::size_t colon = part.find(':');
            if (colon == std::string_view::npos)
                continue;
            const std::string_view name = trimmed(part.substr(0, colon));
            const std::string_view value = trimmed(part.substr(colon + 1));
            const profile::AttributeRule *known = profile::findAttribute(rule, name);
            if (known && profile::fits(*known, value))
                taken.emplace_back(name, value);
            else
                m_looksDifferent = m_looksDifferent || !(isIdle(value) || name.starts_with('-'));
        }
        node.remove_attribute(style);
        for (const auto &[name, value] : taken)
            set(node, name.c_str(), value);
    }

    bool shrink(xml_node node, std::size_t depth)
    {
        if (depth > MaxSvgDepth)
            return false;
        const bool keepsBlanks = isAnyOf(node.name(), {"text", "textArea", "title", "desc"});
        for (const xml_node &child : childrenOf(node)) {
            const bool isBlank = isText(child) && trimmed(child.value()).empty() && !keepsBlanks;
            const bool isNote = child.type() == pugi::node_comment ||
                                (isElement(child) &&
                                 (hasPrefix(child.name()) || isAnyOf(child.name(), {"metadata", "desc"})));
            if (isBlank || isNote)
                remove(child, false);
            else if (isElement(child) && !shrink(child, depth + 1))
                return false;
        }
        return true;
    }

    bool mendShape()
    {
        const auto box = viewBoxOf(m_root.attribute("viewBox").value());
        if (!box)
            return false;
        const auto [x, y, width, height] = *box;
        const double side = std::max(width, height);
        set(m_root, "viewBox",
            textOf(x - (side - width) / 2) + ' ' + textOf(y - (side - height) / 2) + ' ' + textOf(side) +
                ' ' + textOf(side));
        const auto pixels = pixelsOf(m_root.attribute("width").value());
        const auto high = pixelsOf(m_root.attribute("height").value());
        if (pixels && high) {
            set(m_root, "width", textOf(std::max(*pixels, *high)));
            set(m_root, "height", textOf(std::max(*pixels, *high)));
        }
        return true;
    }

    bool addViewBox()
    {
        const auto width = pixelsOf(m_root.attribute("width").value());
        const auto height = pixelsOf(m_root.attribute("height").value());
        if (!width || !height || !(*width > 0) || !(*height > 0))
            return false;
        set(m_root, "viewBox", "0 0 " + textOf(*width) + ' ' + textOf(*height));
        return true;
    }

    /// In the proportion of the viewBox; both as they are where only the sign's colours are meant.
    bool mendSize()
    {
        const auto box = viewBoxOf(m_root.attribute("viewBox").value());
        if (!box)
            return false;
        const double scale = std::max(1.0, LeastPixels / std::min((*box)[2], (*box)[3]));
        set(m_root, "width", textOf((*box)[2] * scale));
        set(m_root, "height", textOf((*box)[3] * scale));
        return true;
    }

    bool removeDiscouraged(xml_node node, std::size_t depth)
    {
        if (depth > MaxSvgDepth)
            return false;
        for (const xml_attribute &attribute : attributesOf(node)) {
            const std::string_view name = attribute.name();
            const bool isOfRoot =
                node == m_root && isAnyOf(name, {"zoomAndPan", "externalResourcesRequired", "focusable",
                                                 "snapshotTime", "playbackOrder", "timelineBegin"});
            if (name == "xlink:href" && std::string_view(node.name()) == "use" && !node.attribute("href"))
                xml_attribute(attribute).set_name("href"); // as the profile spells it
            else if (name == "class" || isOfRoot)
                node.remove_attribute(attribute);
        }
        for (const xml_node &child : childrenOf(node)) {
            if (!isElement(child))
                continue;
            if (std::string_view(node.name()) == "metadata")
                remove(child, false);
            else if (!removeDiscouraged(child, depth + 1))
                return false;
        }
        if (std::string_view(node.name()) == "metadata" && trimmed(node.text().get()).empty())
            remove(node, false);
        return true;
    }

    xml_node m_root;
    std::string_view m_title;
    bool m_looksDifferent = false;
};

} // namespace

std::optional<MendedSvg> mendedSvg(std::string_view svg, SvgMend what, std::string_view title)
{
    if (svg.size() > MaxSvgOctets)
        return std::nullopt;
    unsigned options = pugi::parse_default | pugi::parse_pi | pugi::parse_comments | pugi::parse_declaration |
                       pugi::parse_ws_pcdata;
    if (what != SvgMend::Xml)
        options |= pugi::parse_doctype;
    pugi::xml_document document;
    if (!document.load_buffer(svg.data(), svg.size(), options, pugi::encoding_utf8))
        return std::nullopt;
    const xml_node root = document.document_element();
    if (!root)
        return std::nullopt;
    Mender mender(root, title);
    if (!mender.mend(what, document))
        return std::nullopt;
    std::ostringstream written;
    document.save(written, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    MendedSvg mended{written.str(), mender.looksDifferent()};
    if (mended.text == svg)
        return std::nullopt;
    return mended;
}

} // namespace mailoscope::bimi
